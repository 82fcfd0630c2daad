"""Evidence weighed: which grade it carries, whatever grade is claimed for it.

A an experiment that ended and won, on this metric. B before and after the change,
beside a control, worked out from the readings. C an estimate that can be looked up. All
else is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Evidence, Grade, Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.reading import Reading
from weft.core.records import Record
from weft.engines.outcomes.beside import (
    FEWEST,
    Effect,
    Moved,
    Span,
    around,
    beside,
    moved,
)


class Weighed(Record, frozen=True, kw_only=True):
    """One piece of evidence: the grade that is claimed, and the one it carries.

    effect: by how much more the metric moved than its control, in its unit, with 95 %
    between low and high; None where that was not worked out. says: in a sentence.
    """

    evidence: Evidence
    carries: Grade
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    says: str


class Shown(Record, frozen=True, kw_only=True):
    """What shows that an improvement is one.

    before, after: the mean of its metric's readings in the year before it was deployed,
    and since it was adopted (or deployed); counts: how many these are. weighed: each
    piece of evidence. carries: the best grade that any of it carries; None without.
    """

    before: float | None = None
    after: float | None = None
    counts: tuple[int, int] = (0, 0)
    weighed: tuple[Weighed, ...] = ()
    carries: Grade | None = None

    @property
    def overstated(self) -> bool:
        """Tell whether a grade is claimed that the evidence does not carry."""
        return any(each.evidence.grade < each.carries for each in self.weighed)


Readings = Mapping[str, Sequence[Reading]]
"""By metric, in the order of their days."""


def shown(
    improvement: Improvement,
    readings: Readings,
    metrics: Mapping[str, Metric],
    experiments: Mapping[str, Experiment],
) -> Shown:
    """Weigh the evidence of an improvement."""
    span = _span(improvement)
    read = readings.get(improvement.metric, ())
    before, after = around(read, span) if span else ([], [])
    own = moved(read, span) if span else None
    weighed = tuple(
        _b(each, improvement, own, readings, metrics)
        if each.grade == "B"
        else _other(each, improvement, experiments)
        for each in improvement.evidence
    )
    return Shown(
        before=fmean(r.value for r in before) if before else None,
        after=fmean(r.value for r in after) if after else None,
        counts=(len(before), len(after)),
        weighed=weighed,
        carries=min((each.carries for each in weighed), default=None),
    )


def _span(improvement: Improvement) -> Span | None:
    """Give when an improvement came; None where it did not yet."""
    if improvement.deployed is None:
        return None
    return Span(improvement.deployed, improvement.adopted or improvement.deployed)


def _other(
    evidence: Evidence, improvement: Improvement, experiments: Mapping[str, Experiment]
) -> Weighed:
    """Weigh an experiment, an estimate or a claim."""
    if evidence.grade == "A":
        lacks = _lacks(experiments.get(evidence.experiment or ""), improvement.metric)
        if lacks:
            return _claim(evidence, lacks)
        return Weighed(evidence=evidence, carries="A", says="The experiment was won.")
    if evidence.grade == "C" and not evidence.source:
        return _claim(evidence, "nothing says where the estimate can be looked up")
    says = {"C": "An estimate.", "D": "A claim."}[evidence.grade]
    return Weighed(evidence=evidence, carries=evidence.grade, says=says)


def _lacks(experiment: Experiment | None, metric: str) -> str:
    """Say why an experiment shows nothing of a metric; nothing if it does."""
    if experiment is None:
        return "no experiment is named"
    if experiment.closed is None:
        return "the experiment has not ended"
    if experiment.verdict != "won":
        return f"the experiment ended {experiment.verdict or 'undecided'}"
    return "" if experiment.metric == metric else "it was judged by another metric"


def _b(
    evidence: Evidence,
    improvement: Improvement,
    own: Moved | None,
    readings: Readings,
    metrics: Mapping[str, Metric],
) -> Weighed:
    """Weigh before and after beside a control, from the readings."""
    metric = metrics.get(improvement.metric)
    control = metrics.get(evidence.control or "")
    span = _span(improvement)
    if metric is None or control is None:
        return _claim(evidence, "no control is named")
    if control.id == metric.id:
        return _claim(evidence, "a metric is no control of itself")
    if _scale(control) != _scale(metric):
        what = f"“{control.title}” is not measured in the same unit"
        return _claim(evidence, what)
    if span is None:
        return _claim(evidence, "it was not deployed yet")
    other = moved(readings.get(control.id, ()), span)
    if own is None or other is None:
        few = (metric if own is None else control).title
        what = f"it takes {FEWEST} readings of “{few}” before and after"
        return _claim(evidence, what)
    return _told(evidence, beside(own, other), up=metric.direction == "up")


def _told(evidence: Evidence, effect: Effect, *, up: bool) -> Weighed:
    """Say what before and after beside a control comes to."""
    low, high = (effect.low, effect.high) if up else (-effect.high, -effect.low)
    if effect.apart:
        why = "the two moved apart before the change already"
    elif high < 0:
        why = "beside its control the metric got worse"
    elif low <= 0:
        why = "beside its control no change is shown"
    else:
        why = ""
    says = "Worked out from the readings: it got better beside its control."
    return Weighed(
        evidence=evidence,
        carries="D" if why else "B",
        effect=effect.value,
        low=effect.low,
        high=effect.high,
        says=_short(evidence, why) if why else says,
    )


def _scale(metric: Metric) -> str:
    """Give on what scale a metric is: that of per cent is one, whatever they are of."""
    return "%" if metric.unit.startswith("%") else metric.unit


def _claim(evidence: Evidence, why: str) -> Weighed:
    """Take evidence for a claim, and say why."""
    return Weighed(evidence=evidence, carries="D", says=_short(evidence, why))


def _short(evidence: Evidence, why: str) -> str:
    """Say that evidence falls short of what is claimed for it."""
    return f"Does not carry {evidence.grade}: {why}."
