"""Consent: what somebody does not share is seen by that person alone, on no path."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.app.conftest import BEN, OWNER, START

from weft.app import drafts, folder, journal, records
from weft.app.knowing.who import who
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.people import Person
from weft.core.roles import Actor, Role
from weft.core.skills import Claim, Discipline, Skill
from weft.errors import Forbidden
from weft.store.desk import Desk

ANN, CYD = Actor(person="ann"), Actor(person="cyd")
DAY = date(2026, 11, 1)
LATER = START + timedelta(hours=1)
HERS = Claim(person="ann", skill="kafka", level=4, evidence="work", seen=DAY)
SECRET = replace(HERS, shared=False)
HIS = Claim(person="ben", skill="kafka", level=3, seen=DAY)


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm in which Ann does not share that she knows Kafka; Cyd administers."""
    firm = [
        Discipline(id="it", title="Technology", camp="technology"),
        Skill(id="kafka", title="Apache Kafka", discipline="it", synonyms=("queues",)),
        *(Person(id=key) for key in ("ann", "ben", "cyd")),
        Role(id="admin", title="Admin", administers=True, holders=("cyd",)),
        HIS,
        SECRET,
    ]
    deed = Deed(name="load", changes=tuple(map(put, firm)))
    quick.write(lambda _: deed, at=START, actor=OWNER)
    return quick


def seen(desk: Desk, actor: Actor, **how: str) -> set[str]:
    """Give the claims to know Kafka that somebody sees."""
    return {c for c in look(desk, actor, **how).firm.claims if c.endswith(":kafka")}


@pytest.mark.parametrize("actor", [BEN, CYD, OWNER])
def test_nobody_else_sees_it_whoever_they_are(desk: Desk, actor: Actor) -> None:
    assert seen(desk, actor) == {"ben:kafka"}
    assert seen(desk, ANN) == {"ben:kafka", "ann:kafka"}
    found = who(look(desk, actor), "queues", START, "2026-11")
    assert "ann" not in [each.person for each in found.people]


def test_consent_taken_back_holds_for_the_past_too(desk: Desk) -> None:
    records.write(desk, ANN, [put(HERS)], name="put", at=LATER)
    assert seen(desk, BEN) == {"ben:kafka", "ann:kafka"}
    shared_at = desk.firm().seq
    records.write(desk, ANN, [put(SECRET)], name="put", at=LATER)
    for how in ({}, {"as_of": str(shared_at)}):
        assert seen(desk, BEN, **how) == {"ben:kafka"}
        assert "ann:kafka" in seen(desk, ANN, **how)
    for number in range(1, desk.firm().seq + 1):
        told = journal.entry(desk, BEN, number).deed.changes
        assert "ann:kafka" not in [each.key for each in told]
    told = journal.entry(desk, ANN, shared_at).deed.changes
    assert [each.key for each in told] == ["ann:kafka"]


def test_a_draft_opens_nothing(desk: Desk) -> None:
    drafts.new(desk, BEN, "peep", "Peep")
    drafts.add(desk, BEN, "peep", [put(HERS)])
    assert seen(desk, BEN, draft="peep") == {"ben:kafka"}
    assert drafts.changes(desk, BEN, "peep")[1] == ()


def test_what_is_exported_has_all_of_it(desk: Desk, tmp_path: Path) -> None:
    folder.export(desk, look(desk, OWNER), tmp_path / "firm")
    again = folder.read(tmp_path / "firm")
    assert SECRET in again.records
    assert folder.plan(desk.firm(), again) == ()


@pytest.mark.parametrize("actor", [BEN, CYD])
def test_nobody_consents_in_anothers_place(desk: Desk, actor: Actor) -> None:
    with pytest.raises(Forbidden, match="ann:kafka"):
        records.write(desk, actor, [put(HERS)], name="put", at=LATER)


def test_one_claims_on_ones_own_word_and_on_no_others(desk: Desk) -> None:
    mine = replace(HIS, level=5)
    records.write(desk, BEN, [put(mine)], name="put", at=LATER)
    assert desk.firm().claims["ben:kafka"] == mine
    for evidence in ("lead", "work"):
        with pytest.raises(Forbidden, match="not for you to write"):
            records.write(
                desk,
                BEN,
                [put(replace(mine, evidence=evidence))],
                name="put",
                at=LATER,
            )
    with pytest.raises(Forbidden, match="somebody else"):
        records.write(
            desk, BEN, [put(replace(HIS, person="cyd"))], name="put", at=LATER
        )


def test_what_changes_is_seen_at_once_by_whom_it_may(desk: Desk) -> None:
    seen(desk, BEN)
    records.write(desk, BEN, [put(replace(HIS, level=5))], name="put", at=LATER)
    assert look(desk, CYD).firm.claims["ben:kafka"].level == 5
    records.write(desk, BEN, [put(replace(HIS, shared=False))], name="put", at=LATER)
    assert seen(desk, CYD) == set()
    assert seen(desk, BEN) == {"ben:kafka"}
    assert seen(desk, ANN) == {"ann:kafka"}
