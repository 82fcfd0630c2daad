"""Search: by any part of a name, whatever the accents, the case and the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import BEN, OWNER, START

from weft.app import records
from weft.app.search import Hit, find, folded
from weft.app.views import View, look
from weft.core.entries import Deed, put
from weft.core.missions import Mission
from weft.core.people import Person, Profile
from weft.store.desk import Desk


@pytest.fixture
def view(quick: Desk) -> View:
    people = [
        (Person(id="p1", title="Pilot"), Profile(id="p1", name="Zoë Ñandú")),
        (Person(id="p2", title="Cook"), Profile(id="p2", name="Łukasz Straße")),
        (Person(id="p3"), Profile(id="p3", name="Ben Zoellner")),
    ]
    deed = Deed(name="put", changes=tuple(put(person) for person, _ in people))
    profiles = [profile for _, profile in people]
    quick.write(lambda _: deed, at=START, actor=OWNER, profiles=profiles)
    records.write(
        quick,
        OWNER,
        [put(Mission(id="zoo", title="Zoo of Ideas"))],
        name="put",
        at=START,
    )
    return look(quick, BEN)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("zoe", ["p3", "p1"]),
        ("ZOË nandu", ["p1"]),
        ("nandu zoe", ["p1"]),
        ("strasse", ["p2"]),
        ("pilot", ["p1"]),
        ("zo", ["p3", "p1", "zoo"]),
        ("ideas zoo", ["zoo"]),
        ("p2", ["p2"]),
        ("zoe straße", []),
        ("", []),
        ("   ", []),
        (".*", []),
        ("(", []),
    ],
)
def test_it_finds_by_any_part_of_a_name(view: View, text: str, keys: list[str]) -> None:
    assert [hit.key for hit in find(view, text)] == keys


def test_it_finds_every_kind_that_has_a_title(view: View) -> None:
    tables = {hit.table for letter in "aeo" for hit in find(view, letter, 1000)}
    assert tables == {
        *("people", "missions", "assets", "units", "partners", "disciplines"),
        *("skills", "roles", "acts", "vocabulary", "principles", "guardrails", "about"),
    }


def test_a_hit_says_what_it_is(view: View) -> None:
    assert find(view, "zoë") == [
        Hit(table="people", key="p3", title="Ben Zoellner"),
        Hit(table="people", key="p1", title="Zoë Ñandú", detail="Pilot"),
    ]


def test_it_gives_no_more_than_asked_for(view: View) -> None:
    assert len(find(view, "a", most=3)) == 3


@given(text=st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
