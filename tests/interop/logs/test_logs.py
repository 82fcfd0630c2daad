"""A log of any tracker gives the history that is behind it, or says why not."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.interop.logs.dialects import DIALECTS, history, servicenow, volvo

from weft.errors import InputError, Malformed
from weft.interop.logs import Log, Said, read_log
from weft.interop.logs.states import by_words

REAL = (
    Path(__file__).parents[4]
    / "shared/data/servicenow-uci-slice/incident_event_log.csv"
)
HEAD = "case,time,status,group\n"
PIECES = history()


def of(text: str, **said: Mapping[str, str] | str) -> Log:
    return read_log("log.csv", (HEAD + text).encode(), Said(**said))  # type: ignore[arg-type]


def told(log: Log) -> str:
    return " ".join(f"{each.what} {each.done}" for each in log.findings)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_dialect_gives_the_history_behind_it(
    dialect: str,
    packed: bool,  # noqa: FBT001 # a case of the test
) -> None:
    raw = DIALECTS[dialect](PIECES)
    log = read_log("log", gzip.compress(raw) if packed else raw)
    cases = {case.id: case for case in log.cases}
    assert len(cases) == len(PIECES)
    assert log.events == sum(len(piece.steps) for piece in PIECES)
    for piece in PIECES:
        case = cases[piece.id]
        assert case.path() == piece.path
        assert case.ended == piece.lead
        assert not case.unsolved
        asked = sum(step.holding == "asker" for step in piece.steps)
        assert case.asked_back == asked
        spans = list(case.spans())
        assert sum(until - since for _, since, until in spans) == piece.lead
    assert {g.title for g in log.groups} == {s.group for p in PIECES for s in p.steps}


@pytest.mark.data
@pytest.mark.skipif(not REAL.exists(), reason="needs the shared data")
def test_the_real_log_gives_the_counts_of_its_source() -> None:
    log = read_log(REAL.name, REAL.read_bytes())
    paths = [case.path() for case in log.cases]
    assert (log.events, len(log.cases), len(log.groups)) == (5998, 890, 61)
    assert sum(len(path) > 1 for path in paths) == 381
    assert sum(len(set(path)) < len(path) for path in paths) == 112
    assert max(len(path) - 1 for path in paths) == 18
    assert "5 steps go back in time" in told(log)
    assert "3 cases never name a group" in told(log)
    assert all(case.ended is not None and case.ended >= 0 for case in log.cases)


def test_unknown_groups_are_the_ones_before() -> None:
    log = of(
        "a,2026-01-01,new,A\na,2026-01-02,active,?\na,2026-01-03,active,A\n"
        "a,2026-01-04,active,B\na,2026-01-05,resolved,\n"
    )
    assert log.cases[0].path() == ("A", "B")
    assert log.cases[0].ended == 4 * 86_400


def test_what_is_out_of_order_twice_or_unreadable_is_told() -> None:
    log = of(
        "a,2026-01-05,resolved,A\na,2026-01-01,new,A\na,2026-01-01,new,A\n"
        "a,soon,active,A\n,2026-01-02,active,A\nb,,new,A\nb,2026-01-02,new,B\n"
    )
    assert [case.id for case in log.cases] == ["a", "b"]
    assert log.cases[0].ended == 4 * 86_400
    assert log.cases[1].ended is None
    for part in ("1 rows without a case: 6", "without a time: 7", "twice: 4"):
        assert part in told(log)
    assert "cannot be read: 5" in told(log)


def test_a_counter_orders_rows_and_no_wait_is_negative() -> None:
    raw = (
        "number,sys_mod_count,sys_updated_at,state,group,opened_at\n"
        "a,1,2026-01-03 10:00,active,A,2026-01-09\n"
        "a,0,2026-01-04 10:00,new,A,2026-01-09\n"
        "a,2,2026-01-05 10:00,resolved,A,2026-01-09\n"
    )
    log = read_log("log.csv", raw.encode())
    ats = [each.at for each in log.cases[0].stretches]
    assert ats == sorted(ats)
    assert ats[0] >= 0
    assert "1 steps go back in time" in told(log)
    assert "1 cases are opened after their first event" in told(log)


def test_done_is_when_it_stayed_done_and_closing_is_not_work() -> None:
    log = of(
        "a,2026-01-01,new,A\na,2026-01-02,resolved,A\na,2026-01-03,reopened,A\n"
        "a,2026-01-04,resolved,A\na,2026-01-09,closed,A\nb,2026-01-01,new,A\n"
        "b,2026-01-02,closed,A\n"
    )
    first, second = log.cases
    assert (first.ended, first.closed) == (3 * 86_400, 8 * 86_400)
    assert second.unsolved
    assert "1 cases came back" in told(log)


def test_zones_are_one_instant_or_said() -> None:
    mixed = "a,2026-07-01T12:00:00+02:00,new,A\na,2026-07-01T11:00:00,resolved,A\n"
    with pytest.raises(Malformed, match="1 times name a time zone and 1 do not"):
        of(mixed)
    assert of(mixed, zone="UTC").cases[0].ended == 3600
    assert of(mixed, zone="Europe/Lisbon").cases[0].ended == 0
    with pytest.raises(InputError, match="no time zone 'Nowhere'"):
        of(mixed, zone="Nowhere")
    both = "a,2026-07-01T12:00:00+02:00,new,A\na,2026-07-01T11:30:00Z,resolved,A\n"
    assert of(both).cases[0].ended == 90 * 60


def test_days_that_do_not_tell_are_refused() -> None:
    with pytest.raises(Malformed, match="day/month or month/day"):
        of("a,01/02/2026,new,A\na,02/03/2026,resolved,A\n")
    with pytest.raises(Malformed, match="some month first"):
        of("a,13/02/2026,new,A\na,02/14/2026,resolved,A\n")
    assert of("a,01/13/2026,new,A\na,01/14/2026,resolved,A\n").cases[0].ended == 86_400


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "There is no event in it"),
        (HEAD.encode(), "There is no event in it"),
        (b"a,b\n1,2\n", "No column is known to hold the case"),
        (b"case,time,status\na,soon,new\n", "No time can be read in the column"),
        (b"\x1f\x8b\x08broken", "gzip file is broken"),
        (gzip.compress(volvo(PIECES[:9]))[:-60], "gzip file is broken"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><log>&a;</log>', "document type"),
        (b"<log><trace><event></trace></log>", "The XML cannot be read"),
        (b"<a>" * 200 + b"</a>" * 200, "nested too deep"),
        (b"<log></log>", "There is no event in it"),
        (b'case,time,status\n"' + b"x" * 200_000, "a quote that is never closed"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence(raw: bytes, what: str) -> None:
    with pytest.raises(InputError) as error:
        read_log("log", raw)
    assert what in f"{error.value.what} {error.value.do}"


def test_a_guess_is_put_right() -> None:
    text = "a,2026-01-01,Verhuld,A\na,2026-01-02,Weg,B\n"
    guessed = of(text)
    assert "States that no word explains: Verhuld, Weg" in told(guessed)
    assert "No state says that a case is done" in told(guessed)
    said = of(text, states={"weg": "done", "Verhuld": "queue"})
    assert said.cases[0].ended == 86_400
    assert [s.holding for s in said.states] == ["queue", "done"]
    assert "States that do not occur: Wech" in told(of(text, states={"Wech": "done"}))
    with pytest.raises(InputError, match="cannot mean 'gone'"):
        of(text, states={"Weg": "gone"})
    other = of(text, columns={"group": "status", "state": "group"})
    assert other.cases[0].path() == ("Verhuld", "Weg")
    with pytest.raises(Malformed, match="There is no column 'team'"):
        of(text, columns={"group": "team"})
    with pytest.raises(InputError, match="no field 'grp'"):
        of(text, columns={"grp": "group"})
    assert of(text, columns={"group": ""}).cases[0].path() == ()


def test_what_is_wanted_may_change_after_it_was_taken_up() -> None:
    log = read_log(
        "log.csv",
        b"case,time,status,category\na,2026-01-01,new,x\na,2026-01-02,active,y\n"
        b"a,2026-01-03,active,z\na,2026-01-04,resolved,z\n",
    )
    assert log.cases[0].changed == 1


@pytest.mark.parametrize(
    ("state", "means"),
    [
        ("Awaiting Vendor", "other"),
        ("Pending Customer", "asker"),
        ("Waiting for support", "queue"),
        ("Wait - Implementation", "queue"),
        ("Update from customer", "held"),
        ("On hold", "other"),
        ("Reassignment", "queue"),
        ("Pending vendor", "other"),
        ("Cancelled", "closed"),
        ("Résolu", "done"),
        ("En attente", "other"),
        ("Not yet fixed", "queue"),
        ("Frobnicated", None),
    ],
)
def test_states_mean_what_their_words_say(state: str, means: str | None) -> None:
    assert by_words(state) == means


def test_signs_that_steer_a_terminal_are_left_out() -> None:
    log = of("a\x1b[2J,2026-01-01,new,A\x07B\na\x1b[2J,2026-01-02,resolved,A\x07B\n")
    assert log.cases[0].id == "a [2J"
    assert log.groups[0].title == "A B"


def test_the_number_of_persons_is_kept_and_no_person() -> None:
    log = read_log("log", servicenow(PIECES))
    assert max(case.people for case in log.cases) > 1
    assert all(b"P0" not in repr(case).encode() for case in log.cases)
    assert all("Caller" not in repr(case) for case in log.cases)
