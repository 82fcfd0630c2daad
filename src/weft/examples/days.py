"""The calendar of a story: a year of working days that ends before today."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from weft.core.scalars import Month

YEAR = 12
_SATURDAY = 5


class Calendar:
    """Days and months counted back and forth from the day the story is told on."""

    def __init__(self, today: date) -> None:
        """Lay the year out: it starts on the first working day twelve months ago."""
        self.today = today
        self.start = self.first(-YEAR)

    def month(self, ahead: int = 0) -> Month:
        """Give the month so many months ahead of this one."""
        return month_of(_first_of(self.today, ahead))

    def first(self, ahead: int) -> date:
        """Give the first working day of the month so many months ahead."""
        day = _first_of(self.today, ahead)
        return day + timedelta(days=-day.weekday() % 7 if _rests(day) else 0)

    def end(self, ahead: int) -> date:
        """Give the last day of the month so many months ahead."""
        return _first_of(self.today, ahead + 1) - timedelta(days=1)

    def ago(self, days: int) -> date:
        """Give a working day so many days before today, or the last one before."""
        day = self.today - timedelta(days=days)
        return day - timedelta(days=day.weekday() - 4 if _rests(day) else 0)


def month_of(day: date) -> Month:
    """Give the month that a day lies in."""
    return day.isoformat()[:7]


def instant(day: date, minutes: int) -> datetime:
    """Give the instant so many minutes after midnight, in UTC."""
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)


def _first_of(day: date, ahead: int) -> date:
    """Give the first day of the month so many months ahead of that of a day."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)


def _rests(day: date) -> bool:
    """Tell whether a day lies in a weekend."""
    return day.weekday() >= _SATURDAY
