"""What nobody's seat uses: told where it is known, and counted from five people up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from weft.core.assets import Asset
from weft.core.missions import Mission, Need, Seat
from weft.core.people import Person
from weft.core.skills import Claim, Skill, Worked
from weft.engines.knowledge import unused, unused_by

TODAY = date(2026, 11, 21)
PAY = Mission(id="pay", title="Pay")
WANTS = Need(mission="pay", skill="kotlin", share=100, month="2026-01", until="2027-01")
SKILLS = [Skill(id=key, title=key, discipline="d") for key in ("kotlin", "cobol")]


def knows(person: str, skill: str, **more: Any) -> Claim:
    """Say that somebody knows a skill."""
    return Claim(person=person, skill=skill, level=3, seen=date(2026, 1, 1), **more)


def told(firm_of: Any, *more: Any) -> list[str]:
    """Give what is told as unused of Ann, who knows two skills."""
    own = [knows("ann", "kotlin"), knows("ann", "cobol")]
    given = {each.key for each in more if isinstance(each, Claim)}
    own = [each for each in own if each.key not in given]
    firm = firm_of(PAY, WANTS, SKILLS, Person(id="ann", title="It"), own, *more)
    return [each.skill for each in unused(firm, "ann", TODAY)]


def test_whoever_has_no_seat_uses_nothing(firm_of: Any) -> None:
    assert told(firm_of) == ["cobol", "kotlin"]


@pytest.mark.parametrize(
    ("start", "end", "uses"),
    [
        ("2026-11", None, True),
        ("2026-01", "2026-08", True),  # 90 days before is in August
        ("2026-01", "2026-07", False),
        ("2026-12", None, False),
    ],
)
def test_a_seat_uses_what_its_mission_needs_then(
    firm_of: Any, start: str, end: str | None, *, uses: bool
) -> None:
    seat = Seat(person="ann", mission="pay", start=start, end=end)
    assert told(firm_of, seat) == (["cobol"] if uses else ["cobol", "kotlin"])


def test_a_seat_uses_what_the_assets_of_its_mission_take(firm_of: Any) -> None:
    seat = Seat(person="ann", mission="pay", start="2026-10")
    ledger = Asset(id="ledger", title="Ledger", mission="pay", needs=("cobol",))
    assert told(firm_of, seat, ledger) == []


def test_where_a_mission_says_of_nothing_it_is_not_known(firm_of: Any) -> None:
    silent = Mission(id="silent", title="Silent")
    seat = Seat(person="ann", mission="silent", start="2026-10")
    assert told(firm_of, silent, seat) == []


@pytest.mark.parametrize(("seen", "uses"), [(23, True), (22, False)])
def test_work_in_which_it_was_seen_uses_it(
    firm_of: Any, seen: int, *, uses: bool
) -> None:
    worked = Claim(
        person="ann",
        skill="cobol",
        level=3,
        seen=date(2026, 8, seen),
        work=(Worked(of="tickets", count=12),),
    )
    assert told(firm_of, worked) == (["kotlin"] if uses else ["cobol", "kotlin"])


def test_it_is_counted_from_five_people_up_and_never_of_all(firm_of: Any) -> None:
    people = [Person(id=f"p{n}", title="It") for n in range(6)]
    claims = [knows(each.id, "kotlin") for each in people]
    seats = [Seat(person=f"p{n}", mission="pay", start="2026-10") for n in range(6)]
    base = (PAY, WANTS, SKILLS, people, claims)
    counts = [
        unused_by(firm_of(*base, seats[:sitting]), "kotlin", TODAY)
        for sitting in range(7)
    ]
    assert counts == [None, 5, None, None, None, None, None]
