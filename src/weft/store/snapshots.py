"""Snapshots: the firm at some entries, so that a start need not replay them all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, get_type_hints

import msgspec
import sqlalchemy as sa
from immutables import Map

from weft.core.firm import KINDS, Firm
from weft.core.records import R
from weft.store.database import Database
from weft.store.journal.rows import instant
from weft.store.schema import snapshot_rows, snapshots

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

logger = logging.getLogger(__name__)

CHUNK = 10_000
"""Records of one row: small enough to be written between two commits of others."""
KEPT = 8
"""Snapshots kept beside the newest: the older, the further apart."""


class Chunk(NamedTuple):
    """Records of one kind, as bytes."""

    kind: str
    body: bytes


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_parts = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode


class Columns(Generic[R]):
    """Records of a kind as bytes: field by field, which is small and quick to read.

    The types of fields are taken without their constraints: a snapshot is made of
    records that passed the gate, and has a digest. Half of a start would go there.
    """

    def __init__(self, kind: type[R]) -> None:
        self._fields = kind.__struct_fields__
        hints: Any = get_type_hints(kind)
        self._lists = {
            name: list.__class_getitem__(hints[name]) for name in self._fields
        }
        whole: Any = tuple.__class_getitem__((tuple[str, ...], *self._lists.values()))
        self._decode = msgspec.msgpack.Decoder(whole).decode
        self._defaults = {each.name: each for each in msgspec.structs.fields(kind)}
        # As namedtuple does it: the one call that is made a million times.
        words = ", ".join(f"{field}={field}" for field in self._fields)
        source = f"lambda {', '.join(self._fields)}: kind({words})"
        self._make: Callable[..., R] = eval(source, {"kind": kind})  # noqa: S307, our own names

    def write(self, records: Sequence[R]) -> bytes:
        """Give records as bytes."""
        columns = ([getattr(r, f) for r in records] for f in self._fields)
        return _encode([self._fields, *columns])

    def read(self, body: bytes) -> list[R]:
        """Give the records; raise ValueError where they had fields that are gone."""
        try:
            fields, *columns = self._decode(body)
        except msgspec.ValidationError:
            fields = ()
        if fields != self._fields:
            columns = self._older(body)
        return list(map(self._make, *columns))

    def _older(self, body: bytes) -> list[list[Any]]:
        """Give the columns of what was written before some fields were added.

        A field that was added has its default, as in the entries of that time. One
        that is gone, or of another type, is not guessed at: ValueError.
        """
        named, *columns = _parts(body)
        fields = msgspec.msgpack.decode(named, type=tuple[str, ...])
        if len(fields) != len(columns) or not set(fields) <= set(self._fields):
            raise ValueError("its records had fields that are gone")
        raw = dict(zip(fields, columns, strict=True))
        found: dict[str, list[Any]] = {
            name: msgspec.msgpack.decode(column, type=self._lists[name])
            for name, column in raw.items()
        }
        if len({*map(len, found.values())}) != 1:
            raise ValueError("its columns are not of one length")
        size = len(found[fields[0]])
        return [
            found[name] if name in found else self._default(name, size)
            for name in self._fields
        ]

    def _default(self, name: str, size: int) -> list[Any]:
        """Give the default of a field so many times."""
        field = self._defaults[name]
        if field.default_factory is not msgspec.NODEFAULT:
            return [field.default_factory() for _ in range(size)]
        if field.default is msgspec.NODEFAULT:
            raise ValueError(f"its records had no {name}")
        return [field.default] * size


_columns = {kind: Columns(record) for kind, record in KINDS.items()}


def chunks(firm: Firm) -> Iterator[Chunk]:
    """Give a firm as bytes: kind by kind, each in the order of its keys."""
    for kind in KINDS:
        table = firm.table(kind)
        keys = sorted(table)
        for n in range(0, len(keys), CHUNK):
            some = [table[key] for key in keys[n : n + CHUNK]]
            yield Chunk(kind, _columns[kind].write(some))


def tables(some: Iterable[Chunk]) -> dict[str, Map[str, Any]]:
    """Give the tables of a firm from its chunks.

    Raises DecodeError, KeyError or ValueError for what another Weft has written.
    """
    found: dict[str, list[Any]] = {}
    for chunk in some:
        found.setdefault(chunk.kind, []).extend(_columns[chunk.kind].read(chunk.body))
    return {
        kind: Map(zip((r.key for r in records), records, strict=True))
        for kind, records in found.items()
    }


def digest(firm: Firm) -> bytes:
    """Give the digest of a firm: equal firms have equal ones, byte for byte."""
    told = sha256()
    for chunk in chunks(firm):
        _add(told, chunk)
    return told.digest()


def write(database: Database, firm: Firm) -> None:
    """Keep a snapshot of a firm, row by row, so that nobody waits for long.

    It counts once its last row is there; what a crash leaves is cleared away.
    """
    if firm.at is None or firm.on is None:
        return
    with database.writing() as db:
        complete = sa.select(snapshots.c.seq)
        if firm.seq in db.execute(complete).scalars().all():
            return
        db.execute(snapshot_rows.delete().where(snapshot_rows.c.seq.not_in(complete)))
    told = sha256()
    for n, chunk in enumerate(chunks(firm)):
        _add(told, chunk)
        with database.writing() as db:
            row = {"seq": firm.seq, "n": n, "kind": chunk.kind, "body": chunk.body}
            db.execute(snapshot_rows.insert().values(row))
    with database.writing() as db:
        db.execute(snapshots.insert().values(_line(firm, told.digest())))
        _prune(db)


def _line(firm: Firm, told: bytes) -> dict[str, Any]:
    """Give what the table says of a snapshot."""
    return {
        "seq": firm.seq,
        "at": instant(firm.at) if firm.at else "",
        "on": firm.on.isoformat() if firm.on else "",
        "records": sum(len(firm.table(kind)) for kind in KINDS),
        "digest": told,
    }


def all_seqs(db: sa.Connection) -> list[int]:
    """Give the entries at which there is a snapshot, in order."""
    return list(
        db.execute(sa.select(snapshots.c.seq).order_by(snapshots.c.seq)).scalars()
    )


def fits(db: sa.Connection, firm: Firm) -> bool:
    """Tell whether the snapshot at a firm's entry is that firm, byte for byte.

    One that was written before records got new fields is compared as it is read.
    """
    told = sha256()
    for chunk in _stored(db, firm.seq):
        _add(told, chunk)
    wanted = _line(firm, digest(firm))
    row = db.execute(snapshots.select().where(snapshots.c.seq == firm.seq)).one()
    if row._asdict() == wanted and told.digest() == wanted["digest"]:
        return True
    try:
        kept = _read(db, row)
    except (msgspec.DecodeError, KeyError, ValueError):
        return False
    return row._asdict() | {"digest": digest(kept)} == wanted


def clear(db: sa.Connection) -> None:
    """Throw every snapshot away."""
    for table in (snapshot_rows, snapshots):
        db.execute(table.delete())


def latest(db: sa.Connection, upto: int) -> int:
    """Give the sequence of the newest snapshot at or before an entry, or 0."""
    asked = sa.select(sa.func.max(snapshots.c.seq)).where(snapshots.c.seq <= upto)
    return db.execute(asked).scalar() or 0


def newest(db: sa.Connection, upto: int) -> Firm | None:
    """Give the firm of the newest snapshot at or before an entry, if there is one."""
    asked = snapshots.select().where(snapshots.c.seq <= upto)
    for row in db.execute(asked.order_by(snapshots.c.seq.desc())).all():
        try:
            return _read(db, row)
        except (msgspec.DecodeError, KeyError, ValueError):
            logger.warning("Snapshot %s is not readable: replaying instead.", row.seq)
    return None


def _read(db: sa.Connection, row: sa.Row[tuple[int, str, str, int, bytes]]) -> Firm:
    """Read one snapshot; raise ValueError where it is not what was written."""
    told = sha256()

    def stored() -> Iterator[Chunk]:
        for chunk in _stored(db, row.seq):
            _add(told, chunk)
            yield chunk

    found = tables(stored())
    if told.digest() != row.digest:
        raise ValueError("its digest is another")
    at, on = datetime.fromisoformat(row.at), date.fromisoformat(row.on)
    return Firm(seq=row.seq, at=at, on=on, **found)


def _stored(db: sa.Connection, seq: int) -> Iterator[Chunk]:
    """Give the rows of a snapshot, one at a time."""
    mine = snapshot_rows.c.seq == seq
    numbers = sa.select(snapshot_rows.c.n).where(mine).order_by(snapshot_rows.c.n)
    asked = sa.select(snapshot_rows.c.kind, snapshot_rows.c.body).where(mine)
    for n in db.execute(numbers).scalars().all():
        row = db.execute(asked.where(snapshot_rows.c.n == n)).one()
        yield Chunk(row.kind, bytes(row.body))


def _add(told: Hash, chunk: Chunk) -> None:
    """Add a chunk to a digest, with its length, so that none runs into the next."""
    told.update(f"{chunk.kind} {len(chunk.body)}\n".encode())
    told.update(chunk.body)


def _prune(db: sa.Connection) -> None:
    """Drop snapshots, so that the gaps between older ones grow."""
    found = db.execute(sa.select(snapshots.c.seq).order_by(snapshots.c.seq.desc()))
    seqs = list(found.scalars())
    for seq in sorted(set(seqs) - kept(seqs)):
        for table in (snapshot_rows, snapshots):
            db.execute(table.delete().where(table.c.seq == seq))


def kept(seqs: list[int]) -> set[int]:
    """Tell which snapshots to keep: the newest, and one for each doubling of age."""
    newest = max(seqs)
    oldest_of_age: dict[int, int] = {}
    for seq in sorted(seqs, reverse=True):
        oldest_of_age[(newest - seq).bit_length()] = seq
    return set(sorted(oldest_of_age.values())[-KEPT - 1 :])
