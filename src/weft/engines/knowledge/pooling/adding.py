"""The seats of a month added up four ways: by discipline, pool, mission and unit.

The four totals are equal, to the last hundredth of a hundredth of a person: it is the
same seats each time. So people who are spread over missions are as easy to follow as
in one division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.missions import Seat
from weft.core.people import WHOLE
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.knowledge.camps import camp_of, camps, discipline_of
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.pooling.pools import pools_of

By = Literal["discipline", "pool", "mission", "unit"]
BYS: Final[tuple[By, ...]] = ("discipline", "pool", "mission", "unit")
_TABLES: Final = {
    "discipline": "disciplines",
    "pool": "pools",
    "mission": "missions",
    "unit": "units",
}
_NONE: Final = {
    "discipline": "discipline not known",
    "pool": "in no pool",
    "mission": "in no mission",
    "unit": "in no unit",
}
_PARTS = WHOLE * WHOLE
"""Parts of a full-time person in which all is counted: shares of shares are whole."""


class Line(Record, frozen=True, kw_only=True):
    """A line of the sum: a discipline, pool, mission or unit, and what sits there.

    id: empty for what belongs to none, and for those that are joined. people: who
    has a seat there. fte: full-time people. technology: those of them that are
    technology, by the disciplines of the roles.
    """

    id: str = ""
    title: str
    people: int
    fte: float
    technology: float


class Added(Record, frozen=True, kw_only=True):
    """The seats of a month added up in one way; the totals are those of every way."""

    by: By
    lines: tuple[Line, ...]
    fte: float
    technology: float


class AddedUp(Record, frozen=True, kw_only=True):
    """The seats of a month, added up by discipline, pool, mission and unit.

    seats: how many there are. people: who hold them. fte: full-time people in all;
    technology: those of them that are technology.
    """

    month: str
    seats: int
    people: int
    fte: float
    technology: float
    ways: tuple[Added, ...]

    def way(self, by: By) -> Added:
        """Give the sum in one way."""
        return next(each for each in self.ways if each.by == by)


class _Sum(msgspec.Struct):
    """What is added up in one line; amounts in parts of a person."""

    people: set[str] = msgspec.field(default_factory=set)
    amount: int = 0
    technology: int = 0

    def add(self, person: str, amount: int, technology: int) -> None:
        """Add a part of a seat."""
        self.people.add(person)
        self.amount += amount
        self.technology += technology


class _Role(msgspec.Struct, frozen=True):
    """A role by its disciplines, in hundredths; what is not known is of ''."""

    parts: tuple[tuple[str, int], ...]
    technology: int


def added_up(firm: Firm, month: Month, today: date) -> AddedUp:
    """Add up the seats of a month by discipline, pool, mission and unit.

    A seat counts with its share. By discipline it is split as the role is; by pool,
    evenly over the pools its person is in. Lines of fewer than five people are
    joined, the smallest first, until there are five: nothing is left out of a sum.
    """
    tables = (
        *(firm.seats, firm.missions, firm.people, firm.units, firm.pools),
        *(firm.disciplines, firm.skills, firm.claims),
    )
    return kept(
        ("seats added up", month, today), tables, lambda: _added_up(firm, month, today)
    )


def _added_up(firm: Firm, month: Month, today: date) -> AddedUp:
    seats = [
        seat
        for seat in firm.seats.values()  # their order hangs on nothing: it is summed
        if seat.held_in(month)
        and seat.person in firm.people
        and seat.mission in firm.missions
    ]
    roles: dict[str, _Role] = {}
    for seat in seats:
        if seat.person not in roles:
            roles[seat.person] = _role(firm, seat.person)
    pools = pools_of(firm, today)
    ways = tuple(_added(firm, by, seats, roles, pools) for by in BYS)
    return AddedUp(
        month=month,
        seats=len(seats),
        people=len(roles),
        fte=ways[0].fte,
        technology=ways[0].technology,
        ways=ways,
    )


def _role(firm: Firm, person: str) -> _Role:
    """Give the disciplines of a role, what is not known of it included."""
    told = camps(firm)[person].disciplines
    rest = WHOLE - sum(told.values())
    parts = (*sorted(told.items()), *((("", rest),) if rest else ()))
    technology = sum(p for key, p in parts if camp_of(firm, key) == "technology")
    return _Role(parts, technology)


def _added(
    firm: Firm,
    by: By,
    seats: Sequence[Seat],
    roles: Mapping[str, _Role],
    pools: Mapping[str, tuple[str, ...]],
) -> Added:
    """Add the seats up in one way."""
    sums: dict[str, _Sum] = {}
    for seat in seats:
        for key, amount, technology in _split(
            firm, by, seat, roles[seat.person], pools
        ):
            sums.setdefault(key, _Sum()).add(seat.person, amount, technology)
    return Added(
        by=by,
        lines=tuple(_lines(firm, by, sums)),
        fte=sum(each.amount for each in sums.values()) / _PARTS,
        technology=sum(each.technology for each in sums.values()) / _PARTS,
    )


def _split(
    firm: Firm, by: By, seat: Seat, role: _Role, pools: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, int, int]]:
    """Give the lines that a seat counts in, with its parts and those of technology."""
    whole, technology = seat.share * WHOLE, seat.share * role.technology
    if by == "mission":
        yield seat.mission, whole, technology
    elif by == "unit":
        yield firm.people[seat.person].unit or "", whole, technology
    elif by == "discipline":
        for key, part in role.parts:
            ours = part if camp_of(firm, key) == "technology" else 0
            yield key, seat.share * part, seat.share * ours
    else:
        keys = pools.get(seat.person, ("",))
        size = len(keys)
        for place, key in enumerate(keys):  # what cannot be split goes to the last ones
            yield key, (whole + place) // size, (technology + place) // size


def _lines(firm: Firm, by: By, sums: Mapping[str, _Sum]) -> Iterator[Line]:
    """Give the lines by title; those of fewer than five people joined into one."""
    ordered = sorted(sums, key=lambda key: (len(sums[key].people), key), reverse=True)
    joined, names = _Sum(), 0
    while ordered and (
        len(sums[ordered[-1]].people) < FEWEST or 0 < len(joined.people) < FEWEST
    ):
        last = sums[ordered.pop()]
        joined.people |= last.people
        joined.amount += last.amount
        joined.technology += last.technology
        names += 1
    told = [(_title(firm, by, key), key) for key in ordered if key]
    for title, key in sorted(told):
        yield _line(key, title, sums[key])
    if "" in ordered:
        yield _line("", _NONE[by], sums[""])
    if names:
        yield _line("", f"{names} of few people, joined", joined)


def _title(firm: Firm, by: By, key: str) -> str:
    """Give the title of a line."""
    if by == "discipline":
        known = discipline_of(firm, key)
        return known.title if known else key
    record = firm.table(_TABLES[by]).get(key)
    return record.title if record else key


def _line(key: str, title: str, found: _Sum) -> Line:
    """Make a line of what was added up."""
    return Line(
        id=key,
        title=title,
        people=len(found.people),
        fte=found.amount / _PARTS,
        technology=found.technology / _PARTS,
    )
