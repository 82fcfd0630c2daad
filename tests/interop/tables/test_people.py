"""People in a table, and in a later one: the same firm a month on."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from weft.core.entries import put
from weft.core.firm import change
from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import About, Person, Profile, Unit
from weft.core.records import show
from weft.core.roles import Role
from weft.errors import InputError

DAY = date(2026, 11, 21)
LATER = date(2026, 12, 21)

Begun = Any  # the class that conftest gives
FIRST = """\
Name,Unit,Title,Manager,Email
Ada Lovelace,Board,Chief,,ada@x.org
Alan Turing,Cards,Lead,Ada Lovelace,alan@x.org
Grace Hopper,Cards,Engineer,alan@x.org,grace@x.org
Tony Hoare,Loans,Engineer,"Turing, Alan",tony@x.org
"""
SECOND = """\
Name,Unit,Title,Manager,Email
Ada Lovelace,Board,Chief,,ada@x.org
Alan Turing,Cards,Head,Ada Lovelace,alan@x.org
Grace Brewster,Loans,Engineer,Ada Lovelace,grace@x.org
Barbara Liskov,Loans,Engineer,Alan Turing,barbara@x.org
"""


def test_a_table_becomes_a_firm(begun: Begun) -> None:
    staff = begun()
    understood = staff.take(FIRST)
    assert set(staff.firm.people) == {"p0001", "p0002", "p0003", "p0004"}
    assert {unit.title for unit in staff.firm.units.values()} == {
        "Board",
        "Cards",
        "Loans",
    }
    assert staff.person("Grace Hopper") == Person(
        id="p0003", unit="cards", title="Engineer", manager="p0002"
    )
    assert staff.person("Tony Hoare").manager == "p0002"
    assert staff.profiles["p0001"] == Profile(
        id="p0001", name="Ada Lovelace", email="ada@x.org"
    )
    assert understood.unread == ""
    assert begun.told(understood, "lost", "guess", "joined") == []


def test_only_names_and_units_are_needed(begun: Begun) -> None:
    staff = begun()
    staff.take("Name,Unit\nAda Lovelace,Board\n")
    assert staff.person("Ada Lovelace").unit == "board"
    with pytest.raises(InputError, match="holds the units, nor their managers"):
        staff.take("Name,Age\nAda Lovelace,36\n")
    with pytest.raises(InputError, match="holds the names"):
        staff.take("Unit,Age\nBoard,36\n")


def test_a_later_table_gives_joiners_leavers_and_movers_of_the_same_firm(
    begun: Begun,
) -> None:
    staff = begun()
    staff.take(FIRST)
    before = staff.firm
    understood = staff.take(SECOND, on=LATER)
    assert set(staff.firm.people) - set(before.people) == {"p0005"}
    assert set(before.people) - set(staff.firm.people) == {"p0004"}
    grace = staff.person("Grace Brewster")
    assert (grace.id, grace.unit, grace.manager) == ("p0003", "loans", "p0001")
    assert staff.person("Alan Turing").title == "Head"
    assert {(c.kind, c.key) for c in understood.changes} == {
        ("people", "p0002"),
        ("people", "p0003"),
        ("people", "p0004"),
        ("people", "p0005"),
    }
    assert [p.id for p in understood.profiles] == ["p0003", "p0005"]
    assert (0, "1 of 4 people are not in the table.") in [
        (row, what) for row, what, _ in begun.told(understood, "note")
    ]


def test_the_same_table_again_changes_nothing(begun: Begun) -> None:
    staff = begun()
    staff.take(FIRST)
    understood = staff.take(FIRST, on=LATER)
    assert (understood.changes, understood.profiles) == ((), ())


def test_a_part_of_the_staff_lets_the_others_stay(begun: Begun) -> None:
    staff = begun()
    staff.take(FIRST)
    row = "Kurt Goedel,Cards,Clerk,Alan Turing,kurt@x.org"
    understood = staff.take(f"Name,Unit,Title,Manager,Email\n{row}\n", partial=True)
    assert len(staff.firm.people) == 5
    assert staff.person("Kurt Goedel").manager == "p0002"
    assert [d for _, _, d in begun.told(understood, "note")] == [
        "They stay, as the table is a part."
    ]


def test_a_table_without_most_of_the_firm_raises_a_doubt(begun: Begun) -> None:
    staff = begun()
    staff.take(FIRST)
    understood = staff.take("Name,Unit,Email\nAda Lovelace,Board,ada@x.org\n")
    [(_, what, done)] = [t for t in begun.told(understood, "guess") if "people" in t[1]]
    assert what == "3 of 4 people are not in the table."
    assert "import it as a part" in done


def test_names_and_addresses_stay_out_of_the_records(begun: Begun) -> None:
    staff = begun()
    understood = staff.take(FIRST)
    kept = "".join(show(c.record) for c in understood.changes if c.record).casefold()
    for name in ("ada", "lovelace", "turing", "hopper", "x.org"):
        assert name not in kept


@pytest.mark.parametrize(
    ("login", "kept"), [("alovelace", ""), ("a.lovelace", ""), ("4711", "4711")]
)
def test_an_id_made_of_a_name_is_not_kept(begun: Begun, login: str, kept: str) -> None:
    staff = begun()
    text = f"ID,Name,Unit\n{login},Ada Lovelace,Board\n"
    understood = staff.take(text)
    assert staff.person("Ada Lovelace").source_id == kept
    lost = [what for _, what, _ in begun.told(understood, "lost")]
    assert lost == ([] if kept else ["The ids in 'ID' are made of names."])
    staff.take(text.replace("Board", "Research"), on=LATER)
    assert set(staff.firm.people) == {"p0001"}


def test_people_are_known_again_by_id_before_all_else(begun: Begun) -> None:
    staff = begun()
    staff.take("ID,Name,Unit,Email\n7,Ada King,A,a@x.org\n8,Bo Li,A,b@x.org\n")
    staff.take("ID,Name,Unit,Email\n8,Ada King,A,a@x.org\n7,Bo Li,A,b@x.org\n")
    assert staff.firm.people["p0001"].source_id == "7"
    assert staff.profiles["p0001"].name == "Bo Li"


def test_ids_that_come_later_are_tied_to_the_people_known_by_name(begun: Begun) -> None:
    staff = begun()
    staff.take("Name,Unit\nAda King,A\nBo Li,A\n")
    staff.take("ID,Name,Unit\n8,Bo Li,A\n7,Ada King,A\n", on=LATER)
    assert {p.id: p.source_id for p in staff.firm.people.values()} == {
        "p0001": "7",
        "p0002": "8",
    }


def test_of_two_with_one_name_the_unit_decides_and_that_is_told(begun: Begun) -> None:
    staff = begun()
    staff.take("ID,Name,Unit\n1,Jo Doe,A\n2,Jo Doe,B\n")
    understood = staff.take("Name,Unit,Title\nJo Doe,B,Clerk\n", partial=True)
    assert staff.firm.people["p0002"].title == "Clerk"
    assert begun.told(understood, "guess") == [
        (
            2,
            "2 people of the firm have the name in this row.",
            "Known again by the unit.",
        )
    ]


def test_numbers_of_people_are_never_given_twice(begun: Begun) -> None:
    staff = begun(Person(id="p0007"), Person(id="jane"))
    staff.profiles["p0009"] = Profile(id="p0009", name="Left Long-Ago")
    staff.take("Name,Unit\nAda King,A\n", partial=True, taken=["p0011", "x"])
    assert staff.person("Ada King").id == "p0012"


def test_a_second_row_of_somebody_is_a_further_post(begun: Begun) -> None:
    staff = begun()
    text = (
        "ID,Name,Unit,Title,Manager\n1,Ada King,Board,Chief,\n2,Bo Li,A,Lead,1\n"
        "2,Bo Li,B,Interim,1\n2,Bo Li,A,Lead,1\n"
    )
    understood = staff.take(text)
    [post] = staff.person("Bo Li").posts
    assert (post.title, post.unit, post.manager) == ("Interim", "b", "p0001")
    assert begun.told(understood, "joined") == [
        (4, "The person of row 3 again.", "Taken as a further post."),
        (5, "The person of row 3 again.", "Put together with that row."),
    ]
    staff.take(text.replace("2,Bo Li,B,Interim,1\n", ""), on=LATER)
    assert staff.person("Bo Li").posts == ()


def test_one_address_beside_two_names_is_two_people(begun: Begun) -> None:
    staff = begun()
    understood = staff.take("Name,Unit,Email\nAda King,A,desk@x\nBo Li,A,desk@x\n")
    assert len(staff.firm.people) == 2
    assert begun.told(understood, "guess") == [
        (3, "The email 'desk@x' stands beside two names.", "Taken as two people.")
    ]


def test_managers_in_a_circle_are_parted_and_told(begun: Begun) -> None:
    staff = begun()
    text = "Name,Unit,Manager\nA A,X,C C\nB B,X,A A\nC C,X,B B\nD D,X,D D\nE E,X,Who\n"
    understood = staff.take(text)
    managers = [staff.person(f"{n} {n}").manager for n in "ABCDE"]
    assert managers == [None, "p0001", "p0002", None, None]
    assert [(row, what) for row, what, _ in begun.told(understood, "lost")] == [
        (5, "Somebody reports to themselves, or to a post of their own."),
        (6, "The manager 'Who' is not in the table, or not alone so called."),
        (2, "3 people report to each other in a circle."),
    ]


def test_units_lie_in_units_and_keep_what_others_gave_them(begun: Begun) -> None:
    staff = begun(Unit(id="old-it", title="IT", head=None, cost_centre="9"))
    head = "Name,Division,Department,Cost centre"
    staff.take(f"{head}\nA A,IT,Ops,1\nB B,IT,Ops,1\nC C,IT,Java,2\nD D,HR,Pay,3\n")
    units = staff.firm.units
    assert {u.id: (u.parent, u.cost_centre) for u in units.values()} == {
        "old-it": (None, "9"),
        "ops": ("old-it", "1"),
        "java": ("old-it", "2"),
        "hr": (None, ""),
        "pay": ("hr", "3"),
    }


def test_a_unit_that_nobody_is_in_any_more_goes_unless_it_is_needed(
    begun: Begun,
) -> None:
    staff = begun()
    staff.take("Name,Unit\nA A,Cards\nB B,Loans\nC C,Post\n")
    taken_in = Mission(id="m", title="M", from_units=("post",))
    staff.firm = change(staff.firm, [put(taken_in)])
    understood = staff.take("Name,Unit\nA A,Cards\nB B,Cards\nC C,Cards\n", on=LATER)
    assert set(staff.firm.units) == {"cards", "post"}
    assert (0, "Nobody is in 1 units any more: loans.", "They go.") in begun.told(
        understood, "note"
    )


TREE = "Name,Manager,Title\n" + "".join(
    f"{name} {name},{manager},{title}\n"
    for name, manager, title in [
        ("Top", "", "Chief"),
        ("Eng", "Top Top", "VP Engineering"),
        ("Dev", "Eng Eng", "Developer"),
        ("Jun", "Dev Dev", "Junior"),
        ("Law", "Top Top", "VP Law"),
        ("Cle", "Law Law", "Clerk"),
        ("Ass", "Top Top", "Assistant"),
        ("Out", "", "Adviser"),
    ]
)


def test_units_are_taken_from_the_reporting_lines(begun: Begun) -> None:
    staff = begun(About(id="firm", title="Acme"))
    understood = staff.take(TREE)
    units = {staff.profiles[p.id].name[:3]: p.unit for p in staff.firm.people.values()}
    assert units == {
        **dict.fromkeys(["Top", "Ass"], "acme"),
        **dict.fromkeys(["Eng", "Dev", "Jun"], "vp-engineering"),
        **dict.fromkeys(["Law", "Cle"], "vp-law"),
        "Out": None,
    }
    engineering = staff.firm.units["vp-engineering"]
    assert (engineering.head, engineering.parent) == (staff.id("Eng Eng"), "acme")
    assert (
        0,
        "No column holds the units.",
        "Taken from the reporting lines: 2 branches below the top.",
    ) in begun.told(understood, "guess")


def test_a_branch_is_known_again_by_its_head_or_by_the_title(begun: Begun) -> None:
    staff = begun(About(id="firm", title="Acme"))
    staff.take(TREE)
    renamed = TREE.replace("VP Engineering", "CTO")
    staff.take(renamed.replace("Law Law", "Lex Lex"), on=LATER)
    assert staff.firm.units["vp-engineering"].title == "CTO"
    assert staff.firm.units["vp-law"].head == staff.id("Lex Lex")
    assert set(staff.firm.units) == {"acme", "vp-engineering", "vp-law"}


def test_employers_become_partners_and_the_firm_is_none(begun: Begun) -> None:
    staff = begun(About(id="acme", title="Acme Bank"))
    rows = "A A,X,ACME Bank\nB B,X,Softhaus\nC C,X,intern\nD D,X,softhaus\n"
    staff.take(f"Name,Unit,Employer\n{rows}")
    partners = [staff.person(f"{n} {n}").partner for n in "ABCD"]
    assert partners == [None, "softhaus", None, "softhaus"]
    understood = begun().take("Name,Unit,Employer\nA A,X,We\nB B,X,We\nC C,X,Ext\n")
    assert (
        0,
        "'We' employs 2 of 3 people.",
        "Taken for the firm itself.",
    ) in begun.told(understood, "guess")


def test_skills_become_claims(begun: Begun) -> None:
    staff = begun()
    text = 'Name,Unit,Skills\nA A,X,"Java; SQL - expert, C++ (4), Java 8; Origami: 2"\n'
    understood = staff.take(text)
    claims = {c.skill: c.level for c in staff.firm.claims.values()}
    assert claims == {"java": 3, "sql": 5, "c": 4, "java-8": 3, "origami": 2}
    assert {c.evidence for c in staff.firm.claims.values()} == {"self"}
    assert {c.seen for c in staff.firm.claims.values()} == {DAY}
    disciplines = {s.id: s.discipline for s in staff.firm.skills.values()}
    assert disciplines["java"] == "engineering"
    assert disciplines["origami"] == "unsorted"
    assert (
        0,
        "The skill 'Origami' is new.",
        "Sorted under 'Not sorted yet'.",
    ) in begun.told(understood, "guess")
    before = staff.firm
    staff.take(text.replace("SQL - expert", "sql - basic"), on=LATER)
    [changed] = [c for key, c in staff.firm.claims.items() if before.claims[key] != c]
    assert (changed.skill, changed.level, changed.seen) == ("sql", 2, LATER)


def test_a_row_for_each_skill_is_one_person(begun: Begun) -> None:
    staff = begun()
    understood = staff.take(
        "Name,Unit,Skill,Proficiency\nA A,X,Java,expert\nA A,X,SQL,2\nA A,X,Go,\n"
    )
    assert {c.skill: c.level for c in staff.firm.claims.values()} == {
        "java": 5,
        "sql": 2,
        "go": 3,
    }
    assert len(begun.told(understood, "joined")) == 2


def test_a_claim_on_better_evidence_is_left_alone(begun: Begun) -> None:
    staff = begun()
    staff.take("Name,Unit,Skills\nA A,X,Java\n")
    [claim] = staff.firm.claims.values()
    known = type(claim)(
        person="p0001", skill="java", level=4, evidence="work", seen=DAY
    )
    staff.firm = change(staff.firm, [put(known)])
    staff.take("Name,Unit,Skills\nA A,X,Java - basic\n", on=LATER)
    assert list(staff.firm.claims.values()) == [known]


def test_teams_become_missions_with_seats_that_follow_the_months(begun: Begun) -> None:
    staff = begun()
    staff.take("Name,Unit,Team\nA A,X,Pay\nB B,X,Pay; Risk\n")
    assert set(staff.firm.missions) == {"pay", "risk"}
    assert {s.key: s.share for s in staff.firm.seats.values()} == {
        "p0001:pay:2026-11": 100,
        "p0002:pay:2026-11": 50,
        "p0002:risk:2026-11": 50,
    }
    staff.take("Name,Unit,Team\nA A,X,Risk\nB B,X,Pay; Risk\n", on=LATER)
    seats = {s.key: (s.share, s.end) for s in staff.firm.seats.values()}
    assert seats == {
        "p0001:pay:2026-11": (100, "2026-11"),
        "p0001:risk:2026-12": (100, None),
        "p0002:pay:2026-11": (50, None),
        "p0002:risk:2026-11": (50, None),
    }


def test_seats_given_elsewhere_stay_and_nobody_is_seated_twice(begun: Begun) -> None:
    staff = begun(Mission(id="own", title="Own"), Mission(id="all", title="All"))
    staff.take("Name,Unit\nA A,X\nB B,X\n")
    given_ = [
        Seat(person="p0001", mission="own", share=40, start="2026-10"),
        Seat(person="p0001", mission="own", share=30, start="2027-01", end="2027-02"),
        Seat(person="p0002", mission="all", share=100, start="2026-10"),
    ]
    staff.firm = change(staff.firm, map(put, given_))
    understood = staff.take("Name,Unit,Team\nA A,X,Pay\nB B,X,Pay\n")
    assert staff.firm.seats["p0001:pay:2026-11"].share == 30
    assert "p0002:pay:2026-11" not in staff.firm.seats
    assert set(staff.firm.seats) > {seat.key for seat in given_}
    assert begun.told(understood, "lost") == [
        (0, "p0002 has no time left for pay.", "No seat is given.")
    ]


def test_who_leaves_is_taken_out_of_mandates_and_roles_and_that_is_told(
    begun: Begun,
) -> None:
    staff = begun(Mission(id="pay", title="Pay"))
    staff.take("Name,Unit\nA A,X\nB B,X\nC C,X\n")
    named = (
        Mandate(mission="pay", business_lead="p0001", signed_by=("p0001",)),
        Role(id="security", title="Security", holders=("p0001", "p0002")),
    )
    staff.firm = change(staff.firm, map(put, named))
    understood = staff.take("Name,Unit\nB B,X\nC C,X\n", on=LATER)
    assert staff.firm.mandates["pay"].business_lead is None
    assert staff.firm.roles["security"].holders == ("p0002",)
    whats = [what for _, what, _ in begun.told(understood, "note")]
    assert "Somebody who left was named in mandates/pay." in whats
    assert "Somebody who left was named in roles/security." in whats


def test_what_could_not_be_read_can_be_had_as_a_table(begun: Begun) -> None:
    staff = begun()
    understood = staff.take('Name,Unit\nA A,X\n,"=HYPERLINK(""x"")"\n-,Y\n')
    rows = list(csv.reader(io.StringIO(understood.unread)))
    assert rows == [
        ["sheet", "row", "reason", "Name", "Unit"],
        ["staff.csv", "3", "There is no name.", "", '\'=HYPERLINK("x")'],
        ["staff.csv", "4", "There is no name.", "'-", "Y"],
    ]
    assert [row for row, _, _ in begun.told(understood, "lost")] == [3, 4]


def test_unused_private_and_empty_things_are_told(begun: Begun) -> None:
    understood = begun().take("Name,Unit,Salary,Shoe size,Title\nA A,X,9,42,n/a\n")
    assert begun.told(understood, "lost", "note") == [
        (0, "'n/a' stands in 1 rows.", "Taken for nothing."),
        (
            0,
            "The column 'Salary' is private.",
            "Never taken: Weft keeps no such thing about people.",
        ),
        (
            0,
            "The column 'Shoe size' is not used.",
            "Left out: the layout does not name it.",
        ),
    ]


def test_names_in_any_script_and_of_any_length_are_kept_or_told(begun: Begun) -> None:
    staff = begun()
    long = "x" * 500
    understood = staff.take(
        f"Name,Unit\n😀 Ann,日本\nשלמה כהן,日本\nA\xa0 \tB,{long}\n"
    )
    assert {p.name for p in staff.profiles.values()} == {"😀 Ann", "שלמה כהן", "A B"}
    assert {unit.title[:2] for unit in staff.firm.units.values()} == {"日本", "xx"}
    assert begun.told(understood, "lost") == [
        (4, "A text of 500 characters.", "Cut after 400.")
    ]
