"""What a simulated move tells, as records: on a page, in a file, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from weft.core.records import Record
from weft.engines.simulation.comparing.measures import Measure
from weft.engines.simulation.comparing.report import Figure, Finding
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.parameters import Parameter
from weft.engines.simulation.moving.plan import Order

SERIES: Final[dict[str, Measure]] = {
    "lead_p50": Measure(
        "Lead time, median",
        "working days",
        -1,
        "half of what is asked for in a month takes less",
    ),
    "lead_p85": Measure(
        "Lead time, 85 %",
        "working days",
        -1,
        "85 of 100 asked for in a month take less",
    ),
    "wip": Measure(
        "Work in progress", "changes", -1, "asked for and not yet there, on average"
    ),
    "done": Measure("Throughput", "changes", 1, "that are done in a month"),
    "lost": Measure(
        "Days lost",
        "working days",
        -1,
        "that changes took longer than by staying, all added up so far",
    ),
}
"""What is told of every month. What is lost adds up over all changes asked for."""


class MoveMonth(Record, frozen=True, kw_only=True):
    """A month of the move: who stays and who moves, on the same changes.

    month: 1 is the one in which the first wave moves. moved: the share of demand whose
    missions have moved by its end. apart: how far moving is above staying, paired.
    """

    month: int
    moved: float
    stay: Mapping[str, float]
    move: Mapping[str, float]
    apart: Mapping[str, Figure]


class MoveWave(Record, frozen=True, kw_only=True):
    """A wave: the month of the move, its missions, and their people.

    left: people in the pools, and at the platform, once they have gone.
    """

    month: float
    missions: tuple[str, ...]
    people: int
    left: int


class Dip(Record, frozen=True, kw_only=True):
    """The months that are clearly worse than staying. All in months of the move.

    first, last: of those in which the interval of the paired difference of the median
    lead time lies above zero, at 95 % for all months together (Bonferroni). worst: the
    one with the greatest difference; lead, stay: medians then, apart: their difference.
    """

    first: int
    last: int
    worst: int
    lead: float
    stay: float
    apart: Figure


class MoveEnd(Record, frozen=True, kw_only=True):
    """The median lead time over the last year looked at, in working days.

    there: of who was in the new way from the first day. apart: move less stay.
    """

    stay: Figure
    move: Figure
    there: Figure
    apart: Figure


class Transition(Record, frozen=True, kw_only=True):
    """A move from one operating model to another, month by month, over many runs.

    even: the first of three months in a row no worse than staying, once no month is
    clearly worse any more. lost: the most that changes took longer in all, at the end
    of the month lost_month; regained: the month by whose end that is made good. None
    where that does not come within what is looked at. took: what the move takes in
    working days of people, by cause. unstable: what has more to do than it can, by
    model.
    """

    title: str
    seq: int
    seed: int
    runs: int
    years: float
    before: Model
    after: Model
    order: Order
    plan: Mapping[str, Parameter]
    facts: Mapping[str, Parameter]
    waves: tuple[MoveWave, ...]
    months: tuple[MoveMonth, ...]
    dip: Dip | None
    even: int | None
    lost: Figure
    lost_month: int
    regained: int | None
    end: MoveEnd
    took: Mapping[str, Figure]
    unstable: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...] = ()
    done: float = 1.0
