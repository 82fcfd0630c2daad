"""Time zones, as staff tables write them, and how far each is ahead of UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NAMED = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")
_OFFSET = re.compile(
    r"(?:UTC|GMT)\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?(?!\d)", re.IGNORECASE
)
_FURTHEST, _AN_HOUR = 14 * 60, 60


def read_zone(text: str) -> str:
    """Give the time zone that a cell names, such as `(GMT+01:00) Europe/Berlin`.

    A name comes before an offset, as it knows of summer time; nothing where neither
    is there.
    """
    names = [text, *_NAMED.findall(text)]
    found = next((n for n in names if minutes_ahead(n, date.min) is not None), "")
    if found and not _OFFSET.fullmatch(found):
        return found
    offset = _OFFSET.search(text)
    if offset is None:
        return ""
    sign, hours, minutes = offset.groups()
    told = f"UTC{sign}{int(hours):02}:{minutes or '00'}"
    return told if minutes_ahead(told, date.min) is not None else ""


@lru_cache(maxsize=1024)
def minutes_ahead(zone: str, on: date) -> int | None:
    """Give the minutes that a zone is ahead of UTC at noon of a day; None: no zone."""
    if offset := _OFFSET.fullmatch(zone):
        sign, hours, minutes = offset.groups()
        ahead = int(hours) * _AN_HOUR + int(minutes or 0)
        ahead = -ahead if sign == "-" else ahead
        return ahead if abs(ahead) <= _FURTHEST else None
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    noon = datetime(max(on.year, 1970), on.month, on.day, 12, tzinfo=UTC)
    ahead_by = noon.astimezone(there).utcoffset() or timedelta()
    return int(ahead_by.total_seconds()) // _AN_HOUR
