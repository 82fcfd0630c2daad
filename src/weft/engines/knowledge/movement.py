"""Who joined, left and moved between two states of the firm."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from immutables import Map

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.people import Person
from weft.core.records import Record
from weft.core.scalars import Month


class Moved(Record, frozen=True, kw_only=True):
    """One person and what changed; None where there was or is nothing.

    Of a joiner and a leaver it is the unit: the one joined, the one left.
    """

    person: str
    before: str | None
    after: str | None


class Movement(Record, frozen=True, kw_only=True):
    """What changed for people from one state of the firm to another.

    since, until: the sequences of the two. people: how many there are in the
    later one. movers: another unit. new_managers: another person to report to;
    a post that changes hands counts for all who report to it, one that is only
    renamed does not. new_titles: another title. All by the id of the person,
    and of people in both states but for joiners and leavers.
    """

    since: int
    until: int
    people: int
    joiners: tuple[Moved, ...] = ()
    leavers: tuple[Moved, ...] = ()
    movers: tuple[Moved, ...] = ()
    new_managers: tuple[Moved, ...] = ()
    new_titles: tuple[Moved, ...] = ()


class Tally(Record, frozen=True, kw_only=True):
    """How many people moved in a month: from the state before it to that in it."""

    month: str
    people: int
    joiners: int
    leavers: int
    movers: int
    new_managers: int
    new_titles: int


def movement(old: Firm, new: Firm) -> Movement:
    """Tell who joined, left and moved between two states of the firm."""
    before, after = old.people, new.people
    found = kept("movement", (before, after), lambda: _movement(before, after))
    return Movement(
        since=old.seq,
        until=new.seq,
        people=len(after),
        joiners=found[0],
        leavers=found[1],
        movers=found[2],
        new_managers=found[3],
        new_titles=found[4],
    )


def movement_by_month(states: Iterable[tuple[Month, Firm]]) -> tuple[Tally, ...]:
    """Count the movement of each month but the first.

    states: each month with the firm as it stood in it, in the order of time.
    """
    return tuple(
        _tally(month, movement(old, new)) for (_, old), (month, new) in pairwise(states)
    )


def _tally(month: Month, moved: Movement) -> Tally:
    """Count what moved in a month."""
    return Tally(
        month=month,
        people=moved.people,
        joiners=len(moved.joiners),
        leavers=len(moved.leavers),
        movers=len(moved.movers),
        new_managers=len(moved.new_managers),
        new_titles=len(moved.new_titles),
    )


def _movement(
    before: Map[str, Person], after: Map[str, Person]
) -> tuple[tuple[Moved, ...], ...]:
    """Compare two tables of people; who is the same record did not move."""
    changed = [
        (key, before[key], after[key])
        for key in sorted(before)
        if key in after and after[key] is not before[key]
    ]
    return (
        tuple(
            Moved(person=key, before=None, after=after[key].unit)
            for key in sorted(after)
            if key not in before
        ),
        tuple(
            Moved(person=key, before=before[key].unit, after=None)
            for key in sorted(before)
            if key not in after
        ),
        _changes(changed, lambda person: person.unit),
        _changes(changed, lambda person: person.manager),
        _changes(changed, lambda person: person.title or None),
    )


def _changes(
    changed: Iterable[tuple[str, Person, Person]],
    what: Callable[[Person], str | None],
) -> tuple[Moved, ...]:
    """Give those for whom one thing is another than before."""
    return tuple(
        Moved(person=key, before=what(old), after=what(new))
        for key, old, new in changed
        if what(old) != what(new)
    )
