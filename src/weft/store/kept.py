"""What is worked out from the journal and kept, to be gone on with after a start."""

from __future__ import annotations

import sqlalchemy as sa

from weft.store.journal import rows
from weft.store.schema import fact, say, weft

_KEPT, _AT = "kept: ", "kept to: "


def keep(db: sa.Connection, name: str, seq: int, body: bytes) -> None:
    """Keep what was worked out of the entries up to one, in the place of the last."""
    row = rows.row_at(db, seq)
    if row is not None:
        say(db, _KEPT + name, body)
        say(db, _AT + name, seq.to_bytes(8, "big") + row.hash)


def found(db: sa.Connection, name: str) -> bytes:
    """Give what is kept under a name; empty where that is nothing of this journal."""
    return fact(db, _KEPT + name) if upto(db, name) else b""


def upto(db: sa.Connection, name: str) -> int:
    """Give the entry up to which something was worked out; 0 where nothing is kept.

    It has the hash of that entry with it: of another journal it does not count.
    """
    told = fact(db, _AT + name)
    seq, seal = int.from_bytes(told[:8], "big"), told[8:]
    row = rows.row_at(db, seq) if seq else None
    return seq if row is not None and row.hash == seal else 0


def clear(db: sa.Connection) -> None:
    """Throw all of it away."""
    for beginning in (_KEPT, _AT):
        db.execute(weft.delete().where(weft.c.name.startswith(beginning)))
