"""Rows of facts: written, digested, and compared with what their entry says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from weft.core.facts.fact import Batch, Fact
from weft.core.facts.kinds import FACTS
from weft.errors import InputError
from weft.store.schema import facts

PAGE = 10_000
"""Rows read at a time."""


class Row(NamedTuple):
    """A fact as it is stored: its body, and the columns that it is found by."""

    kind: str
    seq: int
    n: int
    subject: str
    when: str
    key: str
    body: bytes


_encode = msgspec.json.Encoder(order="deterministic").encode
_DECODE = {kind: msgspec.json.Decoder(fact).decode for kind, fact in FACTS.items()}
_IN_ORDER = sa.select(facts).order_by(facts.c.seq, facts.c.n)


def row_of(fact: Fact) -> Row:
    """Give the row of a fact that has no place yet.

    Raises InputError where it could not be read again.
    """
    kind = fact.kind
    if FACTS.get(kind) is not type(fact):
        raise InputError(f"No store keeps {kind!r}.", do="Add it to FACTS.")
    try:
        body = _encode(fact)
        _DECODE[kind](body)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"The {fact.noun} {fact.key or fact.subject} holds what does not fit: "
            f"{error}.",
            do=f"Mend the {fact.noun}, then try again.",
        ) from error
    return Row(kind, 0, 0, fact.subject, fact.when, fact.key, body)


def fact_of(kind: str, body: bytes) -> Fact:
    """Give the fact that a row holds.

    Raises InputError where somebody changed it so that it is none.
    """
    try:
        return _DECODE[kind](body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"One of the {kind} cannot be read: {error}.",
            do="Run `weft verify`; if the store was changed, restore a backup.",
        ) from error


def batch_of(kind: str, rows: Iterable[Row], repeats: int = 0) -> Batch:
    """Say of the rows of one entry and kind how many they are and what they hold."""
    count, digest = 0, sha256()
    for row in rows:
        digest.update(_encode([row.n, row.subject, row.when, row.key]))
        digest.update(b"\n%b\n" % row.body)
        count += 1
    return Batch(kind, count, digest.hexdigest(), repeats)


def brought_by(db: sa.Connection, kind: str, seq: int) -> Iterator[Row]:
    """Give the rows of a kind that an entry brought, in their order."""
    after, asked = -1, _IN_ORDER.where(facts.c.kind == kind, facts.c.seq == seq)
    while page := db.execute(asked.where(facts.c.n > after).limit(PAGE)).all():
        yield from map(Row._make, page)
        after = page[-1].n


def holders(db: sa.Connection) -> set[tuple[int, str]]:
    """Give which entries have facts of which kinds, by what the table says."""
    asked = sa.select(facts.c.seq, facts.c.kind).distinct()
    return {(seq, kind) for seq, kind in db.execute(asked)}
