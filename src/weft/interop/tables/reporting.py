"""Who reports to whom: names and ids in cells become managers, without loops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from weft.core.checks import loops
from weft.core.people import Profile
from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.tables.folding import Member, name_key
from weft.interop.tables.rows import Row
from weft.interop.tables.work import Work, fold

_ASIDE = re.compile(r"\s*[(\[].*[)\]]\s*$")


class Who:
    """Finds people by what cells call them: a post, an id, an address, a name.

    Only people of the table, unless it is a part or is not about people: who is not
    in a whole table has left.
    """

    def __init__(
        self, work: Work, members: Sequence[Member], profiles: Mapping[str, Profile]
    ) -> None:
        self.posts: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.names: dict[str, set[str]] = {}
        for member in members:
            for row in member.rows:
                if row.post:
                    self.posts[row.post] = member.id
                self.known.setdefault(fold(row.id), member.id)
                self.known.setdefault(fold(row.email), member.id)
                self.names.setdefault(name_key(row.name), set()).add(member.id)
        here = {member.id for member in members}
        others = set(work.firm.people) - here if work.partial or not here else ()
        for key in sorted(others):
            self.known.setdefault(fold(work.firm.people[key].source_id), key)
            if profile := profiles.get(key):
                self.known.setdefault(fold(profile.email), key)
                self.names.setdefault(name_key(profile.name), set()).add(key)
        self.known.pop("", None)

    def find(self, text: str) -> str | None:
        """Find a person; none where nobody is called so, or several are."""
        bare = _ASIDE.sub("", text)
        for way in (self.posts.get(text), self.known.get(fold(text))):
            if way:
                return way
        named = (
            self.names.get(name_key(text)) or self.names.get(name_key(bare)) or set()
        )
        return next(iter(named)) if len(named) == 1 else None


def managers(
    work: Work, people: People, members: Iterable[Member], who: Who
) -> dict[str, str | None]:
    """Give the manager of each person, and tell of those that were not found.

    Nobody reports to themselves, nor in a circle: the line of the first row of a
    circle is dropped, and that is told.
    """
    first_row: dict[str, int] = {}
    found: dict[str, str | None] = {}
    for member in members:
        first_row[member.id] = member.main.number
        found[member.id] = manager_of(work, people, member, member.main, who)
    others = {key: person.manager for key, person in work.firm.people.items()}
    for loop in loops({**others, **found} if work.partial else found):
        inside = [key for key in loop if key in first_row]
        if not inside:
            continue
        key = min(inside, key=first_row.__getitem__)
        what = f"{len(loop)} people report to each other in a circle."
        done = "The manager in this row is left out."
        at = Where(people.sheet, first_row[key], people.manager)
        work.tell("lost", what, done, at)
        found[key] = None
    return found


def manager_of(
    work: Work, people: People, member: Member, row: Row, who: Who
) -> str | None:
    """Find the manager that a row names; tell where there is none to be found."""
    if not row.manager:
        return None
    manager = who.find(row.manager)
    what, done = "", "No manager is set."
    if manager is None:
        what = (
            f"The manager {row.manager!r} is not in the table, or not alone so called."
        )
    elif manager == member.id:
        what, manager = (
            "Somebody reports to themselves, or to a post of their own.",
            None,
        )
    if what:
        work.tell("lost", what, done, Where(people.sheet, row.number, people.manager))
    return manager
