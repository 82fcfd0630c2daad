"""Where each version of what holds for all stands: a table worked out from the journal.

For principles, decision records, named sets, guardrails and agreements it says which
entries put or dropped each; so that one is found without reading what lies between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import sqlalchemy as sa

from weft.core.entries import Change
from weft.store.journal import rows
from weft.store.journal.bodies import WHOLE, Row, change_at
from weft.store.schema import entries, fact, parts, say, versions

KEPT: Final = frozenset({"principles", "adrs", "sets", "guardrails", "agreements"})
"""The kinds whose versions are looked up; all others are in the journal too."""
WHOLE_BODY: Final = -1
_FILLED: Final = "versions"


class Line(NamedTuple):
    """One version: of which record, by which entry, and in which part of it.

    n: the part of the entry, or WHOLE_BODY where it has none.
    """

    kind: str
    key: str
    seq: int
    n: int


def lines(seq: int, changes: Iterable[Change]) -> list[Line]:
    """Give what the table says of the changes of one entry; of two of one, the last."""
    told = tuple(changes)
    split = len(told) > WHOLE
    found: dict[tuple[str, str], Line] = {}
    for place, each in enumerate(told):
        if each.kind in KEPT:
            n = place // WHOLE if split else WHOLE_BODY
            found[each.kind, each.key] = Line(each.kind, each.key, seq, n)
    return list(found.values())


def add(db: sa.Connection, some: Iterable[Line]) -> None:
    """Add lines to the table."""
    if told := list(some):
        rows.insert(db, versions, told)


def clear(db: sa.Connection) -> None:
    """Empty the table."""
    db.execute(versions.delete())


def fill(db: sa.Connection, upto: int) -> None:
    """Make the table anew from the journal, in a store that had none."""
    clear(db)
    for row in rows.changing(db, 0, upto):
        add(db, lines(row.seq, rows.changes_in(db, row)))
    say(db, _FILLED, b"1")


def filled(db: sa.Connection) -> bool:
    """Tell whether the table was filled, and has been kept up since."""
    return bool(fact(db, _FILLED))


def between(db: sa.Connection, after: int, upto: int) -> dict[int, list[Line]]:
    """Give what the table says of entries past `after` and to `upto`, by sequence."""
    asked = sa.select(versions).where(versions.c.seq > after, versions.c.seq <= upto)
    found: dict[int, list[Line]] = {}
    for line in map(Line._make, db.execute(asked).all()):
        found.setdefault(line.seq, []).append(line)
    return found


def without_entry(db: sa.Connection) -> int | None:
    """Give the first sequence that the table has and the journal lacks, if any."""
    asked = sa.select(sa.func.min(versions.c.seq)).where(
        versions.c.seq.not_in(sa.select(entries.c.seq))
    )
    return db.execute(asked).scalar()


def found(
    db: sa.Connection, kind: str, key: str, upto: int
) -> Iterator[tuple[Row, Change]]:
    """Give each version of a record up to an entry, the newest first, with its row."""
    mine = (versions.c.kind == kind, versions.c.key == key, versions.c.seq <= upto)
    asked = sa.select(versions).where(*mine).order_by(versions.c.seq.desc())
    for line in map(Line._make, db.execute(asked).all()):
        row = rows.row_at(db, line.seq)
        if row is not None:
            yield row, change_at(_body(db, row, line.n), kind, key)


def _body(db: sa.Connection, row: Row, n: int) -> bytes:
    """Give the bytes in which a change stands: those of the entry, or of one part."""
    if n == WHOLE_BODY:
        return row.body
    asked = sa.select(parts.c.body).where(parts.c.seq == row.seq, parts.c.n == n)
    return bytes(db.execute(asked).scalar_one())
