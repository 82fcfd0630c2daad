"""What following the proposals earns, where the truth is known, beside yearly budgets.

All are bound by the same fund and meet the same draws: what a mission is worth, how
that drifts, its noise and its promises are drawn once for each firm and shared.

- the round: the proposals, each month, with a month of notice, by a fund as it comes:
  steps of a quarter, and three months of rest after each change; and by smaller steps.
- `promised`: the yearly budget as it is usual: set in October for the year from January
  on, by what missions promise, the best promise for its money first, each with half to
  one and a half of what it had; then it holds for twelve months.
- `evidence`: a yearly budget as good as can be: set in January by this same engine on
  all that came, as many steps at once as pay, without notice; then it holds.

The bar: in the usual world the round earns at least 20 % more realised value over 24
months, as it comes, than the budget on promises, and the interval lies above it. The
other worlds, and the budget on evidence, show where it does not.

    python benchmarks/backtest.py [--short] [--firms N]     --short: 2 of the first
"""

from __future__ import annotations

import argparse
import math
import random
from dataclasses import dataclass

from weft.core.funding.forecast import Benefit, Forecast
from weft.core.funding.fund import Fund, Tranche
from weft.core.funding.months import after
from weft.core.scalars import amount, minor
from weft.engines.funding.rounds import (
    Experience,
    Footing,
    Paid,
    Pots,
    Signs,
    believe,
    promises,
    propose,
)

MISSIONS, MONTHS, BEFORE = 40, 24, 12
START = "2024-01"
COST = 10_000_00
OCTOBER, STEPS = 9, 8
ROUNDS = (("as it comes", 25, 3), ("smaller steps", 10, 3))
"""The step of a fund, in hundredths, and the months that a change is left alone."""


@dataclass(frozen=True)
class World:
    """How the worth of missions lies and moves; all on the scale of the logarithm.

    spread: between missions, as they begin. drift: of each, from month to month.
    shock: the chance in a month that the need a mission serves is gone, or found anew.
    noise: of what is seen to come. reading: of the metric of its outcome. hope: how
    much more is promised than comes. curve: twice the money brings 2 ** curve as much,
    which the engine is not told: it goes by what the fund assumes, 0.6.
    """

    name: str
    spread: float = 0.9
    drift: float = 0.08
    shock: float = 0.03
    noise: float = 0.15
    reading: float = 0.2
    hope: float = 0.4
    worth: float = 0.7
    curve: float = 0.6


WORLDS = (
    World("usual"),
    World("needs move fast", drift=0.14, shock=0.04),
    World("needs hardly move", drift=0.02, shock=0.0),
    World("all missions alike", spread=0.1, drift=0.03, shock=0.005),
    World("results say little", noise=0.9),
    World("promises are kept", hope=0.0),
    World("more money brings little", curve=0.3),
    World("more money brings much", curve=0.9),
)


class Truth:
    """One firm: what each mission is worth with its first money, month by month."""

    def __init__(self, world: World, seed: int) -> None:
        draw = random.Random(f"{world.name}:{seed}")  # noqa: S311 # a draw, no secret
        self.world = world
        self.names = [f"m{n:02}" for n in range(MISSIONS)]
        self.cost = {m: draw.randint(5, 15) * COST for m in self.names}
        self.level: dict[str, list[float]] = {}
        self.noise: dict[str, list[float]] = {}
        self.reading: dict[str, list[float]] = {}
        self.hope: dict[str, float] = {}
        odd = random.Random(f"readings:{world.name}:{seed}")  # noqa: S311 # as above
        for name in self.names:
            log = math.log(world.worth) + draw.gauss(0, world.spread)
            path = []
            for _ in range(BEFORE + MONTHS):
                log += draw.gauss(0, world.drift)
                if draw.random() < world.shock:
                    log = math.log(world.worth) + draw.gauss(0, world.spread)
                path.append(math.exp(log))
            self.level[name] = path
            self.noise[name] = [
                math.exp(draw.gauss(0, world.noise)) for _ in range(BEFORE + MONTHS)
            ]
            self.reading[name] = [
                math.exp(odd.gauss(0, world.reading)) for _ in range(BEFORE + MONTHS)
            ]
            self.hope[name] = math.exp(max(0, draw.gauss(world.hope, 0.3)))

    def came(self, name: str, month: int, money: int) -> float:
        """Give what a mission is truly worth in a month with so much money."""
        if not money:
            return 0.0
        share = float((money / self.cost[name]) ** self.world.curve)
        return self.cost[name] * self.level[name][month] * share


