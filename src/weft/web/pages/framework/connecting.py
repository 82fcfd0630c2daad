"""Working with what a firm already has: Rego taken along, JSON Schemas taken in."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody

from weft.app.framework import jsonschema, policies
from weft.app.framework.jsonschema import Taken
from weft.app.framework.policies import Policy, Ruled
from weft.app.permissions import OPERATIONS
from weft.app.texts import as_text
from weft.core.records import read_texts
from weft.errors import InputError
from weft.interop.jsonschema.reading import Schema
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, str]]
SHOWN = 50
"""So many assets of which a policy says nothing are listed."""


@get("/connect", sync_to_thread=True, operation="look")
def begin(page: NamedDependency[Page]) -> Html:
    """Show what can be taken along, and the forms for what can be taken in."""
    return _show(page)


@post("/connect/schema", status_code=200, sync_to_thread=True, operation="change")
def schema(page: NamedDependency[Page], data: Form) -> Html:
    """Show what a schema would become; or make it so, where that was asked for."""
    try:
        told = {k: v for k, v in data.items() if k in Schema.__struct_fields__ and v}
        dry_run = data.get("step") != "apply"
        taken = jsonschema.take_in(
            page.desk,
            page.view,
            read_texts(Schema, told, "schema"),
            at=page.now,
            dry_run=dry_run,
        )
    except InputError as error:
        return _show(page, data, wrong=error)
    return _show(page, data, taken=taken)


@post("/connect/policy", status_code=200, sync_to_thread=True, operation="policy")
def policy(page: NamedDependency[Page], data: Form) -> Html:
    """Show what a policy says of every asset; or keep it, where that was asked for."""
    try:
        told = {k: v for k, v in data.items() if k in Policy.__struct_fields__}
        asked = read_texts(Policy, told, "policy")
        found = tuple(policies.rulings(page.desk, page.view, asked, page.now))
        ruled = Ruled(property=asked.property, rulings=found)
        if data.get("step") == "apply":
            ruled = policies.keep(page.desk, page.view, asked, found, at=page.now)
    except InputError as error:
        return _show(page, data, wrong=error)
    return _show(page, data, ruled=ruled)


def _show(
    page: Page,
    data: dict[str, str] | None = None,
    *,
    taken: Taken | None = None,
    ruled: Ruled | None = None,
    wrong: InputError | None = None,
) -> Html:
    """Show the page with what was sent, and what came of it."""
    firm = page.view.firm
    made = (*taken.vocabulary, *taken.guardrails) if taken else ()
    problems = wrong.problems if wrong else ()
    return page.show(
        "connect.html",
        status=422 if wrong else 200,
        data=data or {},
        taken=taken,
        texts=[as_text(record) for record in made],
        ruled=ruled,
        unknown=[r for r in ruled.rulings if r.value is None] if ruled else [],
        counts=_counts(ruled) if ruled else {},
        wrong=problems,
        shown=SHOWN,
        missing=OPERATIONS["policy"].lacks(page.desk.firm(), page.actor, ""),
        principles=sorted(firm.principles.values(), key=lambda p: p.title),
        roles=sorted(firm.roles.values(), key=lambda r: r.title),
        acts=sorted(firm.acts.values(), key=lambda a: a.title),
        words=sorted(
            (p for p in firm.vocabulary.values() if p.type != "list"),
            key=lambda p: p.title,
        ),
    )


def _counts(ruled: Ruled) -> dict[str, int]:
    """Count how often a policy says each value."""
    counts: dict[str, int] = {}
    for each in ruled.rulings:
        if each.value is not None:
            counts[str(each.value)] = counts.get(str(each.value), 0) + 1
    return dict(sorted(counts.items()))


HANDLERS = [begin, schema, policy]
