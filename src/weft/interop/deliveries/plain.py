"""Small looks into somebody else's JSON, which may lack anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from weft.errors import Malformed, Where

_LONGEST = 400
_LIVE = re.compile(r"^(prod|production|live)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def at(plain: Any, *path: str) -> Any:
    """Give what lies at a path; nothing where the path ends before."""
    for step in path:
        if not isinstance(plain, Mapping):
            return None
        plain = plain.get(step)
    return plain


def text(plain: Any, *path: str) -> str:
    """Give a text or number at a path as one line; empty where there is none."""
    found = at(plain, *path)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return _CONTROL.sub(" ", str(found)).strip()[:_LONGEST]


def several(plain: Any, *path: str) -> Sequence[Any]:
    """Give a list at a path; an empty one where there is none."""
    found = at(plain, *path)
    return found if isinstance(found, list) else ()


def instant(plain: Any, *path: str) -> datetime | None:
    """Give a time at a path in UTC, however the tool writes it.

    Seconds since 1970, RFC 3339, or GitLab's `2026-11-28 21:50:00 +0200` and `... UTC`.
    Nothing where it is absent, cannot be read, or has no time zone.
    """
    found = at(plain, *path)
    try:
        if isinstance(found, int) and not isinstance(found, bool):
            return datetime.fromtimestamp(found, UTC)
        if not isinstance(found, str):
            return None
        written = found.replace(" UTC", "+00:00").replace(" +", "+").replace(" -", "-")
        told = datetime.fromisoformat(written)
        return told.astimezone(UTC) if told.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None


def needed(plain: Any, *path: str) -> str:
    """Give a text at a path, or say that it is absent."""
    if found := text(plain, *path):
        return found
    raise _absent(path, "a text")


def needed_instant(plain: Any, *path: str) -> datetime:
    """Give a time at a path, or say that it is absent."""
    if found := instant(plain, *path):
        return found
    raise _absent(path, "a time with its zone")


def is_live(environment: str) -> bool:
    """Tell by its name whether an environment is the one that customers meet."""
    return bool(_LIVE.match(environment))


def _absent(path: Sequence[str], what: str) -> Malformed:
    place = f"$.{'.'.join(path)}"
    return Malformed(
        f"The event has no {what} at {place}.",
        do="Send the event as the tool wrote it.",
        where=Where("event", 0, place),
    )