class Run:
    """One way of funding, run through one firm."""

    def __init__(self, truth: Truth, way: str, step: int = 25, settle: int = 3) -> None:
        self.truth, self.way = truth, way
        self.yearly = way != "round"
        monthly = amount(sum(truth.cost.values()), "EUR")
        self.fund = Fund(
            id="f",
            title="F",
            since=START,
            monthly=monthly,
            reserve=0,
            settle=1 if self.yearly else settle,
            step=step,
        )
        self.money = dict(truth.cost)
        self.changed = dict.fromkeys(truth.names, -99)
        self.coming: dict[str, tuple[int, int]] = {}
        self.seen: dict[str, list[Benefit]] = {m: [] for m in truth.names}
        self.said: dict[str, list[Forecast]] = {m: [] for m in truth.names}
        self.course: dict[str, dict[str, float]] = {m: {} for m in truth.names}
        self.paid: dict[str, dict[str, int]] = {m: {} for m in truth.names}
        self.earned, self.left, self.spent = 0.0, 0, 0
        self.plan = dict(self.money)

    def go(self) -> float:
        """Run all months; give what came in those that count, and the money left."""
        for month in range(BEFORE + MONTHS):
            if month >= BEFORE:
                self._decide(month)
            if month % 12 == OCTOBER:
                self.plan = self._plan()
            for name in self.truth.names:
                if name in self.coming and self.coming[name][0] <= month:
                    self.money[name] = self.coming.pop(name)[1]
                self._live(name, month)
            if month >= BEFORE:
                paid = sum(self.money.values())
                self.left += minor(self.fund.monthly)[0] - paid
                self.spent += paid
        return (self.earned + self.left) / 100

    def _live(self, name: str, month: int) -> None:
        money, truth = self.money[name], self.truth
        came = truth.came(name, month, money)
        if month >= BEFORE:
            self.earned += came
        if not money:
            return
        seen = amount(round(came * truth.noise[name][month]), "EUR")
        told = Benefit(mission=name, month=after(START, month), value=seen, grade="B")
        self.seen[name].append(told)
        self.paid[name][told.month] = money
        way = came / truth.cost[name] * truth.reading[name][month]
        self.course[name][told.month] = way
        if month % 6 == 0:
            hope = amount(round(came * truth.hope[name]), "EUR")
            made = after(START, month)
            for ahead in (6, 12):
                self.said[name].append(
                    Forecast(mission=name, made=made, horizon=ahead, value=hope)
                )

    def _decide(self, month: int) -> None:
        turn = (month - BEFORE) % 12 == 0
        if self.way == "promised":
            if turn:
                self.money = self.plan
        elif turn or not self.yearly:
            for _ in range(STEPS if self.yearly else 1):
                if not self._round(month):
                    break

    def _plan(self) -> dict[str, int]:
        """Give the budget of the next year, by what is promised for it in October."""
        left = minor(self.fund.monthly)[0]
        plan = {name: money // 2 for name, money in self.money.items()}
        left -= sum(plan.values())

        def promise(name: str) -> float:
            said = self.said[name]
            told = minor(said[-1].value)[0] if said else 0
            return told / max(self.money[name], 1)

        for name in sorted(plan, key=lambda n: (-promise(n), n)):
            more = min(self.money[name], left)
            plan[name] += more
            left -= more
        return plan

    def _round(self, month: int) -> bool:
        """Follow one round of proposals; tell whether anything changed."""
        benefits = {b.key: b for each in self.seen.values() for b in each}
        forecasts = [f for each in self.said.values() for f in each]
        now = after(START, month)
        past = Experience(promises(forecasts, benefits, now))
        footings = [self._footing(n, month, past) for n in self.truth.names]
        pots = Pots(max(0, self.left), 0, 0, 0, 0)
        live = [f for f in footings if f is not None]
        _, lines = propose(self.fund, pots, live, now)
        for line in lines:
            if line.word != "continue":
                self._change(line.mission, month, minor(line.after)[0])
        return any(line.word != "continue" for line in lines)

    def _change(self, name: str, month: int, money: int) -> None:
        self.changed[name] = month
        notice = 0 if self.yearly or money > self.money[name] else 1
        if notice:
            self.coming[name] = (month + notice, money)
        else:
            self.money[name] = money

    def _footing(self, name: str, month: int, past: Experience) -> Footing | None:
        money, now = self.money[name], after(START, month)
        if not money:
            return None
        changed = self.changed[name]
        coming = self.coming.get(name)
        return Footing(
            mission=name,
            title=name,
            fund=self.fund,
            month=now,
            belief=believe(
                self.said[name],
                self.seen[name],
                past,
                now,
                self.fund.horizon,
                signs=Signs(self.course[name]),
                paid=Paid(self.paid[name], money, self.fund.marginal),
            ),
            tranche=Tranche(
                mission=name,
                fund="f",
                amount=amount(money, "EUR"),
                start=START,
                notice=0 if self.yearly else 1,
            ),
            changed=None if self.yearly or changed < 0 else after(START, changed),
            ending=coming[0] - month if coming else None,
            then=coming[1] if coming else 0,
        )


def compared(world: World, firms: int) -> None:
    """Print how much more each round earns than the budgets, with 95 % either side."""
    gains: dict[str, list[float]] = {}
    for seed in range(firms):
        truth = Truth(world, seed)
        budgets = {way: Run(truth, way).go() for way in ("promised", "evidence")}
        for name, step, settle in ROUNDS:
            earned = Run(truth, "round", step, settle).go()
            for way, other in budgets.items():
                found = gains.setdefault(f"{name} / {way}", [])
                found.append(100 * (earned / other - 1))
    print(f"  {world.name}")
    for name, found in gains.items():
        mean = sum(found) / firms
        square = sum((g - mean) ** 2 for g in found) / max(1, firms - 1)
        wide = 1.96 * math.sqrt(square / firms)
        worse = sum(g < 0 for g in found)
        span = f"{mean - wide:+.1f} to {mean + wide:+.1f}"
        print(f"    {name:20} {mean:+6.1f} % ({span}), less in {worse}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--firms", type=int, default=20)
    told = parser.parse_args()
    firms = 2 if told.short else told.firms
    print(
        f"The round against yearly budgets: {firms} firms of {MISSIONS} missions a"
        f" world, {MONTHS} months, the same draws"
    )
    for world in WORLDS[:1] if told.short else WORLDS:
        compared(world, firms)


if __name__ == "__main__":
    main()
