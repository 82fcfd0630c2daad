"""The network: its nodes and lines by hand, its places, and its ceiling."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.core.assets import Asset, Contract
from weft.core.firm import Firm
from weft.core.missions import Mission, Seat
from weft.core.people import Partner, Person, Unit
from weft.core.records import Record
from weft.engines.knowledge import Network, network
from weft.engines.knowledge.drawing.layout import layout
from weft.engines.knowledge.network import MOST_EDGES, MOST_NODES

FirmOf = Callable[..., Firm]
Crowd = Callable[..., list[Record]]


def nodes(found: Network) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for node in found.nodes:
        told.setdefault(node.table, set()).add(node.id)
    return told


def lines(found: Network) -> dict[tuple[str, str, str], float]:
    return {
        (
            edge.tie,
            found.nodes[edge.source].id,
            found.nodes[edge.target].id,
        ): edge.weight
        for edge in found.edges
    }


@pytest.fixture
def small(firm_of: FirmOf) -> Firm:
    return firm_of(
        Unit(id="firm", title="Firm"),
        Unit(id="it", title="IT", parent="firm"),
        Unit(id="empty", title="Empty", parent="firm"),
        Partner(id="acme", title="Acme"),
        Mission(id="pay", title="Pay"),
        Person(id="ann", unit="it", title="Data Engineer"),
        Person(id="bob", unit="it", title="Accountant", manager="ann"),
        Person(id="cat", partner="acme"),
        Seat(person="ann", mission="pay", share=60, start="2026-01"),
        Seat(person="cat", mission="pay", start="2026-01"),
        Seat(person="bob", mission="pay", start="2026-01", end="2026-10"),
        Asset(id="app", title="App", mission="pay", keepers=("ann",), supplier="acme"),
        Asset(id="db", title="DB", unit="it", depends_on=("app", "db", "gone")),
        Contract(id="c", title="C", partner="acme", missions=("pay",)),
    )


def test_the_nodes_are_what_is_tied_to_somebody(small: Firm, month: str) -> None:
    assert nodes(network(small, month)) == {
        "people": {"ann", "bob", "cat"},
        "missions": {"pay"},
        "units": {"firm", "it"},
        "assets": {"app", "db"},
        "partners": {"acme"},
    }


def test_the_lines_are_those_of_the_records(small: Firm, month: str) -> None:
    assert lines(network(small, month)) == {
        ("seat", "ann", "pay"): 0.6,
        ("seat", "cat", "pay"): 1,
        ("sits in", "bob", "it"): 1,
        ("part of", "it", "firm"): 1,
        ("reports to", "bob", "ann"): 1,
        ("employed by", "cat", "acme"): 1,
        ("owns", "pay", "app"): 1,
        ("owns", "it", "db"): 1,
        ("keeps", "ann", "app"): 1,
        ("depends on", "db", "app"): 1,
        ("supplied by", "app", "acme"): 1,
        ("supplied by", "pay", "acme"): 1,
    }


def test_a_person_is_drawn_by_the_camp_and_a_mission_by_its_title(
    small: Firm, month: str
) -> None:
    found = {node.id: node for node in network(small, month).nodes}
    assert (found["ann"].camp, found["ann"].title, found["ann"].people) == (
        "technology",
        "",
        1,
    )
    assert (found["pay"].camp, found["pay"].title, found["pay"].people) == (
        "",
        "Pay",
        0,
    )
    assert found["pay"].technology is None  # two people only


def test_the_technology_of_a_mission_of_five_is_told(
    crowd: Crowd, firm_of: FirmOf, month: str
) -> None:
    jobs = ["Data Engineer", *["Accountant"] * 4]
    found = network(firm_of(crowd("pay", *jobs, mission=True)), month)
    told = {
        node.id: node.technology for node in found.nodes if node.table == "missions"
    }
    assert told == {"pay": 0.2}


@pytest.fixture(scope="module")
def large(crowd: Crowd, firm_of: FirmOf) -> Firm:
    """Give 6,000 people in 40 missions, 20 of them also in one more."""
    return firm_of(
        *(crowd(f"m{n:02}", *["Accountant"] * 150, mission=True) for n in range(40)),
        *(
            Seat(person=f"m00-{n}", mission="m01", share=20, start="2026-01")
            for n in range(20)
        ),
        [Asset(id=f"a{n}", title="A", mission="m05") for n in range(30)],
    )


def test_people_are_folded_where_there_are_too_many(large: Firm, month: str) -> None:
    found = network(large, month)
    assert found.folded == ("people",)
    assert set(nodes(found)) == {"missions", "assets"}
    assert {n.people for n in found.nodes if n.table == "missions"} == {150}
    assert lines(found) == {
        ("seat", "m00", "m01"): pytest.approx(4),
        **{("owns", "m05", f"a{n}"): 1 for n in range(30)},
    }
    assert (found.nodes_left_out, found.edges_left_out) == (0, 0)


@pytest.mark.slow
def test_more_is_folded_and_at_last_left_out(firm_of: FirmOf, month: str) -> None:
    tops = [Unit(id=f"t{n}", title="T") for n in range(3)]
    units = [Unit(id=f"u{n}", title="U", parent=f"t{n % 3}") for n in range(6000)]
    people = [Person(id=f"p{n}", unit=f"u{n}") for n in range(6000)]
    found = network(firm_of(tops, units, people), month)
    assert found.folded == ("people", "assets", "units")
    assert [(node.id, node.people) for node in found.nodes] == [
        ("t0", 2000),
        ("t1", 2000),
        ("t2", 2000),
    ]
    alone = [Person(id=f"p{n}") for n in range(MOST_NODES + 7)]
    found = network(firm_of(alone), month)
    assert (len(found.nodes), found.nodes_left_out) == (MOST_NODES, 7)


@pytest.mark.slow
def test_the_lightest_lines_are_left_out(firm_of: FirmOf, month: str) -> None:
    people = [Person(id=f"p{n}") for n in range(300)]
    missions = [Mission(id=f"m{n}", title="M") for n in range(100)]
    seats = [
        Seat(person=f"p{p}", mission=f"m{m}", share=1 + p % 2, start="2026-01")
        for p in range(300)
        for m in range(100)
    ]
    found = network(firm_of(people, missions, seats), month)
    assert (len(found.edges), found.edges_left_out) == (MOST_EDGES, 5000)
    assert sum(edge.weight == 0.02 for edge in found.edges) == 15_000


def test_a_firm_of_nothing_is_an_empty_network(firm_of: FirmOf, month: str) -> None:
    found = network(firm_of(), month)
    assert (found.nodes, found.edges) == ((), ())


def test_it_can_be_sent_and_read_again(small: Firm, month: str) -> None:
    found = network(small, month)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Network) == found


# Places


def clusters(count: int, size: int) -> tuple[int, np.ndarray, np.ndarray]:
    """Give a network of hubs, each with as many nodes tied to it alone."""
    ties = [(h, count + h * size + n) for h in range(count) for n in range(size)]
    anchor = [*range(count), *(h for h in range(count) for _ in range(size))]
    return count * (size + 1), np.array(ties), np.array(anchor)


def test_what_is_tied_together_lies_together() -> None:
    size, ties, anchor = clusters(12, 30)
    place = layout(size, ties, np.ones(len(ties)), anchor)
    nearest = np.linalg.norm(place[:, None] - place[None, :12], axis=2).argmin(axis=1)
    assert (nearest == anchor).mean() > 0.98


def test_no_node_hides_another() -> None:
    size, ties, anchor = clusters(12, 30)
    place = layout(size, ties, np.ones(len(ties)), anchor)
    apart = np.linalg.norm(place[:, None] - place[None], axis=2)
    np.fill_diagonal(apart, 9)
    assert apart.min() > 0.3 * 2 / np.sqrt(size) / 3


@pytest.mark.slow
@settings(max_examples=15)
@given(
    st.integers(1, 30).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.lists(st.tuples(*[st.integers(0, size - 1)] * 2), max_size=40),
            st.lists(st.integers(0, size - 1), min_size=size, max_size=size),
        )
    )
)
def test_every_node_has_its_place_in_the_square(
    drawn: tuple[int, list[tuple[int, int]], list[int]],
) -> None:
    size, ties, anchor = drawn
    columns = np.array(ties, np.int64).reshape(-1, 2)
    weight = np.ones(len(columns))
    place = layout(size, columns, weight, np.array(anchor))
    assert place.shape == (size, 2)
    assert np.abs(place).max() <= 1
    assert np.isfinite(place).all()
    assert np.array_equal(place, layout(size, columns, weight, np.array(anchor)))
    assert size == 1 or len(np.unique(place, axis=0)) == size
