"""How work flowed through a firm, read from its log: leads, handoffs, waits.

Lead times are read from one complete cohort, handoffs from the whole log. Days are
those of the calendar: nights and weekends are in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from weft.core.records import Record
from weft.core.work.cases import OVER, Case, Grouped, Holding
from weft.engines.work.boundary import Side, crossings
from weft.engines.work.closing import Closing, closing
from weft.engines.work.cohort import Cohort, cohort
from weft.engines.work.quantiles import Share, Spread, share, spread

DAY = 86_400
_INFINITE = float("inf")
_MANY = 4
HOLDINGS: tuple[Holding, ...] = ("queue", "held", "asker", "other", "done")


class Wait(Record, frozen=True, kw_only=True):
    """How much of the time of all cases went by so. days: in all."""

    holding: Holding
    days: float
    share: float


class ByHandoffs(Record, frozen=True, kw_only=True):
    """The cases that changed the group so often. handoffs: the last one means more."""

    handoffs: int
    cases: int
    lead: Spread


class Handed(Record, frozen=True, kw_only=True):
    """Handoffs of some cases: each, those over the edge of the IT unit, and back.

    crossings: of the cases of which it is known; unknown: how many others there are.
    returned: cases that came back to a group that had had them.
    """

    cases: int
    handoffs: Spread
    moved: Share
    returned: Share
    crossings: Spread
    unknown: int
    asked_back: Share


class InMonth(Record, frozen=True, kw_only=True):
    """The cases opened in a month; across: asked for in another unit than did it."""

    month: str
    cases: int
    lead: Spread
    handoffs: float
    across: Share


class InGroup(Record, frozen=True, kw_only=True):
    """What a group of five people or more had, or the other groups together.

    hours: of a visit until it is handed on or the work is done.
    """

    title: str
    groups: int
    people: int | None
    visits: int
    hours: Spread
    side: Side | None


class Flow(Record, frozen=True, kw_only=True):
    """How work flowed, by a log.

    unsolved: closed without being said to be done, so without a lead time. first: days
    until whoever asked heard anything of use: a question back, or that it is done.
    taken: days until somebody took it up. changed: cases of which what was wanted
    changed after that. touch: what share of the lead work can be at most.
    """

    log: str
    cases: int
    open: int
    unsolved: int
    cohort: Cohort
    lead: Spread
    first: Spread
    taken: Spread
    waits: tuple[Wait, ...]
    touch: float | None
    closing: Closing
    changed: Share
    handed: Handed
    before: Handed | None
    after: Handed | None
    by_handoffs: tuple[ByHandoffs, ...]
    months: tuple[InMonth, ...]
    groups: tuple[InGroup, ...]


def flow(
    log: str,
    cases: Sequence[Case],
    groups: Sequence[Grouped],
    sides: Mapping[str, Side],
    split: date | None = None,
) -> Flow:
    """Tell how work flowed. split: a day; handoffs are told before it and from it on.

    Expects at least one case.
    """
    chosen = cohort(cases)
    within = [case for case in cases if chosen.holds(case)]
    closed = closing(cases)
    solved = [case for case in within if counts(case, closed)]
    waits = _waits(within)
    held = next((wait.share for wait in waits if wait.holding == "held"), None)
    parts: list[Handed | None] = [None, None]
    if split:
        early = [case for case in cases if case.opened.date() < split]
        late = [case for case in cases if case.opened.date() >= split]
        parts = [handed(part, sides) if part else None for part in (early, late)]
    taken = [case for case in cases if any(s.holding == "held" for s in case.stretches)]
    return Flow(
        log=log,
        cases=len(cases),
        open=sum(case.ended is None for case in cases),
        unsolved=sum(not counts(case, closed) for case in cases),
        cohort=chosen,
        lead=spread(map(lead_days, solved)),
        first=spread(_until(case, ("asker", "done", "closed")) for case in solved),
        taken=spread(
            _until(case, ("held", "asker", "other", "done")) for case in solved
        ),
        waits=waits,
        touch=held,
        closing=closed,
        changed=share(sum(case.changed > 0 for case in taken), len(taken)),
        handed=handed(cases, sides),
        before=parts[0],
        after=parts[1],
        by_handoffs=tuple(_by_handoffs(solved)),
        months=tuple(_months(cases, closed)),
        groups=tuple(_groups(within, groups, sides)),
    )


def counts(case: Case, closed: Closing) -> bool:
    """Tell whether a case has a lead time, or will have one when it ends.

    What was put away without being said to be done has none, in a log that says so
    of the others.
    """
    return not (case.unsolved and closed.says_done)


def lead_days(case: Case) -> float:
    """Give the days from asking to done; infinity while it is open."""
    return _INFINITE if case.ended is None else case.ended / DAY


def handed(cases: Sequence[Case], sides: Mapping[str, Side]) -> Handed:
    """Tell of handoffs, and of those that cross the edge of the IT unit."""
    paths = [case.path() for case in cases]
    crossed = [crossings(case, sides) for case in cases]
    known = [each for each in crossed if each is not None] if sides else []
    return Handed(
        cases=len(cases),
        handoffs=spread(max(0, len(path) - 1) for path in paths),
        moved=share(sum(len(path) > 1 for path in paths), len(cases)),
        returned=share(sum(len(set(p)) < len(p) for p in paths), len(cases)),
        crossings=spread(known),
        unknown=len(cases) - len(known),
        asked_back=share(sum(case.asked_back > 0 for case in cases), len(cases)),
    )


def _until(case: Case, holdings: Iterable[Holding]) -> float:
    """Give the days until a case first was so; infinity where it never was."""
    wanted = frozenset(holdings)
    found = (each.at for each in case.stretches if each.holding in wanted)
    return next(found, _INFINITE * DAY) / DAY


def _waits(cases: Sequence[Case]) -> tuple[Wait, ...]:
    """Tell where the time went that cases took until they were done."""
    seconds: Counter[Holding] = Counter()
    for case in cases:
        for each, since, until in case.spans():
            holding: Holding = "done" if each.holding in OVER else each.holding
            seconds[holding] += until - since
    whole = seconds.total() or 1
    return tuple(
        Wait(holding=each, days=seconds[each] / DAY, share=seconds[each] / whole)
        for each in HOLDINGS
        if seconds[each]
    )


def _by_handoffs(cases: Sequence[Case]) -> Iterable[ByHandoffs]:
    """Tell the lead times of cases by how often they were handed on."""
    found: dict[int, list[float]] = {}
    for case in cases:
        found.setdefault(min(case.handoffs, _MANY), []).append(lead_days(case))
    for many in sorted(found):
        yield ByHandoffs(
            handoffs=many, cases=len(found[many]), lead=spread(found[many])
        )


def _months(cases: Sequence[Case], closed: Closing) -> Iterable[InMonth]:
    """Tell of the cases by the month in which they were opened."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(f"{case.opened:%Y-%m}", []).append(case)
    for month, some in sorted(found.items()):
        units = [case for case in some if case.asker and case.doer]
        yield InMonth(
            month=month,
            cases=len(some),
            lead=spread(lead_days(case) for case in some if counts(case, closed)),
            handoffs=sum(case.handoffs for case in some) / len(some),
            across=share(sum(c.asker != c.doer for c in units), len(units)),
        )


def _groups(
    cases: Iterable[Case], groups: Sequence[Grouped], sides: Mapping[str, Side]
) -> Iterable[InGroup]:
    """Tell what each group had; those of under five people only together."""
    people = {each.title: each.people for each in groups}
    hours: dict[str, list[float]] = {}
    for case in cases:
        for group, seconds in visits(case):
            title = group if people.get(group) else ""
            hours.setdefault(title, []).append(seconds / 3600)
    few = sum(not each.people for each in groups)
    for title in sorted(hours, key=lambda t: (not t, -len(hours[t]), t)):
        yield InGroup(
            title=title,
            groups=1 if title else few,
            people=people.get(title),
            visits=len(hours[title]),
            hours=spread(hours[title]),
            side=sides.get(title),
        )


def visits(case: Case) -> Iterable[tuple[str, int]]:
    """Give each stay of a case with a group: the group and the seconds of it."""
    group, began, end = "", 0, 0
    for each, since, until in case.spans():
        if each.group != group:
            if group:
                yield group, since - began
            group, began = each.group, since
        end = until
    if group:
        yield group, end - began
