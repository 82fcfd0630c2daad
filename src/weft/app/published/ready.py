"""Ready sets of guardrails: looked at, tried on the firm, loaded as one deed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from weft.app import drafts, requests
from weft.app.folder import Tally, tally
from weft.app.guardrails import LOOKED_BACK
from weft.app.records import effective, stays_whole, write
from weft.app.views import View
from weft.core.entries import Change
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail, Severity
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.guardrails import blast_radius
from weft.errors import Problems
from weft.ready import Fit, Note, Renames, fitted, ready_set, renamed
from weft.store.desk import Desk


class Effect(Record, frozen=True, kw_only=True):
    """What one guardrail of a set would do to a firm if it were loaded now.

    breaks: assets that newly break. unproven: those of them that only lack a fact.
    refused: past requests that would be refused. advised: assets that it would only
    advise against.
    """

    guardrail: str
    title: str
    level: Severity
    breaks: int
    unproven: int
    advised: int
    refused: int


class Outlook(Record, frozen=True, kw_only=True):
    """What loading a set would change, and break.

    assets, decisions: how many were looked at.
    """

    tallies: tuple[Tally, ...]
    notes: tuple[Note, ...]
    effects: tuple[Effect, ...]
    unheld: tuple[str, ...]
    assets: int
    decisions: int


class Taken(Record, frozen=True, kw_only=True):
    """What was loaded, with the number of the entry or the draft that it went into.

    unheld: the roles that answer for its guardrails, and that nobody holds yet.
    """

    tallies: tuple[Tally, ...]
    notes: tuple[Note, ...]
    unheld: tuple[str, ...]
    entry: int | None = None
    draft: str = ""


def look(firm: Firm, name: str, renames: Renames) -> Fit:
    """Fit a ready set to a firm, whatever stands against it."""
    return fitted(firm, renamed(ready_set(name), renames), renames)


def fit(firm: Firm, name: str, renames: Renames) -> Fit:
    """Fit a ready set to a firm; raise everything that stands against it at once."""
    found = look(firm, name, renames)
    if found.clashes:
        raise Problems([clash.error for clash in found.clashes])
    stays_whole(firm, found.changes)
    return found


def outlook(
    desk: Desk, view: View, name: str, renames: Renames, at: datetime
) -> Outlook:
    """Tell what loading a set would change and break; nothing is written."""
    firm = view.firm
    found = fit(firm, name, renames)
    new = _new(firm, found.changes)
    ground = change(firm, [c for c in found.changes if c.kind != "guardrails"])
    past = requests.decisions(desk, view.actor, most=LOOKED_BACK, before=firm.seq + 1)
    decisions = [(answer.number, answer.decision) for answer in past]
    effects = []
    for guardrail in new:
        radius = blast_radius(ground, guardrail, at, decisions)
        total = radius.total
        effects.append(
            Effect(
                guardrail=guardrail.id,
                title=guardrail.title,
                level=guardrail.level,
                breaks=total.breaks,
                unproven=total.unproven,
                advised=total.told,
                refused=total.refused,
            )
        )
    return Outlook(
        tallies=tally(firm, found.changes),
        notes=found.notes,
        effects=tuple(effects),
        unheld=_unheld(change(firm, found.changes), found),
        assets=len(firm.assets),
        decisions=len(decisions),
    )


def load(
    desk: Desk,
    actor: Actor,
    name: str,
    renames: Renames,
    at: datetime,
    *,
    draft: str = "",
    key: str = "",
) -> Taken:
    """Take a set into the firm as one deed, or into a draft.

    What the firm has stays as it is; loaded again, only what is missing is added.
    """
    firm = desk.firm()
    if draft:
        firm = change(firm, drafts.changes(desk, actor, draft)[1])
    found = fit(firm, name, renames)
    told = Taken(
        tallies=tally(firm, found.changes),
        notes=found.notes,
        unheld=_unheld(change(firm, found.changes), found),
        draft=draft,
    )
    if draft:
        drafts.add(desk, actor, draft, found.changes)
        return told
    if not effective(firm, found.changes):
        before = desk.by_key(key, actor) if key else None
        return replace(told, entry=before.seq) if before else told
    entry = write(
        desk,
        actor,
        found.changes,
        name="set.load",
        at=at,
        seen=firm.seq,
        key=key,
        note=name,
    )
    return replace(told, entry=entry.seq)


def _new(firm: Firm, changes: Sequence[Change]) -> list[Guardrail]:
    """Give the guardrails that the firm does not have yet."""
    return [
        each.record
        for each in changes
        if isinstance(each.record, Guardrail) and each.key not in firm.guardrails
    ]


def _unheld(firm: Firm, found: Fit) -> tuple[str, ...]:
    """Name the roles of a set that nobody holds, so that nobody can grant a waiver."""
    return tuple(r.id for r in found.ready.roles if not firm.roles[r.id].holders)
