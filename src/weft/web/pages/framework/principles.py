"""The principles: what the firm believes, and what makes each checkable."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from weft.app.published.coverage import in_order
from weft.app.records import record
from weft.engines.guardrails.grounds import newest_first, rested_on
from weft.web.context import Html, Page


@get("/principles", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the principles with their guardrails."""
    firm = page.view.firm
    return page.show(
        "principles.html",
        principles=sorted(firm.principles.values(), key=lambda p: p.title),
        guardrails=sorted(firm.guardrails.values(), key=lambda g: g.title),
    )


@get("/principles/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one principle."""
    firm = page.view.firm
    rules, records = firm.guardrails.values(), firm.adrs.values()
    return page.show(
        "principle.html",
        principle=record(page.view, "principles", key),
        controls=sorted(
            (c for c in page.view.firm.controls.values() if c.principle == key),
            key=in_order,
        ),
        guardrails=sorted(
            (g for g in rules if g.principle == key), key=lambda g: g.title
        ),
        adrs=newest_first(r for r in records if key in r.principles),
        counts=rested_on(firm),
    )


HANDLERS = [several, one]
