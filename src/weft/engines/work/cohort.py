"""From which cases of a log lead times may be read: those with nothing missing.

A log that is cut by the day of closing or of export begins with old survivors, whose
lead times are long, and ends with those that happened to be quick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.work.quantiles import quantile

_SHORT = timedelta(days=28)
_DAY = 86_400
_MARGIN, _HALF, _FEW, _TAIL = 0.95, 0.5, 20, 0.05
_BAR = 0.5


class Cohort(Record, frozen=True, kw_only=True):
    """The cases that lead times are read from: opened on one of these days.

    before, after: how many were opened earlier and later. notes: why these days.
    short: the log is too short to tell seasons, or survivors from the rest.
    """

    since: date
    until: date
    cases: int
    before: int
    after: int
    short: bool
    notes: tuple[str, ...]

    def holds(self, case: Case) -> bool:
        """Tell whether a case is one of them."""
        return self.since <= case.opened.date() <= self.until


def cohort(cases: Sequence[Case]) -> Cohort:
    """Choose the days of opening of which a log holds every case, to its end.

    Weeks at the start of the log with less than half of the usual arrivals hold what
    was still open when it began. Those at its end had not the time that 95 of 100
    cases take. Both are left out. Within less than four weeks nothing is told apart.
    """
    first, last = _edges(cases)
    if last - first < _SHORT:
        note = (
            "It spans less than four weeks: all are taken, and no season can be told."
        )
        return _of(cases, first.date(), last.date(), short=True, notes=(note,))
    since, thin = _full_from(cases, first, last)
    notes = []
    if thin:
        note = (
            f"Cases opened before {since} are left out: their weeks hold less than"
            " half of the usual arrivals, as what had ended by then is not in the log."
        )
        notes.append(note)
    until, waits = _ended_by(cases, since, last)
    if until < last.date():
        notes.append(
            f"Cases opened after {until} are left out: 95 of 100 take up to"
            f" {waits} days, and the log ends before that."
        )
    if not any(case.ended is None for case in cases):
        notes.append("No case is open: the log seems to be cut by the day of closing.")
    return _of(cases, since, until, short=False, notes=tuple(notes))


def _edges(cases: Sequence[Case]) -> tuple[datetime, datetime]:
    """Give when the first case was opened and the last one."""
    return min(c.opened for c in cases), max(c.opened for c in cases)


def _of(
    cases: Sequence[Case],
    since: date,
    until: date,
    *,
    short: bool,
    notes: tuple[str, ...],
) -> Cohort:
    """Count who is in a cohort, and who is before and after it."""
    days = [case.opened.date() for case in cases]
    return Cohort(
        since=since,
        until=until,
        cases=sum(since <= day <= until for day in days),
        before=sum(day < since for day in days),
        after=sum(day > until for day in days),
        short=short,
        notes=notes,
    )


def _full_from(
    cases: Sequence[Case], first: datetime, last: datetime
) -> tuple[date, bool]:
    """Give the first day from which arrivals are as many as is usual.

    Usual is what the week of the median case had: long thin tails do not lower it.
    """
    counts = Counter((case.opened - first).days // 7 for case in cases)
    told = sorted((count, week) for week, count in counts.items())
    half, usual = sum(counts.values()) / 2, 0
    for count, _ in told:
        half -= count
        if half <= 0:
            usual = count
            break
    weeks = range((last - first).days // 7 + 1)
    bar = usual * _BAR
    for week in weeks:
        after = [counts[w] for w in (week, week + 1) if w in weeks]
        if all(count >= bar for count in after):
            return (first + timedelta(weeks=week)).date(), week > 0
    return first.date(), False


def _ended_by(cases: Sequence[Case], since: date, last: datetime) -> tuple[date, int]:
    """Give the last day whose cases had time enough to be seen ending."""
    end = max(case.opened + timedelta(seconds=case.last) for case in cases)
    span = (end.date() - since).days
    half = since + timedelta(days=int(span * _HALF))
    early = sorted(
        case.ended / _DAY if case.ended is not None else float("inf")
        for case in cases
        if since <= case.opened.date() <= half
    )
    if len(early) < _FEW:
        return last.date(), 0
    usual = quantile(early, _MARGIN)
    margin = int(span * _HALF) if usual is None else min(usual, span * _HALF)
    days = int(margin) + 1
    return min(last.date(), end.date() - timedelta(days=days)), days
