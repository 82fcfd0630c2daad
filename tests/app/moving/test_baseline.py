"""A baseline is frozen once, stays as it was, and is held against what came since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, DORA, ERIK, OWNER, START

from weft.app import drafts, folder, records
from weft.app.moving.baseline import Paces, ThenNow, freeze, paces
from weft.app.views import look
from weft.core.assets import Asset
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import Deed, put
from weft.core.funding.ask import Ask
from weft.core.people import Person
from weft.core.planning.baseline import Baseline
from weft.core.records import Record
from weft.core.work.cases import Case, Grouped, LogTaken, Stretch
from weft.errors import ConflictError, Forbidden, InputError, NotFound
from weft.store.desk import Desk
from weft.store.verify import verify

FROZEN = START + timedelta(days=100)
LATER = FROZEN + timedelta(days=100)


def write(desk: Desk, at: datetime, *told: Record) -> None:
    """Put records as one deed."""
    deed = Deed(name="put", changes=tuple(map(put, told)))
    desk.write(lambda _: deed, at=at, actor=OWNER)


def deliver(desk: Desk, at: datetime, days: float, season: str) -> None:
    """Report forty changes of ten weeks, each of which took so many days."""
    told: list[Delivery] = []
    for n in range(40):
        landed = at - timedelta(days=90) + timedelta(days=n)
        written = landed - timedelta(days=days)
        more: dict[str, Any] = {
            "source": "ci",
            "of": "till",
            "revision": f"{season}{n}",
        }
        told += [
            Delivery(
                id=f"c{season}{n}", what="change", at=landed, since=written, **more
            ),
            Delivery(id=f"d{season}{n}", what="deployment", at=landed, **more),
        ]
    deed = Deed(name="deliveries", facts=tuple(told))
    desk.write(lambda _: deed, at=at, actor=OWNER)


def asks(at: datetime, days: float, season: str) -> list[Ask]:
    """Give eight asks for money, each granted after so many days."""
    return [
        Ask(
            id=f"{season}{n}",
            mission="payments",
            fund="f",
            amount="10.00 EUR",
            start="2026-12",
            why="More readers.",
            asked_by="ben",
            at=at + timedelta(days=n),
            state="granted",
            answered_by="anna",
            answered_at=at + timedelta(days=n + days),
        )
        for n in range(8)
    ]


def log(at: datetime, days: float, edition: int) -> Sequence[LogTaken | Case]:
    """Give a log of 60 cases in 60 days before an instant, of so many days each."""
    taken = LogTaken(
        id="desk",
        edition=edition,
        at=at,
        file="desk.csv",
        digest=f"{edition}",
        columns={},
        states=(),
        groups=(Grouped(title="desk", people=9, visits=60),),
        cases=60,
        events=120,
    )
    seconds = int(days * 86_400)
    return [
        taken,
        *(
            Case(
                log="desk",
                edition=edition,
                id=f"{edition}-{n}",
                opened=at - timedelta(days=90 - n),
                stretches=(Stretch(0, "held", "desk", "open"),),
                ended=seconds,
                last=seconds,
                events=2,
            )
            for n in range(60)
        ),
    ]


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm with a season of deliveries, asks for money and a log on record."""
    write(quick, START, Asset(id="till", title="Till", delivered_from=("till",)))
    deliver(quick, FROZEN - timedelta(hours=2), 8.0, "a")
    write(quick, FROZEN - timedelta(hours=1), *asks(START, 12.0, "a"))
    deed = Deed(name="log", facts=tuple(log(FROZEN, 9.0, 1)))
    quick.write(lambda _: deed, at=FROZEN - timedelta(minutes=5), actor=OWNER)
    return quick


def since(desk: Desk) -> None:
    """Let a firm deliver and decide faster, and work as it did."""
    deliver(desk, LATER - timedelta(hours=2), 1.0, "b")
    write(desk, LATER - timedelta(hours=1), *asks(FROZEN, 2.0, "b"))
    deed = Deed(name="log", facts=tuple(log(LATER, 9.0, 2)))
    desk.write(lambda _: deed, at=LATER - timedelta(minutes=5), actor=OWNER)


def row(found: Paces, source: str) -> ThenNow:
    """Give what was read from a source."""
    return next(each for each in found.rows if each.source == source)


def test_what_is_frozen_is_what_was_shown_before_at_its_sequence(desk: Desk) -> None:
    shown = paces(desk, look(desk, OWNER), FROZEN)
    assert (shown.baseline, shown.entry) == (None, None)
    seq = desk.firm().seq
    found = freeze(desk, ERIK, FROZEN)
    assert found.baseline is not None
    assert found.baseline.paces == tuple(each.then for each in shown.rows)
    assert (found.baseline.seq, found.entry, found.by) == (seq, seq + 1, "erik")
    assert verify(desk).bad is None
    lead = row(found, "deliveries").then
    assert lead is not None
    assert (lead.n, lead.median.value) == (40, 8.0)
    again = desk.entry(seq + 1).deed.brought
    assert [(batch.kind, batch.count) for batch in again] == [("baselines", 1)]


