"""What can be known, and who says who knows it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

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
    """Something that can be known; `uri` is its ESCO address where it has one."""

    kind: ClassVar[str] = "skills"

    id: Name
    title: Line
    discipline: Name
    uri: Line = ""
    synonyms: tuple[Line, ...] = ()


class Claim(Record, frozen=True, kw_only=True, gc=False):
    """A person knows a skill, at a level, on some evidence, seen on a date."""

    kind: ClassVar[str] = "claims"

    person: Name
    skill: Name
    level: Level
    evidence: Evidence = "self"
    seen: date

    @property
    def key(self) -> str:
        """One claim for each person and skill."""
        return f"{self.person}:{self.skill}"
