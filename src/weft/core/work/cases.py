"""A piece of work with all its waits: what a log of tickets tells of one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import ClassVar, Literal

import msgspec

from weft.core.facts.fact import Fact
from weft.core.records import Record
from weft.core.scalars import Line, Name

Holding = Literal["queue", "held", "asker", "other", "done", "closed"]
"""Who has it: nobody yet; a group; whoever asked; somebody else; done; put away.

`held` is not work: a log shows states, and an active state is mostly waiting too.
"""

Meaning = Holding | Literal["same"]
"""What a state of a log may mean: a holding, or a note that changes nothing."""

OVER: frozenset[Holding] = frozenset(["done", "closed"])


class Stretch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A time in which nothing changed hands; it lasts until the next one begins.

    at: seconds since the case was opened. group: who has it; empty where the log does
    not say. state: as the log calls it.
    """

    at: int
    holding: Holding
    group: str
    state: str


class Case(Fact, frozen=True, kw_only=True):
    """A piece of work from asking to done.

    edition: of the log, as a log may be brought in anew, put right. opened: in UTC, or
    by the clock of the log where that names no zone. stretches: a group that is not
    told between two rows is still the one before. ended: seconds to the moment from
    which it stayed done; None while it is open. closed: seconds to its being put
    away. last: seconds to its last event. people: how many persons had it in turn.
    changed: how often what is wanted (its product, priority or sort) was changed after
    somebody had taken it up. asker, doer: the units of who asked and of who had it
    last, where they are known. No person is kept.
    """

    kind: ClassVar[str] = "cases"
    noun: ClassVar[str] = "case"

    log: Name
    edition: int = 1
    id: Line
    opened: datetime
    stretches: tuple[Stretch, ...]
    ended: int | None = None
    closed: int | None = None
    last: int
    events: int
    people: int = 0
    changed: int = 0
    product: str = ""
    priority: str = ""
    sort: str = ""
    asker: str = ""
    doer: str = ""

    @property
    def key(self) -> str:
        """Give what no two cases share: the log and its own number in it."""
        return f"{self.subject}:{self.id}"

    @property
    def subject(self) -> str:
        """Give the edition of the log that it stands in."""
        return f"{self.log}/{self.edition}"

    @property
    def when(self) -> str:
        """Give nothing: a later log may say otherwise when it was opened."""
        return ""

    @property
    def unsolved(self) -> bool:
        """Tell whether it was put away without ever being said to be done."""
        return self.ended is not None and self.ended == self.closed

    def path(self) -> tuple[str, ...]:
        """Give the groups that had it, one after the other; each change a handoff."""
        known = [each.group for each in self.stretches if each.group]
        return tuple(g for at, g in enumerate(known) if not at or known[at - 1] != g)

    @property
    def handoffs(self) -> int:
        """Count how often the group that holds it changed."""
        return max(0, len(self.path()) - 1)

    @property
    def asked_back(self) -> int:
        """Count how often it was handed back to who asked, with a question."""
        told = ["queue", *(each.holding for each in self.stretches)]
        return sum(b == "asker" != a for a, b in pairwise(told))

    def spans(self) -> Iterator[tuple[Stretch, int, int]]:
        """Give each stretch with its begin and end in seconds, up to the end of work.

        Together they are exactly the lead time, or the time so far.
        """
        end = self.last if self.ended is None else self.ended
        for at, each in enumerate(self.stretches):
            last = at + 1 == len(self.stretches)
            until = end if last else min(self.stretches[at + 1].at, end)
            if each.at < end:
                yield each, each.at, until


class Grouped(Record, frozen=True, kw_only=True):
    """A group that a log names. people: how many it shows; None under five."""

    title: str
    people: int | None
    visits: int


class StateTaken(Record, frozen=True, kw_only=True):
    """What a state of a log was taken for, and in how many of its rows.

    sure: by its words, or because somebody said so; else it is a guess.
    """

    state: str
    holding: Meaning
    events: int
    sure: bool


class LogTaken(Fact, frozen=True, kw_only=True):
    """A log as it was brought in: its file, what was understood, who is in it.

    edition: rises with each that took the place of what was there under the name.
    digest: of its bytes. columns: heads by the field they were taken for. inside,
    outside: patterns of the groups that were said to be in the IT unit, and not.
    """

    kind: ClassVar[str] = "logs"
    noun: ClassVar[str] = "log"

    id: Name
    edition: int = 1
    at: datetime
    file: Line
    digest: str
    columns: Mapping[str, str]
    states: tuple[StateTaken, ...]
    groups: tuple[Grouped, ...]
    cases: int
    events: int
    zone: str = ""
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Give the log."""
        return self.id

    @property
    def when(self) -> str:
        """Give when it was brought in."""
        return self.at.isoformat()
