"""The cells of a table in a firm folder: exact, and readable where they can be.

A cell is typed by the field of its column. A text stands as it is, a list of
simple texts as `a; b`, all else as JSON. An empty cell is what the field is by
default. A text is written as JSON too, in quotes, where it would be mistaken: the
empty text, one that starts with a quote, one of several lines, and one that starts
with = + - @, which a spreadsheet would take for a formula.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

from weft.core.records import Record, read_plain

Form = Literal["text", "whole", "flag", "list", "json"]
_MISTAKEN = re.compile(r'["=+\-@]|.*[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]', re.DOTALL)
_SIMPLE = re.compile(r'[^\s;\["\x00-\x1f](?:[^;\x00-\x1f\x7f\x85\u2028\u2029]*[^\s;])?')
_WHOLE = re.compile(r"-?\d{1,18}")
_FLAGS = {"true": True, "false": False}


@cache
def forms(kind: type[Record]) -> dict[str, Form]:
    """Give the form of the cells of each field of a record."""
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)  # noqa: S101 # for mypy: a record is
    return {field.encode_name: _form(field.type) for field in found.fields}


def _form(hint: inspect.Type) -> Form:
    """Choose the form that fits the type of a field."""
    while isinstance(hint, inspect.Metadata):
        hint = hint.type
    if isinstance(hint, inspect.UnionType):
        inner = [each for each in hint.types if not isinstance(each, inspect.NoneType)]
        return _form(inner[0]) if len(inner) == 1 else "json"
    if isinstance(hint, inspect.VarTupleType) and _form(hint.item_type) == "text":
        return "list"
    return _FORMS.get(type(hint), "json")


_FORMS: dict[type[inspect.Type], Form] = {
    inspect.StrType: "text",
    inspect.LiteralType: "text",
    inspect.DateType: "text",
    inspect.DateTimeType: "text",
    inspect.IntType: "whole",
    inspect.BoolType: "flag",
}


def write_cell(form: Form, value: Any) -> str:
    """Write plain data into a cell, so that `read_cell` gives it back."""
    if form == "text" and isinstance(value, str) and value:
        return _json(value) if _MISTAKEN.match(value) else value
    if form == "list" and value and all(_SIMPLE.fullmatch(each) for each in value):
        joined = "; ".join(value)
        return joined if not _MISTAKEN.match(joined) else _json(value)
    return _json(value)


def read_cell(form: Form, cell: str) -> Any:
    """Read the plain data in a cell that is not empty.

    What does not fit is given as the text it is: the record says what it needs.
    Raises Malformed for JSON that cannot be read.
    """
    if form == "whole" and _WHOLE.fullmatch(cell):
        return int(cell)
    if form == "flag":
        return _FLAGS.get(cell, cell)
    if form == "list" and not cell.startswith("["):
        return [each.strip() for each in cell.split(";")]
    if form in {"list", "json"} or (form == "text" and cell.startswith('"')):
        return read_plain(cell)
    return cell


def _json(value: Any) -> str:
    """Write plain data as JSON on one line, which no reader takes for several."""
    written = msgspec.json.encode(value).decode()
    if written.isprintable():
        return written
    return json.dumps(value, separators=(",", ":"))
