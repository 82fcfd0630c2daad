"""A kind as a table: UTF-8, commas, a head with the names of the fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import NODEFAULT

from weft.core.records import Record
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Problems, UnknownName, Where
from weft.interop.folder.cells import Form, forms, read_cell, write_cell
from weft.interop.folder.forms import compact, fields_of
from weft.interop.folder.parts import Row, decoded, misread, row_record


def write_table(kind: type[Record], records: Iterable[Record]) -> bytes:
    """Write records as a table: a column for each field, a line for each record."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    columns = forms(kind)
    write(columns)
    for record in records:
        plain = compact(record)
        write(
            write_cell(form, plain[field]) if field in plain else ""
            for field, form in columns.items()
        )
    return text.getvalue().encode()


def read_table(kind: type[Record], raw: bytes, file: str) -> Iterator[Row]:
    """Read a table row by row: a record, or what is wrong with the row."""
    try:
        rows = csv.reader(io.StringIO(decoded(raw, file), newline=""), strict=True)
        head = _Head(kind, next(rows, []), file)
        yield from ((1, problem) for problem in head.problems)
        line = rows.line_num
        for cells in rows:
            line, last = rows.line_num, line
            if cells and head.whole:
                yield last + 1, head.record(cells, last + 1)
    except csv.Error as error:
        what = f"The table cannot be read on: {error}."
        do = "Put a cell in quotes whole, and write a quote in it twice."
        yield rows.line_num, Malformed(what, do=do, where=Where(file, rows.line_num))
    except InputError as error:
        yield error.where.line, error


class _Head:
    """The first line of a table: which column holds which field."""

    def __init__(self, kind: type[Record], cells: list[str], file: str) -> None:
        self.kind, self.file = kind, file
        self.names = [cell.strip() for cell in cells]
        self.forms = forms(kind)
        self.problems = list(self._problems())

    def _problems(self) -> Iterator[InputError]:
        """Find what is wrong with the names of the columns."""
        where = Where(self.file, 1)
        if len(self.names) == 1 and (other := self._other_comma()):
            what = f"The columns are separated by {other!r}."
            yield Malformed(what, do="Separate them by commas.", where=where)
            return
        for name in dict.fromkeys(self.names):
            if name not in self.forms:
                kind = f"column of {self.kind.kind}"
                yield UnknownName(kind, name, self.forms, where)
            elif self.names.count(name) > 1:
                what = f"The column {name!r} comes twice."
                yield Malformed(what, do="Keep one of the two.", where=where)
        for name in self._missing():
            what = f"The column {name!r} is missing."
            yield Malformed(
                what, do=f"Add it: {self.kind.__name__} needs it.", where=where
            )

    def _other_comma(self) -> str | None:
        """Find what separates the columns where that is no comma."""
        return next((c for c in ";\t|" if c in self.names[0]), None)

    def _missing(self) -> list[str]:
        """Give the fields that every record needs and no column holds."""
        needed = [f for f, default in fields_of(self.kind) if default is NODEFAULT]
        return [f.encode_name for f in needed if f.encode_name not in self.names]

    @property
    def whole(self) -> bool:
        """Tell whether the rows below can be read at all."""
        return not self._missing()

    def record(self, cells: list[str], line: int) -> Record | InputError:
        """Make a record from the cells of one row."""
        if len(cells) != len(self.names):
            return Malformed(
                f"The row has {len(cells)} cells and the head has {len(self.names)}.",
                do="Give it one cell for each column; empty ones need commas too.",
                where=Where(self.file, line),
            )
        plain: dict[str, Any] = {}
        wrong: dict[str, InputError] = {}
        for name, cell in zip(self.names, cells, strict=True):
            if cell and name in self.forms:
                try:
                    plain[name] = read_cell(self.forms[name], cell)
                except InputError as error:
                    at = Where(self.file, line, f"$.{name}")
                    plain[name] = ...  # which no field is
                    wrong[at.path] = _told(error, self.forms[name], at)
        found = row_record(self.kind, plain, self.file, line)
        if not wrong:
            return found
        others = found.problems if isinstance(found, InputError) else ()
        more = [each for each in others if each.where.path not in wrong]
        told = Problems([*wrong.values(), *more])
        return misread(told, self.kind, plain, Source(self.file))


def _told(error: InputError, form: Form, where: Where) -> InputError:
    """Say what a cell has to look like that cannot be read."""
    needed = "A list is written a; b or as JSON." if form == "list" else ""
    if form == "text":
        needed = "A text that starts with a quote is written as JSON."
    return Malformed(error.what, do=needed or "Write it as JSON.", where=where)
