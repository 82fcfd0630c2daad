"""Verification: the journal and all that is worked out from it, proven or refuted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from weft.core.entries import Change
from weft.core.facts.fact import Batch
from weft.core.firm import Firm, change
from weft.core.records import Record
from weft.errors import InputError
from weft.store import kept, snapshots
from weft.store.checkpoints import Checkpoint, add_checkpoint, read_checkpoints
from weft.store.desk import Desk
from weft.store.facts.rows import batch_of, brought_by, holders
from weft.store.journal import decisions, rows, versions
from weft.store.journal.bodies import START, Part, Row, Run, chain, changes_of
from weft.store.schema import facts_there, parts

__all__ = ["Checkpoint", "Verified", "export_checkpoint", "rebuild", "verify"]


class Verified(Record, frozen=True, kw_only=True):
    """What a verification found.

    entries: how many were read. hash: of the last good one, in hexadecimal.
    bad: the first sequence that is not as it was written, and `what` is wrong
    there; None and empty where all is well. checkpoints: how many agreed. open:
    entries after the last checkpoint: whoever can write the database could have
    written these anew, and nothing here would tell.
    """

    entries: int
    hash: str
    bad: int | None = None
    what: str = ""
    checkpoints: int = 0
    open: int = 0


def verify(desk: Desk, file: Path | None = None) -> Verified:
    """Prove the journal unchanged, or name the first sequence that is not.

    Hashes are worked out from the stored bytes; parts, decisions and snapshots,
    and the firm in memory, are compared with what the entries say.
    file: checkpoints that were exported before, each of which has to agree.
    """
    known = read_checkpoints(file) if file else []
    check = _Check(desk, known)
    bad: int | None = None
    what = ""
    try:
        check.all_rows()
        check.leftovers()
        check.live()
    except _BadError as error:
        bad, what = error.args
    except _ODD as error:
        bad, what = check.at, f"{_NEVER} {type(error).__name__}."
    return Verified(
        entries=check.seq,
        hash=check.hash.hex(),
        bad=bad,
        what=what,
        checkpoints=check.agreed,
        open=check.seq - max((c.seq for c in known if c.seq <= check.seq), default=0),
    )


def export_checkpoint(desk: Desk, file: Path, at: datetime) -> Checkpoint:
    """Add the head of the journal to a file outside the database.

    Raises InputError where the journal is empty or the file cannot be added to.
    """
    with desk.database.reading() as db:
        row = rows.last(db)
    if row is None:
        raise InputError("The journal is empty.", do="Write something first.")
    told = Checkpoint(seq=row.seq, hash=row.hash.hex(), at=at, entries=row.seq)
    add_checkpoint(file, told)
    return told


def rebuild(desk: Desk) -> None:
    """Make anew, from the entries alone, all that is worked out from them.

    Others wait meanwhile. Raises Unavailable where this desk only reads.
    """
    with desk.changing() as db:
        decisions.clear(db)
        versions.clear(db)
        snapshots.clear(db)
        kept.clear(db)
        after = 0
        while page := rows.page(db, after, None, rows.PAGE, newest_first=False):
            decisions.add(db, page)
            for row in page:
                versions.add(db, versions.lines(row.seq, rows.changes_in(db, row)))
            after = page[-1].seq
        firm = rows.replay(db, Firm(), after)
    snapshots.write(desk.database, firm)


class _BadError(Exception):
    """The first bad sequence, and what is wrong with it."""


class _Body(msgspec.Struct, frozen=True):
    """What is worked out from a body, and the digests of what was stored beside it."""

    decision: decisions.Decided | None = None
    changes: tuple[Run, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[Batch, ...] = ()


_body = msgspec.json.Decoder(_Body).decode
_runs = msgspec.json.Decoder(tuple[Run, ...]).decode


class _Check:
    """A walk along the journal, which has come to entry `seq` and its `hash`.

    at: the entry that is being looked at.
    """

    def __init__(self, desk: Desk, known: Sequence[Checkpoint]) -> None:
        self.seq, self.hash, self.agreed, self.at = 0, START, 0, 1
        self._desk, self._database = desk, desk.database
        self._known: dict[int, list[Checkpoint]] = {}
        for each in known:
            self._known.setdefault(each.seq, []).append(each)
        self._firm = Firm()
        self._last: Row | None = None
        self._changes: list[Change] = []
        self._new: list[Change] = []  # of the entry that was read last
        self._parts: dict[int, int] = {}
        self._facts: set[tuple[int, str]] = set()
        self._end = _end(desk)
        with self._database.reading() as db:
            self._snapshots = set(snapshots.all_seqs(db))
            self._table = versions.filled(db)

    def all_rows(self) -> None:
        """Check every row, and with it what is worked out from it."""
        while self.seq < self._end:
            with self._database.reading() as db:
                upto = self._end + 1
                page = rows.page(db, self.seq, upto, rows.PAGE, newest_first=False)
                if not page:
                    raise _BadError(self.seq + 1, _MISSING)
                told = decisions.between(db, self.seq, page[-1].seq)
                placed = versions.between(db, self.seq, page[-1].seq)
                for row in page:
                    self.at = row.seq
                    self._link(row)
                    self.seq, self.hash, self._last = row.seq, row.hash, row
                    self._contents(db, row, told.get(row.seq))
                    self._versions(row.seq, placed.get(row.seq, []))

    def leftovers(self) -> None:
        """Check what belongs to no entry, and what should have come after."""
        with self._database.reading() as db:
            n = parts.c.n
            told = sa.select(
                parts.c.seq, sa.func.count(), sa.func.min(n), sa.func.max(n)
            )
            stray = {*map(tuple, db.execute(told.group_by(parts.c.seq)))} - {
                (seq, count, 0, count - 1) for seq, count in self._parts.items()
            }
            alone = decisions.without_entry(db)
            lost = versions.without_entry(db) if self._table else None
            brought = holders(db) if facts_there(db) else set()
            newest = rows.last(db)
        if found := [seq for seq, *_ in stray if seq <= self._end]:
            raise _BadError(min(found), "It has parts that it does not know of.")
        loose = brought - self._facts
        written = newest.seq if newest else 0  # by others too, while this walked
        if found := [seq for seq, _ in loose if not self._end < seq <= written]:
            raise _BadError(min(found), "It has facts that it does not know of.")
        if late := [seq for seq in self._known if seq > self._end]:
            what = f"{_MISSING} A checkpoint of entry {min(late)} was exported."
            raise _BadError(self._end + 1, what)
        if alone is not None:
            raise _BadError(alone, _TABLE)
        if lost is not None:
            raise _BadError(lost, _VERSIONS)

    def live(self) -> None:
        """Check that the firm in memory is the one that the entries give."""
        self._settle()
        if self._desk.firm(self.seq) != self._firm:
            raise _BadError(self.seq, "The firm in memory is not what entries give.")

    def _link(self, row: Row) -> None:
        """Check that a row is the next one, chained, and as it was exported."""
        if row.seq != self.seq + 1:
            raise _BadError(self.seq + 1, _MISSING)
        if chain(self.hash, row) != row.hash:
            raise _BadError(row.seq, "Its hash is not that of what it holds.")
        for known in self._known.get(row.seq, ()):
            if (known.hash, known.entries) != (row.hash.hex(), row.seq):
                before = max((c for c in self._known if c < row.seq), default=0)
                raise _BadError(
                    row.seq,
                    f"It is not what was exported at {known.at}: it, or an entry "
                    f"after {before}, was written anew.",
                )
            self.agreed += 1

    def _versions(self, seq: int, placed: list[versions.Line]) -> None:
        """Check what the table of versions says of the entry just read."""
        if not self._table or not (self._new or placed):
            return
        if sorted(versions.lines(seq, self._new)) != sorted(placed):
            raise _BadError(seq, _VERSIONS)
        self._new = []

    def _contents(
        self, db: sa.Connection, row: Row, told: decisions.Line | None
    ) -> None:
        """Check what is worked out from a row, and build the firm with it."""
        try:
            body = _body(row.body)
            decided = body.decision
            if told != (decisions.line_of(row.seq, decided) if decided else None):
                raise _BadError(row.seq, _TABLE)
            self._brought(db, row.seq, body.facts)
            if row.changes:
                self._new = [*changes_of(body.changes)]
                self._pieces(db, row, body.parts)
                self._changes += self._new
        except (msgspec.DecodeError, UnicodeDecodeError, InputError) as error:
            raise _BadError(row.seq, str(error)) from error
        if row.seq in self._snapshots:
            self._settle()
            if not snapshots.fits(db, self._firm):
                raise _BadError(row.seq, "The snapshot is not what the entries give.")
        elif len(self._changes) > _MANY:
            self._settle()

    def _pieces(self, db: sa.Connection, row: Row, wanted: Sequence[Part]) -> None:
        """Check the parts of a row against the digests in its body, and read them."""
        if wanted:
            self._parts[row.seq] = len(wanted)
            for part, piece in zip_longest(wanted, rows.parts_of(db, row)):
                if not (part and piece and sha256(piece).hexdigest() == part.sha256):
                    raise _BadError(row.seq, _PARTS)
                self._new += changes_of(_runs(piece))

    def _brought(self, db: sa.Connection, seq: int, wanted: Sequence[Batch]) -> None:
        """Check the facts that came with a row against what its body says of them."""
        for batch in wanted:
            found = batch_of(batch.kind, brought_by(db, batch.kind, seq))
            self._facts.add((seq, batch.kind))
            if (found.count, found.digest) != (batch.count, batch.digest):
                raise _BadError(
                    seq,
                    f"It brought {batch.count:,} {batch.kind}; {found.count:,} are "
                    "there, and they are not those it was written with.",
                )

    def _settle(self) -> None:
        """Bring the firm to the entry that the walk has come to."""
        if self._last is not None:
            at = datetime.fromisoformat(self._last.at)
            on = date.fromisoformat(self._last.on)
            firm = change(self._firm, self._changes)
            self._firm = replace(firm, seq=self.seq, at=at, on=on)
        self._changes = []


def _end(desk: Desk) -> int:
    """Give the sequence up to which to walk: what is written meanwhile can wait."""
    try:
        return desk.firm().seq
    except InputError:  # it cannot be read: the walk will tell where
        with desk.database.reading() as db:
            last = rows.last(db)
        return last.seq if last else 0


_MANY = 10_000
_MISSING = "It is missing."
_NEVER = "It holds what Weft never writes there:"
_ODD = (TypeError, ValueError, AttributeError)
"""What comes of a value of another type, which SQLite takes in any column."""
_PARTS = "Its parts are not those it was written with."
_TABLE = "The table of decisions does not say what the entry says."
_VERSIONS = "The table of versions does not say what the entry says."
