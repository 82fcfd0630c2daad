"""Profit and loss over HTTP, and where the money goes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.money import looking, purposes
from weft.app.money.looking import MOST_MONTHS, FirmPL
from weft.app.views import View
from weft.core.money.purpose import Purpose
from weft.core.roles import Actor
from weft.engines.funding.ledger import Flow, Statement, Trial, Year
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key
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


@post(
    "/money/purposes", status_code=200, sync_to_thread=True, operation="money.purpose"
)
def say(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Purpose],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Purpose:
    """Say what the spending of a mission is for, in three shares that come to 100."""
    return purposes.say(desk, actor, sent, now, idempotency_key)


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


HANDLERS = [whole, one, say, flow, trial, year]
