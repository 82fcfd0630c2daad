"""Profit and loss over HTTP, and where the money goes."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.money import looking
from weft.app.money.looking import MOST_MONTHS, FirmPL
from weft.app.views import View
from weft.engines.funding.ledger import Flow, Statement, Trial, Year
from weft.store.desk import Desk
from weft.web.params import Key
from weft.web.params import Year as InYear

Last: TypeAlias = Annotated[
    str,
    QueryParameter(
        pattern=r"^$|^[0-9]{4}-(0[1-9]|1[0-2])$",
        description="the last month, such as 2026-10; without it, the latest posted",
    ),
]
Many: TypeAlias = Annotated[int, QueryParameter(ge=1, le=MOST_MONTHS)]


@get("/pl", sync_to_thread=True, operation="money")
def whole(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    last: Last = "",
    months: Many = 3,
) -> FirmPL:
    """Give the P&L of the firm and of each mission; amounts in minor units."""
    return looking.firm_statement(desk, view, looking.months_to(view, last, months))


@get("/pl/{key:str}", sync_to_thread=True, operation="money")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    key: Key,
    last: Last = "",
    months: Many = 3,
) -> Statement:
    """Give the P&L of one mission or platform; amounts in minor units."""
    return looking.statement(desk, view, key, looking.months_to(view, last, months))


@get("/money/flow", sync_to_thread=True, operation="money")
def flow(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    last: Last = "",
    months: Many = 3,
) -> Flow:
    """Give where money goes: from funds through missions to what it bought."""
    return looking.flow(desk, view, looking.months_to(view, last, months))


@get("/money/trial", sync_to_thread=True, operation="money")
def trial(desk: NamedDependency[Desk], view: NamedDependency[View]) -> Trial:
    """Give the trial balance; `off` is empty, as every movement balances."""
    return looking.trial(desk, view)


@get("/money/years/{key:str}", sync_to_thread=True, operation="money")
def year(desk: NamedDependency[Desk], view: NamedDependency[View], key: InYear) -> Year:
    """Derive the yearly view of costs, for those who must have one."""
    return looking.year(desk, view, key)


HANDLERS = [whole, one, flow, trial, year]
