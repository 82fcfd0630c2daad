"""The weave, counted by hand; its order, its zooms, and its two extremes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.knowledge import Crossing, Weave, people_at, weave
from weft.errors import InputError, UnknownName

FirmOf = Callable[..., Firm]
Crowd = Callable[..., list[Record]]
DAY = date(2026, 1, 1)
SKILLS = [
    Skill(id="sql", title="SQL", discipline="data"),
    Skill(id="charts", title="Charts", discipline="data"),
    Skill(id="tax", title="Tax", discipline="finance"),
]


def claim(person: str, skill: str, level: int) -> Claim:
    return Claim(person=person, skill=skill, level=level, seen=DAY)


def crossing(picture: Weave, row: str, column: str) -> Crossing | None:
    """Give a crossing by the ids of its ends."""
    for each in picture.crossings:
        ends = picture.rows[each.row].id, picture.columns[each.column].id
        if ends == (row, column):
            return each
    return None


def ids(threads: tuple[Record, ...]) -> list[str]:
    return [thread.key for thread in threads]


@pytest.fixture
def small(crowd: Crowd, firm_of: FirmOf) -> Firm:
    """Three units below one top, and the top's own head."""
    return firm_of(
        crowd("firm", "CEO"),
        crowd("it", *["Data Engineer"] * 5, "Security Engineer", parent="firm"),
        crowd("sales", *["Account Manager"] * 3, parent="firm"),
        crowd("books", "Accountant", "Product Manager", parent="firm"),
        crowd("east", "Account Manager", parent="sales"),
    )


def test_the_highest_units_that_divide_the_firm_are_the_columns(
    small: Firm, month: str
) -> None:
    found = weave(small, month)
    assert set(ids(found.columns)) == {"firm", "it", "sales", "books"}
    by_id = {column.id: column for column in found.columns}
    assert by_id["sales"].people == 4  # with the unit below
    assert (by_id["sales"].opens, by_id["it"].opens) == (True, False)
    assert (by_id["firm"].itself, by_id["firm"].people) == (True, 1)
    assert (by_id["it"].technology, by_id["sales"].technology) == (1, None)
    assert (found.by_role, found.by_claims, found.unplaced) == (13, 0, 0)


def test_crossings_count_who_knows_it_where(small: Firm, month: str) -> None:
    found = weave(small, month)
    data = crossing(found, "data", "it")
    assert data is not None
    assert (data.holders, data.learners, data.depth, data.fte) == (5, 0, 3, 5.0)
    assert data.share == round(5 / 6, 4)
    alone = crossing(found, "security", "it")
    assert alone is not None
    assert (alone.holders, alone.depth, alone.fte) == (1, 1, None)
    assert crossing(found, "data", "sales") is None


def test_a_role_of_two_parts_stands_in_two_rows(small: Firm, month: str) -> None:
    found = weave(small, month)
    assert crossing(found, "product", "books") is not None
    assert crossing(found, "delivery", "books") is not None


def test_rows_tell_how_widely_and_how_often_it_hangs_on_one(
    small: Firm, month: str
) -> None:
    rows = {row.id: row for row in weave(small, month).rows}
    assert (rows["sales"].holders, rows["sales"].columns, rows["sales"].alone) == (
        4,
        1,
        0,
    )
    assert (rows["finance"].holders, rows["finance"].alone) == (1, 1)


def test_business_rows_stand_above_technology_rows(small: Firm, month: str) -> None:
    camps = [row.camp for row in weave(small, month).rows]
    assert camps == sorted(camps)
    assert set(camps) == {"business", "technology"}


def test_the_columns_lean_to_technology_from_left_to_right(
    small: Firm, month: str
) -> None:
    assert weave(small, month).columns[-1].id == "it"


def test_a_discipline_of_the_firm_is_a_row_even_if_nobody_has_it(
    small: Firm, month: str
) -> None:
    ours = Discipline(id="quantum", title="Quantum", camp="technology")
    row = next(
        r for r in weave(change(small, [put(ours)]), month).rows if r.id == "quantum"
    )
    assert (row.title, row.camp, row.holders, row.columns) == (
        "Quantum",
        "technology",
        0,
        0,
    )


