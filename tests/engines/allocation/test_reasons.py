"""Reasons: a cause is planted in a small firm, solved, and has to be named.

WEFT_MANY sets in how many firms each cause is planted: a hundred by hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from weft.core.assets import Contract
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mandate, Mission, Need, Seat
from weft.core.people import About, Partner, Person
from weft.core.records import Record
from weft.core.rounds.asking import Absence, Wish
from weft.core.rounds.rules import RoundRules
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.allocation import (
    Knowing,
    Proposal,
    nothing_given,
    propose,
    read,
    state,
)
from weft.engines.allocation.zones import Zones

MONTH = "2027-01"
DAY = date(2026, 11, 1)
SIZE = 6


def firm(seed: int) -> list[Record]:
    """Give a firm in which two missions have just what they want."""
    chance = Random(seed)  # noqa: S311 # a dice
    records: list[Record] = [
        About(id="small", title="Small"),
        Discipline(id="it", title="Technology", camp="technology"),
        *(Skill(id=s, title=s.title(), discipline="it") for s in ("java", "rust")),
        Partner(id="acme", title="Acme"),
        Mission(id="pay", title="Pay"),
        Mission(id="lend", title="Lend", weight=chance.choice([90, 100, 110])),
        Mandate(mission="pay", business_lead="lead"),
        Mandate(mission="lend", business_lead="lead"),
        Person(id="lead"),
    ]
    for number in range(SIZE):
        person, mission = f"p{number}", "pay" if number % 2 else "lend"
        level = chance.choice([3, 4])
        records += [
            Person(id=person),
            Claim(person=person, skill="java", level=level, seen=DAY),
            Seat(person=person, mission=mission, start="2026-01"),
        ]
    for mission in ("pay", "lend"):
        records.append(need(mission, "java", 100 * SIZE // 2))
    return records


def need(mission: str, skill: str, share: int, level: int = 3) -> Need:
    """Give a need for all of the months."""
    until = "2027-12"
    return Need(mission=mission, skill=skill, level=level, share=share,
                month=MONTH, until=until)  # fmt: skip


def solved(records: list[Record], months: int = 2) -> Proposal:
    """Give what the round proposes."""
    whole = change(Firm(), map(put, records))
    claims = tuple(whole.claims.values())
    knowing = Knowing(claims=claims, technology=frozenset(whole.people), ahead=AHEAD)
    stated = state(whole, knowing, MONTH, months)
    return read(stated, propose(stated.problem))


AHEAD = {"Europe/Madrid": 60, "Asia/Kolkata": 330, "America/Lima": -300}


def nobody(records: list[Record], _: Random) -> list[Record]:
    return [*records, need("pay", "rust", 50)]


def level(records: list[Record], chance: Random) -> list[Record]:
    claim = Claim(person=f"p{chance.randrange(SIZE)}", skill="rust", level=2, seen=DAY)
    return [*records, claim, need("pay", "rust", 50, 3)]


def _expert(chance: Random) -> tuple[str, Claim]:
    person = f"p{chance.randrange(0, SIZE, 2)}"
    return person, Claim(person=person, skill="rust", level=4, seen=DAY)


def held(records: list[Record], chance: Random) -> list[Record]:
    person, claim = _expert(chance)
    stays = Wish(person=person, moves=False)
    return [*records, claim, stays, need("pay", "rust", 50)]


def away(records: list[Record], chance: Random) -> list[Record]:
    person, claim = _expert(chance)
    gone = Absence(person=person, month=MONTH, until="2027-12")
    return [*records, claim, gone, need("pay", "rust", 50)]


def unhired(records: list[Record], _: Random) -> list[Record]:
    """Whoever has it is of a partner whose contract is over."""
    theirs = Person(id="theirs", partner="acme")
    over = Contract(id="c", title="C", partner="acme", end=date(2026, 12, 31))
    claim = Claim(person="theirs", skill="rust", level=4, seen=DAY)
    return [*records, theirs, over, claim, need("pay", "rust", 50)]


def worth_more(records: list[Record], chance: Random) -> list[Record]:
    """Whoever has it works where an open need costs three times as much."""
    _, claim = _expert(chance)
    dear = [
        replace(r, weight=400) if isinstance(r, Mission) and r.id == "lend" else r
        for r in records
    ]
    return [*dear, claim, need("pay", "rust", 50)]


def full(records: list[Record], _: Random) -> list[Record]:
    """Somebody is free who could, and the team holds no more people."""
    tight = [
        replace(r, most_people=SIZE // 2)
        if isinstance(r, Mission) and r.id == "pay"
        else r
        for r in records
    ]
    free = Person(id="free")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    return [*tight, free, claim, need("pay", "rust", 50)]


def small(records: list[Record], _: Random) -> list[Record]:
    """Somebody is free who could, and so little is wanted that it makes no seat."""
    free = Person(id="free")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    return [*records, free, claim, need("pay", "rust", 10)]


def capped(records: list[Record], _: Random) -> list[Record]:
    """Somebody is free who could, and nobody may begin."""
    still = [
        replace(r, rounds=RoundRules(moves=0)) if isinstance(r, About) else r
        for r in records
    ]
    free = Person(id="free")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    return [*still, free, claim, need("pay", "rust", 50)]


def far(records: list[Record], _: Random) -> list[Record]:
    """Somebody is free who could, and finding the way in is worth more than it."""
    poor = [
        replace(r, rounds=RoundRules(joining=1000)) if isinstance(r, About) else r
        for r in records
    ]
    free = Person(id="free")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    return [*poor, free, claim, need("pay", "rust", 50)]


def elsewhere(records: list[Record], _: Random) -> list[Record]:
    """Somebody is free who could, and works at other hours than the mission."""
    timed = [
        replace(r, zone="Europe/Madrid", zone_hours=3)
        if isinstance(r, Mission) and r.id == "pay"
        else r
        for r in records
    ]
    free = Person(id="free", zone="Asia/Kolkata")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    return [*timed, free, claim, need("pay", "rust", 50)]


PLANTS: dict[str, tuple[str, Callable[..., list[Record]]]] = {
    "nobody": ("nobody", nobody),
    "level": ("level", level),
    "held": ("held", held),
    "away": ("away", away),
    "without a contract": ("held", unhired),
    "worth more": ("worth more elsewhere", worth_more),
    "team full": ("team full", full),
    "smallest seat": ("smallest seat", small),
    "moves used up": ("moves used up", capped),
    "too far": ("too far", far),
    "time zone": ("time zone", elsewhere),
}


MANY = int(os.environ.get("WEFT_MANY", "12"))


def _plants(name: str) -> Iterator[Proposal]:
    _, plant = PLANTS[name]
    for seed in range(MANY):
        yield solved(plant(firm(seed), Random(seed)))  # noqa: S311


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_cause_is_named(name: str) -> None:
    wanted, _ = PLANTS[name]
    for proposal in _plants(name):
        skill = "rust"
        [found] = [n for n in proposal.open if n.skill == skill]
        assert found.mission == "pay"
        assert found.cause == wanted, found
        assert found.why.endswith(".")
        assert {way.by for way in found.ways} >= {"hire", "delay", "train"}


def test_where_nobody_can_or_nothing_is_wanted_there_is_a_plan_all_the_same() -> None:
    whole = change(Firm(), map(put, [*firm(1)[:-2], need("pay", "rust", 50)]))
    for bare in (Firm(), whole):
        knowing = Knowing(claims=(), technology=frozenset())
        stated = state(bare, knowing, MONTH, 2)
        found = read(stated, nothing_given(stated.problem))
        assert (found.gap, found.moves) == (0.0, ())
        assert [n.cause for n in found.open] == ["nobody"] * len(bare.needs)


def test_a_firm_that_has_what_it_wants_is_left_alone() -> None:
    proposal = solved(firm(1))
    assert (proposal.moves, proposal.open) == ((), ())
    assert proposal.ended == "proven"


def test_who_is_free_is_proposed_with_why_what_it_saves_and_who_is_asked() -> None:
    free = Person(id="free")
    claim = Claim(person="free", skill="rust", level=4, seen=DAY)
    proposal = solved([*firm(1), free, claim, need("pay", "rust", 50)])
    [move] = proposal.moves
    assert (move.person, move.asked) == ("free", ("lead",))
    [part] = move.parts
    assert (part.mission, part.before, part.after) == ("pay", 0, 50)
    assert move.why == ("Pay wants 50 % of Rust at level 3.",)
    without = solved([*firm(1), need("pay", "rust", 50)])
    assert move.price == without.cost - proposal.cost  # here it is exact
    assert proposal.open == ()


def test_ways_out_name_who_would_learn_lend_or_come() -> None:
    records = firm(1)
    records += [
        Claim(person="p1", skill="rust", level=2, seen=DAY),
        Claim(person="p2", skill="rust", level=4, seen=DAY),
        need("pay", "rust", 100),
    ]
    dear = [
        replace(r, weight=400) if isinstance(r, Mission) and r.id == "lend" else r
        for r in records
    ]
    [found] = solved(dear).open
    ways: dict[str, Any] = {way.by: way for way in found.ways}
    assert set(ways) == {"trade", "lower", "train", "hire", "delay"}
    assert ways["train"].people == ("p1",)
    assert ways["train"].months == 6
    assert ways["trade"].missions == ("lend",)
    assert ways["trade"].points == 10 * 400
    assert [way.by for way in found.ways][:3] == ["hire", "delay", "trade"]


def test_nothing_tells_what_fewer_than_five_people_wish() -> None:
    wishes = [Wish(person=f"p{n}", likes=("pay",), moves=False) for n in range(4)]
    proposal = solved([*firm(1), *wishes])
    assert (proposal.liked, proposal.kept) == (None, {})
    fifth = Wish(person="p4", likes=("pay",), moves=False)
    proposal = solved([*firm(1), *wishes, fifth])
    assert (proposal.liked, proposal.kept) == ((None, 5), {"asks not to": 5})


def test_what_cannot_be_planned_is_said_and_the_rest_is_planned() -> None:
    busy = [
        Mission(id=f"m{n}", title=f"M{n}") for n in range(10)
    ]  # a person on ten missions
    seats = [Seat(person="lead", mission=m.id, share=10, start="2026-01") for m in busy]
    lost = Need(mission="gone", skill="java", share=100, month=MONTH)
    proposal = solved([*firm(1), *busy, *seats, lost], months=14)
    told = {note.where: note for note in proposal.notes}
    assert set(told) == {"needs gone:java:3:2027-01", "people lead",
                         "missions lend, pay"}  # fmt: skip
    assert "more missions than a round allows" in told["people lead"].what
    assert all(note.do.endswith(".") for note in proposal.notes)
    assert proposal.kept == {"many": 1}
    assert proposal.open == ()


def test_a_time_zone_keeps_out_who_would_begin_and_nobody_who_sits_there() -> None:
    records = elsewhere(firm(1), Random())  # noqa: S311
    proposal = solved(records)
    [open_need] = proposal.open
    assert open_need.why == (
        "Whoever has Rust at level 4 and may be asked works 4.5 hours or more from"
        " where the mission does."
    ).replace("level 4", "level 3")
    [way] = [way for way in open_need.ways if way.by == "hours"]
    assert (way.what, way.people) == ("Work with somebody 4.5 hours away", ("free",))
    wider = [
        replace(r, zone_hours=5) if isinstance(r, Mission) and r.id == "pay" else r
        for r in records
    ]
    assert [move.person for move in solved(wider).moves] == ["free"]
    seated = [*records, Seat(person="free", mission="pay", share=50, start="2026-01")]
    assert (solved(seated).moves, solved(seated).open) == ((), ())


def test_a_time_zone_that_is_not_known_is_said_and_keeps_nobody_out() -> None:
    records = [
        replace(r, zone="Asia/Kalkutta")
        if isinstance(r, Person) and r.id == "free"
        else r
        for r in elsewhere(firm(1), Random())  # noqa: S311
    ]
    proposal = solved(records)
    assert [move.person for move in proposal.moves] == ["free"]
    told = {note.where: note.what for note in proposal.notes}
    assert "There is no such time zone" in told["people free"]
    assert any("No time zone is recorded" in what for what in told.values())


@pytest.mark.parametrize(
    ("person", "hours"), [("Asia/Kolkata", 4.5), ("America/Lima", 6), ("", None)]
)
def test_hours_between_working_days(person: str, hours: float | None) -> None:
    records = (
        Person(id="p", zone=person),
        Mission(id="m", title="M", zone="Europe/Madrid"),
    )
    zones = Zones(change(Firm(), map(put, records)), AHEAD)
    assert zones.apart("p", "m") == (None if hours is None else hours * 60)


def test_a_day_apart_by_the_calendar_is_no_hour_apart_by_the_clock() -> None:
    records = (Person(id="p", zone="east"), Mission(id="m", title="M", zone="west"))
    zones = Zones(change(Firm(), map(put, records)), {"east": 780, "west": -660})
    assert zones.apart("p", "m") == 0