def test_then_and_now_are_told_with_intervals_measure_by_measure(desk: Desk) -> None:
    freeze(desk, OWNER, FROZEN)
    since(desk)
    found = paces(desk, look(desk, ANNA), LATER)
    told = {each.source: each for each in found.rows}
    assert [each.measure for each in found.rows] == ["lead", "lead", "course"]
    quick = told["deliveries"]
    assert (quick.median.says, quick.median.days) == ("shorter", -7.0)
    assert quick.median.high == pytest.approx(-7.0)
    assert told["changes"].median.says == "shorter"
    assert told["changes"].slowest.says == "unknown"  # eight are too few for a tenth
    assert told["log desk"].median.says == "alike"
    assert told["log desk"].now
    assert told["log desk"].now.n > 50


def test_nothing_that_comes_later_changes_what_was_frozen(desk: Desk) -> None:
    kept = freeze(desk, OWNER, FROZEN).baseline
    assert kept is not None
    since(desk)
    deed = Deed(name="log", facts=tuple(log(FROZEN, 30.0, 3)))  # its past, told anew
    desk.write(lambda _: deed, at=LATER, actor=OWNER)
    assert paces(desk, look(desk, OWNER), LATER).baseline == kept
    before = paces(desk, look(desk, OWNER, as_of=str(kept.seq)), LATER)
    assert (before.baseline, len(before.rows)) == (None, len(kept.paces))


def test_a_baseline_is_frozen_once_whoever_asks(desk: Desk) -> None:
    first = freeze(desk, OWNER, FROZEN, key="k")
    assert freeze(desk, OWNER, FROZEN, key="k").entry == first.entry
    with pytest.raises(ConflictError, match="was frozen on") as refused:
        freeze(desk, ERIK, LATER)
    assert f"in entry {first.entry}" in str(refused.value)
    assert "stays as it is" in refused.value.do


def test_no_gate_puts_changes_or_drops_a_baseline(desk: Desk, tmp_path: Any) -> None:
    kept = freeze(desk, OWNER, FROZEN).baseline
    assert kept is not None
    other = replace(kept, at=LATER, paces=())
    for corrects in (False, True):
        deed = Deed(name="baseline.freeze", facts=(other,), corrects=corrects)
        with pytest.raises(ConflictError, match="stays as it is"):
            desk.write(lambda _, deed=deed: deed, at=LATER, actor=OWNER)  # type: ignore[misc]
    with pytest.raises(NotFound, match="no kind called 'baselines'") as refused:
        records.kind("baselines")
    assert "stays as it was frozen" in refused.value.do
    folder_of = tmp_path / "firm"
    folder.export(desk, look(desk, OWNER), folder_of)
    assert not list(folder_of.glob("baselines*"))
    assert paces(desk, look(desk, OWNER), LATER).baseline == kept


def test_only_an_administrator_freezes_and_partners_do_not_look(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        freeze(desk, ANNA, FROZEN)
    with pytest.raises(Forbidden):
        paces(desk, look(desk, DORA), FROZEN)
    assert desk.facts.of(Baseline) == []


def test_with_too_little_on_record_nothing_is_frozen(quick: Desk) -> None:
    with pytest.raises(InputError, match="too little on record") as refused:
        freeze(quick, OWNER, FROZEN)
    assert "import log" in refused.value.do
    write(quick, FROZEN, Person(id="fay", unit="shop"))
    assert paces(quick, look(quick, OWNER), FROZEN).rows == ()


def test_what_was_measured_otherwise_is_held_against_nothing(desk: Desk) -> None:
    known = paces(desk, look(desk, OWNER), FROZEN)
    told = tuple(each.then for each in known.rows if each.then)
    old = Baseline(at=FROZEN, seq=1, definition=99, moved=0, paces=told)
    desk.write(
        lambda _: Deed(name="baseline.freeze", facts=(old,)), at=FROZEN, actor=OWNER
    )
    since(desk)
    found = paces(desk, look(desk, OWNER), LATER)
    assert not found.comparable
    assert {each.median.says for each in found.rows} == {"unknown"}


def test_a_draft_shows_the_baseline_and_cannot_hold_one(desk: Desk) -> None:
    freeze(desk, OWNER, FROZEN)
    drafts.new(desk, OWNER, "what-if", "What if")
    found = paces(desk, look(desk, OWNER, draft="what-if"), LATER)
    assert found.baseline is not None
