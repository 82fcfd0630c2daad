"""Tables with a row for each fact: their columns found, each bad row told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

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


def facts_of(
    kind: type[F],
    name: str,
    raw: bytes,
    columns: Columns,
    needed: Sequence[str],
    **more: str,
) -> tuple[list[F], list[Where]]:
    """Read a table of facts: CSV, a workbook, or JSON; and the place of each.

    needed: the fields that have to have a column. more: what holds for all rows.
    Raises Problems with the row of each that is none.
    """
    found: list[F] = []
    places: list[Where] = []
    wrong: list[InputError] = []
    for sheet in read_table(name, raw).sheets:
        known = _known(name, sheet, columns, needed)
        for row, cells in zip(sheet.numbers, sheet.rows, strict=True):
            plain = {field: str(cells[at]).strip() for field, at in known.items()}
            try:
                found.append(_fact(kind, {**plain, **more}, name))
                places.append(Where(name, row))
            except InputError as error:
                error.move(Where(name, row).of)
                wrong.append(error)
    if wrong:
        raise Problems(wrong)
    return found, places


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
        if field not in told:
            continue
        try:
            told[field] = float(plain[field])
        except ValueError as error:
            raise InputError(
                f"`{field}` is {plain[field]!r}, which is no number.",
                do="Write it with digits and a decimal point, such as 1234.5.",
                where=Where(path=field),
            ) from error
    for field in _QUESTIONS:
        if field in told:
            told[field] = _WORDS.get(plain[field].lower(), plain[field])
    return read_texts(kind, told, name)
