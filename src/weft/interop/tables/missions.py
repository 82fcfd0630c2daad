"""Teams become missions: from a column of the people, or from a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import WHOLE
from weft.core.records import Record
from weft.errors import Where
from weft.interop.layouts import Missions, People
from weft.interop.sheets import Table
from weft.interop.tables.folding import Member
from weft.interop.tables.reporting import Who
from weft.interop.tables.sections import SectionRow, drop_absent, section_of
from weft.interop.tables.work import Work, fold

_BY_COLUMN = "team:"


def seats(work: Work, people: People, members: Iterable[Member]) -> None:
    """Seat people in the missions that a column names; new ones are made.

    Time is shared evenly between several. A seat that stands goes on; one in a
    mission of this column that is not named any more ends with the month before.
    Seats in other missions stay, and nobody gets more than the time that is left.
    """
    missions = _Teams(work)
    wanted = {
        member.id: [missions.of(t) for t in dict.fromkeys(_teams(member))]
        for member in members
    }
    work.put(missions.made.values())
    held: dict[str, list[Seat]] = {person: [] for person in wanted}
    for key in sorted(work.firm.seats):
        seat = work.firm.seats[key]
        if seat.person in held and (seat.end is None or seat.end >= work.month):
            held[seat.person].append(seat)
    ended = [
        seat
        for person, open_ in held.items()
        for seat in open_
        if seat.mission not in wanted[person] and missions.is_of_column(seat.mission)
    ]
    _end(work, ended)
    gone = {seat.key for seat in ended}
    for person, open_ in held.items():
        going_on = [seat for seat in open_ if seat.key not in gone]
        work.put(_new_seats(work, people, person, wanted[person], going_on))


def _teams(member: Member) -> Iterator[str]:
    """Give the teams of a person, from all rows."""
    return (team for row in member.rows for team in row.missions)


def _end(work: Work, ended: Iterable[Seat]) -> None:
    """End seats with the month before; those that had not begun before it go."""
    year, month = map(int, work.month.split("-"))
    last = f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"
    began = [seat for seat in ended if seat.start <= last]
    work.put(replace(seat, end=last) for seat in began)
    work.drop("seats", [seat.key for seat in ended if seat.start > last])


def _new_seats(
    work: Work, people: People, person: str, missions: Sequence[str], held: list[Seat]
) -> Iterator[Seat]:
    """Give somebody's new seats, in the time that others leave."""
    has = {seat.mission for seat in held}
    new = [mission for mission in missions if mission not in has]
    months = {work.month, *(seat.start for seat in held if seat.start > work.month)}
    taken = max(sum(s.share for s in held if s.held_in(month)) for month in months)
    free = WHOLE - taken
    share = min(WHOLE // max(1, len(missions)), free // max(1, len(new)))
    for mission in new:
        if share < 1:
            what = f"{person} has no time left for {mission}."
            at = Where(people.sheet, 0, people.mission)
            work.tell("lost", what, "No seat is given.", at)
        else:
            yield Seat(person=person, mission=mission, share=share, start=work.month)


class _Teams:
    """The missions of the firm by title, with those that are new."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.known = {title: m.id for title, m in work.by_title("missions").items()}
        self.made: dict[str, Mission] = {}

    def of(self, title: str) -> str:
        """Give the mission that a team is, made where it is new."""
        if (key := self.known.get(fold(title))) is None:
            key = self.known[fold(title)] = self.work.new_name("missions", title)
            source = f"{_BY_COLUMN}{title}"[:400]
            self.made[key] = Mission(id=key, title=title, source_id=source)
        return key

    def is_of_column(self, key: str) -> bool:
        """Tell whether a mission was made of a column, so that it speaks for it."""
        mission = self.work.firm.missions.get(key)
        return mission is not None and mission.source_id.startswith(_BY_COLUMN)


def missions(work: Work, table: Table, layout: Missions, who: Who) -> Mapping[str, str]:
    """Put a mission for each row of a sheet; give them by what cells call them.

    One that came from this sheet before and is not in it any more goes, with all
    that only it had.
    """
    section = section_of(work, table, layout)
    if section is None:
        return {}
    called: dict[str, str] = {}
    found: list[Record] = []
    for row in section.rows("missions"):
        held = row.held or Mission(id=row.key, title=row.title)
        said = {
            field: row.text(getattr(layout, field))
            for field in ("purpose", "customer")
            if row.has(getattr(layout, field))
        }
        found.append(replace(held, title=row.title, source_id=row.source_id, **said))
        called[row.told_id], called[fold(row.title)] = row.key, row.key
        if mandate := _mandate(work, row, layout, who):
            found.append(mandate)
    drop_absent(work, section, "missions", set(called.values()))
    work.put(found)
    return called


def _mandate(work: Work, row: SectionRow, layout: Missions, who: Who) -> Mandate | None:
    """Give the mandate with the leads that a row names; none where it names none.

    A change of a lead is another version, which nobody has signed yet.
    """
    columns = {
        "business_lead": layout.business_lead,
        "technology_lead": layout.technology_lead,
    }
    leads = {
        field: row.person(who, column)
        for field, column in columns.items()
        if row.has(column)
    }
    held = work.firm.mandates.get(row.key)
    if held is None:
        new = replace(Mandate(mission=row.key), **leads)
        return new if any(leads.values()) else None
    if all(getattr(held, field) == lead for field, lead in leads.items()):
        return None
    return replace(held, version=held.version + 1, signed_by=(), **leads)
