"""How work flowed, over HTTP: leads, handoffs, and the cases behind them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.views import View
from weft.app.working import handoffs as app
from weft.app.working.handoffs import CaseRow, Logged, Which
from weft.engines.work import Flow
from weft.store.desk import Desk
from weft.web.params import Flag, Named, Word

Many: TypeAlias = Annotated[
    str,
    QueryParameter(pattern=r"^[0-4]?$", description="so many handoffs; 4: or more"),
]
Day: TypeAlias = Annotated[
    date | None, QueryParameter(description="a day: told before it and from it on")
]
OfMonth: TypeAlias = Annotated[
    str,
    QueryParameter(
        pattern=r"^$|^[0-9]{4}-(0[1-9]|1[0-2])$", description="opened in it: 2026-11"
    ),
]


@get("/flow", sync_to_thread=True, operation="work")
def several(
    desk: NamedDependency[Desk], view: NamedDependency[View]
) -> tuple[Logged, ...]:
    """List the logs of tickets that were brought in."""
    return app.logs(desk, view)


@get("/flow/{log:str}", sync_to_thread=True, operation="work")
def one(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    shown: NamedDependency[str],
    log: Named,
    split: Day = None,
) -> Flow:
    """Give how work flowed by a log: lead times, waits, handoffs, answers."""
    return app.handoffs(desk, view, shown, log, split)


@get("/flow/{log:str}/cases", sync_to_thread=True, operation="work")
def cases(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    shown: NamedDependency[str],
    log: Named,
    handoffs: Many = "",
    opened: OfMonth = "",
    group: Word = "",
    crossing: Flag = False,
    across: Flag = False,
) -> tuple[CaseRow, ...]:
    """List the cases behind a figure, in the order in which they were opened."""
    many = int(handoffs) if handoffs else None
    which = Which(
        handoffs=many, month=opened, group=group, crossing=crossing, across=across
    )
    return app.rows(desk, view, shown, log, which)


HANDLERS = [several, one, cases]
