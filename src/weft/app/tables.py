"""A firm brought in from a table that somebody has: guessed, shown, applied."""

from __future__ import annotations

from datetime import date, datetime

from weft.app.folder import Tally, tally
from weft.app.permissions import permit
from weft.app.records import faults
from weft.core.entries import Deed
from weft.core.firm import change
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.knowledge import Movement, movement
from weft.errors import Problems
from weft.interop.tables import Layout, Table, Understood, guess, understand
from weft.store.desk import Desk


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


def preview(desk: Desk, actor: Actor, table: Table, layout: Layout) -> Preview:
    """Show what importing a table would change; nothing is kept."""
    firm = desk.firm()
    permit(firm, actor, "import")
    told = understand(table, layout, firm, desk.profiles())
    after = change(firm, told.changes)
    if wrong := faults(after):
        raise Problems(wrong)
    return Preview(
        layout=layout,
        understood=told,
        tallies=tally(firm, told.changes),
        movement=movement(firm, after),
    )


def apply(
    desk: Desk,
    actor: Actor,
    table: Table,
    layout: Layout,
    at: datetime,
    *,
    on: date | None = None,
    key: str = "",
) -> Preview:
    """Import a table as one deed.

    on: the day the table speaks of, where that is not today.
    """
    seen = desk.firm().seq
    shown = preview(desk, actor, table, layout)
    told = shown.understood
    entry = desk.write(
        lambda _: Deed(
            name="import", changes=told.changes, seen=seen, on=on, note=table.name
        ),
        at=at,
        actor=actor,
        key=key,
        intent=table.digest,
        profiles=told.profiles,
    )
    return Preview(
        layout=shown.layout,
        understood=told,
        tallies=shown.tallies,
        movement=shown.movement,
        entry=entry.seq,
    )
