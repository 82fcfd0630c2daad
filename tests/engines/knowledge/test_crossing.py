"""Ties that leave their unit, whether the chart matches the work, and months."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.skills import Discipline
from weft.engines.knowledge import diagnose
from weft.engines.knowledge.lying import lying
from weft.engines.knowledge.weights import Weights, weights

MONTH = "2026-11"
FirmOf = Callable[..., Firm]
Rows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 10)), max_size=14
)


def weighed(rows: list[tuple[int, int, int]]) -> Weights:
    group, box, tenths = (np.array(c, np.int64) for c in zip(*rows, strict=True))
    return weights(group, box, tenths / 10, 4, 3)


def ties(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, float]]:
    """Give each tie between two rows of a group: the boxes of its ends, its weight."""
    found = []
    for group in range(4):
        here = [(box, tenths / 10) for g, box, tenths in rows if g == group]
        pairs = [(a, b, p * q) for (a, p), (b, q) in combinations(here, 2)]
        whole = sum(weight for *_, weight in pairs)
        scale = sum(p for _, p in here) / 2 / whole if whole else 0
        found += [(a, b, weight * scale) for a, b, weight in pairs]
    return found


@given(Rows.filter(bool))
def test_the_weights_are_those_of_every_pair(rows: list[tuple[int, int, int]]) -> None:
    found, pairs = weighed(rows), ties(rows)
    for box in range(3):
        inside = sum(w for a, b, w in pairs if a == b == box)
        outside = sum(w for a, b, w in pairs if (a == box) != (b == box))
        assert found.inside[box] == pytest.approx(inside, abs=1e-9)
        assert found.outside[box] == pytest.approx(outside, abs=1e-9)
    total = sum(w for *_, w in pairs)
    assert found.total == pytest.approx(total, abs=1e-9)
    if total:
        external = sum(w for a, b, w in pairs if a != b)
        balance = (2 * external - total) / total
        assert found.external_internal() == pytest.approx(balance, abs=1e-9)
        ends = [sum(w * ((a == x) + (b == x)) for a, b, w in pairs) for x in range(3)]
        inner = [sum(w for a, b, w in pairs if a == b == x) for x in range(3)]
        fits = sum(
            i / total - (e / 2 / total) ** 2 for i, e in zip(inner, ends, strict=True)
        )
        assert found.modularity() == pytest.approx(fits, abs=1e-9)
    else:
        assert found.external_internal() is found.modularity() is None


def test_two_boxes_that_never_meet_are_at_one_end() -> None:
    found = weighed([(0, 0, 10), (0, 0, 10), (1, 1, 10), (1, 1, 10)])
    assert (found.external_internal(), found.modularity()) == (-1, 0.5)


def test_two_boxes_that_only_meet_are_at_the_other() -> None:
    found = weighed([(0, 0, 10), (0, 1, 10)])
    assert (found.external_internal(), found.modularity()) == (1, -0.5)


@pytest.fixture
def firm(firm_of: FirmOf) -> Firm:
    """Give ten people of two units; half of one sits in a mission of the other's."""
    east = [Person(id=f"e{n}", unit="east", disciplines={"it": 100}) for n in range(5)]
    west = [Person(id=f"w{n}", unit="west", disciplines={"ad": 100}) for n in range(5)]
    far = [Person(id=f"f{n}", unit="far", disciplines={"ad": 100}) for n in range(5)]
    return firm_of(
        [Unit(id=u, title=u.title()) for u in ("east", "west", "far")],
        Discipline(id="it", title="Technology", camp="technology"),
        Discipline(id="ad", title="Advertising", camp="business"),
        [*east, *west, *far],
        Mission(id="shop", title="Shop"),
        Mission(id="cloud", title="Cloud", type="platform"),
        [Seat(person=f"e{n}", mission="shop", share=50, start=MONTH) for n in (0, 1)],
        [Seat(person=f"w{n}", mission="shop", start=MONTH) for n in range(5)],
        Seat(person="e2", mission="cloud", start=MONTH),
    )


def test_technology_in_business_missions_and_units_without_it_by_hand(
    firm: Firm,
) -> None:
    found = diagnose(firm, MONTH)
    assert found.figure("business_missions").value == 0.2  # two halves of five people
    without = found.figure("units_without")
    assert [row[0].id for row in without.rows] == ["far"]  # type: ignore[union-attr]
    before = diagnose(firm, "2026-10").figure("units_without")
    assert [row[0].id for row in before.rows] == ["far", "west"]  # type: ignore[union-attr]


def test_a_month_has_its_own_figures_of_firm_and_unit(firm: Firm) -> None:
    now, before = lying(firm, MONTH), lying(firm, "2026-10")
    assert (before.external_internal, before.schism) == (-1, 1)
    assert now.external_internal is not None
    assert now.external_internal > -1
    assert [(p.unit, p.people, p.amount) for p in now.units] == [
        ("east", 5, 5),
        ("far", 5, 0),
        ("west", 5, 0),
    ]
    own = lying(firm, MONTH, "west")
    assert (own.people, own.schism, own.modularity) == (5, None, None)
    west = diagnose(firm, MONTH).figure("external_internal").rows[2]
    assert west[4] == pytest.approx(own.external_internal, abs=0.01)


def test_under_five_people_nothing_is_shown(firm: Firm) -> None:
    four = change(firm, [put(replace(firm.people["w4"], unit="east"))])
    assert lying(four, MONTH, "west") == lying(Firm(), MONTH)
    parts = {p.unit: (p.people, p.amount) for p in lying(four, MONTH).units}
    assert parts["west"] == (None, None)
    assert lying(firm, MONTH, "nowhere").people is None
