"""The roles: who answers for what across the firm."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from weft.app.records import record
from weft.engines.guardrails import approver
from weft.web.context import Html, Page


@get("/roles", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the roles with who holds them."""
    firm = page.view.firm
    owned: dict[str, int] = {}
    for guardrail in firm.guardrails.values():
        owned[guardrail.owner] = owned.get(guardrail.owner, 0) + 1
    roles = sorted(firm.roles.values(), key=lambda r: r.title)
    return page.show("roles.html", roles=roles, owned=owned)


@get("/roles/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one role: its holders, its guardrails, and what it may grant."""
    rules = sorted(page.view.firm.guardrails.values(), key=lambda g: g.title)
    principles = page.view.firm.principles.values()
    return page.show(
        "role.html",
        role=record(page.view, "roles", key),
        guardrails=[g for g in rules if g.owner == key],
        grants=[g for g in rules if g.owner != key and approver(g) == key],
        principles=[p for p in principles if p.owner == key],
    )


HANDLERS = [several, one]
