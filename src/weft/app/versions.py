"""How one record came to be what it is: every entry that changed it."""

from __future__ import annotations

from datetime import datetime

from weft.app.permissions import permit
from weft.core.records import Record
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.store.journal import rows


class Version(Record, frozen=True, kw_only=True):
    """A record as one entry left it; no text where that entry took it out."""

    seq: int
    at: datetime
    actor: str
    deed: str
    taken_out: bool = False
    version: int | None = None


def versions(desk: Desk, actor: Actor, kind: str, key: str) -> list[Version]:
    """Give each state that a record has had, the newest first.

    Reads every entry that changes the firm, so it is asked for by itself.
    """
    permit(desk.firm(), actor, "journal")
    found = []
    with desk.database.reading() as db:
        for row in rows.changing(db, 0, desk.firm().seq):
            for change in rows.changes_in(db, row):
                if (change.kind, change.key) == (kind, key):
                    version = Version(
                        seq=row.seq,
                        at=datetime.fromisoformat(row.at),
                        actor=row.actor,
                        deed=row.deed,
                        taken_out=change.record is None,
                        version=getattr(change.record, "version", None),
                    )
                    found.append(version)
    return found[::-1]
