"""Jobs: what people are called, what their role is made of, what it takes to know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from weft.core.skills import Camp, Discipline, Skill
from weft.examples.texts import pairs, table


class Job(msgspec.Struct, frozen=True):
    """A job that a firm has.

    rank: `head` of a team or unit, `lead` of a part of it, or `member`.
    knows: the skills it takes with their usual level, the central ones first.
    """

    id: str
    title: str
    rank: str
    disciplines: Mapping[str, int]
    knows: tuple[tuple[str, int], ...]
    camp: Camp


@cache
def disciplines(firm: str) -> tuple[Discipline, ...]:
    """Give the disciplines of a firm: those all firms have, and its own."""
    return tuple(
        Discipline(id=row["id"], title=row["title"], camp=_camp(row["camp"]))
        for row in _both(firm, "disciplines")
    )


@cache
def skills(firm: str) -> tuple[Skill, ...]:
    """Give the skills that a firm knows of."""
    return tuple(
        Skill(
            id=row["id"],
            title=row["title"],
            discipline=row["discipline"],
            synonyms=tuple(s.strip() for s in row["synonyms"].split(";") if s.strip()),
        )
        for row in _both(firm, "skills")
    )


@cache
def jobs(firm: str) -> Mapping[str, Job]:
    """Give the jobs of a firm by their id."""
    camps = {d.id: d.camp for d in disciplines(firm)}
    return {row["id"]: _job(row, camps) for row in table(f"{firm}/jobs")}


def _job(row: Mapping[str, str], camps: Mapping[str, Camp]) -> Job:
    """Read a job; it is of the camp in which the larger part of its role lies."""
    shares = {name: int(share) for name, share in pairs(row["disciplines"])}
    technology = sum(s for name, s in shares.items() if camps[name] == "technology")
    return Job(
        id=row["id"],
        title=row["title"],
        rank=row["rank"],
        disciplines=shares,
        knows=tuple((skill, int(level)) for skill, level in pairs(row["skills"])),
        camp="technology" if technology * 2 > sum(shares.values()) else "business",
    )


def _both(firm: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Give the rows of a table that all firms share, and those of one firm."""
    try:
        own = table(f"{firm}/{name}")
    except FileNotFoundError:
        own = ()
    return (*table(f"shared/{name}"), *own)


def _camp(word: str) -> Camp:
    """Read a camp."""
    return "technology" if word == "technology" else "business"
