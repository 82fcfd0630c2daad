"""The two invented firms in the mirror: one keeps IT in a box, one has it woven in."""

from __future__ import annotations

from datetime import date

import pytest

from weft.core.firm import Firm, change
from weft.engines.knowledge import diagnose, weave
from weft.examples import make

MONTH = "2026-11"


@pytest.fixture(scope="module", params=["airline", "bank"])
def told(request: pytest.FixtureRequest) -> tuple[str, Firm]:
    firm = Firm()
    for step in make(request.param, today=date(2026, 11, 20)).steps:
        firm = change(firm, step.decide(firm).changes)
    return request.param, firm


@pytest.mark.slow
def test_the_airline_has_it_boxes_and_the_bank_has_none(told: tuple[str, Firm]) -> None:
    name, firm = told
    found = diagnose(firm, MONTH)
    largest = max(found.boxes, key=lambda box: box.holds, default=None)
    if name == "airline":
        assert largest is not None
        assert largest.holds > 0.6
        assert found.figure("dilution").value < 0.2  # type: ignore[operator] # is there
    else:
        assert largest is None
        assert found.figure("dilution").value == 1


def test_what_the_box_holds_is_a_count_by_hand(told: tuple[str, Firm]) -> None:
    """Technology claims at level 3 or higher, unit by unit, as the spread has them."""
    _, firm = told
    camp = {key: d.camp for key, d in firm.disciplines.items()}
    counts: dict[str, int] = {}
    for claim in firm.claims.values():
        discipline = firm.skills[claim.skill].discipline
        unit = firm.people[claim.person].unit
        if camp[discipline] != "technology" or claim.level < 3 or unit is None:
            continue
        while (parent := firm.units[unit].parent) and firm.units[parent].parent:
            unit = parent
        counts[unit] = counts.get(unit, 0) + 1
    rows = diagnose(firm, MONTH).figure("spread_units").rows
    for top, people, held in rows:
        if people is not None:
            assert held == counts.get(top.id, 0)  # type: ignore[union-attr] # a link


def test_the_bank_is_woven_more_evenly_than_the_airline(told: tuple[str, Firm]) -> None:
    name, firm = told
    across_units, found = weave(firm, MONTH), diagnose(firm, MONTH)
    assert across_units.spread == found.figure("spread_units").value
    assert across_units.spread is not None
    schism = found.figure("schism").value
    assert schism is not None
    if name == "bank":
        across_missions = weave(firm, MONTH, "missions")
        assert across_missions.spread == found.figure("spread_missions").value
        assert across_units.spread > 0.95
        assert abs(schism) < 0.2
    else:
        assert across_units.spread < 0.8
        assert schism > 0.6
