"""Readings are brought in once, by who may, and a bad one is told with its place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests.app.conftest import BEN, CLEO, ERIK, NOW, OWNER

from weft.app.outcomes import board, signing
from weft.app.outcomes.readings import bring, from_file, readings
from weft.app.records import write
from weft.app.views import look
from weft.core.entries import put
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.errors import ConflictError, Forbidden, InputError, Problems
from weft.store.desk import Desk

DAY = NOW.date() - timedelta(days=40)


@pytest.fixture
def measured(quick: Desk) -> Desk:
    firm = quick.firm()
    goal = Outcome(metric="speed", baseline=10, target=5, by=date(2027, 6, 30))
    told = [
        Metric(id="speed", title="Days to open an account", unit="days",
               direction="down", stage="Outcome", mission="payments"),
        Metric(id="old", title="Stars", unit="stars", retired=DAY),
        Metric(id="spend", title="Money spent", unit="EUR", mission="payments"),
        replace(firm.missions["payments"], outcome=goal),
    ]  # fmt: skip
    write(quick, OWNER, map(put, told), name="put", at=NOW)
    return quick


def reading(day: int, value: float = 9, metric: str = "speed") -> Reading:
    return Reading(metric=metric, on=DAY + timedelta(days=day), value=value)


def test_readings_are_kept_once_and_repeats_are_said(measured: Desk) -> None:
    first = bring(measured, BEN, [reading(0), reading(1)], NOW)
    assert (first.new, first.repeats) == (2, 0)
    again = bring(measured, BEN, [reading(1), reading(2)], NOW)
    assert (again.new, again.repeats) == (1, 1)
    none = bring(measured, BEN, [reading(1)], NOW)
    assert (none.new, none.repeats, none.entry) == (0, 1, None)
    found = readings(measured, look(measured, OWNER))
    assert {key: len(some) for key, some in found.items()} == {
        "old": 0,
        "speed": 3,
        "spend": 0,
    }
    assert (
        len(readings(measured, look(measured, OWNER, as_of=str(first.entry)))["speed"])
        == 2
    )


def test_another_value_is_a_conflict_unless_it_corrects(measured: Desk) -> None:
    bring(measured, BEN, [reading(0, 9)], NOW)
    with pytest.raises(ConflictError):
        bring(measured, BEN, [reading(0, 8)], NOW)
    bring(measured, BEN, [reading(0, 8)], NOW, corrects=True)
    assert readings(measured, look(measured, OWNER))["speed"][0].value == 8


def test_whose_metric_it_is_may_read_it_and_nobody_else(measured: Desk) -> None:
    with pytest.raises(Forbidden):
        bring(measured, CLEO, [reading(0)], NOW)
    with pytest.raises(Forbidden):
        bring(measured, BEN, [reading(-1, metric="old")], NOW)  # the firm's own
    assert bring(measured, OWNER, [reading(-1, metric="old")], NOW).new == 1


def test_a_bad_reading_is_told_with_its_row_and_nothing_is_kept(measured: Desk) -> None:
    fine = b"metric,date,value\nspeed,2026-10-02,4\n"
    wrong = (
        b"speed,2026-10-01,NaN\nspede,2026-10-01,4\nspeed,1.10.2026,4\n"
        b"speed,2036-10-01,4\nspeed,2026-10-03,vier\nspeed,2026-10-04,1e400\n"
    )
    bring(measured, OWNER, from_file("a.csv", fine).facts, NOW, key="again")
    found, places, misread = from_file("a.csv", fine + wrong)
    with pytest.raises(Problems) as refused:
        bring(measured, OWNER, found, NOW, places=places, misread=misread)
    told = [(e.where.line, e.what) for e in refused.value.problems]
    assert [line for line, _ in told] == [3, 4, 5, 6, 7, 8]
    assert told[0][1] == "`value` is 'NaN', which is no number."
    assert told[5][1] == "`value` is '1e400', which is too large a number."
    found, places, misread = from_file("a.csv", fine + b"speed,2026-10-03,vier\n")
    with pytest.raises(Problems, match="vier"):  # the key of what is there hides none
        bring(measured, OWNER, found, NOW, misread=misread, key="again")
    with pytest.raises(InputError, match="no column"):
        from_file("a.csv", b"metric,value\nspeed,4\n")
    found, places, _ = from_file(
        "a.csv",
        b"metric,date,value\nspeed,2026-10-01,4\nspede,2026-10-01,4\n"
        b"old,2026-11-20,4\nspeed,2036-10-01,4\n",
    )
    with pytest.raises(Problems) as refused:
        bring(measured, OWNER, found, NOW, places=places)
    told = [(e.where.line, e.what) for e in refused.value.problems]
    assert [line for line, _ in told] == [3, 4, 5]
    assert "no metric 'spede'" in told[0][1]
    assert "given up" in told[1][1]
    assert "has not come yet" in told[2][1]
    kept = readings(measured, look(measured, OWNER))["speed"]
    assert [each.on.day for each in kept] == [2]


def test_an_outcome_takes_force_with_both_signatures(measured: Desk) -> None:
    stands = board.outcome(measured, look(measured, OWNER), "payments", NOW)
    assert stands is not None
    assert stands.unsigned
    leads = measured.firm().mandates["payments"]
    with pytest.raises(Forbidden, match="not a lead"):
        signing.sign(measured, ERIK, "payments", NOW)
    signed = signing.sign(measured, BEN, "payments", NOW)
    assert set(signed.signed_by) < {leads.technology_lead, leads.business_lead}
    with pytest.raises(InputError, match="already"):
        signing.sign(measured, BEN, "payments", NOW)
    mission = measured.firm().missions["payments"]
    assert mission.outcome is not None
    changed = replace(mission, outcome=replace(mission.outcome, target=3))
    with pytest.raises(Forbidden, match="signed anew"):
        write(measured, BEN, [put(changed)], name="put", at=NOW)


def test_an_input_is_refused_as_a_goal(measured: Desk) -> None:
    signing.confirm(measured, BEN, "spend", "Input", at=NOW)
    mission = measured.firm().missions["payments"]
    assert mission.outcome is not None
    goal = replace(mission.outcome, metric="spend")
    with pytest.raises(Problems, match="what is put in"):
        write(measured, OWNER, [put(replace(mission, outcome=goal))], name="p", at=NOW)
    with pytest.raises(Problems, match="what is put in"):
        signing.confirm(measured, BEN, "speed", "Input_Processing", at=NOW)


def test_a_board_tells_of_all(measured: Desk) -> None:
    bring(measured, BEN, [reading(n * 9, 10 - n) for n in range(4)], NOW)
    found = board.board(measured, look(measured, OWNER), NOW)
    (one,) = [o for o in found.outcomes if o.mission == "payments"]
    assert one.trajectory.latest == 7
    assert one.trajectory.rate is not None
    assert one.trajectory.rate.middle < 0
    assert "lending" in found.without
