"""What comes into the ledger over HTTP: bills, values, a month closed."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app.money import bills, closing, values
from weft.app.money.asking import month_of
from weft.app.money.bills import BillTold
from weft.app.money.closing import Closing
from weft.app.money.values import ValuesTold
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency, Month


@post(
    "/import/focus",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="money.book",
    form={},
)
def focus(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> BillTold:
    """Bring a bill in FOCUS 1.0 to 1.2 in; a larger one by `weft import focus`."""
    return bills.bring_sent(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        dry_run=dry_run,
        key=idempotency_key,
    )


@post(
    "/import/values",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="money.book",
    form={},
)
def worth(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> ValuesTold:
    """Bring in what outcomes were worth: mission, month, amount, grade, evidence."""
    return values.bring(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        dry_run=dry_run,
        key=idempotency_key,
    )


@post(
    "/money/close/{key:str}",
    status_code=200,
    sync_to_thread=True,
    operation="money.book",
)
def close(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    key: Month,
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Closing:
    """Post what a month cost: people, contracts, shared services; again at any time."""
    return closing.close(
        desk, actor, month_of(key), now, dry_run=dry_run, key=idempotency_key
    )


HANDLERS = [focus, worth, close]
