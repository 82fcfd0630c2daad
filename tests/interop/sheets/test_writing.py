"""Tables written for a spreadsheet: read again as they were, and never run."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from weft.interop.sheets import read_table
from weft.interop.sheets.writing import write_csv, write_workbook

ROWS = (("id", "title", "fte"), ("a", "=1+1", 2.5), ("b", "Zoë, “x”", 3))


def test_what_is_written_as_csv_is_read_again() -> None:
    raw = write_csv(ROWS)
    table = read_table("x.csv", raw)
    assert "Zoë, “x”" in raw.decode("utf-8-sig")
    assert "'=1+1" in raw.decode("utf-8-sig")
    assert table.sheets[0].columns == ROWS[0]
    assert [len(row) for row in table.sheets[0].rows] == [3, 3]


def test_a_workbook_holds_texts_numbers_and_no_formula() -> None:
    raw = write_workbook({"by pool": ROWS})
    sheet = load_workbook(BytesIO(raw))["by pool"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        list(row) for row in ROWS
    ]
    assert sheet["B2"].data_type == "s"
    assert sheet["C2"].data_type == "n"
    assert sheet["A1"].font.bold
