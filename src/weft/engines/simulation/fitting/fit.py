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
from weft.engines.simulation.fitting.causes import BAR, turned
from weft.engines.simulation.fitting.checking import Checked, check
from weft.engines.simulation.fitting.learning import stays_of
from weft.engines.simulation.fitting.measuring import Measured, measured
from weft.engines.simulation.fitting.refusing import After, Refused, refused_for
from weft.engines.work import Cohort, Share, cohort, share
from weft.engines.work.closing import closing
from weft.engines.work.flow import counts
from weft.errors import InputError

LEAST: Final = 150
"""So many cases a log needs: 100 to learn from, and 50 to be judged on."""
TOUCH: Final = (0.01, 0.2)
"""What part of the lead time work may be: illustrative, as no log shows it."""
_HOURS: Final = 8 * 5 / 7  # a person works a day of the calendar, on average
_MOST: Final = 25


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
    measured: parameters of operating models, as the cases to learn from have them.
    since: only cases opened from that day on were looked at. refused: why the cases
    that came last are not told, where they are not.
    """

    log: str
    stands: bool
    why: str
    since: date | None
    refused: Refused | None
    sort: str
    cohort: Cohort
    train: Part | None
    held: Part | None
    checked: tuple[Checked, ...]
    mixed: tuple[Checked, ...]
    groups: tuple[Loaded, ...]
    changed: Share
    measured: tuple[Measured, ...]
    notes: tuple[str, ...]


def fit(
    log: str,
    cases: Sequence[Case],
    groups: Sequence[Grouped],
    seed: int = 1,
    since: date | None = None,
) -> Fit:
    """Fit the way work goes to the first two thirds of the cases, and judge it.

    By the cases that were opened last: the median and p90 of their lead time and the
    share that is handed on have to lie within 15 %. since: look at cases opened from
    that day on, by themselves. Raises InputError where there is none.
    """
    if since is not None:
        cases = _since(cases, since)
    sort, some, notes = _one_sort(cases)
    closed = closing(some)
    chosen = cohort(some)
    usable = sorted(
        (c for c in some if chosen.holds(c) and counts(c, closed)),
        key=lambda c: (c.opened, c.id),
    )
    train, held = _halves(usable)
    taken = [c for c in usable if any(s.holding == "held" for s in c.stretches)]
    impossible = _refusal(usable, train)
    checked = () if impossible else check(train, held, seed)
    wrong = _wrong(checked)
    named = {group.title for group in groups if group.people}
    return Fit(
        log=log,
        stands=not impossible and not wrong,
        why=impossible or _why(checked),
        since=since,
        refused=(
            refused_for((train, held), closed, named, _after(usable, seed))
            if wrong
            else None
        ),
        sort=sort,
        cohort=chosen,
        train=_part(train) if train else None,
        held=_part(held) if held else None,
        checked=checked,
        mixed=() if impossible else _mixed(usable, seed),
        groups=() if impossible else _loaded(train, groups),
        changed=share(sum(c.changed > 0 for c in taken), len(taken)),
        measured=() if impossible or wrong else measured(train, seed),
        notes=(*notes, *chosen.notes),
    )


def _since(cases: Sequence[Case], since: date) -> Sequence[Case]:
    """Give the cases opened from a day on; there has to be one."""
    last = max(case.opened.date() for case in cases)
    if last < since:
        raise InputError(
            f"No case was opened on {since} or later.",
            do=f"Name an earlier day: the last was opened on {last}.",
        )
    return [case for case in cases if case.opened.date() >= since]


def _halves(usable: Sequence[Case]) -> tuple[Sequence[Case], Sequence[Case]]:
    """Give the two thirds to learn from and the third to be judged on."""
    cut = len(usable) * 2 // 3
    return usable[:cut], usable[cut:]


def _after(usable: Sequence[Case], seed: int) -> After | None:
    """Try the part from the greatest change on by itself, where it is large enough."""
    since = turned(usable, LEAST)
    if since is None:
        return None
    part = [case for case in usable if case.opened.date() >= since]
    train, held = _halves(part)
    if impossible := _refusal(part, train):
        return After(
            since=since, cases=len(part), stands=False, why=impossible, checked=()
        )
    checked = check(train, held, seed)
    return After(
        since=since,
        cases=len(part),
        stands=not _wrong(checked),
        why=_why(checked),
        checked=checked,
    )


def _wrong(checked: Sequence[Checked]) -> list[Checked]:
    """Give the figures that are too far off and decide."""
    return [each for each in checked if each.judged and not each.within]


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
    if not any(case.handoffs for case in usable):
        return (
            "No case was ever handed on, so that nothing is known of handoffs: bring in"
            " a log with a row for each change of the group."
        )
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


def _why(checked: Sequence[Checked]) -> str:
    """Say in words whether a fit stands, and what speaks against it."""
    wrong = _wrong(checked)
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
            else "more than chance among as many cases gives"
        )
        told.append(f"{each.name} is {each.error * 100:.0f} % off ({cause})")
    return f"No what-if may rest on it, by {BAR * 100:.0f} %: {'; '.join(told)}."


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
