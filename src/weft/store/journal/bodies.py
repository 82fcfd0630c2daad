"""Bodies: a deed as the bytes that are stored, and back; how entries are chained.

The bytes that were hashed are the bytes that are stored, so a body written by an
older Weft verifies whatever the records look like today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from weft.core.entries import Change, Deed
from weft.core.facts.fact import Batch
from weft.core.firm import KINDS
from weft.core.missions import Mission
from weft.core.records import Record
from weft.core.requests import Decision, Request
from weft.core.scalars import Line, Name
from weft.errors import InputError
from weft.store.journal.older import renewed

WHOLE = 1000
"""Changes that fit into the body itself; more are stored in parts of as many."""
START = bytes(32)
"""What the first entry is chained to."""
_BITE, _LONG = 2047, 2**16
"""Bytes hashed without letting other threads go first; in bodies up to so many."""


class Row(NamedTuple):
    """An entry as it is stored, column by column.

    intent: the keyed digest of what the writer meant. changes: how many.
    """

    seq: int
    at: str
    on: str
    actor: str
    behalf: str | None
    deed: str
    key: str
    intent: bytes
    changes: int
    hash: bytes
    body: bytes


class Run(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Changes of one kind in a row: records put, or the keys of those dropped."""

    kind: str
    put: msgspec.Raw = msgspec.Raw(b"[]")
    drop: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a body says of one part: how many changes, and the digest of its bytes."""

    changes: int
    sha256: str


class Body(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All of a deed but its name, which has a column.

    counts: how many records of each kind change and facts came, for those who only
    list deeds.
    """

    note: Line = ""
    seen: int | None = None
    on: date | None = None
    decision: Decision | None = None
    profiles: tuple[Name, ...] = ()
    counts: Mapping[str, int] = {}
    changes: tuple[Run, ...] = ()
    parts: tuple[Part, ...] = ()
    facts: tuple[Batch, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """What comes from outside in a decision."""

    request: Request
    asked_by: Name


class About(msgspec.Struct, frozen=True):
    """What can be told of a request without reading all of it."""

    mission: str
    act: str


class Verdict(msgspec.Struct, frozen=True):
    """What can be told of a decision without reading all of it."""

    verdict: str
    request: About


class Glimpse(msgspec.Struct, frozen=True):
    """What can be told of a body without reading all of it."""

    note: str = ""
    profiles: tuple[str, ...] = ()
    counts: Mapping[str, int] = {}
    decision: Verdict | None = None


_encode = msgspec.json.Encoder(order="deterministic").encode
_body = msgspec.json.Decoder(Body).decode
_runs = msgspec.json.Decoder(tuple[Run, ...]).decode
_puts: dict[str, Callable[[msgspec.Raw], list[Record]]] = {
    kind: msgspec.json.Decoder(list[record]).decode  # type: ignore[valid-type]
    for kind, record in KINDS.items()
}
_asked = msgspec.json.Decoder(Asked).decode
_glimpse = msgspec.json.Decoder(Glimpse).decode


def pack(deed: Deed) -> tuple[bytes, list[bytes]]:
    """Give the body of a deed, and its parts where it has many changes.

    Raises InputError where what it holds cannot be written, or not in its place.
    """
    for change in deed.changes:
        record = change.record
        if record and (record.kind, record.key) != (change.kind, change.key):
            raise InputError(
                f"{record.kind} {record.key} cannot be put at "
                f"{change.kind} {change.key}.",
                do="Put each record in its own place.",
            )
    try:
        if len(deed.changes) <= WHOLE:
            return _encode(_plain(deed, changes=_run(deed.changes))), []
        parts = [_encode(_run(some)) for some in _batches(deed.changes)]
        counts = (len(some) for some in _batches(deed.changes))
        told = [
            Part(changes=count, sha256=sha256(part).hexdigest())
            for count, part in zip(counts, parts, strict=True)
        ]
        return _encode(_plain(deed, parts=told)), parts
    except (TypeError, ValueError) as error:
        raise InputError(
            f"The deed {deed.name} cannot be written: {error}.",
            do="Mend the text or number that is no text or number.",
        ) from error


def unpack(name: str, raw: bytes, parts: Iterable[bytes] = ()) -> Deed:
    """Give the deed that a body and its parts hold.

    Raises InputError where a record in it is not as its kind asks.
    """
    try:
        body = _body(raw)
        changes = [*changes_of(body.changes)]
        for part in parts:
            changes += changes_of(_runs(part))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _misfit(name, error) from error
    return Deed(
        name=name,
        changes=tuple(changes),
        decision=body.decision,
        note=body.note,
        seen=body.seen,
        on=body.on,
        profiles=body.profiles,
        brought=body.facts,
    )


def reread(deed: Deed, raw: bytes, parts: Iterable[bytes]) -> Deed:
    """Give a deed as it will be read again, or refuse it.

    Of an Answer only what was asked comes from outside, and only that is written once
    more and read: the rest is Weft's own, and many times as long.
    """
    beside = deed.changes or deed.profiles or deed.note or deed.on or deed.seen
    if deed.decision is None or beside or deed.brought:
        return unpack(deed.name, raw, parts)
    try:
        _asked(_encode(Asked(deed.decision.request, deed.decision.asked_by)))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _misfit(deed.name, error) from error
    return deed


def _misfit(name: str, error: Exception) -> InputError:
    """Say that a deed could not be read again."""
    return InputError(
        f"The deed {name} holds what does not fit: {error}.",
        do="Mend the record, then try again.",
    )


def glimpse(row: Row) -> Glimpse:
    """Give what can be told of a row's body at a glance.

    Raises InputError where it cannot be read.
    """
    try:
        return _glimpse(row.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(row.seq, error) from error


def unreadable(seq: int, error: Exception) -> InputError:
    """Say that an entry is not as it was written."""
    return InputError(
        f"Entry {seq} of the journal cannot be read: {error}.",
        do="Run `weft verify`; if the store was changed, restore a backup.",
    )


def only_changes(
    raw: bytes, parts: Iterable[bytes] = (), kinds: Container[str] = KINDS
) -> Iterator[Change]:
    """Give the changes in a body that is known to be good, and nothing else.

    kinds: only those of these kinds of records; the others are not read.
    """
    yield from changes_of(_body(raw).changes, kinds)
    for part in parts:
        yield from changes_of(_runs(part), kinds)


def change_at(raw: bytes, kind: str, key: str) -> Change:
    """Give the last change of one record in a body or a part, and read no other kind.

    Raises ValidationError where there is none.
    """
    runs = _runs(raw) if raw.startswith(b"[") else _body(raw).changes
    mine = (run for run in runs if run.kind == kind)
    found = [change for change in changes_of(mine) if change.key == key]
    if not found:
        raise msgspec.ValidationError(f"There is no {kind} {key!r} in it")
    return found[-1]


def changes_of(runs: Iterable[Run], kinds: Container[str] = KINDS) -> Iterator[Change]:
    """Give the changes of runs, one by one and in their order."""
    for run in runs:
        if run.kind not in KINDS:
            raise msgspec.ValidationError(f"There is no kind {run.kind!r}")
        if run.kind not in kinds:
            continue
        for record in _records(run):
            yield Change(record.kind, record.key, record)
        for key in run.drop:
            yield Change(run.kind, key)


def _records(run: Run) -> Iterable[Record]:
    """Give the records that a run puts, also as an older Weft wrote them."""
    try:
        return _puts[run.kind](run.put)
    except msgspec.ValidationError:
        if run.kind != Mission.kind:
            raise
        return [*renewed(run.put)]


def chain(previous: bytes, row: Row) -> bytes:
    """Give the hash of a row: SHA-256 of the hash before, its columns, its body.

    Python lets other threads go first while it hashes 2 KiB or more at once. For the
    body of an Answer, a few microseconds of work, the writer then waited half a
    millisecond for its turn; so a short body is hashed bite by bite.
    """
    told, body = sha256(previous + _encode(row[:9]) + b"\n"), row.body
    bite = _BITE if len(body) < _LONG else len(body)
    for start in range(0, len(body), bite):
        told.update(body[start : start + bite])
    return told.digest()


def _plain(deed: Deed, **changes: Any) -> dict[str, Any]:
    """Give a deed as plain data, without what is empty."""
    told = {
        "note": deed.note,
        "seen": deed.seen,
        "on": deed.on,
        "decision": deed.decision,
        "profiles": deed.profiles,
        "counts": (deed.changes or deed.brought) and _counts(deed),
        "facts": deed.brought,
        **changes,
    }
    return {name: value for name, value in told.items() if value or value == 0}


def _counts(deed: Deed) -> Counter[str]:
    """Count the records that change and the facts that came, by kind."""
    counts = Counter(each.kind for each in deed.changes)
    counts.update({batch.kind: batch.count for batch in deed.brought})
    return counts


def _run(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Group changes that follow each other and are of one kind."""
    groups = groupby(changes, key=lambda c: (c.kind, c.record is None))
    return [
        {"kind": kind, "drop": [c.key for c in group]}
        if dropped
        else {"kind": kind, "put": [c.record for c in group]}
        for (kind, dropped), group in groups
    ]


def _batches(changes: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """Cut changes into pieces that a part holds."""
    return (changes[n : n + WHOLE] for n in range(0, len(changes), WHOLE))
