"""The vocabulary: the words in which this firm asks and rules."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import UNSET

from weft.app.records import record
from weft.core.guardrails import Clause, Guardrail
from weft.web.context import Html, Page
from weft.web.pages.choices import matching


@get("/vocabulary", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page], q: FromQuery[str] = "") -> Html:
    """List acts, properties and named sets."""
    firm = page.view.firm
    return page.show(
        "vocabulary.html",
        acts=sorted(firm.acts.values(), key=lambda a: a.title),
        properties=[
            p
            for p in sorted(firm.vocabulary.values(), key=lambda p: p.title)
            if matching(q, p.title, p.help, p.id)
        ],
        sets=sorted(firm.sets.values(), key=lambda s: s.title or s.id),
        q=q,
    )


@get("/vocabulary/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one property: its values, who asks for it, which guardrails read it."""
    firm = page.view.firm
    return page.show(
        "property.html",
        property=record(page.view, "vocabulary", key),
        acts=[a for a in firm.acts.values() if key in a.asks],
        inside=[p for p in firm.vocabulary.values() if key in p.fields],
        guardrails=[g for g in firm.guardrails.values() if key in reads(g)],
        assets=[a for a in firm.assets.values() if key in a.properties],
    )


def reads(guardrail: Guardrail) -> set[str]:
    """Name the properties that a guardrail reads, those of list elements too."""
    return {n for c in (*guardrail.when, *guardrail.must) for n in _names(c)}


def _names(clause: Clause) -> set[str]:
    """Name the properties that a condition reads."""
    own = {
        n
        for n in (clause.path, clause.every, clause.none, clause.some)
        if n is not UNSET
    }
    inner = (*(clause.any or ()), *clause.where, *clause.must)
    return own.union(*(_names(each) for each in inner))


HANDLERS = [several, one]