def test_claims_come_in_the_place_of_the_role(small: Firm, month: str) -> None:
    claims = [claim("sales-0", "sql", 3), claim("sales-1", "sql", 2)]
    found = weave(change(small, map(put, [*SKILLS, *claims])), month)
    data = crossing(found, "data", "sales")
    assert data is not None
    assert (data.holders, data.learners, data.depth) == (1, 1, 1)
    selling = crossing(found, "sales", "sales")
    assert selling is not None
    assert selling.holders == 2  # two of four, the others claim something else
    assert (found.by_claims, found.by_role) == (2, 11)


def test_who_knows_one_skill_of_a_discipline_is_no_learner_of_it(
    small: Firm, month: str
) -> None:
    claims = [claim("sales-0", "sql", 3), claim("sales-0", "charts", 1)]
    firm = change(small, map(put, [*SKILLS, *claims]))
    data = crossing(weave(firm, month), "data", "sales")
    assert data is not None
    assert (data.holders, data.learners) == (1, 0)


def test_learners_alone_are_no_depth(small: Firm, month: str) -> None:
    firm = change(small, map(put, [*SKILLS, claim("sales-0", "sql", 1)]))
    data = crossing(weave(firm, month), "data", "sales")
    assert data is not None
    assert (data.holders, data.learners, data.depth) == (0, 1, 0)


def test_a_discipline_opens_into_its_skills(small: Firm, month: str) -> None:
    claims = [
        *(claim("it-0", "sql", 4), claim("it-1", "sql", 3), claim("it-2", "sql", 2)),
        claim("books-0", "tax", 5),
    ]
    firm = change(small, map(put, [*SKILLS, *claims]))
    assert next(row for row in weave(firm, month).rows if row.id == "data").opens
    found = weave(firm, month, discipline="data")
    assert sorted(ids(found.rows)) == ["charts", "sql"]
    assert {row.table for row in found.rows} == {"skills"}
    sql = crossing(found, "sql", "it")
    assert sql is not None
    assert (sql.holders, sql.learners, sql.depth) == (2, 1, 2)
    assert len(found.crossings) == 1


def test_a_unit_opens_into_what_is_in_it(small: Firm, month: str) -> None:
    found = weave(small, month, unit="sales")
    assert {(c.id, c.people, c.itself) for c in found.columns} == {
        ("east", 1, False),
        ("sales", 3, True),
    }
    assert found.unplaced == 9
    leaf = weave(small, month, unit="east")
    assert [(c.id, c.people) for c in leaf.columns] == [("east", 1)]


def test_the_people_behind_a_crossing_can_be_had(small: Firm, month: str) -> None:
    claims = [claim("it-0", "sql", 4), claim("it-2", "sql", 2)]
    firm = change(small, map(put, [*SKILLS, *claims]))
    found = people_at(firm, month, row="data", column="it")
    assert found.holders == ("it-0", "it-1", "it-3", "it-4")
    assert found.learners == ("it-2",)
    found = people_at(firm, month, row="sql", column="it", discipline="data")
    assert (found.holders, found.learners) == (("it-0",), ("it-2",))
    assert people_at(firm, month, row="data", column="gone").holders == ()
    found = people_at(firm, month, row="sales", column="east", unit="sales")
    assert found.holders == ("east-0",)


def test_seats_place_people_in_missions_with_their_share(
    small: Firm, month: str
) -> None:
    seats = [
        *(
            Seat(person=f"it-{n}", mission="pay", share=50, start="2026-01")
            for n in range(5)
        ),
        Seat(person="it-0", mission="lend", share=50, start="2026-01"),
        Seat(person="sales-0", mission="pay", start="2026-01", end="2026-10"),
    ]
    missions = [Mission(id=key, title=key) for key in ("pay", "lend", "empty")]
    firm = change(small, map(put, [*missions, *seats]))
    found = weave(firm, month, "missions")
    assert found.columns[-1].id == "empty"
    data = crossing(found, "data", "pay")
    assert data is not None
    assert (data.holders, data.fte) == (5, 2.5)
    assert crossing(found, "data", "lend") is not None
    assert crossing(found, "sales", "pay") is None
    assert found.unplaced == 13 - 5
    assert people_at(
        firm, month, row="data", column="lend", across="missions"
    ).holders == ("it-0",)


