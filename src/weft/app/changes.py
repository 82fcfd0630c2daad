"""A request with a change that an answer has proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from weft.core.requests import Decision, Edit, Request

_ELEMENT = re.compile(r"^(?P<list>.+?)\[(?P<index>\d+)\](?:\.(?P<field>.+))?$")


def changed(decision: Decision, edits: Iterable[Edit]) -> Request:
    """Give the request of a decision with some edits made.

    A list that is edited is stated whole, also where it stood with the asset. The
    indices are those of the request as it was asked, so elements go out last.
    """
    values: dict[str, Any] = dict(decision.request.properties)
    gone: list[tuple[str, int]] = []
    for edit in edits:
        step = _ELEMENT.match(edit.path)
        if step is None:
            values[edit.path] = edit.value
            continue
        name, index = step["list"], int(step["index"])
        rows = _rows(decision, values, name)
        if step["field"]:
            while len(rows) <= index:
                rows.append({})
            rows[index] = {**rows[index], step["field"]: edit.value}
        elif index < len(rows):
            gone.append((name, index))
        values[name] = rows
    for name, index in sorted(gone, reverse=True):
        del values[name][index]
    return replace(decision.request, properties=values)


def _rows(decision: Decision, values: dict[str, Any], name: str) -> list[Any]:
    """Give the elements of a list as they were judged, to be edited."""
    known = values.get(name, decision.facts.get(name, ()))
    return list(known) if isinstance(known, list | tuple) else []
