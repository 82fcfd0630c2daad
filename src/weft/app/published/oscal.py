"""OSCAL in and out: catalogues brought in, and what the firm rules and finds given."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from weft.app.folder import Tally, tally
from weft.app.permissions import permit
from weft.app.records import effective, stays_whole, write
from weft.app.views import View
from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.framework.controls import Control
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.guardrails import audit
from weft.interop.oscal import (
    Understood,
    assessment_results,
    brought_in,
    firm_catalogue,
    plan_of_action,
    read_catalogue,
    understand,
)
from weft.store.desk import Desk

Document = Literal["catalog", "results", "poam"]


class Altered(Record, frozen=True, kw_only=True):
    """A control that a newer version of a catalogue adds, changes or drops."""

    control: str
    title: str
    how: Literal["added", "changed", "dropped"]


class Brought(Record, frozen=True, kw_only=True):
    """What a catalogue says, and what bringing it in changes or would change.

    catalogue: what the firm calls it. entry: the number of the entry it became;
    nothing where it is only shown, or nothing changes.
    """

    catalogue: str
    title: str
    version: str
    controls: int
    enhancements: int
    withdrawn: int
    families: int
    tallies: tuple[Tally, ...]
    altered: tuple[Altered, ...]
    entry: int | None = None


def bring(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    file: str,
    at: datetime,
    *,
    name: str = "",
    dry_run: bool = False,
    key: str = "",
) -> Brought:
    """Bring a catalogue in as one deed, or only show what that would change.

    A newer version of one that the firm has changes what differs. A control that
    guardrails work towards cannot go while they do.
    """
    firm = desk.firm()
    permit(firm, actor, "import")
    found = understand(read_catalogue(raw, file), firm, name)
    after = stays_whole(firm, found.changes)
    entry = None
    if not dry_run:
        if effective(firm, found.changes):
            entry = write(
                desk,
                actor,
                found.changes,
                name="oscal.import",
                at=at,
                seen=firm.seq,
                key=key,
                note=found.catalogue.id,
            ).seq
        elif key and (before := desk.by_key(key, actor)):
            entry = before.seq
    return _brought(firm, after, found, entry)


def _brought(
    before: Firm, after: Firm, found: Understood, entry: int | None
) -> Brought:
    """Tell what a catalogue says, and how the firm differs with it."""
    mine = [c for c in after.controls.values() if c.catalogue == found.catalogue.id]
    return Brought(
        catalogue=found.catalogue.id,
        title=found.catalogue.title,
        version=found.catalogue.version,
        controls=len(mine),
        enhancements=sum(c.within is not None for c in mine),
        withdrawn=sum(c.withdrawn for c in mine),
        families=len({c.principle for c in mine}),
        tallies=tally(before, found.changes),
        altered=tuple(
            _altered(change, before.controls.get(change.key))
            for change in found.changes
            if change.kind == "controls"
        ),
        entry=entry,
    )


def _altered(change: Change, before: Control | None) -> Altered:
    """Tell what becomes of one control."""
    after = change.record
    known = after if isinstance(after, Control) else before
    return Altered(
        control=change.key,
        title=known.title if known else change.key,
        how="dropped" if after is None else "changed" if before else "added",
    )


def give(
    desk: Desk, view: View, document: Document, at: datetime, of: str = ""
) -> dict[str, Any]:
    """Give the firm's guardrails, their audit, or what is open, as OSCAL.

    of: for the catalogue, one that was brought in, instead of the firm's own.
    """
    permit(desk.firm(), view.actor, "export")
    if document == "catalog":
        return brought_in(view.firm, of) if of else firm_catalogue(view.firm, at)
    found = audit(view.firm, at)
    if document == "results":
        return assessment_results(view.firm, found)
    return plan_of_action(view.firm, found)
