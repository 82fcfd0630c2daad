"""Files as people have them: every format and every flaw, each flaw told."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from weft.errors import InputError, Malformed, WeftError
from weft.interop.sheets import Table, read_table
from weft.interop.sheets.table import MOST_BYTES, MOST_ROWS

HEAD = ("Name", "Unit")
ROWS = (("Zoë", "Café"), ("José", "Sales"))


def only(name: str, raw: bytes | str) -> Any:
    """Read a file with one sheet."""
    table = read_table(name, raw if isinstance(raw, bytes) else raw.encode())
    [sheet] = table.sheets
    return sheet


def told(table: Table) -> list[tuple[str, str, str]]:
    """Give what was done to read a file: sort, what, done."""
    findings = [*table.findings, *(f for s in table.sheets for f in s.findings)]
    return [(f.sort, f.what, f.done) for f in findings]


TEXT = "Name;Unit\r\nZoë;Café\r\nJosé;Sales\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "mark", "utf-16", "be", "le no mark", "be no mark", "windows"],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_file_in_any_usual_form(raw: bytes, separator: str) -> None:
    wide = b";\0" if b";\0" in raw else b";"
    other = separator.encode() + wide[1:] if b";\0" in raw else separator.encode()
    sheet = only("staff.csv", raw.replace(wide, other))
    assert (sheet.columns, sheet.rows) == (HEAD, ROWS)
    assert sheet.numbers == (2, 3)


def test_what_is_not_utf_8_is_told() -> None:
    assert told(read_table("a.csv", TEXT.replace(";", ",").encode("cp1252"))) == [
        ("guess", "The file is not in UTF-8.", "Read as Windows-1252.")
    ]


def test_a_stray_byte_within_utf_8_is_read_and_told_by_its_line() -> None:
    raw = "Name,Unit\nÀé,Ü\nJos\udce9,ß\n".encode("utf-8", "surrogateescape")
    table = read_table("a.csv", raw)
    assert table.sheets[0].rows[1] == ("José", "ß")
    [finding] = table.sheets[0].findings
    assert (finding.sort, finding.row) == ("guess", 3)


def test_what_no_encoding_knows_is_told_as_lost() -> None:
    table = read_table("a.csv", b"Name,Unit\nJ\x81rg,Caf\xe9\n")
    assert table.sheets[0].rows == (("J\ufffdrg", "Café"),)
    assert ("lost", "Characters that cannot be read.", "Written \ufffd.") in told(table)


@pytest.mark.parametrize(
    ("text", "rows", "finding"),
    [
        (
            "sep=|\nName|Unit\nA|B; C\n",
            (("A", "B; C"),),
            None,
        ),
        (
            'Name,Unit\n"Ada, Countess",IT\n"two\nlines",IT\n',
            (("Ada, Countess", "IT"), ("two\nlines", "IT")),
            None,
        ),
        (
            'Name,Unit\nBob "the builder,IT\n"Eve" x,IT\n',
            (('Bob "the builder', "IT"), ('"Eve" x', "IT")),
            (
                "guess",
                "A quote is not closed or stands alone (',' expected after '\"').",
                "The line is read as it stands, its quotes as text.",
            ),
        ),
        (
            'Name,Unit\n"open,IT\nBob,HR\n',
            (('"open', "IT"), ("Bob", "HR")),
            (
                "guess",
                "A quote is not closed or stands alone (unexpected end of data).",
                "The line is read as it stands, its quotes as text.",
            ),
        ),
        (
            "Name,Unit\n,\nA,B\n,,\n\nC,D\n",
            (("A", "B"), ("C", "D")),
            ("note", "3 empty rows: 2, 4, 5", "Passed over."),
        ),
        (
            "Staff list 2026\n\nName,Unit\nA,B\n",
            (("A", "B"),),
            ("lost", "Rows above the head: Staff list 2026", "Left out: 1."),
        ),
        (
            "Name,Unit,Name\nA,B,C\n",
            (("A", "B", "C"),),
            ("note", "The head has 'Name' twice.", "Called 'Name (2)'."),
        ),
        (
            "Name,Unit\nA,B,C\n",
            (("A", "B", "C"),),
            ("note", "A column has no head.", "Called 'column 3'."),
        ),
        (
            'Name,Unit\nA,B\n=1+1,"=CMD()"\n',
            (("A", "B"), ("=1+1", "=CMD()")),
            (
                "guess",
                "The cell '=1+1' begins like a formula (and 1 more).",
                "Read as text; nothing is worked out.",
            ),
        ),
        (
            "Name,,Unit\nA,,B\n",
            (("A", "B"),),
            None,
        ),
        (
            "Name,Unit\nA\0,B\n",
            (("A", "B"),),
            ("lost", "1 characters NUL.", "Left out."),
        ),
        (
            "Name,Unit\n😀 Ann,\u202eשלמה\n",
            (("😀 Ann", "\u202eשלמה"),),
            None,
        ),
    ],
)
def test_a_flaw_is_read_over_and_told(
    text: str, rows: Any, finding: tuple[str, str, str] | None
) -> None:
    table = read_table("staff.csv", text.encode())
    assert table.sheets[0].rows == rows
    if finding:
        assert finding in told(table)
    else:
        assert [f for f in told(table) if f[0] != "note"] == []


def test_a_row_keeps_the_number_of_its_first_line() -> None:
    sheet = only("a.csv", 'Name,Unit\n"a\nb",X\nC,"Y\n')
    assert sheet.numbers == (2, 4)


def workbook(*rows: tuple[Any, ...], merge: str = "") -> Workbook:
    """Make a workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Staff"
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    return book


