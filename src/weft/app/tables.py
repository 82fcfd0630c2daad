"""A firm brought in from a table that somebody has: guessed, shown, applied."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from weft.app.folder import Tally, tally
from weft.app.permissions import permit
from weft.app.records import faults
from weft.core.entries import Deed
from weft.core.firm import Firm, change
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.engines.knowledge import Movement, movement
from weft.errors import InputError, Problems
from weft.interop.tables import Layout, Table, Understood, guess, understand
from weft.store.desk import Desk


class Bringing(msgspec.Struct, frozen=True, kw_only=True):
    """A table that is to be brought in, and what its columns hold.

    on: the day it speaks of; today where nothing is said. partial: it names some
    of the people only, so that nobody has left for not being in it.
    """

    table: Table
    layout: Layout
    on: date | None = None
    partial: bool = False

    def day(self, firm: Firm, at: datetime) -> date:
        """Give the day that counts: never before the last one of the journal."""
        last = firm.on or date.min
        if self.on is not None and self.on < last:
            raise InputError(
                f"The table speaks of {self.on}, and the journal is at {last} already.",
                do="Bring tables in by their days, the oldest first.",
            )
        return self.on or max(at.date(), last)

    @property
    def intent(self) -> bytes:
        """Give what tells it apart from another one that comes under its key."""
        told = f"{show(self.layout)} {self.on} {self.partial}"
        return self.table.digest + told.encode()


class Preview(Record, frozen=True, kw_only=True):
    """What a table says and what importing it would change.

    entry: the number of the entry it became; nothing where it is only shown.
    """

    layout: Layout
    understood: Understood
    tallies: tuple[Tally, ...]
    movement: Movement
    entry: int | None = None


def layout(table: Table) -> Layout:
    """Guess what each column of a table is, with the reason."""
    return guess(table)


def preview(desk: Desk, actor: Actor, wanted: Bringing, at: datetime) -> Preview:
    """Show what importing a table would change; nothing is kept."""
    firm = desk.firm()
    permit(firm, actor, "import")
    return _preview(desk, firm, wanted, at)


def apply(
    desk: Desk, actor: Actor, wanted: Bringing, at: datetime, key: str = ""
) -> Preview:
    """Import a table as one deed: a later one makes joiners, leavers and movers.

    Where it says what the firm has already, nothing is written.
    """
    firm = desk.firm()
    permit(firm, actor, "import")
    shown = _preview(desk, firm, wanted, at)
    changes = shown.understood.changes
    if not (changes or shown.understood.profiles):
        before = desk.by_key(key, actor) if key else None
        return replace(shown, entry=before.seq if before else None)

    def deed(now: Firm) -> Deed:
        permit(now, actor, "import")
        if now.seq != firm.seq and (wrong := faults(change(now, changes))):
            raise Problems(wrong)
        return Deed(
            name="import",
            changes=changes,
            seen=firm.seq,
            on=wanted.on,
            note=wanted.table.name,
        )

    entry = desk.write(
        deed,
        at=at,
        actor=actor,
        key=key,
        intent=wanted.intent,
        profiles=shown.understood.profiles,
    )
    return replace(shown, entry=entry.seq)


def _preview(desk: Desk, firm: Firm, wanted: Bringing, at: datetime) -> Preview:
    """Understand a table against the firm, and check what would come of it."""
    profiles = desk.profiles()
    told = understand(
        wanted.table,
        wanted.layout,
        firm,
        profiles,
        on=wanted.day(firm, at),
        partial=wanted.partial,
        taken={*profiles, *desk.erased()},
    )
    after = change(firm, told.changes)
    if wrong := faults(after):
        raise Problems(wrong)
    return Preview(
        layout=wanted.layout,
        understood=told,
        tallies=tally(firm, told.changes),
        movement=movement(firm, after),
    )
