"""Which record names which, and what is left when one goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.checks import check
from weft.core.entries import put
from weft.core.firm import KINDS, Firm, change
from weft.core.guardrails import Waiver
from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import Partner, Person, Post, Unit
from weft.core.records import Record
from weft.core.references import REFERENCES, without
from weft.core.roles import Role
from weft.core.scalars import Name
from weft.core.skills import Claim, Discipline, Skill
from weft.core.vocabulary import Act

NOT_REFERENCES = {
    "id": "it is the record's own",
    "signed_by": "a deed stays true when who did it has left",
    "asked_by": "a deed",
    "granted_by": "a deed",
    "refused_by": "a deed",
    "revoked_by": "a deed",
    "by": "a deed",
    "joined": "a deed",
    "answered_by": "a deed",
    "draft": "it stands beside the firm, and may be dropped",
    "values": "the words of a property itself",
    "labels": "the same",
    "params": "the guardrail's own",
    "when": "the vocabulary judges the clauses of a guardrail",
    "must": "the same",
    "source_id": "an id elsewhere",
    "profile": "what is personal stands beside the firm, and may be erased",
}


RECORDED = {
    *{"rollouts", "baseline", "rounds", "moves"},
    *{"tranches", "asks", "moneyrounds", "moneymoves"},
}
"""The kinds that tell what was so on a day: what they name may have gone since."""


def name_fields(kind: type[Record], above: str = "") -> Iterator[str]:
    """Give the fields of a record that hold names, those deeper in too."""
    for field, hint in get_type_hints(kind, include_extras=True).items():
        if field in NOT_REFERENCES or field == "kind":
            continue
        if any(part == Name for part in parts(hint)):
            yield above + field
        for part in parts(hint):
            if isinstance(part, type) and issubclass(part, Record):
                yield from name_fields(part, f"{above}{field}.")


def parts(hint: Any) -> Iterator[Any]:
    """Give a type and all that it is made of; of a mapping, its keys."""
    yield hint
    if hint != Name:
        inner = get_args(hint)
        is_mapping = get_origin(hint) not in {None, tuple} and "Mapping" in str(hint)
        for each in inner[:1] if is_mapping and len(inner) == 2 else inner:
            yield from parts(each)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_names_a_record_is_a_reference(kind: str) -> None:
    listed = {r.field for r in REFERENCES if r.kind == kind}
    names = set() if kind in RECORDED else set(name_fields(KINDS[kind]))
    assert names == listed


def test_every_reference_is_to_a_kind_of_record() -> None:
    assert {r.to for r in REFERENCES} <= set(KINDS)


FIRM = change(
    Firm(),
    [
        put(record)
        for record in (
            Discipline(id="it", title="IT", camp="technology"),
            Skill(id="java", title="Java", discipline="it"),
            Unit(id="cards", title="Cards", head="p1"),
            Person(id="p1", unit="cards"),
            Person(id="p2", manager="p1", posts=(Post(title="x", manager="p1"),)),
            Claim(person="p1", skill="java", level=3, seen=date(2026, 1, 1)),
            Claim(person="p2", skill="java", level=3, seen=date(2026, 1, 1)),
            Mission(id="pay", title="Pay"),
            Mandate(mission="pay", business_lead="p1", technology_lead="p2"),
            Seat(person="p1", mission="pay", start="2026-01"),
            Asset(id="app", title="App", mission="pay", keepers=("p2", "p1")),
            Role(id="security", title="Security", holders=("p1",)),
        )
    ],
)


def test_who_leaves_is_let_go_everywhere() -> None:
    left = change(FIRM, without(FIRM, "people", ["p1"]))
    assert check(left) == ()
    assert set(left.people) == {"p2"}
    assert left.people["p2"].manager is None
    assert left.people["p2"].posts == (Post(title="x"),)
    assert set(left.claims) == {"p2:java"}
    assert set(left.seats) == set()
    assert left.units["cards"].head is None
    assert left.mandates["pay"].business_lead is None
    assert left.mandates["pay"].technology_lead == "p2"
    assert left.assets["app"].keepers == ("p2",)
    assert left.roles["security"].holders == ()


def test_what_cannot_be_without_goes_along() -> None:
    left = change(FIRM, without(FIRM, "disciplines", ["it"]))
    assert check(left) == ()
    assert (set(left.skills), set(left.claims)) == (set(), set())


def test_what_is_left_never_allows_more_than_before() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    wide = Waiver(
        id="w1",
        guardrail="g",
        version=1,
        mission="pay",
        reason="x",
        asked_by="p1",
        asked_at=start,
        starts=start,
        until=start + timedelta(days=9),
    )
    records = (
        wide,
        replace(wide, id="w2", asset="app"),
        Partner(id="acme", title="Acme"),
        Person(id="p9", partner="acme"),
        Act(id="buy", title="Buy"),
        Act(id="hire", title="Hire"),
        Mandate(mission="pay", acts=("buy", "hire")),
    )
    firm = change(FIRM, map(put, records))
    assert set(change(firm, without(firm, "assets", ["app"])).waivers) == {"w1"}
    assert "p9" not in change(firm, without(firm, "partners", ["acme"])).people
    left = change(firm, without(firm, "acts", ["buy"]))
    assert left.mandates["pay"].acts == ("hire",)
    assert "pay" not in change(firm, without(firm, "acts", ["buy", "hire"])).mandates


def test_several_can_go_at_once_and_an_absent_one_changes_nothing() -> None:
    left = change(FIRM, without(FIRM, "people", ["p1", "p2"]))
    assert check(left) == ()
    assert left.assets["app"].keepers == ()
    assert left.mandates["pay"] == Mandate(mission="pay")
    assert without(FIRM, "people", ["p3"]) == []


def test_what_lets_go_is_told_in_order() -> None:
    assets = [Asset(id=f"a{n}", title="A", keepers=("p1",)) for n in range(40)]
    firm = change(Firm(), map(put, [Person(id="p1"), *assets]))
    told = [(c.kind, c.key) for c in without(firm, "people", ["p1"])]
    assert told == sorted(told)
    assert len(told) == 41
