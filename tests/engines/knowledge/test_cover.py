"""Coverage: holes, what hangs on one, the bus factor, and what leaves with whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.assets import Asset, Contract
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Need, Seat
from weft.core.people import Partner, Person, Unit
from weft.core.skills import Claim, Skill
from weft.engines.knowledge import (
    Leaving,
    all_covered,
    asset_covered,
    bus_factor,
    leaving,
    mission_covered,
)

MONTH, TODAY = "2026-11", date(2026, 11, 28)
FirmOf = Callable[..., Firm]


def knows(person: str, skill: str, level: int = 3, seen: date = TODAY) -> Claim:
    return Claim(person=person, skill=skill, level=level, seen=seen)


def sits(person: str, share: int = 100, end: str | None = None) -> Seat:
    return Seat(person=person, mission="pay", share=share, start="2026-01", end=end)


LEDGER = Asset(
    id="ledger", title="Ledger", mission="pay", needs=("java",), keepers=("bob",)
)


def asks(skill: str, level: int = 3, share: int = 100, month: str = MONTH) -> Need:
    return Need(mission="pay", skill=skill, level=level, share=share, month=month)


@pytest.fixture
def firm(firm_of: FirmOf) -> Firm:
    """Give a mission of Ann, Bob and the vendor's Vic, which owns a ledger."""
    return firm_of(
        [Skill(id=s, title=s, discipline="it") for s in ("sql", "java", "law", "go")],
        Unit(id="shop", title="Shop"),
        Unit(id="till", title="Till", parent="shop"),
        Partner(id="acme", title="Acme"),
        [Person(id=p, unit="till") for p in ("ann", "bob")],
        Person(id="vic", partner="acme"),
        Mission(id="pay", title="Pay"),
        [sits("ann", share=50), sits("bob", share=50), sits("vic", end=MONTH)],
        [asks("sql"), asks("sql", 4, 50), asks("law"), asks("go", month="2026-12")],
        LEDGER,
        Asset(id="till", title="Till", supplier="acme", keepers=("vic",)),
        Contract(id="care", title="Care", partner="acme", missions=("pay",)),
        [knows("ann", "sql", 4), knows("bob", "sql"), knows("vic", "java")],
        knows("bob", "java", seen=date(2020, 1, 1)),
        knows("bob", "go"),
    )


def test_each_skill_is_missing_or_hangs_on_one_or_on_several(firm: Firm) -> None:
    found = mission_covered(firm, "pay", MONTH, TODAY)
    assert [(c.skill, c.level, c.share, c.state) for c in found.skills] == [
        ("law", 3, 100, "hole"),
        ("java", 3, 0, "single"),
        ("sql", 4, 150, "single"),
        ("go", 0, 0, "single"),
    ]
    _, java, sql, _ = found.skills
    assert (java.assets, java.holders, java.lapsed) == (("ledger",), ("vic",), ("bob",))
    assert (sql.holders, sql.below, sql.held) == (("ann",), ("bob",), 50)
    assert (found.bus_factor, found.holes, found.singles, found.people) == (0, 1, 2, 3)


def test_a_claim_that_has_lapsed_counts_again_once_it_is_confirmed(firm: Firm) -> None:
    firm = change(firm, [put(knows("bob", "java")), Change("needs", asks("law").key)])
    found = mission_covered(firm, "pay", MONTH, TODAY)
    assert {c.skill: c.state for c in found.skills if c.needed} == {
        "java": "covered",
        "sql": "single",
    }
    assert (found.bus_factor, found.holes) == (1, 0)


def test_another_month_has_its_own_needs_and_seats(firm: Firm) -> None:
    found = mission_covered(firm, "pay", "2026-12", TODAY)
    assert {c.skill: c.holders for c in found.skills if c.needed} == {
        "go": ("bob",),
        "java": (),
    }


def test_an_asset_is_covered_by_its_keepers_and_who_sits_in_its_mission(
    firm: Firm,
) -> None:
    found = asset_covered(firm, "ledger", MONTH, TODAY)
    assert [(c.skill, c.holders) for c in found.skills] == [("java", ("vic",))]
    assert found.people == 3
    assert [(c.table, c.id) for c in all_covered(firm, MONTH, TODAY)] == [
        ("missions", "pay"),
        ("assets", "ledger"),
    ]


def test_where_nothing_is_needed_there_is_no_bus_factor(firm: Firm) -> None:
    empty = change(firm, [put(Mission(id="new", title="New"))])
    assert mission_covered(empty, "new", MONTH, TODAY).bus_factor is None


def gone(
    firm: Firm, table: Literal["people", "partners", "units"], key: str
) -> Leaving:
    """Tell what leaves with somebody."""
    return leaving(firm, table, key, MONTH, all_covered(firm, MONTH, TODAY))


def test_what_leaves_with_a_partner(firm: Firm) -> None:
    left = gone(firm, "partners", "acme")
    assert [(x.table, x.skill, x.before, x.after) for x in left.losses] == [
        ("assets", "java", 1, 0),
        ("missions", "java", 1, 0),
    ]
    assert (left.people, left.unkept) == (1, ("till",))
    assert (left.supplied, left.contracts) == (("till",), ("care",))
    assert (left.keepers_before, left.keepers_after) == (2, 1)


def test_what_leaves_with_a_unit_is_what_leaves_with_all_below_it(firm: Firm) -> None:
    left = gone(firm, "units", "shop")
    assert left.people == 2
    assert [(x.skill, x.left) for x in left.losses] == [("sql", ())]


def test_who_alone_would_be_left_is_told(firm: Firm) -> None:
    firm = change(firm, [put(knows("bob", "java"))])
    left = gone(firm, "people", "vic")
    assert {(x.table, x.left) for x in left.losses} == {
        ("missions", ("bob",)),
        ("assets", ("bob",)),
    }


@pytest.mark.parametrize(
    ("keepers", "factor"),
    [
        ([], None),
        ([()], None),
        (["a"], 1),
        (["a", "b"], 2),
        (["a", "a", "b"], 1),
        (["ab", "ab", "ab"], 2),
        (["a", "b", "c", "d"], 3),
        (["a", "a", "a", "b", "c"], 1),
    ],
)
def test_the_bus_factor_of_assets(keepers: list[str], factor: int | None) -> None:
    assert bus_factor(keepers) == factor


@given(st.lists(st.sets(st.sampled_from("abcdef"), max_size=4), max_size=8))
def test_no_fewer_people_leave_more_than_half_unkept_than_the_smallest_set(
    keepers: list[set[str]],
) -> None:
    kept = [each for each in keepers if each]
    found = bus_factor(keepers)
    if not kept:
        assert found is None
        return
    least = next(
        size
        for size in range(1, 7)
        if any(
            2 * sum(not each - set(gone) for each in kept) > len(kept)
            for gone in combinations("abcdef", size)
        )
    )
    assert found is not None
    assert least <= found <= 6


def test_one_who_does_not_share_counts_in_nothing_that_others_see(firm: Firm) -> None:
    claim = firm.claims["ann:sql"]
    without = change(firm, [Change("claims", claim.key)])
    assert replace(claim, shared=False).withheld_by == "ann"
    found = mission_covered(without, "pay", MONTH, TODAY)
    assert {c.skill: c.state for c in found.skills}["sql"] == "hole"
