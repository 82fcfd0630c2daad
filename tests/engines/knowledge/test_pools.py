"""Pools of expertise and seats added up: the same seats give the same total."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.rounds.asking import Absence
from weft.core.skills import Claim, Discipline, Pool, Skill
from weft.engines.knowledge import BYS, added_up, all_pooled, camps, pooled

MONTH, TODAY = "2026-11", date(2026, 11, 28)
FirmOf = Callable[..., Firm]
WORDS = [
    Discipline(id="law", title="Law", camp="business"),
    Discipline(id="data", title="Data", camp="technology"),
    *(Skill(id=s, title=s, discipline="data") for s in ("sql", "python")),
]
MISSIONS = ("pay", "lend", "save")


def sits(person: str, mission: str = "pay", share: int = 100, end: str = "") -> Seat:
    return Seat(
        person=person, mission=mission, share=share, start="2026-01", end=end or None
    )


@pytest.fixture
def firm(firm_of: FirmOf) -> Firm:
    """Give a pool of data led by Cy, of whom Ann is in it by claim and Bob by role."""
    return firm_of(
        WORDS,
        [Mission(id=m, title=m) for m in MISSIONS],
        [Person(id=p) for p in ("ann", "cy", "dee", "eve")],
        Person(id="bob", disciplines={"data": 60, "law": 40}),
        Pool(
            id="data", title="Data", disciplines=("data",), skills=("sql",), lead="cy"
        ),
        Claim(person="ann", skill="sql", level=3, seen=TODAY),
        Claim(person="dee", skill="sql", level=2, seen=TODAY),
        Claim(person="eve", skill="sql", level=5, seen=date(2020, 1, 1)),
        [sits("ann", share=40), sits("ann", "lend", 70), sits("bob", share=30)],
        [sits("cy"), sits("bob", "save", end="2026-10")],
    )


def test_a_pool_tells_members_missions_load_lead_and_what_is_free(firm: Firm) -> None:
    found = pooled(firm, "data", MONTH, TODAY)
    assert [(m.person, m.skills, m.load, m.free) for m in found.members] == [
        ("ann", ("sql",), 110, 0),
        ("bob", (), 30, 70),
    ]
    assert (found.lead, found.load, found.free, found.over) == ("cy", 140, 70, 1)
    assert [(s.mission, s.people, s.share) for s in found.missions] == [
        ("lend", 1, 70),
        ("pay", 2, 70),
    ]


def test_too_low_or_lapsed_a_claim_puts_nobody_into_a_pool(firm: Firm) -> None:
    before = pooled(firm, "data", MONTH, date(2021, 1, 1))
    assert [m.person for m in before.members] == ["ann", "bob", "eve"]


def test_part_time_and_absences_leave_less_free(firm: Firm) -> None:
    half = replace(firm.people["bob"], capacity=80)
    away = Absence(person="bob", month="2026-10", until=MONTH, share=50)
    found = pooled(change(firm, map(put, (half, away))), "data", MONTH, TODAY)
    assert [(m.person, m.room, m.free) for m in found.members] == [
        ("ann", 100, 0),
        ("bob", 40, 10),
    ]
    assert (found.free, found.over) == (10, 1)


def test_another_month_has_its_own_load(firm: Firm) -> None:
    assert pooled(firm, "data", "2026-10", TODAY).load == 240
    assert pooled(firm, "data", "2025-10", TODAY).load == 0


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    """Draw a firm of some people, in pools, units and missions, or in none."""
    people = [f"p{n}" for n in range(draw(st.integers(0, 12)))]
    records = [
        *WORDS,
        *(Mission(id=m, title=m) for m in MISSIONS),
        *(Unit(id=u, title=u) for u in ("east", "west")),
    ]
    for person in people:
        law = draw(st.none() | st.integers(0, 100))
        parts = {} if law is None else {"law": law, "data": 100 - law}
        told = {key: part for key, part in parts.items() if part}
        unit = draw(st.sampled_from((None, "east", "west")))
        records.append(Person(id=person, unit=unit, disciplines=told))
        for mission in draw(st.sets(st.sampled_from(MISSIONS))):
            end = draw(st.sampled_from(("", "2026-10")))
            records.append(sits(person, mission, draw(st.integers(1, 100)), end))
        for skill in draw(st.sets(st.sampled_from(("sql", "python")))):
            level = draw(st.integers(2, 4))
            records.append(Claim(person=person, skill=skill, level=level, seen=TODAY))
    records += [
        Pool(id="one", title="One", skills=("sql",)),
        Pool(id="two", title="Two", skills=("sql", "python")),
        Pool(id="three", title="Three", disciplines=("law",)),
    ]
    return change(Firm(), map(put, records))


@given(firms())
def test_the_sum_of_loads_is_the_seats_behind_a_pool(firm: Firm) -> None:
    for pool in all_pooled(firm, MONTH, TODAY):
        members = {m.person for m in pool.members}
        seats = [s for s in firm.seats.values() if s.person in members]
        behind = sum(s.share for s in seats if s.held_in(MONTH))
        assert pool.load == behind == sum(m.load for m in pool.members)
        assert pool.load == sum(s.share for s in pool.missions)


@given(firms())
def test_the_four_totals_are_those_of_the_seats_and_hide_nobody(firm: Firm) -> None:
    found = added_up(firm, MONTH, TODAY)
    held = [s for s in firm.seats.values() if s.held_in(MONTH)]
    whole = sum(s.share for s in held) / 100
    technology = sum(
        (
            Fraction(s.share * camps(firm)[s.person].disciplines.get("data", 0), 10**4)
            for s in held
        ),
        Fraction(),
    )
    people = {s.person for s in held}
    assert (found.seats, found.people) == (len(held), len(people))
    assert [way.by for way in found.ways] == list(BYS)
    for way in found.ways:
        parts = sum((Fraction(str(x.fte)) for x in way.lines), Fraction())
        of_it = sum((Fraction(str(x.technology)) for x in way.lines), Fraction())
        assert parts == Fraction(str(way.fte)) == Fraction(str(whole))
        assert of_it == Fraction(str(way.technology)) == technology
        assert all(x.people >= min(5, len(people)) for x in way.lines)
