"""Who of the table is who in the firm: so that a second import is no second firm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from weft.core.people import Person, Profile
from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.tables.folding import Member, name_key
from weft.interop.tables.work import Work, fold

_NUMBERED = re.compile(r"p(\d{1,12})")


def know_again(
    work: Work,
    people: People,
    members: list[Member],
    profiles: Mapping[str, Profile],
    taken: Iterable[str] = (),
) -> None:
    """Give each member the id of the person that it is, or a new one.

    Known again by the id in the source, else by e-mail address, else by name; where
    two have the name, by the unit, and that is told. New ids are numbers and say
    nothing: p0001, p0002 ... Numbers in `taken` are never given again.
    """
    known = _Known(work, profiles)
    for find in (known.by_id, known.by_email, known.by_name):
        for member in members:
            if not member.id and (person := find(member, people)):
                known.free.discard(person)
                member.id = person
    last = max(_numbers([*work.firm.people, *profiles, *taken]), default=0)
    for member in members:
        if not member.id:
            last += 1
            member.id = f"p{last:04}"


def _numbers(ids: Iterable[str]) -> Iterable[int]:
    """Give the numbers that ids were made of."""
    return (int(found[1]) for each in ids if (found := _NUMBERED.fullmatch(each)))


class _Known:
    """The people of the firm, by each of the ways to know them again."""

    def __init__(self, work: Work, profiles: Mapping[str, Profile]) -> None:
        self.work, self.people = work, work.firm.people
        self.free = set(self.people)
        self.ids = {p.source_id: key for key, p in self.people.items() if p.source_id}
        self.emails: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        for key in sorted(self.people):
            if key in profiles:
                self.emails.setdefault(fold(profiles[key].email), key)
                self.names.setdefault(name_key(profiles[key].name), []).append(key)

    def by_id(self, member: Member, _: People) -> str:
        """Find by the id in the source."""
        return self._free(self.ids.get(member.kept_id, "")) if member.kept_id else ""

    def by_email(self, member: Member, _: People) -> str:
        """Find by the e-mail address."""
        email = fold(member.main.email)
        found = self._free(self.emails.get(email, "")) if email else ""
        return found if found and self._is_no_other(member, found) else ""

    def by_name(self, member: Member, people: People) -> str:
        """Find by the name; of several, the one in the same unit."""
        named = self.names.get(name_key(member.main.name), [])
        found = [k for k in named if k in self.free and self._is_no_other(member, k)]
        if len(found) > 1:
            unit = fold(member.main.units[-1]) if member.main.units else ""
            near = [key for key in found if fold(self._unit(key)) == unit]
            what = f"{len(found)} people of the firm have the name in this row."
            done = (
                "Known again by the unit." if near else "Taken for the first of them."
            )
            self.work.tell("guess", what, done, Where(people.sheet, member.main.number))
            found = near or found
        return found[0] if found else ""

    def _free(self, person: str) -> str:
        """Give a person that no other member was known as."""
        return person if person in self.free else ""

    def _is_no_other(self, member: Member, person: str) -> bool:
        """Tell whether the ids of the source do not speak against it."""
        held: Person = self.people[person]
        return not (member.kept_id and held.source_id) or (
            held.source_id == member.kept_id
        )

    def _unit(self, person: str) -> str:
        """Give the title of somebody's unit."""
        unit = self.work.firm.units.get(self.people[person].unit or "")
        return unit.title if unit else ""
