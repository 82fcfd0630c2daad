"""Whatever happened to a file, it is read or told: with its place, and never a crash.

Each test begins with real files and damages them. A file that takes half a minute
hangs. WEFT_LONG=1 tries some thirty times as much.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.conftest import PROFILES, RECORDS
from tests.interop.damage import TRIED, damaged

from weft.core.checks import check
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.records import Record
from weft.errors import InputError, WeftError
from weft.interop.folder import folder_files, read_folder
from weft.interop.folder.files import read_file
from weft.interop.folder.forms import FOLDER_KINDS, file_name
from weft.interop.folder.lines import read_lines, write_lines
from weft.interop.folder.parts import Row
from weft.interop.folder.tables import read_table, write_table
from weft.interop.tables import Understood, guess, understand
from weft.interop.tables import read_table as read_sheet

NO_HANG = timedelta(seconds=30)
FIRM = change(Firm(), map(put, RECORDS))
FILES = dict(folder_files(FIRM, {profile.id: profile for profile in PROFILES}))
KINDS = sorted({record.kind for record in (*RECORDS, *PROFILES)})
SHEETS = {
    "staff.csv": (
        b"Name,Department,Manager,Start,Skills\n"
        b"Anna Alva,Board,,2020-01-01,Python; SQL\n"
        b'"Borg, Ben",Shop,Anna Alva,,"Sales ""B2B"""\n'
        b"Cleo Coz,Shop,Anna Alva,2021-13-01,\n"
    ),
    "staff.json": (
        b'[{"name": "Anna", "manager": null, "team": "A", "skills": ["x", "y"]},\n'
        b' {"name": "Ben", "manager": "Anna", "team": "B", "place": {"city": "Rome"}}]'
    ),
    "staff": b"Name;Unit\nAnn\xe4;Board\nBen;Shop\n",
}


def check_told(problem: InputError, files: dict[str, bytes]) -> None:
    """Hold a problem to what each of them says: what, what to do, and where."""
    assert problem.what
    assert problem.do
    assert problem.where.file in files, problem.where
    assert 1 <= problem.where.line <= length(files[problem.where.file]), problem.where


def length(raw: bytes) -> int:
    """Give the number of lines of a file, whatever ends them; the last may be empty."""
    return len(f"{raw.decode(errors='replace')}.".splitlines())


def check_rows(rows: list[Row], raw: bytes) -> None:
    """Hold what was read from one file to be records and problems, each placed."""
    for line, found in rows:
        assert 1 <= line <= length(raw)
        if not isinstance(found, Record):
            check_told(found, {"file": raw})


def of_kind(kind: str) -> list[Record]:
    """Give the records of a kind."""
    return [record for record in (*RECORDS, *PROFILES) if record.kind == kind]


@settings(max_examples=TRIED, deadline=NO_HANG)
@given(st.sampled_from(KINDS), st.data())
def test_a_damaged_table_is_read_or_told(kind: str, data: st.DataObject) -> None:
    raw = data.draw(damaged(write_table(FOLDER_KINDS[kind], of_kind(kind))))
    check_rows(list(read_table(FOLDER_KINDS[kind], raw, "file")), raw)


@settings(max_examples=TRIED, deadline=NO_HANG)
@given(st.sampled_from(KINDS), st.data())
def test_damaged_lines_are_read_or_told(kind: str, data: st.DataObject) -> None:
    raw = data.draw(damaged(write_lines(of_kind(kind))))
    check_rows(list(read_lines(FOLDER_KINDS[kind], raw, "file")), raw)


@settings(max_examples=TRIED, deadline=NO_HANG)
@given(st.sampled_from([file for file in FILES if "/" in file]), st.data())
def test_a_damaged_file_is_read_or_told(file: str, data: st.DataObject) -> None:
    raw = data.draw(damaged(FILES[file]))
    kind = FOLDER_KINDS[file.partition("/")[0]]
    found, _ = read_file(kind, raw, file)
    if isinstance(found, Record):
        assert file == f"{found.kind}/{file_name(found.key)}"
    else:
        check_told(found, {file: raw})


@pytest.mark.slow
@settings(max_examples=TRIED, deadline=NO_HANG)
@given(st.data())
def test_a_damaged_folder_is_a_whole_firm_or_told(data: st.DataObject) -> None:
    files = dict(FILES)
    for file in data.draw(st.sets(st.sampled_from(sorted(files)), max_size=3)):
        files[file] = data.draw(damaged(files[file]))
    with tempfile.TemporaryDirectory() as temporary:
        for file, raw in files.items():
            path = Path(temporary, file)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(raw)
        read = read_folder(Path(temporary))
    for problem in read.problems:
        check_told(problem, files)
    assert read.problems or check(read.firm) == ()
    if files == FILES:
        assert read.problems == ()
        assert read.firm == FIRM


@settings(max_examples=TRIED, deadline=NO_HANG)
@given(st.sampled_from(sorted(SHEETS)), st.data())
def test_a_damaged_sheet_is_understood_or_told(name: str, data: st.DataObject) -> None:
    raw = data.draw(damaged(SHEETS[name]))
    told = understood(name, raw)
    if isinstance(told, WeftError):
        assert told.what
        assert told.do
        assert told.where.file == name
    else:
        assert check(change(Firm(), told.changes)) == ()


def understood(name: str, raw: bytes) -> Understood | WeftError:
    """Understand a file as a list of people, or give what is wrong with it."""
    try:
        table = read_sheet(name, raw)
        return understand(table, guess(table), Firm(), {}, on=date(2026, 11, 21))
    except WeftError as error:
        return error


@pytest.mark.parametrize("file", FILES)
def test_what_is_not_damaged_is_read(file: str) -> None:
    kind, rows = file.partition("/")[0].partition(".")[0], []
    if "/" in file:
        rows = [(1, read_file(FOLDER_KINDS[kind], FILES[file], file)[0])]
    elif file.endswith(".csv"):
        rows = list(read_table(FOLDER_KINDS[kind], FILES[file], file))
    else:
        rows = list(read_lines(FOLDER_KINDS[kind], FILES[file], file))
    assert [found for _, found in rows if not isinstance(found, Record)] == []
