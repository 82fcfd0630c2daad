"""The instants of a log, however its tracker writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from weft.errors import InputError, Malformed, Where

_SHAPE = re.compile(
    r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"(?:[.,]\d+)?\s*([AaPp][Mm])?)?\s*(Z|[+-]\d{2}:?\d{2})?$"
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NAMED = re.compile(
    rf"(\d{{1,2}})[ ./-]{_MONTH}[ ./-](\d{{4}}|\d{{2}})\b"
    rf"|{_MONTH}[ .](\d{{1,2}}),? (\d{{4}})\b",
    re.IGNORECASE,
)
_NAMES = _MONTH[1:].partition(")")[0].split("|")
_YEAR_FIRST = re.compile(r"\d{4}[-/.]?\d{2}[-/.]?\d{2}")
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*"
    r"(Z|[+-]\d{2}:?\d{2})?$"
)
_ZONED = re.compile(r"(?:Z|\d[+-]\d{2}:?\d{2})$")
_EPOCH = re.compile(r"\d{9,10}(\.\d+)?$|\d{12,13}$")
_MONTHS, _MILLIS, _NOON, _CENTURY = 12, 11, 12, 2000
_ZONE_LONG = 7  # the last figure of the time, and +01:00


def zone_of(name: str) -> ZoneInfo:
    """Find a time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"There is no time zone {name!r}.", do="Write it as Europe/Berlin or UTC."
        ) from error


class Clock:
    """Reads the instants of one column, all in one way, as seconds since 1970 UTC.

    days: the beginnings of all of them, by which day and month are told apart. zone:
    that of instants that name none. Raises Malformed where nothing tells.
    """

    def __init__(self, days: Collection[str], zone: str, where: Where) -> None:
        self.zone = zone_of(zone)
        self.plain = zone == "UTC"
        self.known: dict[str, int] = {}
        self.months_first = _months_first(days, where)

    def seconds(self, text: str) -> int | None:
        """Read an instant; None for what is none."""
        found = self.known.get(text)
        if found is None:
            try:
                found = self._read(text)
            except (ValueError, OverflowError):
                return None
            if len(self.known) < 1 << 18:
                self.known[text] = found
        return found

    def _read(self, text: str) -> int:
        """Read an instant that was not seen before."""
        if text[4:5] == "-" and text[:4].isdecimal():
            return self._of(datetime.fromisoformat(text))
        if _EPOCH.match(text):
            number = float(text)
            return int(
                number / 1000 if len(text.partition(".")[0]) > _MILLIS else number
            )
        if _YEAR_FIRST.match(text):
            return self._of(datetime.fromisoformat(text.replace("/", "-")))
        if named := _NAMED.match(text):
            return self._read(_numbered(named, text))
        found = _SHAPE.match(text)
        if not found:
            raise ValueError(text)
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        day, month = (two, one) if self.months_first else (one, two)
        hour = int(found[5] or 0)
        if found[8]:
            hour = hour % _NOON + (_NOON if found[8] in "PMpmPm" else 0)
        year = year if len(found[4]) > 2 else year + _CENTURY  # noqa: PLR2004 # 16
        told = f"{year:04}-{month:02}-{day:02}T{hour:02}:{found[6] or '00'}"
        return self._of(
            datetime.fromisoformat(f"{told}:{found[7] or '00'}{found[9] or ''}")
        )

    def _of(self, at: datetime) -> int:
        """Give an instant in seconds; by the zone said where it names none."""
        if at.tzinfo is None:
            at = at.replace(tzinfo=UTC if self.plain else self.zone)
        return int(at.timestamp())


def _numbered(found: re.Match[str], text: str) -> str:
    """Write a day that names its month in figures, the year first; keep the time."""
    day, name, year = found.group(1, 2, 3) if found[1] else found.group(5, 4, 6)
    month = _NAMES.index(name.casefold()) + 1
    rest = text[found.end() :].strip(" ,T")
    whole = int(year) if len(year) > 2 else int(year) + _CENTURY  # noqa: PLR2004 # 16
    if clock := _CLOCK.match(rest):
        hour = int(clock[1])
        if clock[4]:
            hour = hour % _NOON + (_NOON if clock[4] in "PMpmPm" else 0)
        rest = f"T{hour:02}:{clock[2]}:{clock[3] or '00'}{clock[5] or ''}"
    return f"{whole:04}-{month:02}-{int(day):02}{rest}"


def zoned(text: str) -> bool:
    """Tell whether an instant names its time zone."""
    return _ZONED.search(text[-_ZONE_LONG:]) is not None or bool(_EPOCH.match(text))


def looks_like_time(text: str) -> bool:
    """Tell whether a text is an instant or a day in some way of writing."""
    shapes = (_SHAPE, _EPOCH, _YEAR_FIRST, _NAMED)
    return any(shape.match(text) for shape in shapes)


def check_zones(counts: Mapping[bool, int], said: str, where: Where) -> None:
    """Refuse instants of which some name a zone and some do not."""
    if len(counts) > 1 and not said:
        raise Malformed(
            f"{counts[True]:,} times name a time zone and {counts[False]:,} do not.",
            do="Say the zone of those that do not: --zone Europe/Berlin.",
            where=where,
        )


def _months_first(days: Collection[str], where: Where) -> bool:
    """Tell whether days are written month first; refuse what does not tell."""
    found = [m for day in days if (m := _SHAPE.match(day))]
    firsts = any(int(each[1]) > _MONTHS for each in found)
    seconds = any(int(each[3]) > _MONTHS for each in found)
    american = any(each[2] == "/" for each in found)
    if found and firsts and seconds:
        raise Malformed(
            "Some days are written day first and some month first.",
            do="Write them as year-month-day.",
            where=where,
        )
    if american and not firsts and not seconds and len(found) > 1:
        raise Malformed(
            "Nothing tells whether the days are day/month or month/day.",
            do="Write them as year-month-day.",
            where=where,
        )
    return seconds
