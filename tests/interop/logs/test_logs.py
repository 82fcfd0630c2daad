"""A log of any tracker gives the history that is behind it, or says why not."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.interop.logs.dialects import DIALECTS, history, servicenow, volvo

from weft.errors import InputError, Malformed
from weft.interop.logs import Log, Said, read_log, reading
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
    assert [each.group for each in log.cases[0].stretches] == [*"AABB"]


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


JIRA = (
    "Summary,Issue key,Issue Type,Status,Priority,Assignee,Reporter,Created,Updated,"
    "Resolved,Component/s\n"
    "a,ABC-1,Bug,Done,High,al,bo,01/Mar/26 9:12 AM,05/Mar/26 4:01 PM,"
    "04/Mar/26 3:12 PM,Web\n"
    "b,ABC-2,Bug,In Progress,Low,cy,bo,02/Mar/26 9:12 AM,05/Mar/26 4:01 PM,,Web\n"
)
SNOW = (
    "number,opened_at,caller_id,state,category,assignment_group,assigned_to,"
    "sys_updated_on,resolved_at,closed_at\n"
    "I1,2026-03-01 09:12:00,Bo,Closed,x,Desk,Cy,2026-03-09 01:00:00,"
    "2026-03-04 15:12:00,2026-03-09 01:00:00\n"
    "I2,2026-03-01 10:12:00,Bo,In Progress,x,Desk,Cy,2026-03-04 01:00:00,"
    "2026-03-02 01:00:00,\n"
)
GITHUB = (
    "number,title,state,created_at,closed_at,user,assignee,labels\n"
    "1,x,closed,2026-03-01T09:12:00Z,2026-03-04T15:12:00Z,al,bo,bug\n"
    "2,y,open,2026-03-02T09:12:00Z,,al,,bug\n"
)
BANK = (
    "Incident ID;Status;Priority;Category;# Reassignments;Open Time;Reopen Time;"
    "Resolved Time;Close Time\n"
    "IM4;Closed;4;incident;26;1-3-2026 09:12;;4-3-2026 15:12;4-3-2026 15:13\n"
    "IM5;Work in progress;3;incident;3;29-3-2026 12:36;;;\n"
)


@pytest.mark.parametrize("raw", [JIRA, SNOW, GITHUB, BANK])
def test_a_list_with_one_row_for_each_case_gives_lead_times(raw: str) -> None:
    log = read_log("list.csv", raw.encode())
    assert [case.ended for case in log.cases] == [3 * 86_400 + 6 * 3600, None]
    assert all(case.handoffs == 0 for case in log.cases)
    assert "Each case has one row: 2 cases" in told(log)


def test_when_a_case_ended_is_never_looked_at_in_a_log_of_events() -> None:
    raw = SNOW + "I1,2026-03-01 09:12:00,Bo,New,x,Desk,Cy,2026-03-01 10:00:00,,\n"
    log = read_log("log.csv", raw.encode())
    assert not {"done", "closed"} & {column.field for column in log.columns}
    assert log.cases[0].ended == log.cases[0].closed


def test_a_note_about_a_case_neither_ends_it_nor_brings_it_back() -> None:
    log = of(
        "a,2026-01-01,opened,\na,2026-01-02,labeled,\na,2026-01-03,assigned,A\n"
        "a,2026-01-04,Operator Update,A\na,2026-01-05,Resolved,A\n"
        "a,2026-01-06,Quality Indicator Fixed,B\na,2026-01-07,Closed,A\n"
        "a,2026-01-08,Caused By CI,A\na,2026-01-09,Mail to Customer,A\n"
        "a,2026-01-10,Update from customer,A\nb,2026-01-01,opened,A\n"
        "b,2026-01-02,Impact Change,B\nb,2026-01-05,closed,B\nb,2026-01-06,reopened,B\n"
    )
    first, second = log.cases
    assert (first.ended, first.closed) == (4 * 86_400, 6 * 86_400)
    assert first.path() == ("A",)
    assert [s.holding for s in first.stretches[:3]] == ["queue", "queue", "held"]
    assert second.ended is None
    assert second.path() == ("A", "B")
    meant = {state.state: state.holding for state in log.states}
    assert meant["labeled"] == "same"
    # A word that nobody explained opens nothing, unless somebody says what it is.
    rows = "a,2026-01-01,opened,A\na,2026-01-05,Resolved,A\na,2026-01-06,Zork,A\n"
    assert of(rows).cases[0].ended == 4 * 86_400
    assert of(rows, states={"Zork": "queue"}).cases[0].ended is None


def test_changes_of_something_else_than_the_state_are_left_out() -> None:
    raw = (
        b"key,created,author,field,from_string,to_string,changed\n"
        b"A-1,2026-03-01T09:12:00.000+0100,al,status,Open,In Progress,"
        b"2026-03-01T10:12:00.000+0100\n"
        b"A-1,2026-03-01T09:12:00.000+0100,al,assignee,al,bo,"
        b"2026-03-01T11:12:00.000+0100\n"
        b"A-1,2026-03-01T09:12:00.000+0100,bo,status,In Progress,Done,"
        b"2026-03-02T10:12:00.000+0100\n"
    )
    log = read_log("changes.csv", raw)
    assert log.cases[0].ended == 25 * 3600
    assert "1 rows that tell of a change of something else than the state: 3" in told(
        log
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05T16:01:00",
        "20260305T160100",
        "2026/03/05 16:01",
        "05/Mar/26 4:01 PM",
        "5 March 2026 16:01",
        "Mar 5, 2026 4:01 PM",
        "05.03.2026 16:01:00",
        "5-3-2026 16:01",
        "2026-03-05T16:01:00.000Z",
        "2026-03-05T17:01:00+0100",
        "05/Mar/2026 17:01:00 +0100",
        "1772726460",
        "1772726460000",
    ],
)
def test_an_instant_is_the_same_however_it_is_written(text: str) -> None:
    log = of(f'a,"{text}",new,A\n')
    assert log.cases[0].opened == datetime(2026, 3, 5, 16, 1, tzinfo=UTC)


def test_one_case_and_more_events_than_can_be_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "a,2026-01-01,new,A\na,2026-01-02,resolved,A\n"
    assert of(text).cases[0].ended == 86_400
    monkeypatch.setattr(reading, "MOST_EVENTS", 1)
    with pytest.raises(InputError, match="more than 1 events") as error:
        of(text)
    assert "Cut it by time" in (error.value.do or "")


def test_a_value_of_a_log_in_xml_belongs_to_what_it_stands_right_below() -> None:
    def event(day: int, state: str, inside: str = "") -> str:
        return (
            f'<event><string key="concept:name" value="{state}">{inside}</string>'
            f'<date key="time:timestamp" value="2026-01-0{day}T00:00:00Z"/></event>'
        )

    inner = (
        '<string key="concept:name" value="new"/><string key="org:group" value="B"/>'
    )
    raw = (
        '<log><global scope="event"><string key="concept:name" value="x"/></global>'
        '<x:trace xmlns:x="http://x"><string key="concept:name" value="a"/>'
        f"{event(1, 'new', inner)}"
        '<string key="product" value="late"/>'
        f"{event(2, 'resolved', inner)}</x:trace>"
        f"<trace>{event(3, 'new')}</trace></log>"
    )
    first, second = read_log("log.xes", raw.encode()).cases
    assert (first.id, first.product, first.ended) == ("a", "late", 86_400)
    assert first.path() == ()
    assert (second.id, second.product, second.ended) == ("trace 2", "", None)


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
