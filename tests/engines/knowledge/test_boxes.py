"""IT boxes are found in labelled charts: by their people, and not by their names."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.people import Person, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Skill
from weft.engines.knowledge import Box, it_boxes

FirmOf = Callable[..., Firm]
Crowd = Callable[..., list[Record]]
Chart = tuple[list[Record], set[str]]

IT = (
    *("Head of Solutions", "Software Engineer", "Data Engineer", "Network Engineer"),
    *("Support Engineer", "Scrum Master", "Security Engineer", "IT Project Manager"),
    *("System Administrator", "Web Developer", "Database Administrator", "QA Engineer"),
)
SALES = ("Head of Sales", *["Account Manager"] * 7)
FINANCE = ("CFO", *["Accountant"] * 5)
GROUND = ("Head of Ground Operations", *["Baggage Handler"] * 9, "Process Engineer")
MIXED = (
    *("Product Manager", "Software Engineer", "Account Manager", "Accountant"),
    *("Marketing Manager", "Data Engineer", "Customer Service Agent", "Underwriter"),
)
TEAM = ("Platform Engineer", *["Site Reliability Engineer"] * 4)


def charts(crowd: Crowd) -> dict[str, Chart]:
    """Give labelled charts: the records, and the units that are IT boxes."""
    top: Record = Unit(id="firm", title="Firm")
    business = [
        *crowd("sales", *SALES, parent="firm"),
        *crowd("finance", *FINANCE, parent="firm"),
        *crowd("ground", *GROUND, parent="firm"),
    ]
    coo = crowd("coo", "COO", *["Buyer", "Driver"] * 20, parent="firm")

    def mixed(*keys: str) -> list[Record]:
        return [each for key in keys for each in crowd(key, *MIXED, parent="firm")]

    def of(*parts: Record | list[Record], boxes: str = "") -> Chart:
        records: list[Record] = []
        for part in parts:
            records += [part] if isinstance(part, Record) else part
        return records, set(boxes.split())

    def it(
        key: str = "it", people: tuple[str, ...] = IT, **more: object
    ) -> list[Record]:
        return crowd(key, *people, **{"parent": "firm", **more})

    return {
        "a plain IT department": of(top, business, it(title="IT"), boxes="it"),
        "a chic name": of(
            top, business, it(title="Global Digital Solutions"), boxes="it"
        ),
        "a funny name": of(top, business, it(title="Bits & Bytes"), boxes="it"),
        "a name from elsewhere": of(top, business, it(title="Garden"), boxes="it"),
        "no lines, no heads": of(
            top,
            crowd("sales", *SALES, parent="firm", led=False),
            crowd("finance", *FINANCE, parent="firm", led=False),
            it(led=False),
            boxes="it",
        ),
        "no top above": of(crowd("sales", *SALES), crowd("it", *IT), boxes="it"),
        "below operations": of(top, business, coo, it(parent="coo"), boxes="it"),
        "with teams of its own": of(
            *(top, business, it(people=IT[:6])),
            it("build", IT[1:7], parent="it", under="it-0"),
            it("run", IT[3:9], parent="it", under="it-0"),
            boxes="it",
        ),
        "bimodal": of(
            *(top, business, it(title="IT")),
            it("digital", ("Chief Digital Officer", *IT[1:9]), title="Digital Factory"),
            boxes="it digital",
        ),
        "in six pieces": of(
            *(top, business, coo),
            *(it(f"piece{n}", IT[n + 1 : n + 6], parent="coo") for n in range(6)),
            boxes=" ".join(f"piece{n}" for n in range(6)),
        ),
        "with some business people in it": of(
            top,
            business,
            it(people=(*IT, "Accountant", "Buyer", "HR Manager")),
            boxes="it",
        ),
        "in German": of(
            top,
            business,
            it(
                people=(
                    *("IT-Leiter", "Softwareentwickler", "Softwareentwicklerin"),
                    *("Systemadministrator", "Fachinformatiker", "Netzwerktechniker"),
                ),
                title="Zentrale Dienste",
            ),
            boxes="it",
        ),
        "beside engineers of machines": of(
            *(top, business, it(title="Information Technology")),
            crowd(
                *("works", "Chief Engineer of Plant", *["Mechanical Engineer"] * 6),
                *("Process Engineer", "Maintenance Engineer"),
                parent="firm",
                title="Engineering",
            ),
            boxes="it",
        ),
        "a firm of technology": of(
            top,
            *(crowd(f"e{n}", *IT, parent="eng") for n in range(4)),
            crowd("eng", "VP Engineering", "Architect", parent="firm"),
            business,
            boxes="eng",
        ),
        "missions in the place of units": of(top, mixed("pay", "save", "lend", "join")),
        "a small platform team among mixed units": of(
            top, mixed(*"abcdefgh"), crowd("platform", *TEAM, parent="firm")
        ),
        "a mixed unit named Technology": of(
            top, mixed("b", "c"), crowd("t", *MIXED, parent="firm", title="Technology")
        ),
        "sellers of technology": of(
            top,
            business,
            mixed("m"),
            crowd(
                "ts", *["Sales Engineer"] * 9, parent="firm", title="Technology Sales"
            ),
        ),
        "a home for people led elsewhere": of(
            *(top, business, mixed("m")),
            Unit(id="guild", title="Guild", parent="firm"),
            [
                Person(id=f"g{n}", title=job, unit="guild", manager=boss)
                for n, (job, boss) in enumerate(
                    zip(IT, ["sales-0", "finance-0", "ground-0"] * 4, strict=True)
                )
            ],
        ),
        "all but the board": of(
            crowd("board", "CEO", *["Accountant"] * 5),
            crowd("rest", *IT[1:], *IT[1:], *SALES, *FINANCE[1:]),
        ),
        "too few to be counted": of(top, business, it(people=IT[:4])),
        "no technology at all": of(top, business),
    }


NAMES = sorted(charts(lambda *_, **__: []))


@pytest.mark.parametrize("name", NAMES)
def test_the_boxes_of_a_labelled_chart_are_found(
    name: str, crowd: Crowd, firm_of: FirmOf
) -> None:
    records, labelled = charts(crowd)[name]
    found = {box.id for box in it_boxes(firm_of(records))}
    assert found == labelled


@pytest.mark.parametrize("seed", range(30))
def test_boxes_are_found_in_charts_drawn_by_chance(seed: int, firm_of: FirmOf) -> None:
    """A box of pure technology people, business units with a few, of any size."""
    chance = random.Random(seed)  # noqa: S311 - a draw, not a secret
    records: list[Record] = [Unit(id="firm", title="Firm")]
    units = chance.randint(3, 12)
    boxed = seed % 3 > 0
    for unit in range(units):
        records.append(Unit(id=f"u{unit}", title=f"Unit {unit}", parent="firm"))
        is_box = boxed and unit == 0
        for number in range(
            chance.randint(15, 60) if is_box else chance.randint(8, 40)
        ):
            technology = 0.9 if is_box else 0.05 if boxed else 0.35
            jobs = IT[1:] if chance.random() < technology else SALES + FINANCE[1:]
            manager = f"u{unit}-0" if number else None
            title = chance.choice(jobs)
            records.append(
                Person(
                    id=f"u{unit}-{number}",
                    title=title,
                    unit=f"u{unit}",
                    manager=manager,
                )
            )
    found = {box.id for box in it_boxes(firm_of(records))}
    assert found == ({"u0"} if boxed else set())


@pytest.fixture
def renamed(crowd: Crowd, firm_of: FirmOf) -> Firm:
    records, _ = charts(crowd)["a chic name"]
    return firm_of(records)


def the_box(firm: Firm) -> Box:
    (box,) = it_boxes(firm)
    return box


def test_a_box_says_why_it_is_taken_for_one(renamed: Firm) -> None:
    box = the_box(renamed)
    assert (box.table, box.id, box.title) == ("units", "it", "Global Digital Solutions")
    assert (box.people, box.technology_people) == (11, 11)  # one title tells nothing
    assert (box.purity, box.holds) == (1, 1)
    assert (box.head, box.reports_to) == ("it-0", None)
    assert (box.renamed, box.told) == (True, "found")
    assert box.signs == (
        "11 of 11 people in it work in technology, against 0% in the rest of the firm",
        "it holds 100% of the firm's technology people",
        "it has a head of its own",
        "100% of its reporting lines stay inside it",
        "its name does not say so: it was found by its people",
    )


def test_a_plain_name_is_not_called_renamed(crowd: Crowd, firm_of: FirmOf) -> None:
    records, _ = charts(crowd)["a plain IT department"]
    assert not the_box(firm_of(records)).renamed


def said(firm: Firm, unit: str, *, is_box: bool) -> Firm:
    """Give the firm with a correction of somebody who knows better."""
    return change(firm, [put(replace(firm.units[unit], it_box=is_box))])


def test_a_wrong_finding_can_be_corrected_and_stays_so(renamed: Firm) -> None:
    assert it_boxes(said(renamed, "it", is_box=False)) == ()


def test_a_missed_box_can_be_named(renamed: Firm) -> None:
    boxes = it_boxes(said(renamed, "ground", is_box=True))
    assert [(box.id, box.told) for box in boxes] == [
        ("ground", "said"),
        ("it", "found"),
    ]
    assert boxes[0].signs[0] == "the firm's own records say that it is one"


def test_a_box_said_inside_a_box_comes_in_its_place(
    crowd: Crowd, firm_of: FirmOf
) -> None:
    records, _ = charts(crowd)["with teams of its own"]
    boxes = it_boxes(said(firm_of(records), "run", is_box=True))
    assert [(box.id, box.told) for box in boxes] == [
        ("build", "found"),
        ("run", "said"),
    ]


def test_of_a_box_said_of_fewer_than_five_no_number_is_given(
    crowd: Crowd, firm_of: FirmOf
) -> None:
    records, _ = charts(crowd)["too few to be counted"]
    box = the_box(said(firm_of(records), "it", is_box=True))
    assert (box.people, box.technology_people, box.purity, box.holds) == (0, 0, 0, 0)
    assert box.signs == ("the firm's own records say that it is one",)


def test_skills_tell_a_box_where_there_are_no_titles(firm_of: FirmOf) -> None:
    skills = [
        Skill(id="sql", title="SQL", discipline="data"),
        Skill(id="tax", title="Tax", discipline="finance"),
    ]
    units = [Unit(id="a", title="A"), Unit(id="b", title="B")]
    people = [Person(id=f"{u}{n}", unit=u) for u in "ab" for n in range(6)]
    claims = [
        Claim(person=p.id, skill="sql" if p.unit == "a" else "tax", level=3, seen=DAY)
        for p in people
    ]
    assert the_box(firm_of(skills, units, people, claims)).id == "a"


def test_managers_stand_for_units_where_there_are_none(firm_of: FirmOf) -> None:
    boss = Person(id="boss", title="CEO")
    people = [
        Person(id="it-0", title="CTO", manager="boss"),
        *(Person(id=f"it-{n}", title=IT[n], manager="it-0") for n in range(1, 9)),
        Person(id="cfo", title="CFO", manager="boss"),
        *(Person(id=f"f-{n}", title="Accountant", manager="cfo") for n in range(9)),
    ]
    box = the_box(firm_of(boss, people))
    assert (box.table, box.id, box.title) == ("people", "it-0", "CTO")
    assert (box.head, box.reports_to) == ("it-0", "boss")


def test_partners_people_without_a_unit_do_not_count(
    renamed: Firm,
) -> None:
    vendor = [
        Person(id=f"v{n}", title="Software Engineer", partner="vendor")
        for n in range(50)
    ]
    assert the_box(change(renamed, map(put, vendor))) == the_box(renamed)


@pytest.mark.data
def test_the_real_firm_has_its_engineering_in_a_box(
    shared_data: Path, real_firm: Callable[[Path], Firm]
) -> None:
    firm = real_firm(shared_data / "sourcegraph-org" / "org-2023-08.json")
    boxes = it_boxes(firm)
    largest = max(boxes, key=lambda box: box.holds)
    assert (largest.table, largest.title) == ("people", "Head of Engineering")
    assert largest.reports_to == "p0001"  # the one at the head of the firm
    assert largest.holds > 0.5
    assert all(box.purity > 0.85 for box in boxes)


DAY = date(2026, 1, 1)
