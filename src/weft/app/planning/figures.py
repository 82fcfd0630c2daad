"""The firm's own figures, by which the goals of a plan are measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from msgspec.structs import replace

from weft.app.delivering.measuring import board
from weft.app.framework.costs import costs
from weft.app.permissions import OPERATIONS
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.outcomes.metric import OUTCOME_SIDE
from weft.core.planning.measures import Measure
from weft.core.planning.plan import Sought
from weft.core.records import Record
from weft.core.scalars import Line
from weft.engines.knowledge import lying
from weft.store.desk import Desk


class Measured(Record, frozen=True, kw_only=True):
    """One of the firm's own figures as it stands.

    value: None where there is nothing to measure yet. n: so many of `of` it rests on.
    says: what is counted. behind: the page with what lies behind it. before: what it
    was, and on: the day that was; None where it was not known yet. target, by: what it
    is to be, where the plan says so; less: whether that is the most it may be, not the
    least; reached: whether it is.
    """

    measure: Measure
    title: Line
    value: float | None
    unit: Line
    n: int
    of: Line
    says: Line
    behind: Line
    before: float | None = None
    on: date | None = None
    target: float | None = None
    by: date | None = None
    less: bool = False
    reached: bool | None = None


class _Asked(NamedTuple):
    """What a figure is worked out from."""

    desk: Desk
    view: View
    at: datetime

    @property
    def firm(self) -> Firm:
        return self.view.firm


class _Figure(NamedTuple):
    """How a figure is told, and how it is worked out: a value, and of how many."""

    title: str
    unit: str
    of: str
    says: str
    behind: str
    work_out: Callable[[_Asked], tuple[float | None, int]]
    less: bool = False
    """Whether less of it is better."""


def held_against(
    found: Measured, target: Sought | None, before: Measured | None, on: date
) -> Measured:
    """Hold a figure against what it was on an earlier day, and what it is to be."""
    if before is not None and before.value is not None:
        found = replace(found, before=before.value, on=on)
    if target is None:
        return found
    reached = None
    if found.value is not None:
        over, under = found.value > target.value, found.value < target.value
        reached = not (over if found.less else under)
    return replace(found, target=target.value, by=target.by, reached=reached)


def measured(
    desk: Desk, view: View, at: datetime, wanted: Iterable[Measure]
) -> dict[Measure, Measured]:
    """Give some of the firm's figures, each worked out once."""
    asked, found = _Asked(desk, view, at), {}
    for name in dict.fromkeys(wanted):
        figure = _FIGURES[name]
        value, n = figure.work_out(asked)
        found[name] = Measured(
            measure=name,
            title=figure.title,
            value=None if value is None else round(value, 2),
            unit=figure.unit,
            n=n,
            of=figure.of,
            says=figure.says,
            behind=figure.behind,
            less=figure.less,
        )
    return found


def _share(part: Sized, whole: Sized) -> tuple[float | None, int]:
    """Give a share in per cent; none of nothing."""
    n = len(whole)
    return (100 * len(part) / n if n else None), n


def _distribution(asked: _Asked) -> tuple[float | None, int]:
    """Tell how evenly technology knowledge lies over the units."""
    found = lying(asked.firm, f"{asked.at:%Y-%m}")
    return found.spread, found.people or 0


def _products(asked: _Asked) -> tuple[float | None, int]:
    technology = {"service", "application", "low-code-app", "data-product"}
    assets = asked.firm.assets.values()
    with_some = {a.mission for a in assets if a.mission and a.type in technology}
    return _share(with_some, asked.firm.missions)


def _owned(asked: _Asked) -> tuple[float | None, int]:
    assets = asked.firm.assets
    return _share([a for a in assets.values() if a.mission], assets)


def _led(asked: _Asked) -> tuple[float | None, int]:
    mandates = asked.firm.mandates.values()
    led = [m for m in mandates if m.business_lead and m.technology_lead]
    return _share(led, asked.firm.missions)


def _mandates(asked: _Asked) -> tuple[float | None, int]:
    held = [m for m in asked.firm.mandates.values() if m.holds]
    return _share(held, asked.firm.missions)


def _freedom(asked: _Asked) -> tuple[float | None, int]:
    if OPERATIONS["costs"].lacks(asked.desk.firm(), asked.view.actor, ""):
        return None, 0
    found = costs(asked.desk, asked.view, asked.at)
    return (None if found.freedom is None else 100 * found.freedom), found.requests


def _moves(asked: _Asked) -> tuple[float | None, int]:
    moves = asked.firm.moves
    answered = [m for m in moves.values() if m.taken]
    return _share(answered, moves)


def _agreements(asked: _Asked) -> tuple[float | None, int]:
    return _share(asked.firm.agreements, asked.firm.missions)


def _reviews(asked: _Asked) -> tuple[float | None, int]:
    held = [a for a in asked.firm.agreements.values() if a.review or a.loops]
    return _share(held, asked.firm.missions)


