"""The diagnosis of small firms counted by hand, and what it never shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Skill
from weft.engines.knowledge import Diagnosis, Figure, Link, diagnose
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.words.definitions import DEFINITIONS

FirmOf = Callable[..., Firm]
Crowd = Callable[..., list[Record]]
DAY = date(2026, 1, 1)


@pytest.fixture
def small(crowd: Crowd, firm_of: FirmOf) -> Firm:
    """Seventeen people: 5.5 of technology in IT, one in sales, none in finance."""
    return firm_of(
        crowd(
            *("it", "Head of IT", *["Software Engineer"] * 3, "Data Engineer"),
            "IT Business Partner",
        ),
        crowd("sales", "Head of Sales", *["Account Manager"] * 4, "Web Developer"),
        crowd("finance", "CFO", *["Accountant"] * 4),
    )


Of = Callable[[Firm, str], Figure]


@pytest.fixture
def figure(month: str) -> Of:
    return lambda firm, key: diagnose(firm, month).figure(key)


def test_every_figure_is_there_with_its_definition(small: Firm, month: str) -> None:
    found = diagnose(small, month)
    assert [each.id for each in found.figures] == list(DEFINITIONS)
    for each in found.figures:
        assert each.definition.count(" ") > 10
        assert each.source
        assert (each.value is None) == bool(each.withheld)
        assert all(len(row) == len(each.columns) for row in each.rows)
    assert (found.month, found.people, found.firm) == (month, 17, 0)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("camps_told", 1),
        ("technology_part", Fraction(7, 17)),
        ("it_boxes", 1),
        ("inside_boxes", Fraction(11, 13)),  # 5.5 of 6.5
        ("dilution", Fraction(2, 13)),
        ("liaisons", 1),
        ("one_camp_units", 1),  # finance; the others are mixed
    ],
)
def test_a_figure_equals_a_count_by_hand(
    small: Firm, figure: Of, key: str, value: float
) -> None:
    assert figure(small, key).value == pytest.approx(float(value), abs=1e-4)


def test_the_spread_over_units_equals_its_formula(small: Firm, figure: Of) -> None:
    s = [Fraction(11, 13), Fraction(2, 13), Fraction(0)]
    h = [Fraction(6, 17), Fraction(6, 17), Fraction(5, 17)]
    uneven = sum(a * (a - b) / b for a, b in zip(s, h, strict=True))
    one_unit = sum(a * (1 - b) / b for a, b in zip(s, h, strict=True))
    found = figure(small, "spread_units")
    assert found.value == pytest.approx(float(1 - uneven / one_unit), abs=1e-4)
    assert found.note == "Counted in people."
    it = next(
        row for row in found.rows if isinstance(row[0], Link) and row[0].id == "it"
    )
    assert it[1:] == (6, 5.5)


def test_the_rows_of_a_box_name_it_and_say_why(small: Firm, figure: Of) -> None:
    (row,) = figure(small, "it_boxes").rows
    assert row[0] == Link(table="units", id="it", title="it")
    assert row[1:5] == (6, 5.5, 0.917, 0.846)
    assert "5 of 6" in str(row[5]) or "6 of 6" in str(row[5])


def test_a_liaison_is_named_with_the_word_and_the_tie(small: Firm, figure: Of) -> None:
    (row,) = figure(small, "liaisons").rows
    assert row == (
        Link(table="people", id="it-5"),
        "IT Business Partner",
        "business partner",
        'the title says "it"',
    )


def test_a_liaison_by_unit_or_by_manager_but_not_of_another_field(
    small: Firm, figure: Of
) -> None:
    more = [
        Person(id="x1", title="Business Partner", unit="it"),
        Person(id="x2", title="Demand Manager", unit="finance", manager="it-0"),
        Person(id="x3", title="Demand Manager", unit="finance", manager="finance-0"),
        Person(id="x4", title="HR Business Partner", unit="it"),
        Person(id="x5", title="Customer Relationship Manager", manager="it-0"),
    ]
    rows = figure(change(small, map(put, more)), "liaisons").rows
    assert [(row[0].id, row[3]) for row in rows if isinstance(row[0], Link)] == [
        ("it-5", 'the title says "it"'),
        ("x1", "sits in it"),
        ("x2", "reports to somebody in technology"),
    ]


def test_a_pure_partnership_firm_is_at_one_end(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    firm = firm_of(
        crowd("it", *["Software Engineer"] * 8), crowd("sales", *["Accountant"] * 9)
    )
    found = diagnose(firm, month)
    ends = ("spread_units", "dilution", "inside_boxes", "schism", "one_camp_units")
    assert [found.figure(key).value for key in ends] == [0, 0, 1, 1, 2]


def test_a_woven_firm_is_at_the_other_end(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    mixed = ["Software Engineer", "Accountant"] * 5
    firm = firm_of(*(crowd(key, *mixed) for key in "abcdef"))
    found = diagnose(firm, month)
    ends = ("spread_units", "dilution", "inside_boxes", "it_boxes", "one_camp_units")
    assert [found.figure(key).value for key in ends] == [1, 1, 0, 0, 0]
    assert found.figure("schism").value == pytest.approx(-1 / 9, abs=1e-4)


def test_seats_tell_who_sits_together_where_there_are_missions(
    crowd: Crowd, firm_of: FirmOf
) -> None:
    """Two silos on the chart, woven by the missions they sit in."""
    units = [
        *crowd("it", *["Software Engineer"] * 6),
        *crowd("sales", *["Account Manager"] * 6),
    ]
    missions = [Mission(id=key, title=key) for key in ("m1", "m2")]
    seats = [
        Seat(person=f"{unit}-{n}", mission=f"m{1 + n % 2}", start=start, end=end)
        for unit in ("it", "sales")
        for n in range(6)
        for start, end in [("2026-11", "2026-12")]
    ]
    firm = firm_of(units, missions, seats)
    now, before = diagnose(firm, "2026-12"), diagnose(firm, "2026-10")
    assert now.figure("spread_missions").value == 1
    assert before.figure("spread_missions").value is None
    assert before.figure("schism").value == 1
    assert now.figure("schism").value == pytest.approx(-1 / 5, abs=1e-4)
    assert now.figure("one_camp_missions").value == 0
    assert now.figure("spread_units").value == 0


def test_a_mission_of_one_camp_is_found(
    crowd: Crowd, firm_of: FirmOf, figure: Of
) -> None:
    firm = firm_of(
        crowd("core", *["Software Engineer"] * 5, mission=True, title="Core"),
        crowd("pay", *["Accountant", "Data Engineer"] * 3, mission=True),
        crowd("four", *["Accountant"] * 4, mission=True),
    )
    found = figure(firm, "one_camp_missions")
    assert found.rows == (
        (Link(table="missions", id="core", title="Core"), "technology", 5),
    )


def test_claims_are_what_is_spread_where_enough_have_some(
    crowd: Crowd, firm_of: FirmOf, figure: Of
) -> None:
    firm = firm_of(
        crowd("a", *["Software Engineer"] * 5),
        crowd("b", *["Accountant"] * 5),
        Skill(id="sql", title="SQL", discipline="data"),
        Skill(id="r", title="R", discipline="data"),
        Skill(id="tax", title="Tax", discipline="finance"),
        [Claim(person=f"a-{n}", skill="sql", level=3, seen=DAY) for n in range(4)],
        [Claim(person=f"b-{n}", skill="sql", level=3, seen=DAY) for n in range(4)],
        [Claim(person=f"a-{n}", skill="r", level=2, seen=DAY) for n in range(4)],
        [Claim(person=f"b-{n}", skill="tax", level=5, seen=DAY) for n in range(4)],
    )
    found = figure(firm, "spread_units")
    assert (found.value, found.note) == (1, "Counted in claims.")


# Assets, spans, skills


def test_assets_without_owner_or_with_one_keeper(small: Firm, figure: Of) -> None:
    assets = [
        Asset(id="a1", title="A1", keepers=("it-1",)),
        Asset(id="a2", title="A2", unit="it", keepers=("it-1", "it-2")),
        Asset(id="a3", title="A3", mission="gone"),
        Asset(id="a4", title="A4", unit="it", keepers=("it-3", "it-3")),
    ]
    firm = change(small, map(put, assets))
    unowned, single = (
        figure(firm, "assets_without_owner"),
        figure(firm, "assets_one_keeper"),
    )
    assert [row[0].id for row in unowned.rows if isinstance(row[0], Link)] == [
        "a1",
        "a3",
    ]
    assert single.rows == (
        (
            Link(table="assets", id="a1", title="A1"),
            "service",
            Link(table="people", id="it-1"),
        ),
        (
            Link(table="assets", id="a4", title="A4"),
            "service",
            Link(table="people", id="it-3"),
        ),
    )
    assert single.note == "1 asset more without any keeper on record."
    assert diagnose(firm, "2026-11").figure("assets_one_keeper").value == 2


def led(*widths: int) -> list[Record]:
    """Give managers with as many reports as told."""
    return [
        person
        for number, width in enumerate(widths)
        for person in (
            Person(id=f"m{number}"),
            *(Person(id=f"m{number}-{n}", manager=f"m{number}") for n in range(width)),
        )
    ]


def test_spans_are_counted_in_rows_of_five_managers_or_more(
    firm_of: FirmOf, figure: Of
) -> None:
    firm = firm_of(led(*[2] * 6, *[5] * 5, 8, 8, 11, 40))
    assert (figure(firm, "span").value, figure(firm, "widest_span").value) == (5, 40)
    assert figure(firm, "span").rows == (("1 to 3", 6), ("4 to 40", 9))


def test_a_narrow_row_joins_the_next(firm_of: FirmOf, figure: Of) -> None:
    firm = firm_of(led(1, 1, *[5] * 6))
    assert figure(firm, "span").rows == (("1 to 5", 8),)


def test_of_four_managers_no_span_is_shown(firm_of: FirmOf, figure: Of) -> None:
    found = figure(firm_of(led(3, 3, 3, 9)), "widest_span")
    assert (found.value, found.withheld) == (
        None,
        "Fewer than five managers are on record.",
    )


def test_a_skill_on_one_person_is_found_with_who_learns_it(
    small: Firm, figure: Of
) -> None:
    def claim(person: str, skill: str, level: int) -> Claim:
        return Claim(person=person, skill=skill, level=level, seen=DAY)

    skills = [
        Skill(id=key, title=key, discipline="data") for key in ("r", "s", "t", "u")
    ]
    claims = [
        *(claim("it-1", "r", 3), claim("it-2", "r", 2), claim("it-3", "r", 1)),
        *(claim("it-1", "s", 3), claim("it-2", "s", 5)),
        *(claim("it-1", "t", 2), claim("gone", "t", 5)),
    ]
    found = figure(change(small, map(put, [*skills, *claims])), "skills_on_one")
    assert found.rows == (
        (
            Link(table="skills", id="r", title="r"),
            "data",
            Link(table="people", id="it-1"),
            2,
        ),
    )
    assert found.note == "2 skills more with nobody at level 3 or higher."


# What is never shown


@pytest.mark.slow
@given(
    sizes=st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=6
    ),
    with_missions=st.booleans(),
)
def test_nothing_counted_over_fewer_than_five_is_shown(
    firm_of: FirmOf,
    crowd: Crowd,
    month: str,
    sizes: list[tuple[int, int]],
    with_missions: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    firm = firm_of(
        *(
            crowd(
                f"u{n}",
                *["Software Engineer"] * a,
                *["Accountant"] * b,
                mission=with_missions and n % 2 > 0,
            )
            for n, (a, b) in enumerate(sizes)
        )
    )
    found = diagnose(firm, month)
    for each in found.figures:
        for column, of in enumerate(each.columns):
            if of.unit == "people" and of.title in {"People", "Managers"}:
                shown = [row[column] for row in each.rows]
                assert all(not n or (isinstance(n, int) and n >= FEWEST) for n in shown)
        if each.unit in {"share", "index"} and sum(map(sum, sizes)) < FEWEST:
            assert each.value is None


def test_people_stand_in_the_order_of_their_ids(small: Firm, month: str) -> None:
    more = [Asset(id=f"a{n}", title="A", keepers=(f"sales-{n}",)) for n in range(5)]
    for each in diagnose(change(small, map(put, more)), month).figures:
        links = [c for row in each.rows for c in row if isinstance(c, Link)]
        people = [to.id for to in links if to.table == "people"]
        assert people == sorted(people)


def test_a_single_small_part_cannot_be_told_from_the_rest(
    crowd: Crowd, firm_of: FirmOf, figure: Of
) -> None:
    jobs = [*["Accountant"] * 9, *["Software Engineer"] * 6, "Product Manager"]
    found = figure(firm_of(crowd("u", *jobs)), "technology_part")
    assert found.rows == (
        ("no technology", 9),
        ("part technology", None),
        ("all technology", None),
    )


# Any firm


def test_a_firm_of_nothing_has_every_figure_and_no_value(
    firm_of: FirmOf, month: str
) -> None:
    found = diagnose(firm_of(), month)
    told = {each.id: each.value for each in found.figures if each.value is not None}
    assert told == {"liaisons": 0}
    assert found.boxes == ()


def test_people_without_anything_are_no_fault(firm_of: FirmOf, month: str) -> None:
    firm = firm_of([Person(id=f"p{n}") for n in range(9)], Unit(id="u", title="U"))
    found = diagnose(firm, month)
    assert found.figure("camps_told").value == 0
    assert found.figure("dilution").withheld


def test_it_can_be_sent_and_read_again(small: Firm, month: str) -> None:
    found = diagnose(small, month)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Diagnosis) == found


def test_it_is_kept_for_the_same_tables(small: Firm, month: str) -> None:
    assert diagnose(small, month).figures is diagnose(small, month).figures
    later = change(small, [put(Unit(id="new", title="New"))])
    assert diagnose(later, month).figures is not diagnose(small, month).figures


@pytest.mark.data
def test_the_real_firm_month_by_month(
    shared_data: Path, real_firm: Callable[[Path], Firm]
) -> None:
    folder = shared_data / "sourcegraph-org"
    for month in ("2022-03", "2022-06", "2022-12", "2024-06"):
        firm = real_firm(folder / f"org-{month}.json")
        found = diagnose(firm, month)
        spans = Counter(p.manager for p in firm.people.values() if p.manager)
        assert found.figure("widest_span").value == max(spans.values())
        assert found.figure("span").value == median(spans.values())
        told = found.figure("camps_told").value
        assert told is not None
        assert told > 0.95
        schism = found.figure("schism").value
        assert schism is not None
        assert 0.4 < schism < 0.9
