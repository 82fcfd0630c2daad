"""A fit of the way work goes today, with its error, or why the log allows none.

No what-if is shown of a fit that does not stand. A method is not proven by it: it says
how cases went, not why; what would change if handoffs ended is no part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from weft.core.records import Record
from weft.core.work.cases import Case, Grouped
from weft.engines.simulation.fitting.checking import BAR, Checked, check
from weft.engines.simulation.fitting.learning import stays_of
from weft.engines.work import Cohort, Share, cohort, share
from weft.engines.work.closing import closing
from weft.engines.work.flow import counts

LEAST: Final = 150
"""So many cases a log needs: 100 to learn from, and 50 to be judged on."""
TOUCH: Final = (0.01, 0.2)
"""What part of the lead time work may be: illustrative, as no log shows it."""
_HOURS: Final = 8 * 5 / 7  # a person works a day of the calendar, on average
_MOST: Final = 25
_SHIFT: Final = 0.05


class Part(Record, frozen=True, kw_only=True):
    """Some cases, opened on these days. a_day: how many came on a day."""

    since: date
    until: date
    cases: int
    open: int
    a_day: float


class Loaded(Record, frozen=True, kw_only=True):
    """What a group of five people or more is asked for, of these cases alone.

    visits: a day. days: of a visit in the median, by the group itself. low, high: what
    part of its people's hours this work takes, where work is 1 to 20 % of lead time.
    """

    group: str
    people: int
    visits: float
    days: float
    low: float
    high: float


class Fit(Record, frozen=True, kw_only=True):
    """How well the fit tells what it has not seen. stands: a what-if may rest on it.

    why: in words, whatever the answer. checked: on the cases opened last: it decides.
    mixed: on every third case instead: it tells whether the method fits although what
    came in last was other than before. sort: of the cases, where there are several.
    changed: cases of which what was wanted changed after somebody had taken it up.
    """

    log: str
    stands: bool
    why: str
    sort: str
    cohort: Cohort
    train: Part | None
    held: Part | None
    checked: tuple[Checked, ...]
    mixed: tuple[Checked, ...]
    groups: tuple[Loaded, ...]
    changed: Share
    notes: tuple[str, ...]


def fit(
    log: str, cases: Sequence[Case], groups: Sequence[Grouped], seed: int = 1
) -> Fit:
    """Fit the way work goes to the first two thirds of the cases, and judge it.

    By the cases that were opened last: the median and p90 of their lead time and the
    share that is handed on have to lie within 15 %. Expects at least one case.
    """
    sort, some, notes = _one_sort(cases)
    closed = closing(some)
    chosen = cohort(some)
    usable = sorted(
        (c for c in some if chosen.holds(c) and counts(c, closed)),
        key=lambda c: (c.opened, c.id),
    )
    cut = len(usable) * 2 // 3
    train, held = usable[:cut], usable[cut:]
    notes = (*notes, *chosen.notes)
    taken = [c for c in usable if any(s.holding == "held" for s in c.stretches)]
    refused = _refusal(usable, train)
    checked = () if refused else check(train, held, seed)
    wrong = [each for each in checked if each.judged and not each.within]
    return Fit(
        log=log,
        stands=not refused and not wrong,
        why=refused or _why(wrong, checked, _shift(train, held)),
        sort=sort,
        cohort=chosen,
        train=_part(train) if train else None,
        held=_part(held) if held else None,
        checked=checked,
        mixed=() if refused else _mixed(usable, seed),
        groups=() if refused else _loaded(train, groups),
        changed=share(sum(c.changed > 0 for c in taken), len(taken)),
        notes=notes,
    )


def _one_sort(cases: Sequence[Case]) -> tuple[str, Sequence[Case], tuple[str, ...]]:
    """Give the cases of the most frequent sort: others live by other laws."""
    sorts = Counter(case.sort for case in cases)
    [(sort, count)] = sorts.most_common(1)
    if len(sorts) == 1:
        return sort, cases, ()
    note = f"Only {sort or 'cases without a sort'}: {count:,} of {len(cases):,} cases."
    return sort, [case for case in cases if case.sort == sort], (note,)


def _refusal(usable: Sequence[Case], train: Sequence[Case]) -> str:
    """Say why a log allows no fit; nothing where it does."""
    if len(usable) < LEAST:
        return (
            f"It takes {LEAST} cases with a lead time to learn from and to be judged"
            f" on; the log has {len(usable)}."
        )
    if not any(group for case in usable for group in case.path()):
        return "No case names a group, so that nothing is known of handoffs."
    open_ = sum(case.ended is None for case in train)
    if open_ * 5 > len(train):
        return f"{open_:,} of the {len(train):,} cases to learn from are still open."
    if len({case.ended for case in usable}) * 10 < len(usable) ** 0.5:
        return "Nearly all cases take just as long: the log shows no times of work."
    return ""


def _mixed(usable: Sequence[Case], seed: int) -> tuple[Checked, ...]:
    """Judge the same method on every third case instead of those that came last."""
    rest = [case for at, case in enumerate(usable) if at % 3 != 1]
    return check(rest, usable[1::3], seed)


def _shift(train: Sequence[Case], held: Sequence[Case]) -> str:
    """Say of which group the last cases begin far more or less often than the first."""
    firsts = [Counter(next(iter(c.path()), "") for c in some) for some in (train, held)]
    if not (train and held):
        return ""
    share_of = {
        group: (firsts[0][group] / len(train), firsts[1][group] / len(held))
        for group in firsts[0] | firsts[1]
    }
    group, (early, late) = max(
        sorted(share_of.items()), key=lambda each: abs(each[1][1] - each[1][0])
    )
    if abs(late - early) < _SHIFT:
        return ""
    return (
        f" What comes in is not the same: {group or 'no group'} began with"
        f" {early * 100:.0f} % of the first cases and {late * 100:.0f} % of the last."
    )


def _why(wrong: Sequence[Checked], checked: Sequence[Checked], shift: str) -> str:
    """Say in words whether a fit stands, and what speaks against it."""
    if not wrong:
        worst = max(each.error or 0 for each in checked if each.judged)
        return (
            "It tells the cases that it has not seen: median and p90 of lead time and"
            f" the share handed on within {worst * 100:.0f} %."
        )
    told = []
    for each in wrong:
        if each.error is None:
            told.append(f"the {each.name} is not known, as too many are open")
            continue
        inside = each.low is not None and each.high is not None
        inside = inside and (each.low or 0) <= each.fitted <= (each.high or 0)
        cause = (
            "chance alone could do that: more cases are needed"
            if inside
            else "more than chance: work changed between the two parts"
        )
        told.append(f"{each.name} is {each.error * 100:.0f} % off ({cause})")
    return f"No what-if may rest on it, by {BAR * 100:.0f} %: {'; '.join(told)}.{shift}"


def _part(cases: Sequence[Case]) -> Part:
    """Tell of some cases, which are in the order of opening."""
    since, until = cases[0].opened.date(), cases[-1].opened.date()
    return Part(
        since=since,
        until=until,
        cases=len(cases),
        open=sum(case.ended is None for case in cases),
        a_day=len(cases) / ((until - since).days + 1),
    )


def _loaded(cases: Sequence[Case], groups: Sequence[Grouped]) -> tuple[Loaded, ...]:
    """Tell what each group is asked for, as far as a log can."""
    people: Mapping[str, int] = {g.title: g.people for g in groups if g.people}
    days = (cases[-1].opened.date() - cases[0].opened.date()).days + 1
    stays: dict[str, list[float]] = {}
    leads: dict[str, float] = {}
    for case in cases:
        if case.ended is None:
            continue
        for group, told in stays_of(case):
            stays.setdefault(group, []).append(told[0])
            leads[group] = leads.get(group, 0.0) + sum(told)
    found = []
    for group in sorted(people.keys() & stays, key=lambda g: (-len(stays[g]), g)):
        work = leads[group] / days * 24 / (people[group] * _HOURS)
        low, high = (work * part for part in TOUCH)
        found.append(
            Loaded(
                group=group,
                people=people[group],
                visits=len(stays[group]) / days,
                days=float(np.median(stays[group])),
                low=low,
                high=high,
            )
        )
    return tuple(found[:_MOST])
