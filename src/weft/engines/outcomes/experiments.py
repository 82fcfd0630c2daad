"""Experiments watched as they run: an answer that holds whenever one looks.

Whoever looks again and again at an ordinary test ends with far more false wins than it
promises. Here the interval of the difference between the arms is a confidence sequence:
with 95 % it holds the truth at all looks together, however many there are, so an
experiment may be stopped at any of them. It is Robbins' normal mixture in the
asymptotic form of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central
limit theory and asymptotic confidence sequences, 2024): for arms of n and m trials with
variances s and r, and k = nm / (n + m),

    radius^2 = (s/n + r/m) (1 + 1/(k q)) 2 log(sqrt(1 + k q) / 0.05),

q set so that it is narrowest half way through the plan. As it leans on the central
limit, nothing is decided before each arm has 30 trials.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, date
from itertools import groupby
from typing import Literal

from msgspec.structs import replace

from weft.core.outcomes.experiment import Experiment, Observation, StopRule
from weft.core.records import Record
from weft.core.scalars import Amount, amount, minor

ERROR = 0.05
"""Of all experiments without an effect at most so many are called won or lost."""
FEWEST = 30
"""Trials of each arm before anything is decided."""
NOISE = 1e-9
"""So little of the interval is what adding up leaves behind, and no difference."""

State = Literal[
    "planned", "running", "won", "lost", "harm", "spent", "full", "over", "closed"
]


class Look(Record, frozen=True, kw_only=True):
    """How an experiment stands.

    control, treatment: trials of each arm. difference: treatment less control, with an
    interval (low, high) that holds at all looks together; None before it can be told.
    stopped: the trial at which the rule says to stop; later ones do not count, and
    `past` is how many came. spent: money so far; capped: the day on which that reached
    the cost cap, and with which the trials end. says: in a sentence.
    """

    state: State
    control: int
    treatment: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    stopped: str = ""
    past: int = 0
    spent: Amount | None = None
    capped: date | None = None
    says: str


class Arm:
    """The trials of one arm so far: how many, their mean, and their spread."""

    def __init__(self) -> None:
        self.n, self.mean, self._squares = 0, 0.0, 0.0

    def add(self, value: float) -> None:
        """Count one more trial (Welford)."""
        self.n += 1
        off = value - self.mean
        self.mean += off / self.n
        self._squares += off * (value - self.mean)

    @property
    def error(self) -> float:
        """Give the variance of the mean."""
        return self._squares / (self.n - 1) / self.n


class Watch:
    """The difference between two arms, looked at after every trial.

    most: trials of each arm that are planned.
    """

    def __init__(self, most: int) -> None:
        self.control, self.treatment = Arm(), Arm()
        two = -2 * math.log(ERROR)
        self._tuned = (two + math.log(1 + two)) / (most / 4)

    def add(self, value: float, *, treated: bool) -> None:
        """Count one more trial."""
        (self.treatment if treated else self.control).add(value)

    @property
    def difference(self) -> float:
        """Give the mean of the treatment less that of the control."""
        return self.treatment.mean - self.control.mean

    @property
    def radius(self) -> float | None:
        """Give half the width of the interval; None before it can be told."""
        n, m = self.control.n, self.treatment.n
        if min(n, m) < FEWEST:
            return None
        variance = self.control.error + self.treatment.error
        told = n * m / (n + m) * self._tuned
        width = math.log(math.sqrt(1 + told) / ERROR)
        return math.sqrt(variance * 2 * (1 + 1 / told) * width) if variance else None


def look(
    experiment: Experiment,
    observations: Iterable[Observation],
    today: date,
    *,
    up: bool,
    guard_up: bool = True,
) -> Look:
    """Tell how an experiment stands, from its observations in the order they came.

    up, guard_up: whether more of the metric, and of the guard metric, is better.
    """
    rule = experiment.stop
    if experiment.started is None or rule is None:
        lacks = [] if experiment.hypothesis else ["a hypothesis"]
        lacks += [] if experiment.metric else ["a metric"]
        lacks += [] if rule else ["a stop rule"]
        needs = f" It needs {', '.join(lacks)} first." if lacks else ""
        return Look(
            state="planned", control=0, treatment=0, says=f"Not started.{needs}"
        )
    watch, guard = Watch(rule.most), Watch(rule.most)
    state: State = "running"
    spent, capped = _spent(experiment)
    last = min(capped or rule.by, rule.by)
    stopped, past = "", 0
    for each in observations:
        if state == "running" and each.at.astimezone(UTC).date() > last:
            state = "spent" if last == capped else "over"
        if state != "running":
            past += 1
            continue
        treated = each.arm == "treatment"
        watch.add(each.value, treated=treated)
        if each.guard is not None:
            guard.add(each.guard, treated=treated)
        state = _state(watch, guard, rule, up=up, guard_up=guard_up)
        stopped = each.trial if state != "running" else ""
    if state == "running":
        state = "spent" if capped else "over" if today > rule.by else "running"
    found = _told(watch, state, rule, stopped, past)
    if not spent:
        return found
    money = f" {spent} of {experiment.cost_cap or 'no limit'} is spent"
    money += f" since {capped}: no trial of a later day counts." if capped else "."
    return replace(found, spent=spent, capped=capped, says=found.says + money)


def _spent(experiment: Experiment) -> tuple[Amount | None, date | None]:
    """Give what was spent, and the day on which that reached the cost cap."""
    if not experiment.spent:
        return None, None
    cap = minor(experiment.cost_cap)[0] if experiment.cost_cap else None
    total, capped, currency = 0, None, ""
    days = sorted(experiment.spent, key=lambda each: each.on)
    for day, some in groupby(days, key=lambda each: each.on):
        for each in some:
            units, currency = minor(each.amount)
            total += units
        if cap is not None and total >= cap and capped is None:
            capped = day
    return amount(total, currency), capped


def _state(
    watch: Watch, guard: Watch, rule: StopRule, *, up: bool, guard_up: bool
) -> State:
    """Tell whether the rule stops an experiment now, and why."""
    if (radius := guard.radius) is not None:
        worse = -guard.difference if guard_up else guard.difference
        if worse - radius > rule.harm:
            return "harm"
    if (radius := watch.radius) is not None:
        better = watch.difference if up else -watch.difference
        if better > radius:
            return "won"
        if -better > radius:
            return "lost"
    full = min(watch.control.n, watch.treatment.n) >= rule.most
    return "full" if full else "running"


_SAYS: dict[State, str] = {
    "running": "Undecided so far; looking now does no harm.",
    "won": "The treatment is better: that holds though it was looked at all the time.",
    "lost": "The treatment is worse. What was learnt is worth keeping.",
    "harm": "The guard metric got worse by more than was allowed: stop it now.",
    "spent": "Its cost cap is reached, and no difference was shown: stop it now.",
    "full": "All trials are in, and no difference was shown.",
    "over": "Its last day has passed, and no difference was shown.",
}


def _told(watch: Watch, state: State, rule: StopRule, stopped: str, past: int) -> Look:
    """Put together how an experiment stands."""
    radius = watch.radius
    says = _SAYS[state]
    if past:
        says += f" {past} trials came after the rule said to stop; they do not count."
    elif state == "running":
        says += f" It stops at {rule.most:,} trials of each arm, or after {rule.by}."
    told = None if radius is None else watch.difference
    if told is not None and radius and abs(told) < radius * NOISE:
        told = 0.0
    return Look(
        state=state,
        control=watch.control.n,
        treatment=watch.treatment.n,
        difference=told,
        low=None if told is None or radius is None else told - radius,
        high=None if told is None or radius is None else told + radius,
        stopped=stopped,
        past=past,
        says=says,
    )
