"""Records one by one: put and taken out, the firm staying whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER, RECORDS
from tests.app.firms import Dice

from weft.app import records
from weft.app.records import effective, faults, stays_whole, unfit
from weft.app.texts import as_text, from_file, from_text
from weft.app.views import look
from weft.core.assets import Asset
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm, change
from weft.core.framework.adrs import ADR, Option, Status
from weft.core.guardrails import Clause
from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import Person
from weft.core.records import Record, read
from weft.errors import (
    ConflictError,
    Forbidden,
    InputError,
    NotFound,
    Problems,
)
from weft.store.desk import Desk

LEDGER = Asset(id="ledger", title="New ledger", mission="payments", keepers=("ben",))


def test_a_lead_changes_what_the_mission_owns(desk: Desk) -> None:
    entry = records.write(desk, ANNA, [put(LEDGER)], name="put", at=NOW)
    assert (entry.actor, entry.deed.changes) == ("anna", (put(LEDGER),))
    assert desk.firm().assets["ledger"] == LEDGER
    with pytest.raises(Forbidden, match="assets vault: you do not lead Lending"):
        records.write(desk, ANNA, [Change("assets", "vault")], name="remove", at=NOW)


def test_everything_that_would_break_is_told_at_once(desk: Desk) -> None:
    wrong = [
        put(Asset(id="ledger", title="x", mission="paymints", keepers=("bea",))),
        put(Person(id="zoe", unit="shopp")),
        put(Seat(person="ben", mission="payments", share=90, start="2026-05")),
    ]
    with pytest.raises(Problems) as error:
        records.write(desk, OWNER, wrong, name="put", at=NOW)
    told = {str(p.where): p.do for p in error.value.problems}
    assert told == {
        "assets/ledger:$.mission": "Did you mean payments?",
        "assets/ledger:$.keepers[0]": "Did you mean ben?",
        "people/zoe:$.unit": "Did you mean shop?",
        "seats/ben:payments:2026-05:$.share": (
            "Lower or end seats of ben, to at most 100 %."
        ),
    }
    assert desk.firm().seq == 1


def test_what_was_wrong_before_is_not_held_against_others(quick: Desk) -> None:
    broken = change(quick.firm(), [Change("units", "shop")])
    assert faults(broken)
    assert stays_whole(broken, [put(LEDGER)]).assets["ledger"] == LEDGER
    with pytest.raises(Problems) as error:
        stays_whole(broken, [put(Person(id="zoe", unit="shop"))])
    assert [str(p.where) for p in error.value.problems] == ["people/zoe:$.unit"]


def test_nothing_is_written_where_nothing_changes(quick: Desk) -> None:
    same = [put(record) for record in RECORDS]
    assert effective(quick.firm(), same) == ()
    with pytest.raises(InputError, match="Nothing changes"):
        records.write(quick, OWNER, same, name="put", at=NOW)


def test_a_stale_write_is_a_conflict_that_names_the_record(desk: Desk) -> None:
    records.write(desk, ANNA, [put(LEDGER)], name="put", at=NOW)
    other = replace(LEDGER, title="Third ledger")
    with pytest.raises(ConflictError, match="assets ledger was changed by entry 2"):
        records.write(desk, BEN, [put(other)], name="put", at=NOW, seen=1)
    written = records.write(desk, BEN, [put(other)], name="put", at=NOW, seen=2)
    assert written.seq == 3


def test_a_key_has_one_effect(desk: Desk) -> None:
    first = records.write(desk, ANNA, [put(LEDGER)], name="put", at=NOW, key="k")
    again = records.write(desk, ANNA, [put(LEDGER)], name="put", at=NOW, key="k")
    assert (first, desk.firm().seq) == (again, 2)
    other = [put(replace(LEDGER, title="Another"))]
    with pytest.raises(ConflictError, match="'k' was used for something else"):
        records.write(desk, ANNA, other, name="put", at=NOW, key="k")


def test_a_mandate_is_signed_by_nobody_else(quick: Desk) -> None:
    lending = quick.firm().mandates["lending"]
    for actor, signed_by in ((BEN, ("ben",)), (ERIK, ("erik", "ben"))):
        signed = put(replace(lending, signed_by=signed_by))
        with pytest.raises(Forbidden, match="signed by its leads, each for them"):
            records.write(quick, actor, [signed], name="put", at=NOW)
    payments = quick.firm().mandates["payments"]
    richer = put(replace(payments, limit="9000000.00 EUR"))
    with pytest.raises(Forbidden, match="a changed mandate is signed anew"):
        records.write(quick, ANNA, [richer], name="put", at=NOW)
    plain = replace(payments, limit="9000000.00 EUR", signed_by=(), version=2)
    records.write(quick, ANNA, [put(plain)], name="put", at=NOW)
    assert not quick.firm().mandates["payments"].holds


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@settings(max_examples=200)
def test_a_firm_that_was_whole_stays_whole(seed: int) -> None:
    dice = Dice(seed)
    firm = dice.firm()
    changes = [dice.change(firm) for _ in range(3)]
    before = {(p.what, str(p.where)) for p in faults(firm)}
    try:
        after = stays_whole(firm, changes)
    except Problems as error:
        after = change(firm, changes)
        told = {(p.what, str(p.where)) for p in error.problems}
        stale = {(p.what, str(p.where)) for p in unfit(firm, after, changes)}
        now = {(p.what, str(p.where)) for p in faults(after)}
        assert told == (now - before) | stale
        assert told
    else:
        assert {(p.what, str(p.where)) for p in faults(after)} <= before


def edited(firm: Firm, changes: list[Change]) -> Iterator[InputError]:
    """Find what must not be written under the name or version that it has."""
    return unfit(firm, change(firm, changes), changes)


RECORD = ADR(
    id="tls",
    title="TLS 1.3 alone",
    status="accepted",
    deciders=("security",),
    context="Which one?",
    options=(Option(title="TLS 1.3"), Option(title="TLS 1.2")),
    chosen="TLS 1.3",
)


@pytest.mark.parametrize("status", ["accepted", "deprecated", "superseded"])
def test_a_record_that_was_decided_is_replaced_and_not_edited(status: Status) -> None:
    old = replace(RECORD, status=status)
    firm = change(Firm(), [put(old)])
    edits: dict[str, object] = {
        "title": "Another",
        "context": "Another?",
        "drivers": ("Cost.",),
        "options": (),
        "chosen": "TLS 1.2",
        "outcome": "Because.",
        "consequences": ("Good, because.",),
        "status": "proposed",
    }
    for field, value in edits.items():
        new = replace(old, **{field: value})
        assert [(e.what, e.do, str(e.where)) for e in edited(firm, [put(new)])] == [
            (
                f"tls is {status}, and its {field} would change.",
                "Write another record, and say here: superseded_by.",
                f"adrs/tls:$.{field}",
            )
        ]
    kept = replace(
        old, status="superseded", superseded_by="next", deciders=(), more="x"
    )
    assert not [*edited(firm, [put(kept)])]


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_a_record_that_is_not_decided_may_be_edited(status: Status) -> None:
    old = replace(RECORD, status=status)
    new = replace(old, title="Another", status="accepted", chosen="TLS 1.2")
    assert not [*edited(change(Firm(), [put(old)]), [put(new)])]


def test_one_that_says_what_replaced_it_is_superseded() -> None:
    plain = {"id": "a", "title": "A", "status": "accepted", "superseded_by": "b"}
    with pytest.raises(InputError) as error:
        read(ADR, plain)
    assert error.value.what == "a is accepted and names what replaced it."


def test_a_guardrail_on_a_decision_that_does_not_hold_is_told(desk: Desk) -> None:
    rule = replace(desk.firm().guardrails["data-in-eu"], rests_on=("old",))
    old = ADR(id="old", title="Old", status="accepted")
    new = ADR(id="new", title="New", status="accepted")
    records.write(desk, OWNER, map(put, (old, new, rule)), name="put", at=NOW)
    view = look(desk, OWNER)
    assert records.misfits(desk, view) == []
    over = replace(old, status="superseded", superseded_by="new")
    records.write(desk, OWNER, [put(over)], name="put", at=NOW)
    (told,) = records.misfits(desk, look(desk, OWNER))
    assert (told.what, told.do, str(told.where)) == (
        "data-in-eu rests on old, which is superseded by new.",
        "Read new, then let it rest on that, or retire the guardrail.",
        "guardrails/data-in-eu:$.rests_on[0]",
    )
    retired = replace(rule, phase="retired")
    records.write(desk, OWNER, [put(retired)], name="put", at=NOW)
    assert records.misfits(desk, look(desk, OWNER)) == []


def test_a_rule_that_judges_otherwise_has_another_version(quick: Desk) -> None:
    rule = quick.firm().guardrails["data-in-eu"]
    judged = {
        "must": (Clause(path="region", is_="us"),),
        "when": (Clause(path="act", is_="deploy"),),
        "level": "advise",
    }
    for field, value in judged.items():
        new = replace(rule, **{field: value})
        assert [str(p.where) for p in edited(quick.firm(), [put(new)])] == [
            "guardrails/data-in-eu:$.version"
        ]
        assert not [*edited(quick.firm(), [put(replace(new, version=2))])]
    worded = replace(rule, title="Data lies near", remedy="Move it.")
    records.write(quick, CLEO, [put(worded)], name="put", at=NOW)


def test_records_are_found_by_kind_and_key(quick: Desk) -> None:
    view = look(quick, BEN)
    assert records.record(view, "missions", "payments") == Mission(
        id="payments", title="Payments"
    )
    keys = [r.key for r in records.records(view, "mandates")]
    assert keys == ["lending", "payments"]
    with pytest.raises(NotFound, match="There is no mission called 'paymnts'"):
        records.record(view, "missions", "paymnts")
    with pytest.raises(NotFound, match="There is no kind called 'mission'"):
        records.records(view, "mission")


# Records as text


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: f"{r.kind}-{r.key}")
def test_a_record_is_read_from_the_text_that_shows_it(record: Record) -> None:
    assert from_text(record.kind, as_text(record)) == record
    assert from_file(record.kind, as_text(record).encode(), "any.yaml")[0] == record


def test_a_file_may_leave_out_the_id_and_be_json() -> None:
    care = Mission(id="care", title="Care")
    assert from_file("missions", b"title: Care\n", "folder/care.yaml")[0] == care
    assert from_file("missions", b'{"title": "Care"}', "care.json")[0] == care
    lending = Mandate(mission="lending")
    assert from_file("mandates", b"mission: lending", "x.yaml")[0] == lending


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        (b"title: Care\ntitel: Care\n", 2, "no field 'titel'"),
        (b"id: care\n", 0, "needs 'title'"),
        (b"title: \xff\n", 1, "not UTF-8"),
        (b"title: [\n", 2, "no YAML"),
        (b"- title\n", 0, "not a mapping"),
        (b"", 0, "not a mapping"),
    ],
)
def test_a_file_that_is_no_record_says_where(raw: bytes, line: int, what: str) -> None:
    with pytest.raises(InputError, match=what) as error:
        from_file("missions", raw, "care.yaml")
    assert (error.value.where.file, error.value.where.line) == ("care.yaml", line)


# What looks broken only because not all may be seen


def test_who_may_not_see_all_is_told_of_no_fault_that_is_none(desk: Desk) -> None:
    view = look(desk, DORA)  # of a partner: she does not see who holds the roles
    assert records.faults(view.firm) != []
    assert records.misfits(desk, view) == []


def test_a_fault_in_what_is_shared_is_told_to_all(desk: Desk) -> None:
    seat = Seat(person="dora", mission="payments", share=60, start="2026-03", end=None)
    late = replace(seat, end="2026-01")
    deed = Deed(name="put", changes=(put(late),))
    desk.write(lambda _: deed, at=NOW, actor=OWNER)  # past the app, which refuses it
    whole = records.misfits(desk, look(desk, OWNER))
    assert [str(fault.where) for fault in whole] == [f"seats/{late.key}:$.end"]
    told = records.misfits(desk, look(desk, DORA))
    assert [fault.what for fault in told] == [fault.what for fault in whole]
    assert records.misfits(desk, look(desk, DORA, as_of="1")) == []
