"""Who of the table is who in the firm: so that a second import is no second firm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from weft.core.people import Profile
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
        self.called = {k: name_key(profiles[k].name) for k in self.free & set(profiles)}
        self.emails: dict[str, list[str]] = {}
        self.names: dict[str, list[str]] = {}
        for key in sorted(self.called):
            self.emails.setdefault(fold(profiles[key].email), []).append(key)
            self.names.setdefault(self.called[key], []).append(key)

    def by_id(self, member: Member, _: People) -> str:
        """Find by the id in the source."""
        found = self.ids.get(member.kept_id, "") if member.kept_id else ""
        return found if found in self.free else ""

    def by_email(self, member: Member, _: People) -> str:
        """Find by the e-mail address; of several who share it, by the name."""
        email = "" if "email" in member.void else fold(member.main.email)
        found = self._others(member, self.emails.get(email, [])) if email else []
        name = name_key(member.main.name)
        return next((k for k in found if self.called[k] == name), "".join(found[:1]))

    def by_name(self, member: Member, people: People) -> str:
        """Find by the name; of several, the one in the same unit."""
        found = self._others(member, self.names.get(name_key(member.main.name), []))
        if len(found) > 1:
            unit = fold(member.main.units[-1]) if member.main.units else ""
            near = [key for key in found if unit and fold(self._unit(key)) == unit]
            what = f"{len(found)} people of the firm have the name in this row."
            done = (
                "Known again by the unit." if near else "Taken for the first of them."
            )
            self.work.tell("guess", what, done, Where(people.sheet, member.main.number))
            found = near or found
        return found[0] if found else ""

    def _others(self, member: Member, keys: list[str]) -> list[str]:
        """Give those not known again yet, whose ids in the source do not differ."""
        ids = {"", member.kept_id} if member.kept_id else None
        free = (key for key in keys if key in self.free)
        return [k for k in free if ids is None or self.people[k].source_id in ids]

    def _unit(self, person: str) -> str:
        """Give the title of somebody's unit."""
        unit = self.work.firm.units.get(self.people[person].unit or "")
        return unit.title if unit else ""
