"""What can be known, and who says who knows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Level, Line, Name

Camp = Literal["business", "technology"]
Evidence = Literal["self", "lead", "work"]


class Discipline(Record, frozen=True, kw_only=True):
    """A field of work, on the business or the technology side."""

    kind: ClassVar[str] = "disciplines"

    id: Name
    title: Line
    camp: Camp


class Skill(Record, frozen=True, kw_only=True):
    """Something that can be known; `uri` is its ESCO address where it has one.

    synonyms: other words for it, under which it is found too. half_life: after so
    many months without use half of it counts as faded; without one, Weft's own
    assumption holds.
    """

    kind: ClassVar[str] = "skills"

    id: Name
    title: Line
    discipline: Name
    uri: Line = ""
    synonyms: tuple[Line, ...] = ()
    half_life: Annotated[int, Meta(ge=1, le=600, description="months")] | None = None


class Pool(Record, frozen=True, kw_only=True):
    """A pool of expertise: people who know the same things, across all missions.

    disciplines: whoever works in them for at least half of the role is in it. skills:
    whoever shares a claim of one of them, at the level from which one works alone, is
    in it too. lead: whom the pool turns to; that person need not be in it.
    """

    kind: ClassVar[str] = "pools"

    id: Name
    title: Line
    summary: Line = ""
    disciplines: tuple[Name, ...] = ()
    skills: tuple[Name, ...] = ()
    lead: Name | None = None


class Worked(Record, frozen=True, kw_only=True, gc=False):
    """So much work of a kind, that a claim rests on."""

    of: Literal["tickets", "reviews", "decisions", "incidents", "contracts"]
    count: Annotated[int, Meta(ge=1, le=1_000_000)]


class Claim(Record, frozen=True, kw_only=True, gc=False):
    """A person knows a skill, at a level, on some evidence, seen on a date.

    work: what of work it rests on, by kind, such as 12 tickets closed. shared: the
    person lets others see it. One that is not shared is shown to that
    person alone, and counts in nothing that is shown to others.
    """

    kind: ClassVar[str] = "claims"

    person: Name
    skill: Name
    level: Level
    evidence: Evidence = "self"
    seen: date
    work: tuple[Worked, ...] = ()
    shared: bool = True

    @property
    def withheld_by(self) -> str | None:
        """The person who does not share it; None where it is shared."""
        return None if self.shared else self.person

    @property
    def key(self) -> str:
        """One claim for each person and skill."""
        return f"{self.person}:{self.skill}"
