"""Who knows: the nearest first, by ways that are there, and nothing faded by chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.assets import Contract
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Partner, Person, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Skill
from weft.engines.knowledge import Knowers, Stop, who_knows
from weft.engines.knowledge.finding.ageing import A_MONTH, freshness, state
from weft.engines.knowledge.finding.ties import ties, ways

MONTH, TODAY = "2026-11", date(2026, 11, 28)
FirmOf = Callable[..., Firm]
KAFKA = Skill(id="kafka", title="Kafka", discipline="it")


def knows(person: str, level: int = 3, seen: date = TODAY) -> Claim:
    return Claim(person=person, skill="kafka", level=level, seen=seen)


def people(*keys: str, **more: Any) -> list[Record]:
    return [Person(id=key, **more) for key in keys]


def sit(mission: str, *keys: str) -> list[Record]:
    return [Seat(person=key, mission=mission, start="2026-01") for key in keys]


def find(firm: Firm, begins: Stop | None, **more: int) -> Knowers:
    return who_knows(
        firm, KAFKA, month=MONTH, today=TODAY, begins=begins, level=more.get("level", 3)
    )


def me(key: str) -> Stop:
    return Stop(type="person", id=key)


@pytest.fixture
def firm(firm_of: FirmOf) -> Firm:
    """Ann, Bob and Cyd; Bob sits with both; Vic and Wim are a vendor's people."""
    return firm_of(
        KAFKA,
        people("ann", "bob", "cyd", "dan", unit="shop"),
        people("vic", "wim", partner="acme"),
        Unit(id="shop", title="Shop"),
        Partner(id="acme", title="Acme"),
        [Mission(id=m, title=m.title()) for m in ("pay", "lend")],
        sit("pay", "ann", "bob"),
        sit("lend", "bob", "cyd"),
        Contract(id="care", title="Care", partner="acme", missions=("pay",)),
        [knows(each) for each in ("cyd", "dan", "vic")],
    )


def test_the_way_leads_over_whom_one_shares_something_with(firm: Firm) -> None:
    found = find(firm, me("ann"))
    assert [(p.person, p.ties) for p in found.people] == [
        ("vic", 2),
        ("cyd", 2),
        ("dan", None),
    ]
    ways = {p.person: [(s.type, s.id) for s in p.path] for p in found.people}
    assert ways["vic"] == [
        *[("person", "ann"), ("mission", "pay"), ("contract", "care")],
        ("person", "vic"),
    ]
    assert [stop for _, stop in ways["cyd"]] == ["ann", "pay", "bob", "lend", "cyd"]
    assert ways["dan"] == []
    assert found.people[0].partner == "acme"


def test_who_sits_in_the_mission_that_asks_is_no_tie_away(firm: Firm) -> None:
    found = find(firm, Stop(type="mission", id="lend", title="Lend"))
    assert [(p.person, p.ties) for p in found.people] == [
        ("cyd", 0),
        ("vic", 2),
        ("dan", None),
    ]


def test_a_contract_that_has_ended_ties_nobody(firm: Firm) -> None:
    ended = replace(firm.contracts["care"], end=date(2026, 10, 31))
    found = find(change(firm, [put(ended)]), me("ann"))
    assert [(p.person, p.ties) for p in found.people][1:] == [
        ("dan", None),
        ("vic", None),
    ]


def test_a_manager_and_those_beside_one_are_one_tie_away(firm_of: FirmOf) -> None:
    firm = firm_of(
        KAFKA,
        people("boss"),
        people("ann", "bob", manager="boss"),
        knows("boss"),
        knows("bob"),
    )
    found = find(firm, me("ann"))
    assert {p.person: p.ties for p in found.people} == {"boss": 1, "bob": 1}


def test_who_asks_is_not_sent_to_themselves(firm: Firm) -> None:
    assert "cyd" not in [p.person for p in find(firm, me("cyd")).people]


def test_of_those_as_near_the_one_seen_last_comes_first(firm_of: FirmOf) -> None:
    days = {"bob": 300, "cyd": 30, "dan": 3_000}
    firm = firm_of(
        KAFKA,
        people("ann", *days),
        Mission(id="pay", title="Pay"),
        sit("pay", "ann", *days),
        [knows(p, seen=TODAY - timedelta(days=d)) for p, d in days.items()],
    )
    found = find(firm, me("ann"))
    assert [p.person for p in found.people] == ["cyd", "bob", "dan"]
    assert [p.state for p in found.people] == ["fresh", "fresh", "lapsed"]
    assert found.assumed
    assert found.half_life == 36
    assert found.people[0].age == 0


