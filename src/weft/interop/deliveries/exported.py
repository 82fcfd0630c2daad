"""Exported events in one file, one JSON document a line, as deliveries."""

from __future__ import annotations

from typing import Any

from weft.core.delivering.deliveries import Delivery
from weft.core.records import read, read_plain
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.deliveries.reading import understood

_MOST_FAULTS = 20


def read_exported(raw: bytes, file: str, source: str) -> tuple[Delivery, ...]:
    """Give what a file of events reports, in the order of its lines.

    A line is a CDEvent or a CloudEvent around one; a webhook as GitHub's list of
    deliveries gives it ({"event", "request": {"payload"}}) or GitLab sends it
    ({"object_kind"}); or a delivery in Weft's own words. Empty lines are passed over.
    Raises Problems with the line of each that cannot be read: none is taken then.
    """
    found: list[Delivery] = []
    wrong: list[InputError] = []
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found += _line(read_plain(line, file), source)
        except InputError as error:
            error.move(Where(file, number).of)
            wrong.append(error)
            if len(wrong) == _MOST_FAULTS:
                break
    if wrong:
        raise Problems(wrong)
    return tuple(found)


def _line(plain: Any, source: str) -> tuple[Delivery, ...]:
    """Read one line in the format that it turns out to have."""
    if not isinstance(plain, dict):
        raise Malformed(
            "The line is no event.",
            do="Write one JSON document for each event, each on a line of its own.",
            where=Where(path="$"),
        )
    if "context" in plain or "specversion" in plain:
        return understood("cdevents", "", plain, source)
    if "object_kind" in plain:
        return understood("gitlab", "", plain, source)
    if isinstance(plain.get("event"), str) and isinstance(plain.get("request"), dict):
        payload = plain["request"].get("payload")
        return understood("github", plain["event"], payload, source)
    return (read(Delivery, {"source": source, **plain}, Source()),)
