"""The people list of a month: what is different since the last, as one deed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.indexes import seats_by_person
from weft.core.missions import Seat
from weft.core.references import without
from weft.examples.days import instant, month_of
from weft.examples.making.estate import counted
from weft.examples.making.staff import Staff
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene

_MORNING = 7 * 60 + 30


def people_list(
    scene: Scene,
    day: date,
    *,
    left: Sequence[str] = (),
    joined: Sequence[str] = (),
    moved: Sequence[str] = (),
) -> Step:
    """Give the deed that brings the list of a day in: people, units, claims, seats.

    left, joined, moved: who did so since the last list; all else that is
    different is found by looking at everybody.
    """
    staff = scene.staff
    known = dict(staff.listed)
    changes = (*_people(staff), *_knowledge(staff, joined), *_heads(staff))
    turned = sum(
        record.manager != known[record.id].manager
        for change in changes
        if (record := staff.listed.get(change.key)) and record.id in known
    )
    taken = [
        (person, staff.spots[person][0])
        for person in (*joined, *moved)
        if staff.teams[staff.spots[person][0]].told
    ]
    counts = f"{len(joined)} joined, {len(left)} left"
    note = f"People list of {day}: {counts}, {turned} report elsewhere."

    def decide(firm: Firm) -> Deed:
        gone = (_counted(c, firm.vocabulary) for c in without(firm, "people", left))
        every = (*gone, *changes, *_seated(firm, taken, day))
        last = {(change.kind, change.key): change for change in every}
        # In order of the keys, as the tables of a firm are in none.
        told = tuple(last[place] for place in sorted(last))
        return Deed(name="import", changes=told, note=note)

    return step(instant(day, _MORNING), scene.administrator, decide)


def _people(staff: Staff) -> Iterator[Change]:
    """Put down who is new or different; the list is then the one that is known."""
    known = staff.listed
    staff.listed = {person: staff.told(person) for person in staff.people}
    for person, record in staff.listed.items():
        if known.get(person) is not record:
            yield put(record)


def _knowledge(staff: Staff, joined: Sequence[str]) -> Iterator[Change]:
    """Put down what those who joined know."""
    for person in joined:
        yield from (put(claim) for claim in staff.claims[person])


def _heads(staff: Staff) -> Iterator[Change]:
    """Put down the units that another person heads, or nobody."""
    for unit in staff.units.values():
        if unit.head != (head := staff.head(unit.id)):
            staff.units[unit.id] = replace(unit, head=head)
            yield put(staff.units[unit.id])


def _seated(
    firm: Firm, taken: Sequence[tuple[str, str]], day: date
) -> Iterator[Change]:
    """Seat people in their new missions; the seats they had end the month before."""
    month, ended = month_of(day), month_of(day.replace(day=1) - timedelta(days=1))
    for person, mission in taken:
        for seat in seats_by_person(firm).get(person, ()):
            if seat.end is None:
                yield put(replace(seat, end=ended))
        yield put(Seat(person=person, mission=mission, start=month))


def _counted(change: Change, words: Container[str]) -> Change:
    """Count the keepers anew of an asset that has lost some."""
    asset = change.record
    return put(counted(asset, words)) if isinstance(asset, Asset) else change
