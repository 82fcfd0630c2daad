"""Who looked: kept once a day, for a year, and told to the one looked at alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.app.conftest import OWNER, START

from weft.app.knowing import looking
from weft.core.entries import Deed, put
from weft.core.people import Person, Profile
from weft.core.roles import Actor
from weft.core.skills import Claim, Discipline, Skill, Worked
from weft.errors import Forbidden, NotFound
from weft.store.desk import Desk, open_desk
from weft.store.looks import KEPT, MANY, Look
from weft.store.schema import looks, say, tables

ANN, CYD, DEE = Actor(person="ann"), Actor(person="cyd"), Actor(person="dee")
DAY = START.date()
HERS = Claim(
    person="ann",
    skill="kafka",
    level=5,
    evidence="work",
    seen=date(2026, 1, 1),
    work=(Worked(of="reviews", count=9),),
    shared=False,
)


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm in which the work says what Ann knows."""
    firm = [
        Discipline(id="it", title="Technology", camp="technology"),
        Skill(id="kafka", title="Apache Kafka", discipline="it"),
        *(Person(id=key) for key in ("ann", "cyd", "dee")),
        HERS,
    ]
    deed = Deed(name="load", changes=tuple(map(put, firm)))
    profiles = [Profile(id=p, name=p.title()) for p in ("ann", "cyd", "dee")]
    quick.write(lambda _: deed, at=START, actor=OWNER, profiles=profiles)
    return quick


def rows(desk: Desk) -> int:
    with desk.database.reading() as db:
        return db.execute(sa.select(sa.func.count()).select_from(looks)).scalar_one()


def test_who_was_shown_is_told_who_looked_once_a_day(desk: Desk) -> None:
    for at in (START, START, START + timedelta(days=1)):
        looking.looked(desk, CYD, ["ann", "dee", "cyd"], at, "kafka")
    looking.looked(desk, OWNER, ["ann"], START)
    assert looking.who_looked(desk, ANN, "ann") == [
        Look(by="cyd", about="kafka", on=DAY + timedelta(days=1)),
        Look(by="cyd", about="kafka", on=DAY),
        Look(by="owner", about="", on=DAY),
    ]
    assert looking.who_looked(desk, CYD, "cyd") == []  # who looks at oneself is not it


def test_nobody_else_is_told_not_even_the_owner(desk: Desk) -> None:
    for actor in (CYD, OWNER):
        with pytest.raises(Forbidden):
            looking.who_looked(desk, actor, "ann")


def test_a_look_is_no_deed_and_is_written_with_others(desk: Desk) -> None:
    before = desk.firm().seq
    looking.looked(desk, CYD, ["ann"], START)
    assert rows(desk) == 0
    people = [f"p{number}" for number in range(MANY)]
    looking.looked(desk, CYD, people, START)
    assert rows(desk) == MANY + 1
    assert desk.firm().seq == before


def test_what_is_older_than_a_year_is_forgotten(desk: Desk) -> None:
    looking.looked(desk, CYD, ["ann"], START)
    desk.looks.write()
    looking.looked(desk, DEE, ["cyd"], START + KEPT + timedelta(days=1))
    assert looking.who_looked(desk, ANN, "ann") == []
    assert len(looking.who_looked(desk, CYD, "cyd")) == 1


def test_who_is_erased_is_erased_from_both_ends(desk: Desk) -> None:
    looking.looked(desk, CYD, ["ann", "dee"], START)
    desk.looks.write()
    looking.looked(desk, CYD, ["dee"], START, "kafka")
    looking.looked(desk, DEE, ["ann"], START)
    desk.erase("cyd", at=START, actor=OWNER)
    assert looking.who_looked(desk, DEE, "dee") == []
    assert [x.by for x in looking.who_looked(desk, ANN, "ann")] == ["dee"]


def test_ones_own_word_takes_the_place_of_what_was_recorded(desk: Desk) -> None:
    looking.contest(desk, ANN, "ann", "kafka", level=2, at=START)
    assert desk.firm().claims["ann:kafka"] == Claim(
        person="ann", skill="kafka", level=2, evidence="self", seen=DAY, shared=False
    )
    for actor, skill, error in ((CYD, "kafka", Forbidden), (ANN, "sql", NotFound)):
        with pytest.raises(error):
            looking.contest(desk, actor, "ann", skill, level=1, at=START)


def test_a_store_of_an_older_weft_gets_the_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    with open_desk(url) as desk, desk.changing() as db:
        tables.tables["looks"].drop(db)
        tables.tables["facts"].drop(db)
        say(db, "version", b"2")
    with open_desk(url, writes=False) as desk:
        assert desk.looks.of("ann") == []
    with open_desk(url) as desk:
        desk.looks.note("cyd", ["ann"], "", DAY)
    with open_desk(url, writes=False) as desk:  # closing wrote it
        assert [look.by for look in desk.looks.of("ann")] == ["cyd"]
