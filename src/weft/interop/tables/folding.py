"""Rows become people: several rows may be one person with several posts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.layouts.words import plain
from weft.interop.tables.rows import Row
from weft.interop.tables.work import Work, fold

_DIGITS = re.compile(r"(\d+)")


class Member(msgspec.Struct):
    """One human in the table: the main row, and those of further posts.

    rows: all that speak of this person. void: `id` or `email` where it is another's
    too, and so tells nothing. kept_id: what may be kept of the id in the source.
    id: the person in the firm, once known.
    """

    main: Row
    rows: list[Row]
    posts: list[Row]
    void: tuple[str, ...] = ()
    kept_id: str = ""
    id: str = ""


def name_key(name: str) -> str:
    """Give a name as it is compared: without case, signs and the order of its parts."""
    return " ".join(sorted(plain(name).split())) or fold(name)


def fold_rows(work: Work, people: People, rows: Iterable[Row]) -> list[Member]:
    """Put together the rows of each person, by id, else e-mail, else name.

    Each row that was put together with another is told. The main row is the first
    that is no second post; where rows have ids of posts, the one with the smallest.
    """
    folder = _Folder(work, people)
    for row in rows:
        folder.add(row)
    for member in folder.members:
        member.main = min(member.rows, key=lambda r: (r.second, natural(r.post)))
        others = [row for row in member.rows if row is not member.main]
        member.posts = [row for row in others if people.post or _differs(row, member)]
        _tell(work, people, member, others)
    _keep_ids(work, people, folder.members)
    return folder.members


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give the order in which people count: p9 comes before p10."""
    parts = (part for part in _DIGITS.split(text) if part)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


class _Folder:
    """Finds the person whom a further row is about."""

    def __init__(self, work: Work, people: People) -> None:
        self.work, self.people = work, people
        self.members: list[Member] = []
        self.known: dict[tuple[str, str], Member] = {}

    def add(self, row: Row) -> None:
        """Add a row to its person, or begin another.

        An id or address that stands beside two names tells nothing of the second.
        """
        void: list[str] = []
        ways = [
            ("id", row.id),
            ("email", fold(row.email)),
            ("name", name_key(row.name)),
        ]
        for key in ways:
            member = self.known.get(key)
            if not key[1]:
                continue
            if member is None or _may_be_one(member.main.name, row.name):
                break
            void.append(key[0])
            what = f"The {key[0]} {key[1]!r} stands beside two names."
            at = Where(self.people.sheet, row.number)
            self.work.tell("guess", what, "Taken as two people.", at)
        if member is None:
            member = self.known[key] = Member(row, [row], [], void=tuple(void))
            self.members.append(member)
        else:
            member.rows.append(row)


def _may_be_one(first: str, second: str) -> bool:
    """Tell whether two names may be of one person: they share a part."""
    return bool({*name_key(first).split()} & {*name_key(second).split()})


def _differs(row: Row, member: Member) -> bool:
    """Tell whether a row is of another post than the main one."""
    main = member.main
    said = (
        (row.units, main.units),
        (row.title, main.title),
        (row.manager, main.manager),
    )
    return any(one and one != other for one, other in said)


def _tell(work: Work, people: People, member: Member, others: Iterable[Row]) -> None:
    """Tell of each row that was put together with the main one."""
    for row in others:
        post = any(row is each for each in member.posts)
        work.tell(
            "joined",
            f"The person of row {member.main.number} again.",
            "Taken as a further post." if post else "Put together with that row.",
            Where(people.sheet, row.number),
        )


def _keep_ids(work: Work, people: People, members: list[Member]) -> None:
    """Keep the ids of the source, unless they are made of names.

    The journal never forgets, so what tells who somebody is must not enter it.
    """
    if not people.id:
        return
    telling = sum(_tells_name(member.main) for member in members)
    if people.id not in people.name and telling * 5 > len(members):
        what = f"The ids in {people.id!r} are made of names."
        done = "Not kept: people are known again by e-mail address or name."
        work.tell("lost", what, done, Where(people.sheet, 0, people.id))
        return
    for member in members:
        member.kept_id = "" if "id" in member.void else member.main.id


def _tells_name(row: Row) -> bool:
    """Tell whether an id is an address or holds a part of the name."""
    shortest = 3
    parts = [part for part in plain(row.name).split() if len(part) >= shortest]
    return "@" in row.id or any(part in plain(row.id) for part in parts)
