"""What changed between two tables is known while they were made out of each other."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from weft.core import indexes
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.kept import kept
from weft.core.lineage import changes, step
from weft.core.people import Person
from weft.core.skills import Claim

PEOPLE, UNITS, SKILLS = ("ann", "bo", "cy"), (None, "shop", "desk"), ("r", "java")


@st.composite
def one_change(draw: st.DrawFn) -> Change:
    """Draw a person or a claim that is put or dropped."""
    person = draw(st.sampled_from(PEOPLE))
    if draw(st.booleans()):
        record = Person(
            id=person,
            unit=draw(st.sampled_from(UNITS)),
            manager=draw(st.sampled_from((None, *PEOPLE))),
        )
        return draw(st.sampled_from([put(record), Change("people", person)]))
    claim = Claim(
        person=person,
        skill=draw(st.sampled_from(SKILLS)),
        level=draw(st.integers(1, 5)),
        seen=date(2026, 1, 1),
    )
    return draw(st.sampled_from([put(claim), Change("claims", claim.key)]))


def test_what_was_put_and_dropped_is_told_both_ways() -> None:
    one = Map({"a": 1, "b": 2})
    two = one.set("a", 3).delete("b").set("c", 4)
    step(one, two, ["a", "b", "c"])
    told = {"a": (1, 3), "b": (2, None), "c": (None, 4)}
    assert changes(one, two) == told
    assert changes(two, one) == {key: (new, old) for key, (old, new) in told.items()}
    assert changes(one, one) == {}


def test_tables_of_different_origin_tell_nothing() -> None:
    assert changes(Map({"a": 1}), Map({"a": 2})) is None


def test_an_answer_is_amended_and_the_earlier_one_left_alone() -> None:
    one = Map({"a": 1})
    two = one.set("b", 2)
    step(one, two, ["b"])
    first = kept("sum", (one,), lambda: [1])
    assert kept("sum", (two,), lambda: [0], lambda before, _: [*before, 2]) == [1, 2]
    assert kept("sum", (one,), lambda: [0]) is first == [1]


@given(st.lists(st.lists(one_change(), max_size=4), max_size=8))
def test_groups_after_changes_are_those_made_anew(deeds: list[list[Change]]) -> None:
    groups = [
        (indexes.people_by_unit, "people", "unit"),
        (indexes.people_by_manager, "people", "manager"),
        (indexes.claims_by_person, "claims", "person"),
        (indexes.claims_by_skill, "claims", "skill"),
    ]
    firm = Firm()
    for deed in deeds:
        firm = change(firm, deed)
        for by, kind, field in groups:
            anew: dict[str, list[object]] = {}
            for record in firm.table(kind).values():
                if getattr(record, field) is not None:
                    anew.setdefault(getattr(record, field), []).append(record)
            found = by(firm)
            assert found.keys() == anew.keys()
            for key, records in anew.items():
                assert sorted(map(str, found[key])) == sorted(map(str, records))
