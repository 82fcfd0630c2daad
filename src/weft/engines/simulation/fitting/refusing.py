"""A refusal that can be checked: why no fit stands, and what would allow one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.simulation.fitting.causes import (
    BAR,
    READS,
    Change,
    Period,
    changes,
    needed,
    periods,
    restless,
)
from weft.engines.simulation.fitting.checking import Checked
from weft.engines.work.closing import Closing
from weft.engines.work.quantiles import quantile

_FEWER = 0.1
_DAY = 86_400
_NAMES = {1: "day", 7: "week"}


class After(Record, frozen=True, kw_only=True):
    """The part of a log from a day on, fitted and judged by itself."""

    since: date
    cases: int
    stands: bool
    why: str
    checked: tuple[Checked, ...]


class Refused(Record, frozen=True, kw_only=True):
    """Why a fit does not stand, with what a reader can count again.

    causes: what speaks for it, in words. ruled_out: what could have been the cause and
    is not. allows: what log would. periods: the log part by part. changes: of what more
    or fewer came in. after: the part from the greatest change on, tried by itself.
    """

    causes: tuple[str, ...]
    ruled_out: tuple[str, ...]
    allows: str
    periods: tuple[Period, ...]
    changes: tuple[Change, ...]
    after: After | None


def refused_for(
    parts: tuple[Sequence[Case], Sequence[Case]],
    closed: Closing,
    named: Collection[str],
    after: After | None,
) -> Refused:
    """Tell why cases that came last are not told by those before; both in order.

    named: the groups of five people or more, of which alone something is told.
    """
    train, held = parts
    told = periods([*train, *held])
    differs = changes(train, held, named)
    causes = [_apart(train, told)]
    if differs:
        causes += [_came(differs[0]), _mixed(train, held, differs[0])]
    causes += [_missing(told), _cut_off([*train, *held])]
    return Refused(
        causes=tuple(each for each in causes if each),
        ruled_out=tuple(_ruled_out([*train, *held], closed)),
        allows=_allows(told),
        periods=told,
        changes=differs,
        after=after,
    )


def _apart(train: Sequence[Case], told: Sequence[Period]) -> str:
    """Say how far parts of the log lie apart."""
    full = [p for p in told if p.cases]
    if len(full) == 1:
        return (
            f"All its cases were opened within {_span(told)}: nothing shows how one"
            " such time differs from the next."
        )
    name = _named(told)
    early = (
        "already in what it learnt from they differ by more than chance"
        if restless(train)
        else "what it learnt from is steady, so that work changed after it"
    )
    return (
        f"Cases opened together go together. By {name}, the median lead time goes"
        f" {_range([p.median for p in full])} days, the p90"
        f" {_range([p.p90 for p in full])} days, the share handed on"
        f" {_range([p.moved * 100 for p in full])} %; {early}."
    )


def _came(change: Change) -> str:
    """Say of what more or fewer came in."""
    return (
        f"What came in changed. {change.of.capitalize()} {change.name}:"
        f" {change.early:,} of the first cases ({change.early_share * 100:.0f} %),"
        f" {change.late:,} of the last ({change.late_share * 100:.0f} %); its median"
        f" {_number(change.early_days)} days, then {_number(change.late_days)}."
    )


def _mixed(train: Sequence[Case], held: Sequence[Case], change: Change) -> str:
    """Say whether what came in explains it: the first cases weighed like the last."""
    read = READS[change.of]
    firsts, lasts = Counter(map(read, train)), Counter(map(read, held))
    ended = sorted(
        ((c.ended, read(c)) for c in train if c.ended is not None), key=lambda e: e[0]
    )
    real = _median(held)
    if not ended or not real:
        return ""
    weights = np.cumsum([lasts[name] / firsts[name] for _, name in ended])
    at = int(np.searchsorted(weights, weights[-1] / 2))
    likely = ended[min(at, len(ended) - 1)][0] / _DAY
    if abs(likely - real) <= BAR * real:
        verdict = "That tells it"
    else:
        verdict = "That alone does not tell it: alike cases took longer or shorter too"
    return (
        f"{verdict}. Weighed to hold as much of each {change.of} as the last cases,"
        f" the first have a median of {_number(likely)} days, not"
        f" {_number(_median(train))}; the last have {_number(real)}."
    )


def _missing(told: Sequence[Period]) -> str:
    """Say where ever more or fewer of the numbers given out are in the log."""
    first, last = told[0], told[-1]
    if first.present is None or last.present is None:
        return ""
    if abs(last.present - first.present) < _FEWER:
        return ""
    return (
        "The log is a selection that changes: of the case numbers given out,"
        f" {first.present * 100:.0f} % are in it on {first.since} and"
        f" {last.present * 100:.0f} % on {last.since}. What is missing may have gone"
        " otherwise."
    )


def _ruled_out(cases: Sequence[Case], closed: Closing) -> Iterator[str]:
    """Say what is not the cause, though logs often suffer from it."""
    seen, slow = _seen(cases)
    open_ = sum(case.ended is None for case in cases)
    if slow is not None and seen > slow:
        yield (
            f"Being cut off: the log goes on for {seen:,} days after its last case was"
            f" opened, 95 of 100 cases take up to {slow:.0f}; {open_:,} are open."
        )
    if closed.automatic and closed.says_done:
        yield (
            f"Closing by the machine: {(closed.bulk or 0) * 100:.0f} % were put away in"
            " bulk, but lead times end with being done."
        )


def _cut_off(cases: Sequence[Case]) -> str:
    """Say where the log ends before the slow ones of its last cases could be done."""
    seen, slow = _seen(cases)
    if slow is not None and seen > slow:
        return ""
    takes = "more than that" if slow is None else f"up to {slow:.0f}"
    return (
        f"The log ends {seen:,} days after its last case was opened and 95 of 100 cases"
        f" take {takes}, so that the slow ones of the last are missing or open."
    )


def _seen(cases: Sequence[Case]) -> tuple[int, float | None]:
    """Give the days the last case could be seen, and those 95 of 100 cases take."""
    end = max(case.opened + timedelta(seconds=case.last) for case in cases)
    slow = quantile(sorted(_ended(cases)), 0.95)
    return (end - cases[-1].opened).days, slow


def _allows(told: Sequence[Period]) -> str:
    """Say what log would allow a fit."""
    days = needed(told)
    if days is None:
        return "A log with cases opened in several weeks, the more the better."
    longer = max(days, 2 * (told[-1].until - told[0].since).days + 1)
    return (
        f"A log with cases opened over some {longer:,} days, if they go on differing"
        f" so: roughly, as this one has {_span(told)}."
    )


def _ended(cases: Sequence[Case]) -> Iterator[float]:
    """Give days to done, in no order; infinity while open."""
    return (float("inf") if c.ended is None else c.ended / _DAY for c in cases)


def _median(cases: Sequence[Case]) -> float | None:
    return quantile(sorted(_ended(cases)), 0.5)


def _named(told: Sequence[Period]) -> str:
    """Name a part of the log."""
    days = (told[0].until - told[0].since).days + 1
    return _NAMES.get(days, f"{days} days")


def _span(told: Sequence[Period]) -> str:
    """Say how many days of opened cases there are."""
    days = (told[-1].until - told[0].since).days + 1
    return f"{days:,} day{'s' if days > 1 else ''}"


def _range(values: Sequence[float | None]) -> str:
    """Say from where to where values go."""
    known = [value for value in values if value is not None]
    if not known:
        return "unknown"
    return f"from {_number(min(known))} to {_number(max(known))}"


def _number(value: float | None) -> str:
    """Write a number to three digits."""
    return "not known" if value is None else f"{value:,.3g}"
