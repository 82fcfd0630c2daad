"""The mirror over HTTP: what the firm looks like, as data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from weft.app import mirror
from weft.app.mirror import MOST_MONTHS, Months
from weft.app.views import View
from weft.engines.knowledge import Diagnosis, Holders, Movement, Network, Weave
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.params import Place, Since, Word

Across: TypeAlias = FromQuery[Literal["units", "missions"]]
HowMany: TypeAlias = Annotated[int, QueryParameter(ge=1, le=MOST_MONTHS)]
Shown: TypeAlias = Annotated[
    str,
    QueryParameter(
        pattern=r"^$|^[0-9]{4}-(0[1-9]|1[0-2])$",
        description="a month, such as 2026-11; without it, the month looked at",
    ),
]


def shown(
    view: NamedDependency[View], now: NamedDependency[datetime], month: Shown = ""
) -> str:
    """Give the month to show: as asked for, or that of the day looked at."""
    day = view.firm.on if view.as_of else None
    return month or (day or now).strftime("%Y-%m")


@get("/diagnosis", sync_to_thread=True, operation="look")
def diagnosis(view: NamedDependency[View], shown: NamedDependency[str]) -> Diagnosis:
    """Give the figures of the firm as it is, each with the rows behind it."""
    return mirror.diagnose(view, shown)


@get("/spread", sync_to_thread=True, operation="journal")
def spread(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    shown: NamedDependency[str],
    unit: Word = "",
    months: HowMany = 12,
) -> Months:
    """Give how technology knowledge lies, month by month, each as it then stood."""
    return mirror.months(desk, view, shown, months, unit)


@get("/weave", sync_to_thread=True, operation="look")
def weave(
    view: NamedDependency[View],
    shown: NamedDependency[str],
    across: Across = "units",
    unit: Word = "",
    discipline: Word = "",
) -> Weave:
    """Give the firm as one picture: where knowledge sits and how deep it is."""
    return mirror.weave(view, shown, across=across, unit=unit, discipline=discipline)


@get("/weave/{row:int}/{column:int}", sync_to_thread=True, operation="look")
def behind(
    *,
    view: NamedDependency[View],
    shown: NamedDependency[str],
    row: Place,
    column: Place,
    across: Across = "units",
    unit: Word = "",
    discipline: Word = "",
) -> Holders:
    """Give who stands behind one crossing of a weave, counted from 0."""
    woven = mirror.weave(view, shown, across=across, unit=unit, discipline=discipline)
    if row >= len(woven.rows) or column >= len(woven.columns):
        raise NotFound("crossing", f"{row}, {column}", ())
    return mirror.behind(view, woven, row, column)


@get("/network", sync_to_thread=True, operation="look")
def network(view: NamedDependency[View], shown: NamedDependency[str]) -> Network:
    """Give the firm as a network of people, missions, assets and partners."""
    return mirror.network(view, shown)


@get("/movement", sync_to_thread=True, operation="journal")
def movement(
    desk: NamedDependency[Desk], view: NamedDependency[View], since: Since
) -> Movement:
    """Give who joined, left and moved since an earlier entry."""
    return mirror.movement(desk, view, since)


HANDLERS = [diagnosis, spread, weave, behind, network, movement]