def _delivering(asked: _Asked) -> tuple[float | None, int]:
    told = board(asked.desk, asked.view, asked.at).missions
    recent = asked.at - timedelta(days=30)
    held = [m for m in told if m.measures.last and m.measures.last > recent]
    return _share(held, told)


def _lead_time(asked: _Asked) -> tuple[float | None, int]:
    told = board(asked.desk, asked.view, asked.at).missions
    found = [m.measures.lead_time for m in told]
    values = [figure.value for figure in found if figure.value is not None]
    return (median(values) if values else None), len(values)


def _reported(asked: _Asked) -> tuple[float | None, int]:
    told = board(asked.desk, asked.view, asked.at).missions
    return _share([m for m in told if not m.measures.silent], told)


def _outcomes(asked: _Asked) -> tuple[float | None, int]:
    missions = asked.firm.missions
    return _share([m for m in missions.values() if m.outcome], missions)


def _outcome_side(asked: _Asked) -> tuple[float | None, int]:
    outcomes = [m.outcome for m in asked.firm.missions.values() if m.outcome]
    metrics = asked.firm.metrics
    stages = [metrics[o.metric].stage for o in outcomes if o.metric in metrics]
    return _share([stage for stage in stages if stage in OUTCOME_SIDE], outcomes)


def _checkable(asked: _Asked) -> tuple[float | None, int]:
    principles = asked.firm.principles
    checked = {g.principle for g in asked.firm.guardrails.values()}
    return _share(checked & set(principles), principles)


def _heard(asked: _Asked) -> tuple[float | None, int]:
    told = [c for c in asked.firm.challenges.values() if not c.withdrawn_at]
    return _share([c for c in told if c.answered_at], told)


_FIGURES: Mapping[Measure, _Figure] = {
    "distribution": _Figure(
        "Spread of technology knowledge",
        "of 1",
        "people",
        "How evenly it lies over the units: 1 is alike everywhere, 0 all in one.",
        "/spread",
        _distribution,
    ),
    "products": _Figure(
        "Missions built on technology or data",
        "% of missions",
        "missions",
        "Missions that own a service, an application or a data product.",
        "/assets",
        _products,
    ),
    "owned": _Figure(
        "Assets that a mission owns",
        "% of assets",
        "assets",
        "Assets with a mission, not a unit or nobody, behind them.",
        "/assets",
        _owned,
    ),
    "led-by-both": _Figure(
        "Missions with a business and a technology lead",
        "% of missions",
        "missions",
        "Missions whose mandate names both leads.",
        "/missions",
        _led,
    ),
    "mandates": _Figure(
        "Missions that may decide alone",
        "% of missions",
        "missions",
        "Missions whose mandate both leads have signed.",
        "/missions",
        _mandates,
    ),
    "freedom": _Figure(
        "Requests that needed no person",
        "% of requests",
        "requests",
        "Requests answered without a waiver that somebody had to grant.",
        "/costs",
        _freedom,
    ),
    "moves": _Figure(
        "Moves of the rounds that were agreed",
        "% of moves",
        "moves",
        "Moves that a round put before people and all of them accepted.",
        "/round",
        _moves,
    ),
    "agreements": _Figure(
        "Missions with a working agreement of their own",
        "% of missions",
        "missions",
        "Missions that wrote down how they work.",
        "/missions",
        _agreements,
    ),
    "reviews": _Figure(
        "Missions with a feedback loop",
        "% of missions",
        "missions",
        "Missions whose agreement names a review or another loop.",
        "/missions",
        _reviews,
    ),
    "delivering": _Figure(
        "Missions that delivered within 30 days",
        "% of missions",
        "missions",
        "Missions of which a tool reported a deployment to production lately.",
        "/deliveries",
        _delivering,
    ),
    "lead-time": _Figure(
        "Lead time for changes, the median mission",
        "hours",
        "missions",
        "From a change written to it running, over missions with enough of them.",
        "/deliveries",
        _lead_time,
        less=True,
    ),
    "outcomes": _Figure(
        "Missions with an outcome",
        "% of missions",
        "missions",
        "Missions that state a target on a metric by a day.",
        "/missions",
        _outcomes,
    ),
    "outcome-side": _Figure(
        "Outcomes that measure results",
        "% of outcomes",
        "outcomes",
        "Outcomes whose metric was confirmed as one of results, not of work or money.",
        "/missions",
        _outcome_side,
    ),
    "checkable": _Figure(
        "Principles that a guardrail makes checkable",
        "% of principles",
        "principles",
        "Principles under which at least one guardrail stands.",
        "/principles",
        _checkable,
    ),
    "reported": _Figure(
        "Missions whose work is seen without a status",
        "% of missions",
        "missions",
        "Missions of whose assets a tool reports by itself.",
        "/deliveries",
        _reported,
    ),
    "objections-heard": _Figure(
        "Objections that were answered",
        "% of objections",
        "objections",
        "Objections to guardrails, those withdrawn left out.",
        "/challenges",
        _heard,
    ),
}
