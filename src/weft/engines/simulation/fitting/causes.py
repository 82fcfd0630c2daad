"""Why a log does not tell its own last part: how its parts differ, and in what.

Cases that are opened together go together: one outage, one order of fifty laptops, one
supplier that is slow. So parts of a log in time differ more than as many cases drawn
from a hat would, and what is learnt from a few days tells nothing of the next ones.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.simulation.fitting.learning import Floats
from weft.engines.work.quantiles import quantile

BAR: Final = 0.15
"""So far may the fit be from what truly came, of what truly came."""
_STEPS: Final = (1, 7, 28, 91)
_EACH: Final = 20
_SHIFT: Final = 0.05
_SHOWN: Final = 5
_SURE: Final = 2.33  # one in a hundred by chance
_USUAL: Final = 1.96
_DAY: Final = 86_400
_NUMBERED: Final = re.compile(r"(\D*)(\d{1,15})$")


class Period(Record, frozen=True, kw_only=True):
    """The cases opened in one part of the log: a day, a week, four weeks or thirteen.

    median, p90: days from asking to done; None while too many are open. moved: the
    share that was handed on. present: of the case numbers given out in it, from the
    first that is there to the last, the share that is in the log; None where cases are
    not numbered in order.
    """

    since: date
    until: date
    cases: int
    median: float | None
    p90: float | None
    moved: float
    present: float | None


class Change(Record, frozen=True, kw_only=True):
    """What a part of the cases have in common of which more or fewer came in.

    of: in what, such as `product`. early, late: how many of the cases to learn from,
    and of those held back. early_days, late_days: their median days to done.
    """

    of: str
    name: str
    early: int
    early_share: float
    early_days: float | None
    late: int
    late_share: float
    late_days: float | None


_GROUP: Final = "first group"
READS: Final[dict[str, Callable[[Case], str]]] = {
    "product": lambda case: case.product,
    "priority": lambda case: case.priority,
    _GROUP: lambda case: next(iter(case.path()), ""),
}


def periods(cases: Sequence[Case]) -> tuple[Period, ...]:
    """Tell a log part by part, each of some twenty cases or more where it can be."""
    parts = _parts(cases)
    in_order = _in_order(cases)
    return tuple(_period(since, until, some, in_order) for since, until, some in parts)


def restless(cases: Sequence[Case]) -> bool:
    """Tell whether parts of a log differ by more than chance in what decides."""
    parts = [some for _, _, some in _parts(cases) if some]
    if len(parts) < 2:  # noqa: PLR2004 # one part differs from none
        return False
    return any(_differ(parts, mark) > _SURE for mark in _marks(cases))


def changes(
    early: Sequence[Case], late: Sequence[Case], named: Collection[str]
) -> tuple[Change, ...]:
    """Tell of what most more or fewer came in later than before, the most first.

    named: the groups of five people or more; of others nothing is told.
    """
    found = []
    for of, read in READS.items():
        firsts, lasts = Counter(map(read, early)), Counter(map(read, late))
        for name in firsts | lasts:
            change = _change(of, name, (early, late), read)
            if of == _GROUP and name not in named:
                continue
            if name and abs(change.late_share - change.early_share) >= _SHIFT:
                found.append(change)
    found.sort(key=lambda c: (-abs(c.late_share - c.early_share), c.of, c.name))
    return tuple(found[:_SHOWN])


def turned(cases: Sequence[Case], least: int) -> date | None:
    """Give the first day of the part from which on cases went most differently.

    least: so many there have to be from that day on.
    """
    marks = _marks(cases)
    best, since = _SURE, None
    parts = _parts(cases)
    for at in range(1, len(parts)):
        early = [case for _, _, some in parts[:at] for case in some]
        late = [case for _, _, some in parts[at:] for case in some]
        if len(late) < least or not early:
            continue
        far = max(_differ((early, late), mark) for mark in marks)
        if far > best:
            best, since = far, parts[at][0]
    return since


def needed(told: Sequence[Period]) -> int | None:
    """Give roughly how many days a log needs for its last third to be told.

    If parts go on differing as these do. A part in k pieces and the rest in 2k differ
    by 1.96 s sqrt(1.5 / k) at most in 95 of 100 logs, where s is how far single pieces
    lie apart; that has to be within the bar.
    """
    if len(told) < 2:  # noqa: PLR2004 # one part says nothing of the next
        return None
    rows = [
        [math.log(value) for p in told if (value := getattr(p, name))]
        for name in ("median", "p90", "moved")
    ]
    apart = max((float(np.std(r, ddof=1)) for r in rows if len(r) > 1), default=0.0)
    pieces = math.ceil(1.5 * (_USUAL * apart / math.log1p(BAR)) ** 2)
    step = (told[0].until - told[0].since).days + 1
    return 3 * max(1, pieces) * step


def _parts(cases: Sequence[Case]) -> list[tuple[date, date, list[Case]]]:
    """Cut cases, in the order of opening, into parts of the same number of days."""
    first, last = cases[0].opened.date(), cases[-1].opened.date()
    span = (last - first).days + 1
    step = next((s for s in _STEPS if len(cases) * s >= _EACH * span), _STEPS[-1])
    count = max(1, span // step)
    found: list[list[Case]] = [[] for _ in range(count)]
    for case in cases:
        at = (case.opened.date() - first).days // step
        found[min(at, count - 1)].append(case)
    since = [first + timedelta(days=step * at) for at in range(count)]
    until = [*(day - timedelta(days=1) for day in since[1:]), last]
    return list(zip(since, until, found, strict=True))


def _period(
    since: date, until: date, some: Sequence[Case], in_order: dict[str, int]
) -> Period:
    """Tell of one part."""
    leads = _leads(some)
    numbers = [in_order[case.id] for case in some if case.id in in_order]
    spread = max(numbers) - min(numbers) + 1 if numbers else 0
    return Period(
        since=since,
        until=until,
        cases=len(some),
        median=quantile(leads, 0.5),
        p90=quantile(leads, 0.9),
        moved=sum(case.handoffs > 0 for case in some) / len(some) if some else 0.0,
        present=len(numbers) / spread if spread else None,
    )


def _leads(cases: Sequence[Case]) -> list[float]:
    """Give days to done in order; infinity while open."""
    return sorted(math.inf if c.ended is None else c.ended / _DAY for c in cases)


def _in_order(cases: Sequence[Case]) -> dict[str, int]:
    """Give the numbers of cases where they were given out one after the other."""
    told = [_NUMBERED.match(case.id) for case in cases]
    names = {found[1] for found in told if found}
    if None in told or len(names) != 1:
        return {}
    numbers = [int(found[2]) for found in told if found]
    rising = sum(a < b for a, b in pairwise(numbers))
    if rising < 0.9 * (len(numbers) - 1):
        return {}
    return {case.id: number for case, number in zip(cases, numbers, strict=True)}


def _marks(cases: Sequence[Case]) -> list[Callable[[Case], bool]]:
    """Give what decides as a yes or no of each case: slow, very slow, handed on."""
    leads = _leads(cases)
    half, most = quantile(leads, 0.5), quantile(leads, 0.9)

    def over(bar: float | None) -> Callable[[Case], bool]:
        seconds = math.inf if bar is None else bar * _DAY
        return lambda case: case.ended is None or case.ended > seconds

    return [over(half), over(most), lambda case: case.handoffs > 0]


def _differ(parts: Sequence[Sequence[Case]], mark: Callable[[Case], bool]) -> float:
    """Give how far shares in some parts differ beyond chance, in standard deviations.

    A chi-square test of the same share in all, brought to the normal distribution by
    Wilson and Hilferty's cube root.
    """
    sizes: Floats = np.array([len(part) for part in parts], np.float64)
    marked: Floats = np.array([sum(map(mark, part)) for part in parts], np.float64)
    share = marked.sum() / sizes.sum()
    if not 0 < share < 1:
        return 0.0
    free = len(parts) - 1
    off = ((marked - sizes * share) ** 2 / (sizes * share * (1 - share))).sum()
    spread = 2 / (9 * free)
    return float(((off / free) ** (1 / 3) - (1 - spread)) / math.sqrt(spread))


def _change(
    of: str,
    name: str,
    parts: tuple[Sequence[Case], Sequence[Case]],
    read: Callable[[Case], str],
) -> Change:
    """Count what is alike in one thing, before and after."""
    early, late = ([case for case in part if read(case) == name] for part in parts)
    return Change(
        of=of,
        name=name,
        early=len(early),
        early_share=len(early) / len(parts[0]),
        early_days=quantile(_leads(early), 0.5),
        late=len(late),
        late_share=len(late) / len(parts[1]),
        late_days=quantile(_leads(late), 0.5),
    )
