"""Movement between two states, by hand, by law, and on a real firm of 28 months."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.firm import Firm
from weft.core.people import Person
from weft.engines.knowledge import Moved, movement, movement_by_month

FirmOf = Callable[..., Firm]


def test_each_kind_of_movement_is_told_with_from_and_to(firm_of: FirmOf) -> None:
    old = firm_of(
        Person(id="goes", unit="a"),
        Person(id="moves", unit="a", manager="x", title="Clerk"),
        Person(id="same", unit="a", manager="x", title="Clerk", location="Rome"),
    )
    new = firm_of(
        Person(id="comes", unit="b"),
        Person(id="moves", unit="b", manager="y", title="Buyer"),
        Person(id="same", unit="a", manager="x", title="Clerk", location="Oslo"),
    )
    found = movement(old, new)
    assert found.people == 3
    assert found.joiners == (Moved(person="comes", before=None, after="b"),)
    assert found.leavers == (Moved(person="goes", before="a", after=None),)
    assert found.movers == (Moved(person="moves", before="a", after="b"),)
    assert found.new_managers == (Moved(person="moves", before="x", after="y"),)
    assert found.new_titles == (Moved(person="moves", before="Clerk", after="Buyer"),)


def test_having_no_manager_any_more_is_a_change_too(firm_of: FirmOf) -> None:
    old, new = firm_of(Person(id="p", manager="x")), firm_of(Person(id="p"))
    assert movement(old, new).new_managers == (
        Moved(person="p", before="x", after=None),
    )


People = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.sampled_from("xyz"), st.sampled_from("mn"))
)


@pytest.mark.slow
@given(People, People)
def test_back_is_forth_with_the_ends_changed(
    firm_of: FirmOf,
    before: dict[str, tuple[str, str]],
    after: dict[str, tuple[str, str]],
) -> None:
    def state(people: dict[str, tuple[str, str]]) -> Firm:
        rows = people.items()
        return firm_of(Person(id=p, unit=u, manager=m) for p, (u, m) in rows)

    old, new = state(before), state(after)
    there, back = movement(old, new), movement(new, old)
    assert len(before) + len(there.joiners) - len(there.leavers) == len(after)
    assert there.movers == tuple(_turned(each) for each in back.movers)
    assert there.new_managers == tuple(_turned(each) for each in back.new_managers)
    assert there.joiners == tuple(_turned(each) for each in back.leavers)
    still = movement(old, old)
    assert (still.joiners, still.leavers, still.movers, still.new_titles) == ((),) * 4


def _turned(moved: Moved) -> Moved:
    return Moved(person=moved.person, before=moved.after, after=moved.before)


def test_months_are_counted_one_after_another(firm_of: FirmOf) -> None:
    a, b = Person(id="a", unit="u"), Person(id="b", unit="u")
    states = [
        ("2026-01", firm_of(a)),
        ("2026-02", firm_of(a, b)),
        ("2026-03", firm_of(b)),
    ]
    first, second = movement_by_month(states)
    assert (first.month, first.people, first.joiners, first.leavers) == (
        "2026-02",
        2,
        1,
        0,
    )
    assert (second.month, second.people, second.joiners, second.leavers) == (
        "2026-03",
        1,
        0,
        1,
    )
    assert movement_by_month([]) == ()


@pytest.mark.data
def test_the_real_firm_moves_as_its_source_says(
    shared_data: Path, real_firm: Callable[[Path], Firm]
) -> None:
    files = sorted((shared_data / "sourcegraph-org").glob("org-*.json"))
    months = [(file.stem[4:], file) for file in files if file.stem >= "org-2022-03"]
    found = movement_by_month((month, real_firm(file)) for month, file in months)
    assert len(found) == 27
    assert sum(each.joiners for each in found) == 132
    assert sum(each.leavers for each in found) == 219
    managers = [each.new_managers for each in found]
    assert (median(managers), min(managers), max(managers)) == (14, 0, 58)
    assert median(each.new_titles for each in found) == 2
    told = {
        each.month: (each.people, each.joiners, each.leavers, each.new_managers)
        for each in found
    }
    assert told["2022-07"] == (244, 12, 34, 56)
    assert told["2022-12"] == (217, 4, 6, 58)
    assert told["2024-06"] == (167, 2, 0, 0)
