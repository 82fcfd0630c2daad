"""What the logs of the firm tell: leads, handoffs, and the cases behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter

import msgspec

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.work.cases import Case, Grouped, LogTaken
from weft.engines import knowledge
from weft.engines.knowledge.figures import FEWEST
from weft.engines.work import Flow, Side, flow, sides_of
from weft.engines.work.boundary import crossings
from weft.engines.work.closing import closing
from weft.engines.work.flow import counts
from weft.errors import InputError, NotFound
from weft.store.desk import Desk


class Logged(Record, frozen=True, kw_only=True):
    """A log that was brought in, once or several times. cases: those known by now."""

    id: str
    file: str
    since: date
    until: date
    cases: int
    groups: int
    at: date


class CaseRow(Record, frozen=True, kw_only=True):
    """One piece of work, as a row behind a figure. days: to done; None while open."""

    id: str
    opened: date
    days: float | None
    handoffs: int
    crossings: int | None
    asked_back: int
    path: tuple[str, ...]
    priority: str
    product: str
    asker: str
    doer: str


class Which(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases to list: all where nothing is said.

    handoffs: so many, 4 for 4 and more. crossing: those that cross the edge of the IT
    unit. across: those whose asker and doer sit in different units.
    """

    handoffs: int | None = None
    month: str = ""
    group: str = ""
    crossing: bool = False
    across: bool = False


_MOST_HANDOFFS = 4


class _Read(msgspec.Struct, frozen=True):
    """A log, all its cases, and the sides of its groups."""

    taken: LogTaken
    groups: tuple[Grouped, ...]
    cases: Sequence[Case]
    sides: Mapping[str, Side]


def logs(desk: Desk, view: View) -> tuple[Logged, ...]:
    """List the logs that were brought in, by name."""
    permit(desk.firm(), view.actor, "work")
    last = {log.id: log for log in desk.facts.of(LogTaken, upto=view.firm.seq)}
    return tuple(_logged(desk, view, log) for _, log in sorted(last.items()))


def _logged(desk: Desk, view: View, log: LogTaken) -> Logged:
    """Tell of a log how many cases are known of it, and from when to when."""
    cases = cases_of(desk, view, log)
    return Logged(
        id=log.id,
        file=log.file,
        since=cases[0].opened.date(),
        until=cases[-1].opened.date(),
        cases=len(cases),
        groups=len(log.groups),
        at=log.at.date(),
    )


def handoffs(
    desk: Desk, view: View, month: Month, log: str = "", split: date | None = None
) -> Flow:
    """Tell how work flowed by a log. log: its name; the only one where it is empty."""
    found = read_cases(desk, view, month, log)
    return flow(found.taken.id, found.cases, found.groups, found.sides, split)


def rows(
    desk: Desk, view: View, month: Month, log: str, which: Which
) -> tuple[CaseRow, ...]:
    """List the cases behind a figure, in the order in which they were opened."""
    found = read_cases(desk, view, month, log)
    closed = closing(found.cases)
    return tuple(
        CaseRow(
            id=case.id,
            opened=case.opened.date(),
            days=case.ended / 86_400
            if case.ended is not None and counts(case, closed)
            else None,
            handoffs=case.handoffs,
            crossings=crossed,
            asked_back=case.asked_back,
            path=case.path(),
            priority=case.priority,
            product=case.product,
            asker=case.asker,
            doer=case.doer,
        )
        for case in found.cases
        for crossed in [crossings(case, found.sides) if found.sides else None]
        if _wanted(case, crossed, which)
    )


def _wanted(case: Case, crossed: int | None, which: Which) -> bool:
    """Tell whether a case is one of those asked for."""
    if which.handoffs is not None and min(case.handoffs, _MOST_HANDOFFS) != min(
        which.handoffs, _MOST_HANDOFFS
    ):
        return False
    if which.month and f"{case.opened:%Y-%m}" != which.month:
        return False
    if which.group and which.group not in case.path():
        return False
    if which.crossing and not crossed:
        return False
    return not which.across or bool(
        case.asker and case.doer and case.asker != case.doer
    )


def read_cases(desk: Desk, view: View, month: Month, log: str = "") -> _Read:
    """Read a log as it was known, with the sides of its groups in the firm.

    Raises InputError where there is none, and NotFound for a name that none has.
    """
    permit(desk.firm(), view.actor, "work")
    every = {each.id: each for each in desk.facts.of(LogTaken, upto=view.firm.seq)}
    if not every:
        raise InputError(
            "No log of work has been brought in yet.",
            do="Bring one in: weft import log FILE.",
        )
    if not log and len(every) > 1:
        raise InputError(
            f"There are {len(every)} logs.",
            do=f"Name one of: {', '.join(sorted(every))}.",
        )
    name = log or next(iter(every))
    if name not in every:
        raise NotFound("log", name, every)
    taken = every[name]
    told = knowledge.diagnose(view.firm, month).boxes
    boxes = [box.id for box in told if box.table == "units"]
    titles = [group.title for group in taken.groups]
    sides = sides_of(titles, taken.inside, taken.outside, view.firm, boxes)
    return _Read(taken, _sized(taken.groups, view), cases_of(desk, view, taken), sides)


def cases_of(desk: Desk, view: View, log: LogTaken) -> list[Case]:
    """Give the cases of a log as it was known, in the order of their opening."""
    found = desk.facts.of(Case, {f"{log.id}/{log.edition}"}, upto=view.firm.seq)
    return sorted(found, key=attrgetter("opened", "id"))


def _sized(groups: Sequence[Grouped], view: View) -> tuple[Grouped, ...]:
    """Give the groups; those that are units of the firm have as many people as it."""
    counted: dict[str, int] = {}
    for person in view.firm.people.values():
        unit = view.firm.units.get(person.unit or "")
        if unit is not None:
            told = " ".join(unit.title.casefold().split())
            counted[told] = counted.get(told, 0) + 1
    return tuple(
        group
        if group.people or counted.get(group.title.casefold(), 0) < FEWEST
        else Grouped(
            title=group.title,
            people=counted[group.title.casefold()],
            visits=group.visits,
        )
        for group in groups
    )
