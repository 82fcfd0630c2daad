"""What a mission wants and what its seats give it, month by month, as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from weft.core.firm import Firm
from weft.core.indexes import seats_by_mission
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.allocation.asked import asked_of, months_from
from weft.engines.allocation.sitting import away
from weft.engines.allocation.stating import Knowing


class Wanted(Record, frozen=True, kw_only=True):
    """One need of a mission: hundredths of a person asked and given, by month.

    given: the most that those who sit there can give it, together with all other needs
    of the mission: each gives a time only once, and only what they are able to.
    """

    mission: str
    skill: str
    level: int
    asked: Mapping[str, int]
    given: Mapping[str, int]

    @property
    def open(self) -> dict[str, int]:
        """Give what nobody gives, by month."""
        lacks = {m: share - self.given[m] for m, share in self.asked.items()}
        return {month: share for month, share in lacks.items() if share > 0}


def wanted(
    firm: Firm, knowing: Knowing, mission: str, month: Month, months: int
) -> tuple[Wanted, ...]:
    """Give what a mission wants beside what its seats give, for some months."""
    named = months_from(month, months)
    asked = asked_of(firm, named, mission)
    levels = {(c.person, c.skill): c.level for c in knowing.claims}
    rows = list(zip(asked.needs, asked.shares, strict=True))
    given = [
        given_to(
            _there(firm, mission, m), [(need, row[t]) for need, row in rows], levels
        )
        for t, m in enumerate(named)
    ]
    return tuple(
        Wanted(
            mission=mission,
            skill=skill,
            level=level,
            asked=dict(zip(named, row, strict=True)),
            given={m: given[t][n] for t, m in enumerate(named)},
        )
        for n, ((_, skill, level), row) in enumerate(rows)
    )


def _there(firm: Firm, mission: str, month: Month) -> dict[str, int]:
    """Give who sits in a mission in a month, with the time that they are there."""
    found: dict[str, int] = {}
    for seat in sorted(seats_by_mission(firm).get(mission, ()), key=lambda s: s.key):
        if seat.held_in(month):
            share = seat.share * (100 - away(firm, seat.person, month)) // 100
            found[seat.person] = found.get(seat.person, 0) + share
    return found


def given_to(
    there: Mapping[str, int],
    needs: Sequence[tuple[tuple[str, str, int], int]],
    levels: Mapping[tuple[str, str], int],
) -> list[int]:
    """Give the most that people can give to needs: a maximum flow from one to other."""
    from scipy.sparse import csr_array  # noqa: PLC0415, only this pays for it
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    people = list(there)
    size = 2 + len(people) + len(needs)
    capacity = np.zeros((size, size), np.int32)
    for p, person in enumerate(people, 1):
        capacity[0, p] = there[person]
        for n, ((_, skill, level), _) in enumerate(needs, 1 + len(people)):
            if levels.get((person, skill), 0) >= level:
                capacity[p, n] = there[person]
    first = 1 + len(people)
    for n, (_, share) in enumerate(needs, first):
        capacity[n, size - 1] = share
    flow = maximum_flow(csr_array(capacity), 0, size - 1).flow.toarray()
    return [int(flow[n, size - 1]) for n in range(first, size - 1)]
