"""A real firm, month by month, through the same import as any table.

What the import gives is held against the counts that come with the data, and against
a computation of joins, leaves and changes that reads the files by itself.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from tests.interop.tables.months import (
    MAP,
    STATED,
    assets,
    by_our_ids,
    counts,
    months,
    movement,
    told_by_the_file,
    told_by_the_firm,
)

from weft.core.checks import check
from weft.core.firm import Firm, change
from weft.core.people import Profile
from weft.interop.tables import Layout, read_layout, read_table, understand

pytestmark = pytest.mark.data

Months = dict[str, Firm]


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    """Give the folder of the months."""
    return shared_data / "sourcegraph-org"


@pytest.fixture(scope="module")
def layout() -> Layout:
    """Give the map that is in the documentation."""
    return read_layout(MAP.read_text("utf-8"), MAP.name)


@pytest.fixture(scope="module")
def firms(folder: Path, layout: Layout) -> Months:
    """Import all months in order into one firm; give the firm of each month."""
    firm, profiles = Firm(), dict[str, Profile]()
    found: Months = {}
    for month, file in months(folder):
        table = read_table(file.name, file.read_bytes())
        day = date.fromisoformat(f"{month}-01")
        told = understand(table, layout, firm, profiles, on=day)
        firm = found[month] = change(firm, told.changes)
        profiles.update({profile.id: profile for profile in told.profiles})
        assert told.unread == ""
    return found


@pytest.mark.parametrize(
    ("month", "stated"), [(row[0], row[1:]) for row in STATED], ids=lambda v: str(v)[:7]
)
def test_the_counts_are_those_stated(
    firms: Months, month: str, stated: tuple[int | None, ...]
) -> None:
    assert counts(firms[month], areas=stated[-1] is not None) == stated


def test_all_months_are_one_firm_that_fits_together(firms: Months) -> None:
    assert len(firms) == 28
    for month, firm in firms.items():
        assert check(firm) == (), month


def test_ownership_is_as_stated(firms: Months) -> None:
    areas = assets(firms["2022-06"], "area")
    models = Counter(area.properties.get("ownership", "") for area in areas)
    assert models == {"Owner": 44, "Caretaker": 10, "": 55}
    assert sum(area.mission is not None for area in areas) == 63
    assert len(areas) == 109


def test_every_manager_and_title_is_that_of_the_file(
    firms: Months, folder: Path
) -> None:
    for month, file in months(folder):
        assert told_by_the_firm(firms[month]) == told_by_the_file(file), month


def test_joins_leaves_and_moves_are_those_computed_from_the_files(
    firms: Months, folder: Path
) -> None:
    files = {month: told_by_the_file(file) for month, file in months(folder)}
    computed = [movement(files[a], files[b]) for a, b in pairwise(files)]
    imported = [
        movement(by_our_ids(firms[a]), by_our_ids(firms[b])) for a, b in pairwise(firms)
    ]
    assert imported == computed
    joins, leaves, moves, titles = zip(*imported, strict=True)
    assert (sum(joins), sum(leaves)) == (132, 219)
    assert (median(moves), max(moves), median(titles)) == (14, 58, 2)
    pairs = list(pairwise(firms))
    assert imported[pairs.index(("2022-06", "2022-07"))][:3] == (12, 34, 56)
    assert imported[pairs.index(("2022-11", "2022-12"))][:3] == (4, 6, 58)
    assert imported[pairs.index(("2024-05", "2024-06"))][:3] == (2, 0, 0)


def test_leads_and_owners_are_those_of_the_file(firms: Months, folder: Path) -> None:
    for month, file in months(folder):
        plain, firm = json.loads(file.read_text()), firms[month]
        persons = {entry["id"]: entry["person"] for entry in plain["people"]}
        sources = {key: person.source_id for key, person in firm.people.items()}
        teams = {m.source_id.partition(":")[2]: m.id for m in firm.missions.values()}
        assert set(teams) == set(plain["product_teams"])
        for key, team in plain["product_teams"].items():
            mandate = firm.mandates.get(teams[key])
            leads = (persons.get(team.get("em")), persons.get(team.get("pm")))
            held = mandate and (mandate.technology_lead, mandate.business_lead)
            assert tuple(sources.get(lead or "") for lead in held or ("", "")) == leads
        for key, feature in plain["features"].items():
            [asset] = [
                a for a in firm.assets.values() if a.source_id == f"features:{key}"
            ]
            assert asset.mission == teams[feature["product_team"]]
            assert asset.properties["maturity"] == feature["maturity"]


def test_units_are_the_branches_below_the_top(firms: Months) -> None:
    firm = firms["2022-06"]
    [top] = [unit for unit in firm.units.values() if unit.parent is None]
    assert {unit.parent for unit in firm.units.values()} == {None, top.id}
    leads = {person.manager for person in firm.people.values()}
    for person in firm.people.values():
        line = [person.id]
        while manager := firm.people[line[-1]].manager:
            line.append(manager)
        assert line[-1] == top.head
        in_branch = len(line) > 2 or (len(line) == 2 and person.id in leads)
        head = firm.units[person.unit or ""].head
        assert head == (line[-2] if in_branch else top.head)


def test_importing_a_month_twice_changes_nothing(
    firms: Months, folder: Path, layout: Layout
) -> None:
    file = folder / "org-2024-06.json"
    table = read_table(file.name, file.read_bytes())
    firm = firms["2024-06"]
    names = {p: Profile(id=p, name=r.source_id) for p, r in firm.people.items()}
    told = understand(table, layout, firm, names, on=date(2024, 6, 1))
    assert told.changes == ()
    assert told.profiles == ()
