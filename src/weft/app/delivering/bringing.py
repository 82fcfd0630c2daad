"""Deliveries brought in: from a tool's call, or from a file of exported events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from weft.app.permissions import permit
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.delivering import whose
from weft.errors import InputError, NothingChanges, Where
from weft.interop.deliveries import read_exported
from weft.store.desk import Desk

FILE = "file"
"""What stands as the source of deliveries that a file brought."""


class Brought(Record, frozen=True, kw_only=True):
    """What came in: so many events that count, new ones, and ones that were there.

    unplaced: services and repositories among them that no asset names. entry: the
    number of the entry they came by; nothing where none of them is new.
    """

    deliveries: int
    new: int
    repeats: int
    unplaced: tuple[str, ...] = ()
    entry: int | None = None


def bring_file(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    file: str,
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> Brought:
    """Bring in a file of exported events, one JSON document a line, as one deed."""
    permit(desk.firm(), actor, "import")
    told = read_exported(raw, file, FILE)
    if not told:
        raise InputError(
            "The file has no event that counts as a delivery.",
            do="Give changes, deployments or incidents, one JSON document a line.",
            where=Where(file),
        )
    if dry_run:
        firm = desk.firm()
        return Brought(
            deliveries=len(told), new=0, repeats=0, unplaced=_unplaced(firm, told)
        )
    return bring(desk, actor, told, at, key=key, intent=raw, note=file)


def bring(
    desk: Desk,
    actor: Actor,
    told: Sequence[Delivery],
    at: datetime,
    *,
    key: str,
    intent: bytes,
    note: str,
) -> Brought:
    """Put deliveries on record, those that are there already left out."""
    unplaced = _unplaced(desk.firm(), told)
    nothing = Brought(deliveries=len(told), new=0, repeats=len(told), unplaced=unplaced)
    if not told:
        return nothing
    deed = Deed(name="deliveries.bring", facts=tuple(told), note=note[:400])
    try:
        entry = desk.write(
            lambda _: deed, at=at, actor=actor, key=key, intent=intent if key else b""
        )
    except NothingChanges:
        return nothing
    (batch,) = entry.deed.brought
    return Brought(
        deliveries=len(told),
        new=batch.count,
        repeats=batch.repeats,
        unplaced=unplaced,
        entry=entry.seq,
    )


def _unplaced(firm: Firm, told: Sequence[Delivery]) -> tuple[str, ...]:
    """Give the services and repositories that no asset names."""
    names = whose(firm)
    return tuple(sorted({d.of for d in told if d.subject not in names}))
