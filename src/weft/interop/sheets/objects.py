"""JSON that holds tables: a list of objects, or sections of them, at any depth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from weft.core.records import read_plain
from weft.errors import Malformed, Where
from weft.interop.sheets.encodings import decoded
from weft.interop.sheets.table import Cell, Finding, Sheet, sheet_of

KEY = "$key"
"""The column of what an object stands under, where a section is a mapping."""

TOP = "$"
"""The name of the sheet where the whole file is one table."""

_DEEPEST = 6


def read_objects(name: str, raw: bytes) -> tuple[list[Sheet], list[Finding]]:
    """Read the tables in a JSON file: each section is a sheet, named by its path.

    Fields of objects within objects become columns such as `address.city`. Raises
    Malformed for what is no JSON, or holds no table.
    """
    text, findings = decoded(raw)
    plain = read_plain(text, name)
    sheets = list(_sheets(plain, "", findings))
    if not sheets:
        raise Malformed(
            f"{name} holds no table.",
            do="Give a list of objects, or an object with such lists.",
            where=Where(name),
        )
    return sheets, findings


def _sheets(plain: Any, path: str, findings: list[Finding]) -> Iterator[Sheet]:
    """Find the tables in plain data; tell of what is none."""
    if rows := _rows(plain):
        yield _sheet(path or TOP, rows)
    elif isinstance(plain, dict) and path.count(".") < _DEEPEST:
        for key, value in plain.items():
            yield from _sheets(value, f"{path}.{key}" if path else key, findings)
    elif plain not in (None, "", [], {}):
        what = (
            f"{path or TOP} is no table: {json.dumps(plain, ensure_ascii=False)[:60]}"
        )
        findings.append(
            Finding(sort="note", what=what, done="Passed over.", sheet=path)
        )


def _rows(plain: Any) -> list[dict[str, Any]]:
    """Give the rows of a list of objects, or of a mapping to objects; else none."""
    if isinstance(plain, list):
        return plain if plain and all(isinstance(each, dict) for each in plain) else []
    if not isinstance(plain, dict) or not all(
        isinstance(each, dict) for each in plain.values()
    ):
        return []
    if plain and all(_rows(each) for each in plain.values()):
        return []  # a mapping of tables
    return [{KEY: key, **row} for key, row in plain.items()]


def _sheet(name: str, rows: list[dict[str, Any]]) -> Sheet:
    """Make a sheet of objects: a column for each field that one of them has."""
    flat = [dict(_flat(row, "")) for row in rows]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    grid: list[tuple[int, list[Cell]]] = [
        (number, [row.get(column, "") for column in columns])
        for number, row in enumerate(flat, 1)
    ]
    head: list[Cell] = list(columns)
    return sheet_of(name, [(0, head), *grid], headed=True)


def _flat(row: dict[str, Any], path: str) -> Iterator[tuple[str, Cell]]:
    """Give the fields of an object, those of objects in it with their path."""
    for key, value in row.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value and here.count(".") < _DEEPEST:
            yield from _flat(value, here)
        else:
            yield here, _cell(value)


def _cell(value: Any) -> Cell:
    """Write a value as a cell; a list of single values stays a list."""
    if value is None or value in ({}, []):
        return ""
    if isinstance(value, list) and not any(isinstance(v, dict | list) for v in value):
        return tuple(filter(None, (str(_cell(each)) for each in value)))
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
