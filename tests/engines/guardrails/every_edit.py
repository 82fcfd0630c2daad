"""All edits of a small request, one by one: the slow way to the smallest change.

It follows the definition of an edit and of its cost, and shares no code with the
search: no cells, no bounds, no order. Only judging is asked of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from tests.engines.guardrails.conftest import known
from tests.engines.guardrails.worlds import INSIDE

from weft.core.vocabulary import Property

Cost = tuple[int, int, Fraction]
NOTHING: Cost = (0, 0, Fraction(0))
TEXTS: tuple[str, ...] = (
    "core-a",
    "core-b",
    "edge",
    "\u00e9dge",
    "core",
    "c",
    "co",
    "cor",
    "ed",
    "e",
)
TEXTS += (
    "\u00e9d",
    "\u00e9",
    "e-",
    "core-",
    "edg",
    "c-other",
    "zzz",
    "\u00e9dg",
    "core-z",
)


def domain(word: Property) -> Sequence[Any]:
    """Give every value that a property can have."""
    if word.type == "bool":
        return (True, False)
    if word.type in {"int", "money"}:
        return range(word.lowest or 0, (word.highest or 0) + 1)
    if word.type == "decimal":
        return tuple(f"{tenth / 10}" for tenth in range(11))
    return TEXTS if word.type == "text" else word.values


def far(word: Property, old: Any, new: Any) -> Fraction:
    """Give the distance of two values, as a share of the whole range."""
    if word.type not in {"rank", "int", "decimal", "money"} or old is None:
        return Fraction(0)
    is_rank = word.type == "rank"
    whole = (word.highest or 0) - (word.lowest or 0)
    span = len(word.values) - 1 if is_rank else whole
    return abs(Fraction(known(word, new)) - Fraction(old)) / span


def choices(word: Property, raw: Any, most: int) -> Iterator[tuple[Cost, Any]]:
    """Give each value that a field could have after `most` edits, with the price."""
    yield NOTHING, raw
    old = known(word, raw)
    if word.type == "set":
        for size in range(len(word.values) + 1):
            for some in combinations(word.values, size):
                edits = max(1, size) if old is None else len({*old} ^ {*some})
                if 0 < edits <= most:
                    yield (edits, edits * word.weight, Fraction(0)), some
        return
    for value in domain(word) if most else ():
        if known(word, value) != old:
            yield (1, word.weight, far(word, old, value)), value


def added(*costs: Cost) -> Cost:
    """Add costs up."""
    return (
        sum(c[0] for c in costs),
        sum(c[1] for c in costs),
        sum((c[2] for c in costs), Fraction(0)),
    )


def fields(raw: Any, most: int, *, new: bool) -> Iterator[tuple[Cost, Any]]:
    """Give what an element could be after edits of its fields."""
    is_mapping = isinstance(raw, dict)
    tables = []
    for word in INSIDE:
        free = word.role == "choice" or new
        there = raw.get(word.id) if is_mapping else None
        tables.append([*choices(word, there, most if free else 0)])
    for row in product(*tables):
        cost = added(*(cost for cost, _ in row))
        if cost[0] <= most:
            if cost == NOTHING:
                yield cost, raw
                continue
            named = zip(INSIDE, row, strict=True)
            yield cost, {w.id: v for w, (_, v) in named if v is not None}


def lists(word: Property, raw: Any, most: int) -> Iterator[tuple[Cost, Any]]:
    """Give each list that could be there after edits."""
    if not isinstance(raw, tuple):
        yield NOTHING, raw
        return
    price: Cost = (1, word.weight, Fraction(0))
    tables: list[list[tuple[Cost, Any]]] = []
    for element in raw:
        found = [*fields(element, most, new=False)]
        if "removing" in word.open_to and most:
            found.append((price, ...))
        tables.append(found)
    if "adding" in word.open_to and most:
        blank = [(NOTHING, ...)]
        planned = [*fields({}, most - 1, new=True)]
        tables += [[*blank, *((added(price, c), e) for c, e in planned)]] * 2
    for row in product(*tables):
        cost = added(*(cost for cost, _ in row))
        if cost[0] <= most:
            yield cost, tuple(element for _, element in row if element is not ...)


def cheapest(
    words: Sequence[Property],
    facts: dict[str, Any],
    refused: Callable[[dict[str, Any]], bool],
    most: int,
) -> Cost | None:
    """Give the least cost of any edits after which nothing is refused, up to `most`."""
    tables = [
        [*(lists if w.type == "list" else choices)(w, facts.get(w.id), most)]
        for w in words
        if w.role == "choice"
    ]
    names = [word.id for word in words if word.role == "choice"]
    best: Cost | None = None
    for cost, row in _within(tables, most):
        if (best is None or cost < best) and not refused(
            {**facts, **dict(zip(names, row, strict=True))}
        ):
            best = cost
    return best


def _within(
    tables: Sequence[Sequence[tuple[Cost, Any]]], most: int
) -> Iterator[tuple[Cost, tuple[Any, ...]]]:
    """Give every row of the tables that takes no more than some edits."""
    if not tables:
        yield NOTHING, ()
        return
    for cost, value in tables[0]:
        if cost[0] <= most:
            for rest, row in _within(tables[1:], most - cost[0]):
                yield added(cost, rest), (value, *row)
