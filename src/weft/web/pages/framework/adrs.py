"""The decision records: all of them, and one with its options and its chain."""

from __future__ import annotations

from typing import cast, get_args

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.records import record
from weft.core.framework.adrs import ADR, Status
from weft.engines.guardrails.grounds import (
    lineage,
    newest_first,
    rested_on,
    resting,
    shaken,
)
from weft.web.context import Html, Page
from weft.web.pages.choices import matching


@get("/adrs", sync_to_thread=True, operation="look")
def several(
    page: NamedDependency[Page], q: FromQuery[str] = "", status: FromQuery[str] = ""
) -> Html:
    """List the decision records, the newest first."""
    found = [
        each
        for each in newest_first(page.view.firm.adrs.values())
        if matching(q, each.title, each.context, each.outcome)
        and status in {"", each.status}
    ]
    return page.show(
        "adrs.html",
        adrs=found,
        counts=rested_on(page.view.firm),
        q=q,
        stands=status,
        statuses=get_args(Status),
    )


@get("/adrs/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one decision record, and the guardrails that rest on it."""
    firm = page.view.firm
    found = cast("ADR", record(page.view, "adrs", key))
    return page.show(
        "adr.html",
        record=found,
        chain=lineage(firm, found),
        shaken=shaken(firm, found),
        guardrails=resting(firm, key),
    )


HANDLERS = [several, one]
