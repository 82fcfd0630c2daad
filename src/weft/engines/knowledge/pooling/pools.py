"""Pools of expertise: who is in each, where they sit, and what is free of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from weft.core.firm import Firm
from weft.core.indexes import absences_by_person, claims_by_skill, seats_by_person
from weft.core.kept import kept
from weft.core.people import WHOLE
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.skills import Pool
from weft.engines.knowledge.camps import camps
from weft.engines.knowledge.finding.ageing import oldest
from weft.engines.knowledge.roster import WORKS_ALONE

_HALF = 50
_ROLE = {"record", "title"}
"""What says what a role is; claims count by themselves, each with its age."""


class Sat(Record, frozen=True, kw_only=True):
    """What somebody gives to a mission in a month, in hundredths of a person."""

    mission: str
    share: int


class Member(Record, frozen=True, kw_only=True):
    """Somebody in a pool, and where they sit in the month.

    skills: those of the pool that they share that they know; empty where the
    disciplines of the role put them in it. load: hundredths of a person in all
    missions. room: what they have to give in the month, part time and absences
    counted; free: what is left of it, 0 where more is taken.
    """

    person: str
    skills: tuple[str, ...] = ()
    seats: tuple[Sat, ...] = ()
    load: int
    room: int
    free: int


class Served(Record, frozen=True, kw_only=True):
    """What a mission has of a pool in a month: people, and hundredths of a person."""

    mission: str
    people: int
    share: int


class Pooled(Record, frozen=True, kw_only=True):
    """A pool in a month: its members by id, the missions it serves, load and room.

    load: hundredths of a person that its members sit with, in all missions: the sum
    of theirs, and of the missions'. free: what is left of them. over: members who are
    asked for more than they have to give.
    """

    id: str
    title: str
    lead: str | None
    month: str
    members: tuple[Member, ...]
    missions: tuple[Served, ...]
    load: int
    free: int
    over: int


def pooled(firm: Firm, key: str, month: Month, today: date) -> Pooled:
    """Tell who is in a pool, where they sit in a month, and what is free of them.

    today: a claim that has lapsed by then puts nobody into a pool.
    """
    pool = firm.pools[key]
    members = tuple(
        _member(firm, person, skills, month)
        for person, skills in sorted(_in(firm, pool, today).items())
    )
    return Pooled(
        id=pool.id,
        title=pool.title,
        lead=pool.lead,
        month=month,
        members=members,
        missions=_served(members),
        load=sum(member.load for member in members),
        free=sum(member.free for member in members),
        over=sum(member.load > member.room for member in members),
    )


def all_pooled(firm: Firm, month: Month, today: date) -> tuple[Pooled, ...]:
    """Tell it of every pool, by id."""
    tables = (*_in_tables(firm), firm.seats, firm.missions, firm.absences)

    def work_out() -> tuple[Pooled, ...]:
        return tuple(pooled(firm, key, month, today) for key in sorted(firm.pools))

    return kept(("pools", month, today), tables, work_out)


def _in_tables(firm: Firm) -> tuple[object, ...]:
    """Give the tables that tell who is in which pool."""
    return (firm.pools, firm.people, firm.disciplines, firm.skills, firm.claims)


def pools_of(firm: Firm, today: date) -> Mapping[str, tuple[str, ...]]:
    """Give the pools that each person is in, by id; those in none are not there."""
    return kept(("pools of", today), _in_tables(firm), lambda: _pools_of(firm, today))


def _pools_of(firm: Firm, today: date) -> dict[str, tuple[str, ...]]:
    """Find the pools of everybody."""
    found: dict[str, list[str]] = {}
    for key in sorted(firm.pools):
        for person in _in(firm, firm.pools[key], today):
            found.setdefault(person, []).append(key)
    return {person: tuple(keys) for person, keys in found.items()}


def _in(firm: Firm, pool: Pool, today: date) -> dict[str, tuple[str, ...]]:
    """Find who is in a pool, each with the skills of it that they know."""
    found: dict[str, tuple[str, ...]] = {}
    if pool.disciplines:
        for person, side in camps(firm).items():
            part = sum(side.disciplines.get(each, 0) for each in pool.disciplines)
            if part >= _HALF and side.told_from in _ROLE:
                found[person] = ()
    claims = claims_by_skill(firm)
    for skill in dict.fromkeys(pool.skills):
        since = oldest(firm.skills.get(skill), today)
        for claim in claims.get(skill, ()):
            able = claim.level >= WORKS_ALONE and claim.seen >= since
            if able and claim.person in firm.people:
                found[claim.person] = (*found.get(claim.person, ()), skill)
    return found


def _member(firm: Firm, person: str, skills: tuple[str, ...], month: Month) -> Member:
    """Tell where somebody sits in a month."""
    shares: dict[str, int] = {}
    for seat in seats_by_person(firm).get(person, ()):
        if seat.held_in(month) and seat.mission in firm.missions:
            shares[seat.mission] = shares.get(seat.mission, 0) + seat.share
    load, room = sum(shares.values()), _room(firm, person, month)
    return Member(
        person=person,
        skills=skills,
        seats=tuple(Sat(mission=m, share=shares[m]) for m in sorted(shares)),
        load=load,
        room=room,
        free=max(room - load, 0),
    )


def _room(firm: Firm, person: str, month: Month) -> int:
    """Give what somebody has to give in a month, in hundredths of a whole person."""
    absences = absences_by_person(firm).get(person, ())
    away = min(sum(a.share for a in absences if a.away_in(month)), WHOLE)
    return firm.people[person].capacity * (WHOLE - away) // WHOLE


def _served(members: tuple[Member, ...]) -> tuple[Served, ...]:
    """Add up what each mission has of a pool."""
    people: dict[str, int] = {}
    shares: dict[str, int] = {}
    for member in members:
        for seat in member.seats:
            people[seat.mission] = people.get(seat.mission, 0) + 1
            shares[seat.mission] = shares.get(seat.mission, 0) + seat.share
    return tuple(
        Served(mission=key, people=people[key], share=shares[key])
        for key in sorted(people)
    )
