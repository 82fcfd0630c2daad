"""What has to be true for money to pay, and whether that was tested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from weft.core.firm import Firm
from weft.core.funding.fund import Assumption, Verdict
from weft.core.outcomes.experiment import Experiment
from weft.core.records import Record
from weft.core.scalars import Line, Month, Name
from weft.engines.funding.rounds import of_fund

_VERDICTS: Mapping[str, Verdict] = {"won": "held", "lost": "failed"}


class Resting(Record, frozen=True, kw_only=True):
    """What the money of a mission rests on, and what became of it.

    ask: the open ask that says so; none for money that is released. experiment: the one
    that tests it, or did. holds_back: whether no round proposes more money until it is
    tested and held.
    """

    mission: Name
    says: Line
    test: Line
    core: bool
    verdict: Verdict
    ask: Name | None = None
    experiment: Name | None = None
    holds_back: bool = False


def verdicts(tried: Iterable[Experiment], on: date) -> dict[str, Verdict]:
    """Give what the experiments of one mission said by a day, by assumption."""
    closed = [e for e in tried if e.assumption and e.closed and e.closed <= on]
    return {
        e.assumption: _VERDICTS[e.verdict]
        for e in sorted(closed, key=lambda e: e.id)
        if e.verdict is not None and e.verdict in _VERDICTS
    }


def resting(firm: Firm, fund: str, month: Month, on: date) -> tuple[Resting, ...]:
    """Give what the money of a fund rests on in a month: released, then asked for."""
    tried: dict[str, list[Experiment]] = defaultdict(list)
    for _, experiment in sorted(firm.experiments.items()):
        tried[experiment.mission].append(experiment)
    released = (
        _one(tranche.mission, each, tried[tranche.mission], on, None)
        for tranche in of_fund(firm, fund)
        if tranche.held_in(month)
        for each in tranche.assumptions
    )
    asked = (
        _one(ask.mission, each, tried[ask.mission], on, ask.id)
        for _, ask in sorted(firm.asks.items())
        if ask.fund == fund and ask.state == "open"
        for each in ask.assumptions
    )
    return (*released, *asked)


def _one(
    mission: str,
    each: Assumption,
    tried: Sequence[Experiment],
    on: date,
    ask: str | None,
) -> Resting:
    """Tell how one assumption stands: an experiment on it has the last word.

    tried: those of the mission, in the order of their ids.
    """
    mine = [e for e in tried if e.assumption == each.says]
    verdict = verdicts(mine, on).get(each.says, each.verdict)
    return Resting(
        mission=mission,
        says=each.says,
        test=each.test,
        core=each.core,
        verdict=verdict,
        ask=ask,
        experiment=mine[-1].id if mine else None,
        holds_back=each.core and verdict != "held",
    )
