"""CSV as the world writes it: any usual separator, quotes that may be broken."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from weft.errors import cut
from weft.interop.sheets.encodings import decoded
from weft.interop.sheets.table import Cell, Finding, Sheet, sheet_of

_SEPARATORS = ",;\t|"
_LOOKED_AT = 200
_MOST_LINES = 200  # of one cell; a quote that is open for longer was never meant
_TOLD = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def read_delimited(name: str, raw: bytes) -> Sheet:
    """Read a CSV file as one sheet; what had to be guessed is told."""
    text, findings = decoded(raw)
    lines = list(io.StringIO(text, newline=""))
    first = 0
    if lines and lines[0].startswith("sep=") and len(lines[0].strip()) == len("sep=;"):
        separator, first = lines[0][4], 1  # what spreadsheets write for each other
    else:
        separator = separator_of(lines)
        if separator != ",":
            told = f"The columns are separated by a {_TOLD[separator]}."
            findings.append(Finding(sort="note", what=told, done="Read so."))
    grid = list(_grid(lines, first, separator, findings))
    findings += _formulas(grid)
    return sheet_of(name, grid, findings)


def separator_of(lines: list[str]) -> str:
    """Choose the separator by which most rows have the same number of cells."""
    best, chosen = (0.0, 0), ","
    for separator in _SEPARATORS:
        reader = csv.reader(lines[:_LOOKED_AT], delimiter=separator)
        try:
            widths = Counter(len(row) for row in reader if row)
        except csv.Error:
            continue
        width, count = max(
            widths.items(), key=lambda w: (w[0] > 1, w[1]), default=(0, 0)
        )
        score = (count / max(1, widths.total()), width) if width > 1 else (0.0, 0)
        if score > best:
            best, chosen = score, separator
    return chosen


def _grid(
    lines: list[str], first: int, separator: str, findings: list[Finding]
) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows, each with the number of its first line."""
    rows = list(islice(lines, first, None))
    try:
        found = list(_strictly(rows, separator))
    except csv.Error:
        found = list(_line_by_line(rows, separator, first, findings))
    for number, cells in found:
        yield number + first, [cell.strip() for cell in cells]


def _formulas(grid: list[tuple[int, list[Cell]]]) -> Iterator[Finding]:
    """Tell of cells that a spreadsheet would have worked out, at the first of them."""
    found = [
        (row, cell) for row, cells in grid for cell in cells if str(cell)[:1] == "="
    ]
    if found:
        row, cell = found[0]
        others = f" (and {len(found) - 1} more)" * (len(found) > 1)
        yield Finding(
            sort="guess",
            what=f"The cell {cut(cell)!r} begins like a formula{others}.",
            done="Read as text; nothing is worked out.",
            row=row,
        )


def _strictly(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Read rows that are as they should be."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    last = 0
    for cells in reader:
        yield last + 1, cells
        last = reader.line_num


def _line_by_line(
    lines: list[str], separator: str, first: int, findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """Read rows some of which have broken quotes: those are taken as they stand."""
    place = 0
    while place < len(lines):
        some = lines[place : place + _MOST_LINES]
        reader = csv.reader(some, delimiter=separator, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error as error:
            cells = lines[place].rstrip("\r\n").split(separator)
            findings.append(
                Finding(
                    sort="guess",
                    what=f"A quote is not closed or stands alone ({error}).",
                    done="The line is read as it stands, its quotes as text.",
                    row=place + 1 + first,
                )
            )
            yield place + 1, cells
            place += 1
        else:
            yield place + 1, cells
            place += max(1, reader.line_num)
