"""Experiments that are watched all the time: few false wins, and most true ones.

WEFT_LONG=1 runs 10,000 experiments without an effect of each sort.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from weft.core.outcomes.experiment import Experiment, Observation, StopRule
from weft.engines.outcomes.experiments import Look, Watch, look

LONG = bool(os.environ.get("WEFT_LONG"))
RUNS, TRIALS = (10_000, 500) if LONG else (400, 300)
DAY = date(2026, 11, 1)
PLANNED = Experiment(id="e", title="E", mission="m")
RUNNING = Experiment(
    id="e",
    title="E",
    mission="m",
    hypothesis="If, then.",
    metric="nps",
    stop=StopRule(most=TRIALS, by=DAY + timedelta(days=30), harm=0.1),
    started=DAY,
)
SORTS: dict[str, Callable[[random.Random], float]] = {
    "normal": lambda chance: chance.gauss(5, 2),
    "half": lambda chance: float(chance.random() < 0.5),
    "one in ten": lambda chance: float(chance.random() < 0.1),
    "skewed": lambda chance: chance.expovariate(1),
}


def crossed(draw: Callable[[], float], effect: float = 0.0) -> int:
    """Give 1 where it is called won, -1 where lost, 0 where neither, at any look."""
    watch = Watch(TRIALS)
    for n in range(TRIALS * 2):
        watch.add(draw() + effect * (n % 2), treated=bool(n % 2))
        radius = watch.radius
        if radius is not None and abs(watch.difference) > radius:
            return 1 if watch.difference > 0 else -1
    return 0


@pytest.mark.slow
@pytest.mark.parametrize("sort", SORTS)
def test_watched_after_every_trial_at_most_one_in_twenty_is_wrong(sort: str) -> None:
    chance = random.Random(sort)  # noqa: S311 # a simulation
    wrong = sum(crossed(lambda: SORTS[sort](chance)) != 0 for _ in range(RUNS))
    assert wrong / RUNS <= 0.05


def test_a_real_difference_is_found() -> None:
    chance = random.Random(5)  # noqa: S311 # a simulation
    found = [crossed(lambda: chance.gauss(5, 2), 1.2) for _ in range(40)]
    assert found.count(1) >= 36
    assert -1 not in found


def trials(
    control: Callable[[int], float],
    treatment: Callable[[int], float],
    count: int,
    guard: Callable[[int], float] | None = None,
) -> Iterator[Observation]:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    for n in range(count):
        treated = bool(n % 2)
        yield Observation(
            experiment="e",
            trial=f"t{n}",
            arm="treatment" if treated else "control",
            at=at + timedelta(minutes=n),
            value=(treatment if treated else control)(n),
            guard=None if guard is None else guard(n) if treated else 0.0,
        )


def told(*args: object, today: date = DAY, up: bool = True, **more: object) -> Look:
    return look(RUNNING, trials(*args, **more), today, up=up)  # type: ignore[arg-type]


def some(n: int) -> float:
    return float(n % 4 < 2)


def test_an_experiment_is_not_started_without_what_it_is_judged_by() -> None:
    found = look(PLANNED, (), DAY, up=True)
    assert found.state == "planned"
    for word in ("a hypothesis", "a metric", "a stop rule"):
        assert word in found.says


def test_it_wins_loses_or_stays_undecided_by_the_direction_that_is_better() -> None:
    found = told(some, lambda n: some(n) + 1, 200)
    assert (found.state, found.control, found.treatment) == ("won", 30, 30)
    assert found.low is not None
    assert found.low > 0
    assert told(some, lambda n: some(n) + 1, 200, up=False).state == "lost"
    assert told(some, some, 200).state == "running"
    assert told(some, some, 2 * TRIALS).state == "full"
    assert told(some, some, 200, today=DAY + timedelta(days=31)).state == "over"


def test_nothing_is_decided_before_each_arm_has_thirty_trials() -> None:
    found = told(some, lambda n: some(n) + 9, 58)
    assert (found.state, found.difference) == ("running", None)


def test_what_comes_after_the_stop_does_not_count_and_is_told() -> None:
    found = told(some, lambda n: some(n) + 1, 80)
    assert (found.stopped, found.past) == ("t59", 20)
    assert "20 trials came after" in found.says


def test_what_comes_after_the_last_day_does_not_count_either() -> None:
    for late, state, past in ((0, "over", 200), (1, "running", 0)):
        stop = StopRule(most=TRIALS, by=date(2026, 11, 1) + timedelta(days=late))
        bet = replace(RUNNING, stop=stop)
        found = look(bet, trials(some, some, 200), stop.by, up=True)
        assert (found.state, found.past) == (state, past)


def test_harm_to_the_guard_metric_stops_it_at_once() -> None:
    found = told(some, some, 200, lambda n: -1.0 - n % 3)
    assert found.state == "harm"
    assert told(some, some, 200, lambda n: 0.05 * (n % 3)).state == "running"
