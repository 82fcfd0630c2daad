"""Whether the records of a firm fit together: one small function for each check.

To add a check, write a function that gives problems and name it in CHECKS. Each can
look at the whole firm, or only at what some changes may have broken: one person is
then put in place among a hundred thousand as quickly as among a hundred.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
)
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

import msgspec

from weft.core.entries import Change
from weft.core.firm import KINDS, Firm
from weft.core.funding.fund import Tranche
from weft.core.indexes import seats_by_person
from weft.core.missions import Seat
from weft.core.outcomes.metric import NO_GOALS
from weft.core.people import WHOLE
from weft.core.references import REFERENCES, Reference, named
from weft.core.sources import Path, Source
from weft.errors import InputError, UnknownName


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one record of the firm, at which of its fields.

    lacks: the kind in which a name is missing, where that is what is wrong.
    """

    kind: str
    key: str
    path: Path
    error: InputError
    lacks: str = ""


Touched = Mapping[str, Collection[str]]
"""The keys that were put or dropped, by kind."""


def check(firm: Firm, touched: Touched | None = None) -> tuple[InputError, ...]:
    """Give everything in a firm that does not fit together.

    touched: where it is given, only what has to do with those records. Each error
    stands at the address of a field, such as `units/it:$.parent`.
    """
    told: list[InputError] = []
    for problem in problems(firm, touched):
        address = Source(f"{problem.kind}/{problem.key}")
        problem.error.where = address.where(problem.path)
        problem.error.lacks = problem.lacks
        told.append(problem.error)
    return tuple(told)


def touched_by(changes: Iterable[Change]) -> Touched:
    """Give the keys that changes put or drop, by kind."""
    touched: dict[str, set[str]] = {}
    for each in changes:
        touched.setdefault(each.kind, set()).add(each.key)
    return touched


def problems(firm: Firm, touched: Touched | None = None) -> Iterator[Problem]:
    """Run every check."""
    for each in CHECKS:
        yield from each(firm, touched)


