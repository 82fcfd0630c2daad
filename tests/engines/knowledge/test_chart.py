"""The org chart as a tree: units, else managers; circles are cut, sums add up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.firm import Firm
from weft.core.people import Person, Unit
from weft.engines.knowledge.chart import NOWHERE, chart

FirmOf = Callable[..., Firm]


def unit(key: str, parent: str | None = None) -> Unit:
    return Unit(id=key, title=key.upper(), parent=parent)


def test_each_box_comes_before_all_that_is_below_it(firm_of: FirmOf) -> None:
    firm = firm_of(unit("a"), unit("c", "a"), unit("b", "a"), unit("d", "b"))
    tree = chart(firm)
    assert tree.keys == ("a", "b", "d", "c")
    assert tree.parent.tolist() == [NOWHERE, 0, 1, 0]
    assert tree.below.tolist() == [4, 3, 3, 4]
    assert tree.children(NOWHERE) == (0,)
    assert tree.tops() == (1, 3)


def test_a_single_top_without_branches_stands_for_itself(firm_of: FirmOf) -> None:
    tree = chart(firm_of(unit("a"), unit("b", "a")))
    assert [tree.keys[box] for box in tree.tops()] == ["b"]


def test_an_absent_parent_and_a_circle_are_cut(firm_of: FirmOf) -> None:
    firm = firm_of(
        *(unit("x", "nobody"), unit("a", "c"), unit("b", "a"), unit("c", "b")),
        *(unit("self", "self"), unit("below", "b")),
    )
    tree = chart(firm)
    tops = {tree.keys[box] for box in tree.children(NOWHERE)}
    assert tops == {"a", "self", "x"}
    assert set(tree.keys) == set(firm.units)


@given(
    parents=st.lists(st.integers(0, 14), min_size=1, max_size=15),
    homes=st.lists(st.integers(0, 20), max_size=30),
)
def test_sums_within_boxes_are_those_of_a_walk(
    firm_of: FirmOf, parents: list[int], homes: list[int]
) -> None:
    units = [unit(f"u{n}", f"u{p}" if p < n else None) for n, p in enumerate(parents)]
    people = [Person(id=f"p{n:02}", unit=f"u{home}") for n, home in enumerate(homes)]
    tree = chart(firm_of(units, people))
    values = np.arange(1.0, len(homes) + 1)
    below: dict[str, float] = {each.id: 0.0 for each in units}
    parent = {each.id: each.parent for each in units}
    for value, home in zip(values, homes, strict=True):
        here: str | None = f"u{home}" if home < len(units) else None
        while here is not None:
            below[here] += value
            here = parent[here]
    assert dict(zip(tree.keys, tree.within(values), strict=True)) == pytest.approx(
        below
    )


def test_managers_stand_for_boxes_where_there_are_no_units(firm_of: FirmOf) -> None:
    tree = chart(
        firm_of(
            Person(id="ann", title="Boss"),
            Person(id="bob", title="Lead", manager="ann"),
            Person(id="cat", manager="bob"),
            Person(id="dan", manager="ann"),
            Person(id="eve", manager="gone"),
        )
    )
    assert (tree.kind, tree.keys, tree.titles) == (
        "people",
        ("ann", "bob"),
        ("Boss", "Lead"),
    )
    assert tree.home.tolist() == [0, 1, 1, 0, NOWHERE]


def test_a_firm_of_nothing_has_no_boxes(firm_of: FirmOf) -> None:
    tree = chart(firm_of())
    assert (tree.keys, tree.tops()) == ((), ())
    assert tree.within(np.zeros(0)).tolist() == []