def saved(book: Workbook) -> bytes:
    """Give the bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_gives_its_values_as_text() -> None:
    day = datetime(2026, 11, 21)  # noqa: DTZ001 # a sheet knows no zone
    rows = ("Ada", 12, 12.0, 1.5, True, day, date(2026, 1, 2), None, " x ")
    book = workbook(("Name", "b", "c", "d", "e", "f", "g", "h", "i"), rows)
    sheet = only("staff.xlsx", saved(book))
    assert sheet.name == "Staff"
    assert sheet.rows == (
        ("Ada", "12", "12", "1.5", "true", "2026-11-21", "2026-01-02", "", "x"),
    )
    assert sheet.numbers == (2,)


def test_merged_cells_stand_in_each_row_and_are_told() -> None:
    rows = [("Unit", "Name"), ("Sales", "A"), (None, "B"), (None, "C"), ("HR", "D")]
    table = read_table("staff.xlsx", saved(workbook(*rows, merge="A2:A4")))
    assert [row[0] for row in table.sheets[0].rows] == ["Sales", "Sales", "Sales", "HR"]
    assert told(table) == [
        ("joined", "The cells A2:A4 are merged.", "Its value stands in each row.")
    ]


def test_a_title_merged_over_the_columns_is_no_head() -> None:
    rows = [("Staff of 2026", None), ("Name", "Unit"), ("A", "B")]
    sheet = only("staff.xlsx", saved(workbook(*rows, merge="A1:B1")))
    assert (sheet.columns, sheet.rows) == (("Name", "Unit"), (("A", "B"),))


def test_formulas_without_a_value_and_errors_are_told() -> None:
    book = workbook(("Name", "Unit"), ("=A1", "#REF!"), ("B", "C"))
    table = read_table("staff.xlsx", saved(book))
    assert table.sheets[0].rows == (("B", "C"),)
    assert [(sort, what) for sort, what, _ in told(table)] == [
        ("lost", "The formula in A2 has no stored value."),
        ("lost", "B2 holds the error #REF!."),
        ("note", "1 empty rows: 2"),
    ]


def test_hidden_sheets_are_told_and_others_are_all_there() -> None:
    book = workbook(HEAD, *ROWS)
    book.create_sheet("Old").append(["x"])
    book["Old"].sheet_state = "hidden"
    book.create_sheet("More").append(["Name"])
    book["More"].append(["Bob"])
    book.create_sheet("Empty")
    table = read_table("staff.xlsx", saved(book))
    assert [sheet.name for sheet in table.sheets] == ["Staff", "More"]
    assert told(table) == [("lost", "The sheet 'Old' is hidden.", "Passed over.")]


def test_json_is_a_table_or_sections_of_them() -> None:
    plain = {
        "month": "2026-11",
        "people": [
            {"id": 1, "name": "A", "at": {"city": "Lyon"}, "tags": ["x", "y"]},
            {"id": 2, "name": None, "boss": True, "tags": []},
        ],
        "org": {"teams": {"t1": {"title": "One"}, "t2": {}}},
        "none": [],
    }
    table = read_table("org.json", json.dumps(plain).encode())
    people, teams = table.sheets
    assert people.name == "people"
    assert people.columns == ("id", "name", "at.city", "tags", "boss")
    assert people.rows == (
        ("1", "A", "Lyon", ("x", "y"), ""),
        ("2", "", "", "", "true"),
    )
    assert (teams.name, teams.columns) == ("org.teams", ("$key", "title"))
    assert teams.rows == (("t1", "One"), ("t2", ""))
    assert told(table) == [("note", 'month is no table: "2026-11"', "Passed over.")]


def test_a_json_list_is_one_table_with_or_without_an_ending() -> None:
    raw = b'\xef\xbb\xbf[{"Name": "A"}]'
    assert only("org", raw).rows == (("A",),)
    assert only("org.json", raw.decode("utf-8-sig").encode("utf-16")).name == "$"


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("a.csv", b"", "a.csv holds no rows."),
        ("a.csv", b"Name,Unit\n", "a.csv holds no rows."),
        ("a.json", b"[1, 2]", "a.json holds no table."),
        ("a.json", b"{", "Expecting property name"),
        ("a.xls", b"\xd0\xcf\x11\xe0....", "a.xls is an old Excel file"),
        ("a.xlsx", b"PK\x03\x04....", "a.xlsx is a broken Excel workbook."),
    ],
)
def test_what_is_no_table_is_refused(name: str, raw: bytes, what: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_table(name, raw)
    assert caught.value.what.startswith(what)
    assert caught.value.where.file == name
    assert caught.value.do


def test_another_package_is_refused_by_its_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    with pytest.raises(Malformed, match="ods is no Excel workbook"):
        read_table("a.ods", file.getvalue())


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="200 MiB, and 64 can be read") as caught:
        read_table("a.csv", bytes(200 * 2**20))
    assert "several files" in caught.value.do
    assert MOST_BYTES == 64 * 2**20


def test_a_workbook_that_grows_without_measure_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "x" * 12_345)
    stated = struct.pack("<I", 12_345)
    raw = file.getvalue().replace(stated, struct.pack("<I", 2**30 + 1))
    with pytest.raises(InputError, match="more than 1 GiB"):
        read_table("a.xlsx", raw)


@pytest.mark.slow
def test_rows_beyond_the_limit_are_refused_and_within_it_read() -> None:
    rows = "".join(f"Name {n},Unit {n % 9}\n" for n in range(MOST_ROWS))
    assert len(only("a.csv", f"Name,Unit\n{rows}").rows) == MOST_ROWS
    with pytest.raises(InputError, match="more than 300,000 rows"):
        read_table("a.csv", f"Name,Unit\n{rows}one,more\n".encode())


# No bytes break a reader.

BITS = st.binary(max_size=60) | st.text(max_size=60).map(
    lambda text: text.encode("utf-16", "surrogatepass")
)
LINES = st.text('abÉ,;|\t"\n\r \0=@', max_size=80).map(str.encode)


@pytest.mark.slow
@given(BITS | LINES, st.sampled_from(["a.csv", "a.json", "a.xlsx", "a"]))
@example(b'"', "a.csv")
@example(b"sep=\n", "a.csv")
@example(b'{"a": {"b": {}}}', "a.json")
def test_no_bytes_break_the_reader(raw: bytes, name: str) -> None:
    with suppress(WeftError):
        read_table(name, raw)


@given(st.binary(max_size=200_000))
@example(b'"' + b"x" * 140_000)
def test_no_long_bytes_break_the_reader(raw: bytes) -> None:
    with suppress(WeftError):
        read_table("a.csv", b"Name,Unit\n" + raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@pytest.mark.slow
@given(JSON)
@example([{"a": 1, "a (2)": 2, " a": 3}])
@example([{"": 1}])
@example({"a": {"b": {"c": {"d": 1}}}})
def test_no_json_breaks_the_reader(plain: Any) -> None:
    with suppress(WeftError):
        read_table("a.json", json.dumps(plain).encode())


WORKBOOK = saved(workbook(HEAD, *ROWS, merge="A2:A3"))


@given(st.data())
def test_no_damage_to_a_workbook_breaks_the_reader(data: st.DataObject) -> None:
    raw = bytearray(WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(WeftError):
        read_table("a.xlsx", bytes(raw[: data.draw(st.integers(0, len(raw)))]))


@given(st.sampled_from(["sheet", "book", "links"]), st.data())
def test_no_markup_in_a_workbook_breaks_the_reader(
    part: str, data: st.DataObject
) -> None:
    parts = {
        "sheet": "xl/worksheets/sheet1.xml",
        "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            raw = bytearray(old.read(name))
            if name == parts[part]:
                at = data.draw(st.integers(0, len(raw) - 1))
                cut = data.draw(st.integers(0, 9))
                raw[at : at + cut] = data.draw(
                    st.text('<>/="A1:v', max_size=5)
                ).encode()
            new.writestr(name, bytes(raw))
    with suppress(WeftError):
        read_table("a.xlsx", out.getvalue())