def names_are_there(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find every name of a record that the firm does not have."""
    known: dict[str, Collection[str]] = {}
    for reference in REFERENCES:
        to = reference.to
        if touched is None:
            known.setdefault(to, frozenset(firm.table(to)))
            found = _dangling(firm.table(reference.kind).items(), reference, known[to])
        else:
            found = _newly_dangling(firm, reference, touched)
        yield from _told(found, reference, firm.table(to))


def units_are_a_tree(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find units that lie inside themselves."""
    for loop in _loops_in(firm.units, "parent", touched and touched.get("units", ())):
        yield Problem(
            "units",
            loop[0],
            ("parent",),
            InputError(
                f"Units lie inside each other: {_chain(loop)}.",
                do="Give one of them another parent, or none.",
            ),
        )


def managers_are_a_tree(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find people who report to themselves, by any number of steps."""
    mine = touched and touched.get("people", ())
    for loop in _loops_in(firm.people, "manager", mine):
        yield Problem(
            "people",
            loop[0],
            ("manager",),
            InputError(
                f"People report to each other: {_chain(loop)}.",
                do="Give one of them another manager, or none.",
            ),
        )


def decisions_are_replaced_in_order(
    firm: Firm, touched: Touched | None
) -> Iterator[Problem]:
    """Find decision records that replace themselves, by any number of steps."""
    mine = touched and touched.get("adrs", ())
    for loop in _loops_in(firm.adrs, "superseded_by", mine):
        yield Problem(
            "adrs",
            loop[0],
            ("superseded_by",),
            InputError(
                f"Decision records replace each other: {_chain(loop)}.",
                do="Let the newest of them be accepted, and replaced by none.",
            ),
        )


def nobody_is_seated_twice(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find people whose seats add up to more than all their time in a month."""
    if touched is not None and "seats" not in touched:
        return
    seated = seats_by_person(firm)
    people: Collection[str] = seated.keys()
    if touched is not None:  # the key of a seat begins with the person
        named = {key.partition(":")[0] for key in touched["seats"]}
        people = named & seated.keys()
    for person in sorted(people):
        seats = seated[person]
        if sum(seat.share for seat in seats) > WHOLE and (over := _overfull(seats)):
            month, seat = over
            share = sum(s.share for s in seats if s.held_in(month))
            yield Problem(
                "seats",
                seat.key,
                ("share",),
                InputError(
                    f"{person} has {share} % of seats in {month}.",
                    do=f"Lower or end seats of {person}, to at most {WHOLE} %.",
                ),
            )


def no_mission_is_paid_twice(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find two tranches of a mission in one month, small bets beside them left out."""
    missions = {t.mission for _, t in _among(firm, "tranches", touched)}
    held: dict[tuple[str, bool], list[Tranche]] = {}
    for tranche in firm.tranches.values() if missions else ():
        if tranche.mission in missions:
            held.setdefault((tranche.mission, tranche.bet), []).append(tranche)
    for (mission, _), tranches in sorted(held.items()):
        tranches.sort(key=lambda t: t.start)
        for one, other in pairwise(tranches):
            if one.end is None or one.end >= other.start:
                what = f"{mission} is paid twice from {other.start} on."
                do = f"End the tranche that began in {one.start} before that month."
                error = InputError(what, do=do)
                yield Problem("tranches", other.key, ("start",), error)


def ends_come_after_starts(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find what is over before it begins."""
    for kind, first, last in _PERIODS:
        for key, record in _among(firm, kind, touched):
            start, end = getattr(record, first), getattr(record, last)
            if start and end and end < start:
                yield Problem(
                    kind,
                    key,
                    (last,),
                    InputError(
                        f"It ends ({end}) before it starts ({start}).",
                        do="Give an end that is not before the start.",
                    ),
                )


def outcomes_are_goals(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find missions judged by what is put in, or by what is measured no more."""
    again = set() if touched is None else set(touched.get("metrics", ()))
    missions = dict(_among(firm, "missions", touched))
    if again:
        missions |= {m.id: m for m in firm.missions.values() if _goal(m) in again}
    for key, mission in missions.items():
        metric = firm.metrics.get(_goal(mission))
        if metric is None or not (metric.retired or metric.stage in NO_GOALS):
            continue
        what = (
            f"{metric.id} says what is put in ({metric.stage}), not what comes of it."
        )
        if metric.retired:
            what = f"{metric.id} was given up on {metric.retired}."
        path, do = ("outcome", "metric"), "Name a metric that gets better for somebody."
        yield Problem("missions", key, path, InputError(what, do=do))


def benefits_are_proven(firm: Firm, touched: Touched | None) -> Iterator[Problem]:
    """Find benefits called proven before anybody used it, or for no reason."""
    for key, record in _among(firm, "improvements", touched):
        if record.proven is None:
            continue
        lacks = [f"the step “{s.title}” is open" for s in record.steps if not s.done]
        lacks += ["it was never adopted"] * (record.adopted is None)
        lacks += ["it has no evidence"] * (not record.evidence)
        if lacks:
            what = f"A benefit is not proven while {', and '.join(lacks)}."
            do = "Add what is missing first, or leave out `proven`."
            yield Problem("improvements", key, ("proven",), InputError(what, do=do))


CHECKS: tuple[Callable[[Firm, Touched | None], Iterator[Problem]], ...] = (
    names_are_there,
    units_are_a_tree,
    managers_are_a_tree,
    decisions_are_replaced_in_order,
    nobody_is_seated_twice,
    ends_come_after_starts,
    outcomes_are_goals,
    benefits_are_proven,
    no_mission_is_paid_twice,
)
"""All of them are run, in this order; each is linear in what it looks at."""

_PERIODS = (
    ("seats", "start", "end"),
    ("needs", "month", "until"),
    ("absences", "month", "until"),
    ("contracts", "start", "end"),
    ("tranches", "start", "end"),
    ("guardrails", "starts", "ends"),
    ("experiments", "started", "closed"),
    ("improvements", "deployed", "adopted"),
    ("improvements", "adopted", "proven"),
)
Dangling = tuple[str, Path, str]
"""The key of a record, the path of a name in it, and the name that is not there."""
_FOR_GOOD = "9999-12"
_SHOWN = 6
# Looking for what was meant is slow: only the first unknown names get it.
_SUGGESTED = 50
_LOOKED_AT = 2000


def _goal(mission: Any) -> str:
    """Give the metric by which a mission is judged; empty where none is stated."""
    return mission.outcome.metric if mission.outcome else ""


def _among(firm: Firm, kind: str, touched: Touched | None) -> Iterable[tuple[str, Any]]:
    """Give the records of a kind that are looked at, with their keys."""
    table = firm.table(kind)
    if touched is None:
        return table.items()
    return ((key, table[key]) for key in touched.get(kind, ()) if key in table)


def _dangling(
    records: Iterable[tuple[str, Any]], reference: Reference, known: Container[str]
) -> list[Dangling]:
    """Find the names in one field that are not among those known."""
    top = reference.field.partition(".")[0]
    found: list[Dangling] = []
    for key, record in records:
        value = getattr(record, top)
        if value is None or (type(value) is str and value in known):
            continue
        names = named(record, reference.field)
        found += [(key, path, name) for path, name in names if name not in known]
    return found


def _newly_dangling(
    firm: Firm, reference: Reference, touched: Touched
) -> list[Dangling]:
    """Find the names that touched records lack, and those that lack a touched one."""
    known = firm.table(reference.to)
    found = _dangling(_among(firm, reference.kind, touched), reference, known)
    gone = {key for key in touched.get(reference.to, ()) if key not in known}
    if gone:
        mine, table = touched.get(reference.kind, ()), firm.table(reference.kind)
        others = ((key, record) for key, record in table.items() if key not in mine)
        found += _dangling(others, reference, _AllBut(gone))
    return found


class _AllBut:
    """Every name but some."""

    def __init__(self, gone: Collection[str]) -> None:
        self.gone = gone

    def __contains__(self, name: object) -> bool:
        return name not in self.gone


def _told(
    found: Iterable[Dangling], reference: Reference, known: Collection[str]
) -> Iterator[Problem]:
    """Tell of names that are not there, with those that may have been meant."""
    noun, cures, names = (
        KINDS[reference.to].__name__.lower(),
        dict[str, str](),
        list[str](),
    )
    for key, path, name in sorted(found, key=str):  # a table has no order
        names = names or sorted(known)
        near = () if name in cures else _near(names, name, len(cures))
        error = UnknownName(noun, name, near, do=cures.get(name, ""))
        cures[name] = error.do
        yield Problem(reference.kind, key, path, error, reference.to)


def _near(names: list[str], name: str, told: int) -> list[str]:
    """Give names among which one may have been meant: few where many were told."""
    if told >= _SUGGESTED:
        return names[:3]
    many = len(names) > _LOOKED_AT
    alike = [each for each in names if each[:1] == name[:1]] if many else []
    return (alike or names)[:_LOOKED_AT]


def _loops_in(
    table: Mapping[str, Any], field: str, touched: Collection[str] | None
) -> Iterator[list[str]]:
    """Find the loops of a field in a table; those that a touched record is in."""
    if touched is None:
        yield from loops({key: getattr(each, field) for key, each in table.items()})
        return
    above: dict[str, str | None] = {}
    for first in touched:
        here: str | None = first
        while here is not None and here in table and here not in above:
            above[here] = over = getattr(table[here], field)
            here = over
    for loop in loops(above):
        if not set(loop).isdisjoint(touched):
            yield loop


def loops(above: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Find the loops where each key has at most one above it; each loop once."""
    done: set[str] = set()
    for first in sorted(above):
        trail: dict[str, None] = {}
        here: str | None = first
        while here is not None and here not in done and here not in trail:
            trail[here] = None
            here = above.get(here)
        done.update(trail)
        if here in trail:
            steps = list(trail)
            loop = steps[steps.index(str(here)) :]
            start = loop.index(min(loop))
            yield loop[start:] + loop[:start]


def _chain(loop: list[str]) -> str:
    """Write a loop as people read it; only the ends of a long one."""
    shown = [*loop[:_SHOWN], "...", loop[-1]] if len(loop) > _SHOWN + 1 else loop
    return " > ".join([*shown, loop[0]])


def _overfull(seats: Collection[Seat]) -> tuple[str, Seat] | None:
    """Give the first month in which seats pass the whole, and the seat that does."""
    held: list[tuple[str, int]] = []
    total = 0
    for seat in sorted(seats, key=lambda s: (s.start, s.mission)):
        while held and held[0][0] < seat.start:
            total -= heappop(held)[1]
        heappush(held, (seat.end or _FOR_GOOD, seat.share))
        total += seat.share
        if total > WHOLE:
            return seat.start, seat
    return None
