"""Whether the records of a firm fit together: one small function for each check.

To add a check, write a function that gives problems and name it in CHECKS.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from heapq import heappop, heappush

import msgspec

from weft.core.firm import KINDS, Firm
from weft.core.indexes import seats_by_person
from weft.core.missions import Seat
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


def check(firm: Firm) -> tuple[InputError, ...]:
    """Give everything in a firm that does not fit together.

    Each error stands at the address of a field, such as `units/it:$.parent`.
    """
    told: list[InputError] = []
    for problem in problems(firm):
        address = Source(f"{problem.kind}/{problem.key}")
        problem.error.where = address.where(problem.path)
        told.append(problem.error)
    return tuple(told)


def problems(firm: Firm) -> Iterator[Problem]:
    """Run every check."""
    for each in CHECKS:
        yield from each(firm)


def names_are_there(firm: Firm) -> Iterator[Problem]:
    """Find every name of a record that the firm does not have."""
    for reference in REFERENCES:
        yield from _dangling(firm, reference)


def units_are_a_tree(firm: Firm) -> Iterator[Problem]:
    """Find units that lie inside themselves."""
    parents = {key: unit.parent for key, unit in firm.units.items()}
    for loop in loops(parents):
        yield Problem(
            "units",
            loop[0],
            ("parent",),
            InputError(
                f"Units lie inside each other: {_chain(loop)}.",
                do="Give one of them another parent, or none.",
            ),
        )


def managers_are_a_tree(firm: Firm) -> Iterator[Problem]:
    """Find people who report to themselves, by any number of steps."""
    managers = {key: person.manager for key, person in firm.people.items()}
    for loop in loops(managers):
        yield Problem(
            "people",
            loop[0],
            ("manager",),
            InputError(
                f"People report to each other: {_chain(loop)}.",
                do="Give one of them another manager, or none.",
            ),
        )


def nobody_is_seated_twice(firm: Firm) -> Iterator[Problem]:
    """Find people whose seats add up to more than all their time in a month."""
    for person, seats in sorted(seats_by_person(firm).items()):
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


def ends_come_after_starts(firm: Firm) -> Iterator[Problem]:
    """Find what is over before it begins."""
    for kind, first, last in _PERIODS:
        for key, record in firm.table(kind).items():
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


CHECKS: tuple[Callable[[Firm], Iterator[Problem]], ...] = (
    names_are_there,
    units_are_a_tree,
    managers_are_a_tree,
    nobody_is_seated_twice,
    ends_come_after_starts,
)
"""All of them are run, in this order; each is linear in the size of the firm."""

_PERIODS = (
    ("seats", "start", "end"),
    ("contracts", "start", "end"),
    ("guardrails", "starts", "ends"),
)
_FOR_GOOD = "9999-12"
_SHOWN = 6
# Looking for what was meant is slow: only the first unknown names get it.
_SUGGESTED = 50
_LOOKED_AT = 2000


def _dangling(firm: Firm, reference: Reference) -> Iterator[Problem]:
    """Find the names in one field that are not in the table they name."""
    known, top = firm.table(reference.to), reference.field.partition(".")[0]
    there, near = frozenset(known), _Near(known)
    found: list[tuple[str, Path, str]] = []
    for key, record in firm.table(reference.kind).items():
        value = getattr(record, top)
        if value is None or (type(value) is str and value in there):
            continue
        names = named(record, reference.field)
        found += [(key, path, name) for path, name in names if name not in there]
    for key, path, name in sorted(found, key=str):  # a table has no order
        error = UnknownName(KINDS[reference.to].__name__.lower(), name, near(name))
        yield Problem(reference.kind, key, path, error, reference.to)


class _Near:
    """The names among which one that is not there may have been meant."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self.some: list[str] | None = None
        self.asked = 0

    def __call__(self, name: str) -> Collection[str]:
        """Give names to choose from: few where many have been asked for."""
        if self.some is None:
            self.some = sorted(self.known)
        self.asked += 1
        if self.asked > _SUGGESTED:
            return self.some[:3]
        alike = [k for k in self.some if k[:1] == name[:1]]
        return (alike or self.some)[:_LOOKED_AT]


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
