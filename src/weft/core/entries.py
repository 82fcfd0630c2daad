"""Entries of the journal: one entry is one deed."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from weft.core.facts.fact import Batch, Fact
from weft.core.records import Record
from weft.core.requests import Decision
from weft.core.scalars import Line, Name


class Change(msgspec.Struct, frozen=True, gc=False):
    """One record put in its place, or taken from it where `record` is None."""

    kind: str
    key: str
    record: Record | None = None


def put(record: Record) -> Change:
    """Put a record in the place that its key names."""
    return Change(record.kind, record.key, record)


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants on record: changes of the firm, a decision, or facts.

    name: what was done, such as `load` or `waiver.grant`. note: in words, for
    those who read the journal; never about a person. seen: the sequence that the
    deed was thought out on, where it must not overwrite what came since. on: the
    day it counts from, where that is not the day it is written. profiles: the
    people whose profile was put or erased with it; the store fills it in. facts: what
    comes in bulk; an entry that is read again has them no more, and says in `brought`
    how many of each kind there were. corrects: a fact may take the place of an earlier
    one that has its key; else another value is refused.
    """

    name: str
    changes: tuple[Change, ...] = ()
    decision: Decision | None = None
    note: Line = ""
    seen: int | None = None
    on: date | None = None
    profiles: tuple[Name, ...] = ()
    facts: tuple[Fact, ...] = ()
    corrects: bool = False
    brought: tuple[Batch, ...] = ()


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One deed as the journal keeps it: numbered, dated, signed for.

    at: the instant it was written, in UTC. on: the day it counts from; neither
    ever goes back from one entry to the next. key: the idempotency key.
    """

    seq: int
    at: datetime
    on: date
    actor: Name
    behalf: Name | None = None
    deed: Deed
    key: str = ""


class Draft(Record, frozen=True, kw_only=True):
    """A named set of changes over the firm, not yet in its journal.

    base: the sequence of the firm that it was begun on.
    """

    id: Name
    title: Line
    author: Name
    base: int
