"""Funds over HTTP: what they have, asks and their answers, promises and what came."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.funding import asking, looking, monthly
from weft.app.funding.asking import Asking, Granting, Returning
from weft.app.funding.looking import FundState, Promises
from weft.app.funding.monthly import TrancheMonths
from weft.app.views import View
from weft.core.funding.ask import Ask
from weft.core.records import Record
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


class MoneyEntry(Record, frozen=True, kw_only=True):
    """The entry of the journal that a deed wrote."""

    entry: int


@get("/money/funds", sync_to_thread=True, operation="money")
def funds(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> list[FundState]:
    """List the funds: what each has in a month, and what came of what it paid."""
    return looking.funds(desk, view, shown, now)


@get("/money/funds/{name:str}", sync_to_thread=True, operation="money")
def fund(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    name: Key,
) -> FundState:
    """Show a fund: each tranche with what was expected, what came, and the gap."""
    return looking.fund(desk, view, name, shown, now)


@get("/money/tranches/{name:str}", sync_to_thread=True, operation="money")
def tranche(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    name: Key,
) -> TrancheMonths:
    """Show the months behind a tranche: paid, expected, came, on which evidence."""
    return monthly.behind(desk, view, name, shown, now)


@get("/money/forecasts", sync_to_thread=True, operation="money")
def kept(view: NamedDependency[View], shown: NamedDependency[str]) -> list[Promises]:
    """Show what was promised 6, 12 and 18 months ahead, against what came."""
    return looking.kept(view, shown)


@post("/money/asks", sync_to_thread=True, operation="money.ask")
def ask(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Asking],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Ask:
    """Ask for money, on any day; what it has to say grows with the amount."""
    return asking.ask(desk, actor, sent, now, idempotency_key)


@post(
    "/money/asks/answer",
    status_code=200,
    sync_to_thread=True,
    operation="money.grant",
)
def answer(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Granting],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Ask:
    """Grant an ask, refuse it, or take one's own back."""
    return asking.answer(desk, actor, sent, now, idempotency_key)


@post("/money/returns", sync_to_thread=True, operation="money.ask")
def give_back(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Returning],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> MoneyEntry:
    """Let money that was released and not spent flow back to its fund."""
    entry = asking.give_back(desk, actor, sent, now, idempotency_key)
    return MoneyEntry(entry=entry)


@post("/money/forecasts/{name:str}/confirm", sync_to_thread=True, operation="money.ask")
def confirm(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> MoneyEntry:
    """Say that a forecast still holds: its age begins anew."""
    entry = asking.confirm(desk, actor, name, now, idempotency_key)
    return MoneyEntry(entry=entry)


HANDLERS = [funds, fund, tranche, kept, ask, answer, give_back, confirm]
