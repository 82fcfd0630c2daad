"""Tables with a row for each fact: their columns found, each bad row told.

A row that cannot be read is kept beside those that can: what is wrong with them in the
firm is then told in the same pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from weft.core.facts.fact import Fact
from weft.core.records import read_texts
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.sheets import read_table
from weft.interop.sheets.table import Sheet

F = TypeVar("F", bound=Fact)
Columns = Mapping[str, tuple[str, ...]]
"""By which heads the column of each field is known."""
_NUMBERS = ("value", "guard")
_WORDS = {"yes": True, "true": True, "no": False, "false": False}
"""How a table answers a question of which the answer is kept as true or false."""
_QUESTIONS = ("to_spec",)


class Rows(NamedTuple, Generic[F]):
    """What a table holds: its facts, the place of each, and what cannot be read."""

    facts: Sequence[F]
    places: Sequence[Where] = ()
    misread: Sequence[InputError] = ()

    def check(self, wrong: Iterable[InputError] = ()) -> None:
        """Raise Problems with whatever is wrong with a row, in their order."""
        if found := [*self.misread, *wrong]:
            raise Problems(sorted(found, key=lambda each: each.where.line))


def facts_of(
    kind: type[F],
    name: str,
    raw: bytes,
    columns: Columns,
    needed: Sequence[str],
    **more: str,
) -> Rows[F]:
    """Read a table of facts: CSV, a workbook, or JSON.

    needed: the fields that have to have a column. more: what holds for all rows.
    """
    found: list[F] = []
    places: list[Where] = []
    misread: list[InputError] = []
    for sheet in read_table(name, raw).sheets:
        known = _known(name, sheet, columns, needed)
        for row, cells in zip(sheet.numbers, sheet.rows, strict=True):
            plain = {field: str(cells[at]).strip() for field, at in known.items()}
            try:
                found.append(_fact(kind, {**plain, **more}, name))
                places.append(Where(name, row))
            except InputError as error:
                error.move(Where(name, row).of)
                misread.append(error)
    return Rows(found, places, misread)


def _known(
    name: str, sheet: Sheet, columns: Columns, needed: Sequence[str]
) -> dict[str, int]:
    """Find the columns of a table by their heads."""
    heads = [" ".join(head.lower().replace("_", " ").split()) for head in sheet.columns]
    found = {
        field: next(at for at, head in enumerate(heads) if head in known)
        for field, known in columns.items()
        if set(known) & set(heads)
    }
    if lacking := [field for field in needed if field not in found]:
        rest = ", ".join(field for field in columns if field not in needed)
        raise Malformed(
            f"The table has no column {' or '.join(map(repr, columns[lacking[0]]))}.",
            do=f"Name its columns {', '.join(needed)}; {rest} may follow.",
            where=Where(name, 1),
        )
    return found


def _fact(kind: type[F], plain: Mapping[str, str], name: str) -> F:
    """Make a fact of a row, all of which is text."""
    told: dict[str, object] = {field: text for field, text in plain.items() if text}
    for field in _NUMBERS:
        if field in told:
            told[field] = _number(field, plain[field])
    for field in _QUESTIONS:
        if field in told:
            told[field] = _WORDS.get(plain[field].lower(), plain[field])
    return read_texts(kind, told, name)


def _number(field: str, text: str) -> float:
    """Read a number; raise InputError with what was written where it is none."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        why = "too large a number" if math.isinf(number) else "no number"
        raise InputError(
            f"`{field}` is {text!r}, which is {why}.",
            do="Write it with digits and a decimal point, such as 1234.5.",
            where=Where(path=field),
        )
    return number
