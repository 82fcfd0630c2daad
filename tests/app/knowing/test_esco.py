"""ESCO beside the firm's own skills, and skills named by any of their words."""

from __future__ import annotations

from datetime import date

import pytest
from tests.app.conftest import OWNER, START

from weft.app import records
from weft.app.knowing import esco
from weft.core.entries import Deed, put
from weft.core.missions import Mission, Need
from weft.core.people import Person
from weft.core.roles import Actor
from weft.core.skills import Claim, Discipline, Pool, Skill
from weft.errors import Forbidden, NotFound, Problems
from weft.store.desk import Desk

URI = "http://data.europa.eu/esco/skill/"
FILE = f"""conceptUri,preferredLabel,altLabels
{URI}1,Java (computer programming),"Java
J2SE"
{URI}2,weave cloth,weaving
{URI}3,sell cloth,
""".encode()
OWN = Skill(id="java", title="Program in Java", discipline="it", synonyms=("Java",))


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm with a skill of its own."""
    firm = [
        Discipline(id="it", title="Technology", camp="technology"),
        OWN,
        Person(id="ann"),
        Mission(id="pay", title="Pay"),
    ]
    deed = Deed(name="load", changes=tuple(map(put, firm)))
    quick.write(lambda _: deed, at=START, actor=OWNER)
    return quick


def test_a_skill_of_the_firm_keeps_its_name_and_gets_the_address(desk: Desk) -> None:
    shown = esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="it", dry_run=True)
    assert (shown.entry, len(shown.met), desk.firm().skills["java"]) == (None, 3, OWN)
    done = esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="it")
    skills = desk.firm().skills
    assert skills["java"].title == "Program in Java"
    assert skills["java"].uri == f"{URI}1"
    assert skills["java"].synonyms == ("Java", "Java (computer programming)", "J2SE")
    assert skills["weave-cloth"].synonyms == ("weaving",)
    assert [m.new for m in done.met] == [False, True, True]
    again = esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="it")
    assert (again.entry, again.tallies) == (None, ())


def test_who_asks_again_with_the_key_gets_the_first_entry(desk: Desk) -> None:
    told = {"discipline": "it", "key": "once"}
    first, second = (
        esco.bring(desk, OWNER, FILE, "e.csv", START, **told)  # type: ignore[arg-type]
        for _ in range(2)
    )
    assert first.entry == second.entry == desk.firm().seq


def test_only_skills_with_some_words_are_brought_in(desk: Desk) -> None:
    esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="it", words=["CLOTH"])
    assert {"weave-cloth", "sell-cloth"} <= set(desk.firm().skills)
    assert desk.firm().skills["java"] == OWN


def test_it_takes_a_discipline_and_an_administrator(desk: Desk) -> None:
    with pytest.raises(NotFound):
        esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="cloth")
    ann = Actor(person="ann")
    with pytest.raises(Forbidden):
        esco.bring(desk, ann, FILE, "e.csv", START, discipline="it")


def test_a_claim_a_need_and_a_pool_may_name_a_skill_by_any_word(desk: Desk) -> None:
    esco.bring(desk, OWNER, FILE, "e.csv", START, discipline="it")
    wanted = [
        Claim(person="ann", skill="j2se", level=3, seen=date(2026, 11, 1)),
        Need(mission="pay", skill="weaving", share=50, month="2026-12"),
        Pool(id="cloth", title="Cloth", skills=("weave-cloth", "j2se")),
    ]
    records.write(desk, OWNER, map(put, wanted), name="put", at=START)
    firm = desk.firm()
    assert {"ann:java"} == {k for k in firm.claims if k.startswith("ann")}
    assert {n.skill for n in firm.needs.values() if n.mission == "pay"} == {
        "weave-cloth"
    }
    assert firm.pools["cloth"].skills == ("weave-cloth", "java")
    wrong = Claim(person="ann", skill="juva", level=3, seen=date(2026, 11, 1))
    with pytest.raises(Problems):
        records.write(desk, OWNER, [put(wrong)], name="put", at=START)
