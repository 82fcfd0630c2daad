"""Who sits with whom in a month, as columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np

from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.kept import kept
from weft.core.lineage import Changes, same_keys
from weft.core.missions import Seat
from weft.core.scalars import Month
from weft.engines.knowledge.chart import NOWHERE, chart
from weft.engines.knowledge.roster import NOBODY, Floats, Ints, roster

GroupTable = Literal["missions", "units", "people"]
_GONE = (NOBODY, NOBODY, 0)
"""The row of a seat that nobody has any more."""


class Sittings(msgspec.Struct, frozen=True):
    """Who sits where in a month: one row for each person and group.

    groups: kind and key of each; a mission where somebody has a seat in it,
    else the unit, else the manager. share: of one person, 0 to 1.
    """

    groups: tuple[tuple[GroupTable, str], ...]
    group: Ints
    person: Ints
    share: Floats


class _Seats(msgspec.Struct, frozen=True):
    """The seats of a month as columns, in no order.

    row: of each seat, by its key. columns: the place of the person in the roster, that
    of the mission among all in order, and the share in hundredths; shape (seats, 3).
    The places are NOBODY where one of the two is not in the firm, or the seat is gone.
    """

    row: Mapping[str, int]
    columns: Ints


def sittings(firm: Firm, month: Month) -> Sittings:
    """Tell who sits with whom in a month: in missions, else units, else teams."""
    tables = (firm.people, firm.seats, firm.missions, firm.units)
    return kept(("sittings", month), tables, lambda: _sittings(firm, month))


def seated(firm: Firm, month: Month) -> int:
    """Count the people who have a seat in a month."""
    return int(np.count_nonzero(np.bincount(_seats(firm, month)[:, 0])))


def _sittings(firm: Firm, month: Month) -> Sittings:
    people, tree, seats = roster(firm), chart(firm), _seats(firm, month)
    size, missions = max(len(people.ids), 1), sorted(firm.missions)
    alone = np.ones(len(people.ids), np.bool_)
    alone[seats[:, 0]] = False
    # Groups in their order: missions, then managers, then units, each by key.
    order = sorted(range(len(tree.keys)), key=tree.keys.__getitem__)
    rank = np.argsort(np.array(order, np.int64))
    homed = alone & (tree.home != NOWHERE) & (tree.kind == "units")
    (units,), (teams,) = (
        np.nonzero(homed),
        np.nonzero(alone & ~homed & (people.manager != NOBODY)),
    )
    first_unit = len(missions) + size
    place = np.concatenate(
        (
            seats[:, 1] * size + seats[:, 0],
            (len(missions) + people.manager[teams]) * size + teams,
            (first_unit + rank[tree.home[units]]) * size + units,
        )
    )
    whole = np.full(len(teams) + len(units), 100)
    # Two seats of one person in a mission are one.
    pairs, which = np.unique(place, return_inverse=True)
    share = np.bincount(which, np.concatenate((seats[:, 2], whole)), len(pairs)) / 100
    found, group = np.unique(pairs // size, return_inverse=True)
    names: list[tuple[GroupTable, str]] = [
        ("missions", missions[at])
        if at < len(missions)
        else ("people", people.ids[at - len(missions)])
        if at < first_unit
        else ("units", tree.keys[order[at - first_unit]])
        for at in found.tolist()
    ]
    return Sittings(tuple(names), group, pairs % size, share)


def _seats(firm: Firm, month: Month) -> Ints:
    """Give the seats of a month whose person and mission are in the firm."""
    missions = {key: place for place, key in enumerate(sorted(firm.missions))}
    people = roster(firm).at

    def columns(seats: Sequence[Seat]) -> Ints:
        person = [people.get(seat.person, NOBODY) for seat in seats]
        mission = [missions.get(seat.mission, NOBODY) for seat in seats]
        share = [seat.share for seat in seats]
        found = np.array((person, mission, share), np.int64).T
        found[(found[:, :2] == NOBODY).any(axis=1)] = _GONE
        return found

    def work_out() -> _Seats:
        held = [seat for seat in lying(firm.seats) if seat.held_in(month)]
        row = {seat.key: place for place, seat in enumerate(held)}
        return _Seats(row, columns(held))

    def amend(
        before: _Seats, people: Changes, missions: Changes, seats: Changes
    ) -> _Seats | None:
        if not same_keys(people) or not same_keys(missions):
            return None
        if not seats:
            return before
        row, table = dict(before.row), before.columns.copy()
        left = [row[key] for key in seats if key in row]
        table[left] = _GONE
        held = [new for _, new in seats.values() if new and new.held_in(month)]
        row |= {seat.key: place for place, seat in enumerate(held, len(table))}
        return _Seats(row, np.concatenate((table, columns(held))))

    tables = (firm.people, firm.missions, firm.seats)
    columns_of = kept(("seats", month), tables, work_out, amend).columns
    found: Ints = columns_of[columns_of[:, 0] != NOBODY]
    return found
