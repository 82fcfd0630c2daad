"""The ledger over HTTP: what stands in it, what is behind a figure, as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.money import accepting, exporting, looking
from weft.app.money.accepting import Accepting
from weft.app.money.asking import month_of
from weft.app.money.looking import Behind, SourceLine
from weft.app.views import View
from weft.core.money.bookings import Booking
from weft.core.roles import Actor
from weft.engines.funding.ledger import Redundant
from weft.store.desk import Desk
from weft.web.params import Idempotency, InMonth

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Account: TypeAlias = Annotated[
    str,
    QueryParameter(
        max_length=200,
        pattern=r"^(asset|liability|equity|income|expense):[^:]+(:.*)?$",
        description="such as expense:cloud:payments",
    ),
]


@get("/money/bookings", sync_to_thread=True, operation="money")
def bookings(view: NamedDependency[View]) -> tuple[Booking, ...]:
    """List what stands in the ledger, the latest month first."""
    return looking.bookings(view)


@get("/money/unmapped", sync_to_thread=True, operation="money")
def unmapped(view: NamedDependency[View]) -> tuple[Booking, ...]:
    """List the bookings that hold costs of no mission, the latest month first."""
    return looking.unmapped(view)


@get("/money/redundancies", sync_to_thread=True, operation="money")
def redundancies(
    view: NamedDependency[View], now: NamedDependency[datetime]
) -> tuple[Redundant, ...]:
    """List what is bought or built more than once: priced, accepted or not."""
    return looking.redundancies(view, now)


@post(
    "/money/redundancies",
    status_code=200,
    sync_to_thread=True,
    operation="money.book",
)
def accept(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Accepting],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Redundant:
    """Accept what is there twice, up to a limit and until a day."""
    return accepting.accept(desk, actor, sent, now, idempotency_key)


@get("/money/behind", sync_to_thread=True, operation="money")
def behind(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    account: Account,
    month: InMonth,
) -> tuple[Behind, ...]:
    """List the postings of an account in a month: what a figure is made of."""
    return looking.behind(desk, view, account, month_of(month))


@get("/money/rows", sync_to_thread=True, operation="money")
def rows(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    account: Account,
    month: InMonth,
) -> tuple[SourceLine, ...]:
    """List the rows of bills behind an account in a month, the first 200."""
    return looking.source_rows(desk, view, account, month_of(month))


@get(
    "/money/ledger.beancount",
    sync_to_thread=True,
    operation="money",
    media_type="text/plain",
)
def beancount(
    desk: NamedDependency[Desk], view: NamedDependency[View]
) -> Response[str]:
    """Give the ledger as plain text that Beancount checks."""
    text = exporting.as_beancount(desk, view)
    return Response(text, media_type="text/plain", headers=_named("ledger.beancount"))


@get("/money/ledger.csv", sync_to_thread=True, operation="money", media_type=CSV)
def table(desk: NamedDependency[Desk], view: NamedDependency[View]) -> Response[bytes]:
    """Give every posting of the ledger as a row of CSV."""
    raw = exporting.as_csv(desk, view)
    return Response(raw, media_type=CSV, headers=_named("ledger.csv"))


@get("/money/ledger.xlsx", sync_to_thread=True, operation="money", media_type=XLSX)
def workbook(
    desk: NamedDependency[Desk], view: NamedDependency[View]
) -> Response[bytes]:
    """Give the P&L of a year, the trial balance and the postings as a workbook."""
    raw = exporting.as_workbook(desk, view)
    return Response(raw, media_type=XLSX, headers=_named("ledger.xlsx"))


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


HANDLERS = [
    *(
        bookings,
        unmapped,
        redundancies,
        accept,
        behind,
        rows,
        beancount,
        table,
        workbook,
    ),
]
