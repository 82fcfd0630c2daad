"""In which form each kind of record lies in a firm folder.

A kind is either a folder of YAML files, `guardrails/two-suppliers.yaml`, or one
table, `people.csv`, or one file with a record on each line, `claims.jsonl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import NODEFAULT, UNSET
from msgspec.structs import FieldInfo, fields

from weft.core.firm import KINDS
from weft.core.people import Profile
from weft.core.records import Record

FOLDER_KINDS: Mapping[str, type[Record]] = {**KINDS, Profile.kind: Profile}
"""What a firm folder holds: every kind of the firm, and the personal data."""

TABLES = frozenset(
    [
        *["absences", "assets", "baseline", "claims", "disciplines", "needs"],
        *["benefits", "forecasts"],
        *["partners", "people", "profiles", "seats", "skills", "units"],
    ]
)
"""The kinds that are written as a table: short records, and many of them."""

MOST_ROWS = 20_000
"""With more records than this a kind is written as one record on each line."""

MARKER = ".weft-export"
"""Stands in a folder while an export changes it: left over, it was cut short."""


def file_name(key: str) -> str:
    """Give the name of the YAML file of a record: no system refuses it."""
    return f"{key.replace(':', '~')}.yaml"


@cache
def fields_of(kind: type[Record]) -> tuple[tuple[FieldInfo, Any], ...]:
    """Give the fields of a record, each with its default or NODEFAULT."""
    found = fields(kind)
    made = [f.default_factory for f in found]
    return tuple(
        (f, f.default if make is NODEFAULT else make())
        for f, make in zip(found, made, strict=True)
    )


def compact(record: Record) -> dict[str, Any]:
    """Give a record as plain data, without what is as it is by default."""
    plain: dict[str, Any] = {}
    for field, default in fields_of(type(record)):
        value = getattr(record, field.name)
        if value is not UNSET and value != default:
            plain[field.encode_name] = _plain(value)
    return plain


def _plain(value: Any) -> Any:
    """Give a value of a record as plain data; mappings in the order of their keys."""
    if isinstance(value, Record):
        return compact(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    return msgspec.to_builtins(value)
