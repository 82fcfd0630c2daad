"""What spending is for, said by a lead and told in the statement of the mission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from weft.app.money import closing, looking
from weft.app.money.purposes import say
from weft.app.views import look
from weft.core.assets import Contract
from weft.core.entries import Deed, put
from weft.core.missions import Mandate, Mission
from weft.core.money.purpose import Purpose
from weft.core.people import About, Partner, Person
from weft.core.roles import Actor
from weft.errors import Forbidden, Problems
from weft.store.desk import Desk, open_desk

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
OWNER, LEAD = Actor(person="owner", owner=True), Actor(person="p1")
MONTHS = ("2026-09", "2026-10")
SAID = Purpose(
    mission="pay", start="2026-10", running=50, innovation=50, why="Days were counted."
)
RECORDS = (
    About(id="x", title="X", currency="EUR"),
    Mission(id="pay", title="Pay"),
    Person(id="p1"),
    Person(id="p2"),
    Person(id="p3"),
    Mandate(mission="pay", business_lead="p1", technology_lead="p2"),
    Partner(id="p", title="P"),
    Contract(
        id="c", title="C", partner="p", missions=("pay",), yearly_cost="12.12 EUR"
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(f"sqlite:///{tmp_path}/firm.db") as desk:
        changes = tuple(map(put, RECORDS))
        desk.write(lambda _: Deed(name="load", changes=changes), at=NOW, actor=OWNER)
        for month in MONTHS:
            closing.close(desk, OWNER, month, NOW)
        yield desk


def test_what_a_lead_says_divides_what_was_posted_before_and_after(desk: Desk) -> None:
    def months() -> list[tuple[int, ...]]:
        [one] = looking.statement(desk, look(desk, OWNER), "pay", MONTHS).spent
        return [one.running, one.efficiency, one.innovation, one.unsaid]

    assert months() == [(101, 101), (0, 0), (0, 0), (101, 101)]
    assert say(desk, LEAD, SAID, NOW) == SAID
    assert months() == [(101, 50), (0, 0), (0, 51), (101, 0)]
    again = replace(SAID, running=0, efficiency=50)
    say(desk, LEAD, again, NOW)
    assert months() == [(101, 0), (0, 51), (0, 50), (101, 0)]
    whole = looking.firm_statement(desk, look(desk, OWNER), MONTHS).whole
    assert whole.spent[0].total == whole.by_month("cost") == (101, 101)


def test_nobody_says_it_of_a_mission_that_is_not_theirs(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="do not lead Pay"):
        say(desk, Actor(person="p3"), SAID, NOW)
    with pytest.raises(Problems, match="nowhere"):
        say(desk, OWNER, replace(SAID, mission="nowhere"), NOW)
    assert not desk.firm().purposes