def test_only_those_at_the_level_or_above_are_found(firm: Firm) -> None:
    firm = change(firm, [put(knows("cyd", 4))])
    assert [p.person for p in find(firm, None, level=4).people] == ["cyd"]
    assert find(firm, None, level=5).found == 0
    assert all(p.ties is None for p in find(firm, None).people)


@pytest.mark.parametrize("months", [1, 12, 36])
def test_half_has_faded_after_a_half_life_and_a_quarter_is_left_after_two(
    months: int,
) -> None:
    ages = np.array([0, months, 2 * months, -5]) * A_MONTH
    left = freshness(10_000 - ages.astype(np.int64), 10_000, months)
    assert left == pytest.approx([1, 1 / 2, 1 / 4, 1], abs=0.03)
    assert [state(x) for x in (1, 1 / 2, 0.49, 1 / 4, 0.24)] == [
        *("fresh", "fresh", "ageing", "ageing", "lapsed")
    ]


KEYS = [f"p{n}" for n in range(12)]
some = st.sampled_from(KEYS)


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    """Draw a small firm, with all that can tie people."""
    records: list[Record] = [
        KAFKA,
        Partner(id="acme", title="Acme"),
        *(Unit(id=u, title=u) for u in ("u0", "u1")),
        *(Mission(id=m, title=m) for m in ("m0", "m1", "m2")),
    ]
    records += [
        Person(
            id=key,
            unit=draw(st.sampled_from((None, "u0", "u1"))),
            manager=draw(st.sampled_from((None, None, *KEYS))),
            partner=draw(st.sampled_from((None, None, None, "acme"))),
        )
        for key in KEYS
    ]
    seats = st.tuples(st.sampled_from(("m0", "m1", "m2")), some)
    for mission, key in draw(st.lists(seats, max_size=8)):
        records += sit(mission, key)
    supplied = draw(st.sampled_from(((), ("m0",), ("m0", "m1"))))
    records.append(Contract(id="c", title="C", partner="acme", missions=supplied))
    return change(Firm(), [put(each) for each in [*records, *map(knows, KEYS)]])


@given(firms(), st.sampled_from([*KEYS, "m0", "m1", "m2"]))
def test_no_way_is_shorter_and_each_leads_from_stop_to_stop(
    firm: Firm, key: str
) -> None:
    begins = Stop(type="mission" if key in firm.missions else "person", id=key)
    graph = ties(firm, MONTH)
    node = KEYS.index(key) if key in KEYS else graph.people + int(key[1:])
    if key in KEYS:  # the roster is in the order of ids: p10 stands before p2
        node = sorted(KEYS).index(key)
    peer = rx.PyGraph()
    peer.add_nodes_from(range(len(graph.start) - 1))
    near, of = graph.near(np.arange(len(graph.start) - 1))
    peer.add_edges_from_no_data(list(zip(of.tolist(), near.tolist(), strict=True)))
    lengths = {node: 0, **rx.dijkstra_shortest_path_lengths(peer, node, lambda _: 1)}
    found = ways(graph, np.array([node]))
    assert {n: int(x) for n, x in enumerate(found.lines) if x >= 0} == lengths
    nearest = find(firm, begins)
    for most in (1, 3):  # it stops early, and finds the same
        few = who_knows(
            *(firm, KAFKA), month=MONTH, today=TODAY, begins=begins, most=most
        )
        assert few.people == nearest.people[:most]
    for each in nearest.people:
        assert (each.ties is None) == (not each.path)
        for here, after in zip(each.path, each.path[1:], strict=False):
            assert shares(firm, here, after)


def shares(firm: Firm, one: Stop, other: Stop) -> bool:
    """Tell, from the records alone, whether something belongs to a group."""
    if one.type != "person" and (one.type != "mission" or other.type != "contract"):
        one, other = other, one
    person = firm.people.get(one.id)
    if other.type == "contract":
        contract = firm.contracts[other.id]
        return (
            one.id in contract.missions
            if person is None
            else person.partner == contract.partner
        )
    assert person
    seats = {s.mission for s in firm.seats.values() if s.person == person.id}
    if other.type == "mission":
        return other.id in seats
    if other.type == "unit":
        return not seats and person.unit == other.id
    return other.id in {person.manager, person.id}


def test_the_answer_is_the_same_whatever_the_order_of_what_was_put(firm: Firm) -> None:
    other = change(Firm(), [put(each) for each in reversed([*firm.records()])])
    assert find(other, me("ann")) == find(firm, me("ann"))
