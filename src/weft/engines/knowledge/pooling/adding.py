"""The seats of a month added up four ways: by discipline, pool, mission and unit.

The four totals are equal, to the last hundredth of a hundredth of a person: it is the
same seats each time. So people who are spread over missions are as easy to follow as
in one division.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Literal

import msgspec

from weft.core.firm import Firm
from weft.core.kept import kept
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
    """What is added up in one line, each person once; amounts in parts of a person."""

    people: list[str] = msgspec.field(default_factory=list)
    amount: int = 0
    technology: int = 0


class _Role(msgspec.Struct, frozen=True):
    """A role by its disciplines, in hundredths; what is not known is of ''.

    parts: of each discipline its hundredths, and those of them that are technology.
    """

    parts: tuple[tuple[str, int, int], ...]
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
    held: dict[str, dict[str, int]] = {}
    people, missions, seats = firm.people, firm.missions, 0
    for seat in firm.seats.values():  # their order hangs on nothing: it is summed
        if seat.held_in(month) and seat.person in people and seat.mission in missions:
            shares = held.setdefault(seat.person, {})
            shares[seat.mission] = shares.get(seat.mission, 0) + seat.share
            seats += 1
    roles, pools = _roles(firm, held), pools_of(firm, today)
    ways = tuple(_added(firm, by, held, roles, pools) for by in BYS)
    return AddedUp(
        month=month,
        seats=seats,
        people=len(held),
        fte=ways[0].fte,
        technology=ways[0].technology,
        ways=ways,
    )


def _roles(firm: Firm, people: Iterable[str]) -> dict[str, _Role]:
    """Give the role of each, worked out once for all who are told alike."""
    told, alike = camps(firm), dict[tuple[tuple[str, int], ...], _Role]()
    roles: dict[str, _Role] = {}
    for person in people:
        known = tuple(told[person].disciplines.items())
        role = alike.get(known)
        if role is None:
            role = alike[known] = _role(firm, known)
        roles[person] = role
    return roles


def _role(firm: Firm, known: tuple[tuple[str, int], ...]) -> _Role:
    """Give the disciplines of a role, what is not known of it included."""
    rest = WHOLE - sum(part for _, part in known)
    parts = tuple(
        (key, part, part if key and camp_of(firm, key) == "technology" else 0)
        for key, part in (*sorted(known), *((("", rest),) if rest else ()))
    )
    return _Role(parts, sum(ours for _, _, ours in parts))


def _added(
    firm: Firm,
    by: By,
    held: Mapping[str, Mapping[str, int]],
    roles: Mapping[str, _Role],
    pools: Mapping[str, tuple[str, ...]],
) -> Added:
    """Add the seats up in one way. held: shares by person and mission."""
    sums: dict[str, _Sum] = {}
    for person, shares in held.items():
        for key, amount, technology in _split(
            firm, by, person, shares, role=roles[person], pools=pools
        ):
            line = sums.get(key)
            if line is None:
                line = sums[key] = _Sum()
            line.people.append(person)
            line.amount += amount
            line.technology += technology
    return Added(
        by=by,
        lines=tuple(_lines(firm, by, sums)),
        fte=sum(each.amount for each in sums.values()) / _PARTS,
        technology=sum(each.technology for each in sums.values()) / _PARTS,
    )


def _split(
    firm: Firm,
    by: By,
    person: str,
    shares: Mapping[str, int],
    *,
    role: _Role,
    pools: Mapping[str, tuple[str, ...]],
) -> Iterable[tuple[str, int, int]]:
    """Give the lines that a person counts in, each once, and the parts in each."""
    if by == "mission":
        return [(m, s * WHOLE, s * role.technology) for m, s in shares.items()]
    share = sum(shares.values())
    whole, technology = share * WHOLE, share * role.technology
    if by == "unit":
        return [(firm.people[person].unit or "", whole, technology)]
    if by == "discipline":
        return [(key, share * part, share * ours) for key, part, ours in role.parts]
    keys = pools.get(person, ("",))
    size = len(keys)  # what cannot be split goes to the last ones
    return [
        (key, (whole + place) // size, (technology + place) // size)
        for place, key in enumerate(keys)
    ]


def _lines(firm: Firm, by: By, sums: Mapping[str, _Sum]) -> Iterator[Line]:
    """Give the lines by title; those of fewer than five people joined into one."""
    ordered = sorted(sums, key=lambda key: (len(sums[key].people), key), reverse=True)
    joined, people, names = _Sum(), set[str](), 0
    while ordered and (
        len(sums[ordered[-1]].people) < FEWEST or 0 < len(people) < FEWEST
    ):
        last = sums[ordered.pop()]
        people.update(last.people)
        joined.amount += last.amount
        joined.technology += last.technology
        names += 1
    told = [(_title(firm, by, key), key) for key in ordered if key]
    for title, key in sorted(told):
        yield _line(key, title, sums[key])
    if "" in ordered:
        yield _line("", _NONE[by], sums[""])
    if names:
        joined.people = sorted(people)
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
