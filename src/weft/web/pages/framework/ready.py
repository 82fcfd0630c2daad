"""Ready-made guardrails: what each set says and why, what it would break, taking it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from weft.app import drafts
from weft.app.published import ready
from weft.app.published.ready import Outlook
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.scalars import slug
from weft.errors import InputError
from weft.ready import Fit, ReadySet, Renames, read_renames, ready_set, ready_sets
from weft.web.context import Html, Page
from weft.web.pages.framework.rules import conditions

Form = URLEncodedBody[dict[str, str]]
WORD = "word:"
"""A control for a word of the set is called `word:roles/security`."""


class Choice(msgspec.Struct, frozen=True):
    """A word of the set, and the firm's own words that may be meant by it."""

    word: str
    title: str
    chosen: str
    choices: tuple[tuple[str, str], ...]
    clash: str = ""


@get("/ready-sets", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the ready sets, with how much of each the firm has."""
    held = page.view.firm.guardrails
    rows = [(s, sum(g.id in held for g in s.guardrails)) for s in ready_sets()]
    return page.show("ready-sets.html", rows=rows)


@get("/ready-sets/{key:str}", sync_to_thread=True, operation="try", any_query=True)
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show a set, in the firm's own words where those were chosen."""
    found, firm = ready_set(key), page.view.firm
    renames = _renames(page.call.query_params)
    wrong: tuple[InputError, ...] = ()
    outlook: Outlook | None = None
    fit: Fit | None = None
    try:
        fit = ready.look(firm, key, renames)
        outlook = ready.outlook(page.desk, page.view, key, renames, page.now)
    except InputError as error:
        wrong = error.problems
    shown = fit.ready if fit else found
    own = change(Firm(), _all(shown))
    return page.show(
        "ready-set.html",
        ready=shown,
        wrong=wrong if not (fit and fit.clashes) else (),
        choices=_choices(firm, found, fit, renames),
        words=renames,
        outlook=outlook,
        effects={e.guardrail: e for e in outlook.effects} if outlook else {},
        rules={
            g.id: (conditions(own, g, g.when), conditions(own, g, g.must))
            for g in shown.guardrails
        },
        own=own,
        titles={g.id: g.title for g in found.guardrails},
    )


@post("/ready-sets/{key:str}/load", sync_to_thread=True, operation="change")
def load(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Take a set into the firm, or into a draft of its own that is begun for it."""
    renames = _renames(data)
    if data.get("into") != "draft":
        taken = ready.load(page.desk, page.actor, key, renames, page.now)
        to = f"/journal/{taken.entry}" if taken.entry else f"/ready-sets/{key}"
        return Redirect(to, status_code=303)
    title = ready_set(key).title
    ready.fit(page.desk.firm(), key, renames)  # no draft is begun for what cannot be
    taken_names = {d.id for d in drafts.drafts(page.desk, page.actor)}
    name = next(n for n in _names(slug(title)) if n not in taken_names)
    drafts.new(page.desk, page.actor, name, title)
    ready.load(page.desk, page.actor, key, renames, page.now, draft=name)
    return Redirect(f"/drafts/{name}", status_code=303)


def _names(first: str) -> Iterator[str]:
    """Give names for a draft, one after another."""
    yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1


def _renames(told: Mapping[str, Any]) -> Renames:
    """Give what was chosen of the firm's own words."""
    words = {
        name.removeprefix(WORD): str(told[name]).strip()
        for name in told
        if name.startswith(WORD) and str(told[name]).strip()
    }
    return read_renames(words)


def _all(found: ReadySet) -> Iterator[Change]:
    """Give every record of a set as a change."""
    return map(put, found.records())


def _choices(
    firm: Firm, found: ReadySet, fit: Fit | None, renames: Renames
) -> list[Choice]:
    """Give what can be called otherwise: each role, and each word that clashes."""
    roles = tuple((r.id, r.title) for r in firm.roles.values())
    told = [
        Choice(
            f"roles/{role.id}",
            role.title,
            renames.get(f"roles/{role.id}", ""),
            tuple(sorted(roles, key=lambda r: r[1])),
        )
        for role in found.roles
        if role.id not in firm.roles
    ]
    clashes = {c.word: c for c in fit.clashes} if fit else {}
    for word in dict.fromkeys([*clashes, *renames]):
        if word.startswith("roles/"):
            continue
        clash = clashes.get(word)
        prop, _, value = word.removeprefix("vocabulary/").partition(":")
        own = firm.vocabulary.get(prop)
        known = next((p for p in found.vocabulary if p.id == prop), None)
        title = f"{own.title if own else known.title if known else prop}"
        label = known.labels.get(value, value) if known else value
        choices = clash.choices if clash else (renames[word],)
        labels = own.labels if own else {}
        told.append(
            Choice(
                word,
                f"{title}: {label}" if value else title,
                renames.get(word, ""),
                tuple((c, labels.get(c, c)) for c in choices),
                clash.error.what if clash else "",
            )
        )
    return told


HANDLERS = [several, one, load]
