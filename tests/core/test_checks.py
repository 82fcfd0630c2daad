"""Whether a firm fits together: each check finds what it is for, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.conftest import many

from weft.core.assets import Asset, Contract
from weft.core.checks import CHECKS, Touched, check, problems, touched_by
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.framework.adrs import ADR, Status
from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import Person, Post, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Discipline, Skill

DAY = date(2026, 11, 21)


def firm(*records: Record) -> Firm:
    """Give a firm of these records."""
    return change(Firm(), [put(record) for record in records])


WHOLE_FIRM = firm(
    Discipline(id="it", title="IT", camp="technology"),
    Skill(id="java", title="Java", discipline="it"),
    Unit(id="bank", title="Bank", head="p1"),
    Unit(id="cards", title="Cards", parent="bank"),
    Person(id="p1", unit="bank", disciplines={"it": 100}),
    Person(id="p2", unit="cards", manager="p1", posts=(Post(title="x", manager="p1"),)),
    Claim(person="p2", skill="java", level=3, seen=DAY),
    Mission(id="pay", title="Pay", from_units=("cards",)),
    Mandate(mission="pay", business_lead="p1"),
    Seat(person="p2", mission="pay", share=60, start="2026-01", end="2026-03"),
    Seat(person="p2", mission="pay", share=100, start="2026-04"),
    Asset(id="app", title="App", mission="pay", keepers=("p1", "p2")),
)


def told(changed: Firm, touched: Touched | None = None) -> list[tuple[str, str]]:
    """Give what is wrong, with its address."""
    return [(str(problem.where), problem.what) for problem in check(changed, touched)]


def with_(*records: Record) -> Firm:
    """Give the whole firm with some records put over it."""
    return change(WHOLE_FIRM, [put(record) for record in records])


def adr(name: str, heir: str | None = None) -> ADR:
    """Give a decision record, replaced by another if one is named."""
    status: Status = "superseded" if heir else "accepted"
    return ADR(id=name, title=name, status=status, superseded_by=heir)


@given(heirs=st.dictionaries(st.sampled_from("abcde"), st.sampled_from("abcde")))
@example(heirs={"a": "a"})
@example(heirs={"a": "b", "b": "c"})
def test_records_that_replace_each_other_in_a_circle_are_told(
    heirs: dict[str, str],
) -> None:
    found = [adr(name, heirs.get(name)) for name in "abcde"]
    here, ends = "", {}
    for name in "abcde":
        here = name
        for _ in "abcde":
            here = heirs.get(here, "") or here if here in heirs else here
        ends[name] = here
    circles = {end for end in ends.values() if end in heirs}
    problems_ = told(firm(*found))
    assert bool(problems_) == bool(circles)
    assert all("replace each other" in what for _, what in problems_)
    if heirs == {"a": "a"}:
        assert problems_ == [
            ("adrs/a:$.superseded_by", "Decision records replace each other: a > a.")
        ]


def test_a_firm_that_fits_together_has_no_problem() -> None:
    assert check(WHOLE_FIRM) == ()


@pytest.mark.parametrize(
    ("record", "where", "what"),
    [
        (
            Skill(id="java", title="Java", discipline="ti"),
            "skills/java:$.discipline",
            "ti",
        ),
        (Unit(id="cards", title="C", parent="bnk"), "units/cards:$.parent", "bnk"),
        (Person(id="p2", manager="p9"), "people/p2:$.manager", "p9"),
        (
            Person(id="p2", posts=(Post(title="x"), Post(title="y", manager="p9"))),
            "people/p2:$.posts[1].manager",
            "p9",
        ),
        (Person(id="p2", disciplines={"ti": 100}), "people/p2:$.disciplines.ti", "ti"),
        (
            Claim(person="p2", skill="jav", level=3, seen=DAY),
            "claims/p2:jav:$.skill",
            "jav",
        ),
        (
            Asset(id="app", title="App", keepers=("p1", "p9")),
            "assets/app:$.keepers[1]",
            "p9",
        ),
    ],
)
def test_a_name_that_is_not_there_is_told_with_its_place(
    record: Record, where: str, what: str
) -> None:
    [(at, words)] = told(with_(record))
    assert at == where
    assert repr(what) in words


def test_a_name_that_is_almost_right_is_offered() -> None:
    [problem] = check(with_(Unit(id="cards", title="C", parent="bnk")))
    assert problem.do == "Did you mean bank?"


def test_units_inside_each_other_are_told_once() -> None:
    loop = with_(
        Unit(id="a", title="A", parent="b"),
        Unit(id="b", title="B", parent="c"),
        Unit(id="c", title="C", parent="a"),
        Unit(id="leaf", title="Leaf", parent="a"),
    )
    assert told(loop) == [
        ("units/a:$.parent", "Units lie inside each other: a > b > c > a.")
    ]


def test_people_who_report_to_themselves_are_told() -> None:
    loop = with_(Person(id="p1", manager="p1"), Person(id="p2", manager="p1"))
    assert told(loop) == [
        ("people/p1:$.manager", "People report to each other: p1 > p1.")
    ]


def test_a_long_loop_is_told_shortly() -> None:
    people = [Person(id=f"q{n:02}", manager=f"q{(n + 1) % 20:02}") for n in range(20)]
    [(_, words)] = told(firm(*people))
    assert words.endswith("q00 > q01 > q02 > q03 > q04 > q05 > ... > q19 > q00.")


def test_more_seats_than_time_are_told_with_the_month() -> None:
    twice = with_(
        Mission(id="risk", title="Risk"),
        Seat(person="p2", mission="risk", share=50, start="2026-03", end="2026-03"),
    )
    assert told(twice) == [
        ("seats/p2:risk:2026-03:$.share", "p2 has 110 % of seats in 2026-03.")
    ]


def test_seats_that_follow_each_other_are_no_more_than_the_time_there_is() -> None:
    seats = [
        Seat(person="p2", mission="pay", start=f"{year}-01", end=f"{year}-12")
        for year in range(2000, 2026)
    ]
    assert check(with_(*seats)) == ()


def test_what_is_over_before_it_begins_is_told() -> None:
    backwards = with_(
        Seat(person="p2", mission="pay", start="2025-05", end="2025-04"),
        Contract(id="c", title="C", partner="x", start=DAY, end=date(2026, 1, 1)),
    )
    assert [where for where, _ in told(backwards)] == [
        "contracts/c:$.partner",
        "seats/p2:pay:2025-05:$.end",
        "contracts/c:$.end",
    ]


def test_problems_come_in_one_order_and_say_what_is_lacking() -> None:
    people = [Person(id=f"q{n}", manager="nobody") for n in range(99)]
    found = list(problems(firm(*people)))
    assert [problem.key for problem in found] == sorted(f"q{n}" for n in range(99))
    assert {problem.lacks for problem in found} == {"people"}


def test_every_check_has_a_name_that_says_what_has_to_hold() -> None:
    assert len(CHECKS) == len({each.__name__ for each in CHECKS})
    assert all(each.__doc__ for each in CHECKS)


KEYS = st.sampled_from(["a", "b", "c", "d"])
MAYBE = st.none() | KEYS
DRAWN: dict[str, st.SearchStrategy[Record]] = {
    "units": st.builds(Unit, id=KEYS, title=st.just("T"), parent=MAYBE, head=MAYBE),
    "people": st.builds(Person, id=KEYS, unit=MAYBE, manager=MAYBE),
    "missions": st.builds(Mission, id=KEYS, title=st.just("T")),
    "assets": st.builds(
        Asset,
        id=KEYS,
        title=st.just("T"),
        mission=MAYBE,
        keepers=st.lists(KEYS, max_size=2, unique=True).map(tuple),
    ),
    "seats": st.builds(
        Seat,
        person=KEYS,
        mission=KEYS,
        share=st.sampled_from([40, 70]),
        start=st.sampled_from(["2026-01", "2026-03"]),
        end=st.none() | st.sampled_from(["2025-12", "2026-02"]),
    ),
}
RECORDS = st.one_of(*DRAWN.values())


@st.composite
def changed(draw: st.DrawFn) -> tuple[Firm, list[Change]]:
    """Draw a firm, whole or not, and changes of it."""
    drawn = firm(*draw(st.lists(RECORDS, max_size=14)))
    changes = [put(each) for each in draw(st.lists(RECORDS, max_size=3))]
    for kind, key in draw(st.lists(st.tuples(st.sampled_from([*DRAWN]), KEYS))):
        changes += [Change(kind, k) for k in drawn.table(kind) if k.startswith(key)]
    return drawn, changes


SITS = Seat(person="b", mission="a", share=70, start="2026-01")
TOO_MUCH = firm(SITS, replace(SITS, mission="b", share=40))


@pytest.mark.slow
@given(changed())
@example((TOO_MUCH, [put(replace(SITS, share=40, start="2026-03"))]))
@settings(max_examples=many(1000))
def test_what_a_change_breaks_is_found_by_looking_at_what_it_touches(
    drawn: tuple[Firm, list[Change]],
) -> None:
    before, changes = drawn
    after, touched = change(before, changes), touched_by(changes)

    def new(touched: Touched | None) -> set[tuple[str, str]]:
        return {*told(after, touched)} - {*told(before, touched)}

    assert new(touched) == new(None)