def test_a_partnership_firm_is_a_block_and_a_pervasive_one_is_woven(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    engineers, clerks = ["Software Engineer"] * 12, ["Accountant"] * 12
    block = weave(
        firm_of(crowd("it", *engineers), crowd("a", *clerks), crowd("b", *clerks)),
        month,
    )
    woven = weave(
        firm_of(*(crowd(key, *engineers[:4], *clerks[:8]) for key in "abc")), month
    )
    assert (block.spread, woven.spread) == (0, 1)
    assert [row.columns for row in block.rows] == [2, 1]
    assert [row.columns for row in woven.rows] == [3, 3]


def test_columns_that_are_alike_stand_together(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    jobs = {"x": "Accountant", "y": "Recruiter", "z": "Account Manager"}
    firm = firm_of(*(crowd(f"{n}{k}", *[jobs[k]] * 4) for n in range(4) for k in jobs))
    order = [column.id[1] for column in weave(firm, month).columns]
    changes = sum(a != b for a, b in pairwise(order))
    assert changes == 2


def test_an_unknown_word_is_refused_with_what_would_do(small: Firm, month: str) -> None:
    with pytest.raises(InputError, match="not across 'people'"):
        weave(small, month, "people")
    with pytest.raises(UnknownName) as unit:
        weave(small, month, unit="sale")
    assert unit.value.do == "Did you mean sales?"
    with pytest.raises(UnknownName, match="no discipline called 'dat'"):
        weave(small, month, discipline="dat")


@pytest.mark.parametrize("across", ["units", "missions"])
def test_a_firm_of_nothing_gives_an_empty_picture(
    firm_of: FirmOf, month: str, across: str
) -> None:
    found = weave(firm_of(), month, across)
    assert (found.columns, found.rows, found.crossings, found.spread) == (
        (),
        (),
        (),
        None,
    )


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.sampled_from(["Data Engineer", "Accountant", "Buyer", ""]),
        ),
        max_size=30,
    )
)
def test_nobody_is_lost_or_counted_twice(
    firm_of: FirmOf, month: str, people: list[tuple[int, str]]
) -> None:
    """The holders of a row add up over the columns, as everybody sits in one."""
    units = [Unit(id=f"u{n}", title="U", parent="u0" if n else None) for n in range(5)]
    crowd = [
        Person(id=f"p{n}", title=title, unit=f"u{unit}")
        for n, (unit, title) in enumerate(people)
    ]
    found = weave(firm_of(units, crowd), month)
    placed = [title for unit, title in people if unit < 5]
    assert sum(column.people for column in found.columns) == len(placed)
    assert found.unplaced == len(people) - len(placed)
    for at, row in enumerate(found.rows):
        across = sum(c.holders for c in found.crossings if c.row == at)
        assert across == row.holders
    title = {"data": "Data Engineer", "finance": "Accountant", "purchasing": "Buyer"}
    for row in found.rows:
        assert row.holders == placed.count(title[row.id])


def test_it_can_be_sent_and_read_again(small: Firm, month: str) -> None:
    found = weave(small, month)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Weave) == found


def test_three_hundred_missions_make_a_picture_too(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    jobs = ["Accountant", "Software Engineer", "Recruiter", "Data Engineer"]
    firm = firm_of(
        *(crowd(f"m{n}", jobs[n % 4], jobs[n % 3], mission=True) for n in range(300))
    )
    found = weave(firm, month, "missions")
    assert len(set(ids(found.columns))) == 300
    assert found.columns[0].technology is None


def test_a_word_of_wefts_own_stands_only_where_somebody_is_in_it(
    small: Firm, month: str
) -> None:
    """The head of the firm sits outside the unit that is looked into."""
    rows = ids(weave(small, month, unit="sales").rows)
    assert "management" not in rows
    assert "management" in ids(weave(small, month).rows)
