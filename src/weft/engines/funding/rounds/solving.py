"""The best choice of one way for each mission within the money: exact, with its bound.

A multiple-choice knapsack with a row for each month in which money may run short. Ways
that another beats are left out; then HiGHS proves the best by branch and bound. Beside
its bound stands one of our own: for any prices of money from zero on, the sum of the
best each mission can do at those prices is a bound (Lagrange), reckoned in whole
numbers, so that it holds whatever the solver rounds. The lower of the two is told.
Of very many missions all but the least clear are settled as undivided money would; the
bound is of the whole all the same, and says what that may have cost at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul

import msgspec

GAP = 1e-6
"""HiGHS may stop at a plan proven to be so close to the best."""
NODES = 2_000
"""Branches after which it stops: not seconds, so that the same input gives the same."""
LARGE, CORE = 4_000, 400
"""Of more missions only so many are left open: those whose best way is least clear."""
_AGAIN = 4


class Choice(msgspec.Struct, frozen=True):
    """One way: its worth, and the money that it takes in each row; minor units."""

    worth: int
    money: tuple[int, ...]


class Chosen(msgspec.Struct, frozen=True):
    """The place of the way chosen for each mission. No choice is worth more than bound.

    prices: what one more unit would be worth in each row. short: by how much the money
    does not suffice in each row, where nothing fits.
    """

    places: tuple[int, ...]
    worth: int
    bound: int
    prices: tuple[float, ...]
    short: tuple[int, ...]

    @property
    def gap(self) -> float:
        """Give how far from the best it is at most, in hundredths of the bound."""
        if self.bound <= self.worth:
            return 0.0
        return 100 * (self.bound - self.worth) / max(abs(self.bound), 1)


def choose(missions: Sequence[Sequence[Choice]], rows: Sequence[int]) -> Chosen:
    """Choose one way for each mission, worth the most within the rows.

    Of ways worth the same that which comes first is chosen, unless it takes more money;
    of missions with the same ways the first has the better one.
    """
    open_ways = [_unbeaten(ways) for ways in missions]
    free = [_dearest(w, m) for w, m in _pairs(open_ways, missions)]
    if not _short(missions, free, rows):
        worth = _worth(missions, free)
        return Chosen(tuple(free), worth, worth, (0.0,) * len(rows), ())
    thrifty = [_thriftiest(w, m) for w, m in _pairs(open_ways, missions)]
    places, bound, prices = _solved(missions, open_ways, rows, thrifty)
    if short := _short(missions, places, rows):
        worth = _worth(missions, places)
        return Chosen(tuple(places), worth, worth, (0.0,) * len(rows), short)
    places = _in_turn(missions, places)
    worth = _worth(missions, places)
    ours = lagrange(missions, rows, prices)
    return Chosen(tuple(places), worth, max(worth, min(bound, ours)), prices, ())


def lagrange(
    missions: Sequence[Sequence[Choice]], rows: Sequence[int], prices: Sequence[float]
) -> int:
    """Give a bound that holds for any prices from zero on; in whole numbers."""
    exact = [Fraction(max(0.0, price)).limit_denominator(10**6) for price in prices]
    scale = 1
    for price in exact:
        scale = scale * price.denominator
    whole = [int(price * scale) for price in exact]
    total = sum(price * row for price, row in zip(whole, rows, strict=True))
    for ways in missions:
        total += max(
            scale * way.worth
            - sum(p * m for p, m in zip(whole, way.money, strict=True))
            for way in ways
        )
    return -(-total // scale)


def _pairs(
    open_ways: Sequence[list[int]], missions: Sequence[Sequence[Choice]]
) -> zip[tuple[list[int], Sequence[Choice]]]:
    return zip(open_ways, missions, strict=True)


def _dearest(open_ways: Sequence[int], ways: Sequence[Choice]) -> int:
    """Give the way that is worth most; of several the first."""
    return max(open_ways, key=lambda place: ways[place].worth)


def _thriftiest(open_ways: Sequence[int], ways: Sequence[Choice]) -> int:
    return min(open_ways, key=lambda place: (sum(ways[place].money), place))


def _unbeaten(ways: Sequence[Choice]) -> list[int]:
    """Give the places of the ways that no other beats; of equal ones the first."""
    kept: list[int] = []
    for place, way in enumerate(ways):
        beaten = any(
            _beats(other, way) and (not _beats(way, other) or before < place)
            for before, other in enumerate(ways)
            if before != place
        )
        if not beaten:
            kept.append(place)
    return kept


def _beats(one: Choice, other: Choice) -> bool:
    """Tell whether one is worth as much for no more money."""
    cheap = all(a <= b for a, b in zip(one.money, other.money, strict=True))
    return cheap and one.worth >= other.worth


def _short(
    missions: Sequence[Sequence[Choice]], places: Sequence[int], rows: Sequence[int]
) -> tuple[int, ...]:
    """Give by how much each row does not suffice; empty where all do."""
    taken = [0] * len(rows)
    for ways, place in zip(missions, places, strict=True):
        for row, money in enumerate(ways[place].money):
            taken[row] += money
    short = tuple(max(0, t - r) for t, r in zip(taken, rows, strict=True))
    return short if any(short) else ()


def _worth(missions: Sequence[Sequence[Choice]], places: Sequence[int]) -> int:
    return sum(ways[place].worth for ways, place in zip(missions, places, strict=True))


def _solved(
    missions: Sequence[Sequence[Choice]],
    open_ways: Sequence[list[int]],
    rows: Sequence[int],
    fallback: list[int],
) -> tuple[list[int], int, tuple[float, ...]]:
    """Have HiGHS choose; tighten rows that its rounding overdraws, and ask again."""
    programme = _Programme(missions, open_ways)
    prices, shares = programme.prices(rows)
    if len(missions) > LARGE and shares:
        settled = _by_core(missions, open_ways, rows, (prices, shares))
        short = _short(missions, settled, rows)
        bound = lagrange(missions, rows, prices)
        return (fallback if short else settled), bound, prices
    places, found = programme.best(rows)
    bound = lagrange(missions, rows, prices) if found is None else found
    tight = list(rows)
    for _ in range(_AGAIN):
        if places is None or not (over := _short(missions, places, rows)):
            break
        tight = [t - 2 * o for t, o in zip(tight, over, strict=True)]
        places, _bound = programme.best(tight)
    if places is None or _short(missions, places, rows):
        return fallback, bound, prices
    return places, bound, prices


def _by_core(
    missions: Sequence[Sequence[Choice]],
    open_ways: Sequence[list[int]],
    rows: Sequence[int],
    told: tuple[Sequence[float], Sequence[tuple[int, float]]],
) -> list[int]:
    """Settle the clear missions as undivided money does, and choose for the rest.

    told: the prices, and for each mission the way with the greatest share, and it.
    """
    prices, shares = told
    places = [place for place, _ in shares]

    def clear(number: int) -> tuple[bool, float, int]:
        ways = missions[number]
        worth = sorted(
            ways[p].worth - sum(map(mul, prices, ways[p].money))
            for p in open_ways[number]
        )
        margin = worth[-1] - worth[-2] if len(worth) > 1 else float("inf")
        return shares[number][1] > 1 - GAP, margin, number

    core = sorted(range(len(missions)), key=clear)[:CORE]
    left = list(rows)
    for number in set(range(len(missions))) - set(core):
        for row, money in enumerate(missions[number][places[number]].money):
            left[row] -= money
    few, ways = [missions[n] for n in core], [open_ways[n] for n in core]
    thrifty = [_thriftiest(w, m) for w, m in _pairs(ways, few)]
    found, _, _ = _solved(few, ways, left, thrifty)
    for number, place in zip(core, found, strict=True):
        places[number] = place
    return places


class _Programme:
    """The programme as HiGHS takes it: a column for each way that is open."""

    def __init__(
        self, missions: Sequence[Sequence[Choice]], open_ways: Sequence[list[int]]
    ) -> None:
        import numpy as np  # noqa: PLC0415, only a round pays for it
        from scipy.sparse import csr_array, vstack  # noqa: PLC0415

        self._columns = [(m, p) for m, ways in enumerate(open_ways) for p in ways]
        chosen = [missions[m][p] for m, p in self._columns]
        self._worth = np.array([c.worth for c in chosen], float)
        self._scale = float(np.abs(self._worth).max() or 1.0)
        money = np.array([c.money for c in chosen], float).T
        self._unit = float(np.abs(money).max() or 1.0)
        size = len(self._columns)
        at = [m for m, _ in self._columns]
        one = csr_array((np.ones(size), (at, range(size))), shape=(len(missions), size))
        self._matrix = vstack([one, csr_array(money / self._unit)]).tocsr()
        self._missions = len(missions)

    def best(self, rows: Sequence[int]) -> tuple[list[int] | None, int | None]:
        """Give the best places and a bound, both proven up to the gap."""
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415

        ones = np.ones(self._missions)
        money = np.array(rows, float) / self._unit
        result = milp(
            -self._worth / self._scale,
            integrality=np.ones(len(self._columns)),
            bounds=(0, 1),
            constraints=LinearConstraint(
                self._matrix,
                np.concatenate([ones, np.full(len(rows), -np.inf)]),
                np.concatenate([ones, money]),
            ),
            options={"mip_rel_gap": GAP, "node_limit": NODES, "presolve": False},
        )
        dual = result.get("mip_dual_bound")
        bound = None if dual is None else int(np.ceil(-dual * self._scale))
        if result.x is None:
            return None, bound
        places = [0] * self._missions
        for (mission, place), share in zip(self._columns, result.x, strict=True):
            if share > 1 / 2:
                places[mission] = place
        return places, bound

    def prices(
        self, rows: Sequence[int]
    ) -> tuple[tuple[float, ...], list[tuple[int, float]]]:
        """Give what one more unit of money would be worth in each row, undivided.

        And for each mission the way with the greatest share then, with that share;
        nothing where nothing fits.
        """
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import linprog  # noqa: PLC0415

        result = linprog(
            -self._worth / self._scale,
            A_eq=self._matrix[: self._missions],
            b_eq=np.ones(self._missions),
            A_ub=self._matrix[self._missions :],
            b_ub=np.array(rows, float) / self._unit,
            bounds=(0, 1),
            method="highs",
        )
        if result.x is None:
            return (0.0,) * len(rows), []
        most = [(0, -1.0)] * self._missions
        for (mission, place), share in zip(self._columns, result.x, strict=True):
            if share > most[mission][1]:
                most[mission] = place, float(share)
        marginals = -result.ineqlin.marginals * self._scale / self._unit
        return tuple(float(max(0.0, price)) for price in marginals), most


def _in_turn(missions: Sequence[Sequence[Choice]], places: Sequence[int]) -> list[int]:
    """Let of missions with the same ways the first have the better one."""
    alike: dict[tuple[Choice, ...], list[int]] = {}
    for number, ways in enumerate(missions):
        alike.setdefault(tuple(ways), []).append(number)
    found = list(places)
    for ways, numbers in alike.items():
        best = sorted((places[n] for n in numbers), key=lambda p: -ways[p].worth)
        for number, place in zip(numbers, best, strict=True):
            found[number] = place
    return found
