"""The camp of a person: what is recorded comes before the title, that before claims."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from weft.core.firm import Firm
from weft.core.people import Person
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.knowledge import Side, camps

FirmOf = Callable[..., Firm]
TAX = Skill(id="tax", title="Tax", discipline="finance")
SQL = Skill(id="sql", title="SQL", discipline="data")
PYTHON = Skill(id="python", title="Python", discipline="engineering")


def claim(skill: str, level: int) -> Claim:
    return Claim(person="ada", skill=skill, level=level, seen=date(2026, 1, 1))


@pytest.fixture
def side(firm_of: FirmOf) -> Callable[..., Side]:
    """Tell the side of one person with the given fields and claims."""

    def told(*claims: Claim, **fields: object) -> Side:
        ada = Person(id="ada", **fields)  # type: ignore[arg-type]
        return camps(firm_of(TAX, SQL, PYTHON, ada, claims))["ada"]

    return told


Told = Callable[..., Side]


def test_what_is_recorded_comes_first(side: Told) -> None:
    found = side(title="Accountant", disciplines={"data": 70, "finance": 30})
    assert (found.technology, found.camp) == (70, "technology")
    assert (found.told_from, found.reason) == ("record", "as recorded in the firm")


def test_a_sure_title_comes_before_claims(side: Told) -> None:
    found = side(claim("tax", 5), title="Data Engineer")
    assert (found.technology, found.told_from) == (100, "title")
    assert found.reason == 'the title says "data engineer"'


def test_claims_come_before_a_mere_hint(side: Told) -> None:
    found = side(claim("tax", 3), claim("sql", 1), title="Digital Lead")
    assert found.told_from == "claims"
    assert found.disciplines == {"data": 25, "finance": 75}
    assert (found.technology, found.camp) == (25, "business")
    assert "Finance and accounting, such as Tax" in found.reason


def test_a_hint_comes_before_nothing(side: Told) -> None:
    found = side(title="Digital Lead")
    assert (found.technology, found.told_from) == (100, "hint")
    assert found.reason == 'the title hints at it: "digital"'


def test_claims_tell_where_the_title_does_not(side: Told) -> None:
    found = side(claim("sql", 2), claim("python", 4), title="Builder")
    assert (found.technology, found.told_from) == (100, "claims")
    assert found.disciplines == {"data": 33, "engineering": 67}


@pytest.mark.parametrize("title", ["", "Builder"])
def test_nobody_is_told_by_nothing(side: Told, title: str) -> None:
    found = side(title=title)
    assert (found.technology, found.camp, found.told_from) == (
        None,
        "unknown",
        "unknown",
    )
    assert found.reason.startswith("there is no title" if not title else "no word")


def test_a_role_may_be_in_both_camps(side: Told) -> None:
    assert side(title="Product Manager").camp == "both"


def test_the_firm_says_itself_in_which_camp_a_discipline_is(firm_of: FirmOf) -> None:
    data = Discipline(id="data", title="Numbers", camp="business")
    ada = Person(id="ada", title="Data Engineer")
    assert camps(firm_of(ada))["ada"].camp == "technology"
    assert camps(firm_of(ada, data))["ada"].camp == "business"


def test_a_discipline_in_no_known_camp_tells_nothing(side: Told) -> None:
    assert side(disciplines={"alchemy": 100}).technology is None
    assert side(disciplines={"alchemy": 50, "data": 50}).technology == 100


def test_the_same_tables_give_the_same_object(firm_of: FirmOf) -> None:
    firm = firm_of(Person(id="ada", title="Data Engineer"))
    assert camps(firm) is camps(firm)
