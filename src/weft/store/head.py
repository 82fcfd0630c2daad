"""The head: the newest state of a store, found at the start and then followed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa
from immutables import Map

from weft.core.firm import Firm
from weft.core.lineage import step
from weft.core.people import Profile
from weft.store import profiles, snapshots
from weft.store.journal import rows
from weft.store.journal.bodies import START, glimpse
from weft.store.journal.bulk import in_bulk


class Head(msgspec.Struct, frozen=True):
    """The firm after the last entry, that entry's hash, and everybody's profile."""

    firm: Firm
    hash: bytes
    profiles: Map[str, Profile]


def find(db: sa.Connection) -> Head:
    """Read the head: the newest snapshot, and what came after it."""
    end = rows.last(db)
    with in_bulk():
        people = profiles.read_all(db)
        if end is None:
            return Head(Firm(), START, people)
        firm = snapshots.newest(db, end.seq) or Firm()
        return Head(rows.replay(db, firm, end.seq), end.hash, people)


def follow(db: sa.Connection, head: Head) -> Head:
    """Give the head as others have moved it since; the same where they have not."""
    end = rows.last(db)
    if end is None or end.seq <= head.firm.seq:
        return head
    changed = _changed(db, head.firm.seq)
    people = put(head.profiles, profiles.read_some(db, changed)) if changed else None
    firm = rows.replay(db, head.firm, end.seq)
    return Head(firm, end.hash, head.profiles if people is None else people)


def put(
    people: Map[str, Profile], changed: Mapping[str, Profile | None]
) -> Map[str, Profile]:
    """Give everybody's profile after some were put or, with None, erased.

    The same table where none was: what is worked out of it holds on.
    """
    if not changed:
        return people
    held = people.mutate()
    for person, profile in changed.items():
        if profile is not None:
            held[person] = profile
        else:
            held.pop(person, None)
    after = held.finish()
    step(people, after, changed)
    return after


def _changed(db: sa.Connection, after: int) -> list[str]:
    """Name the people whose profile was put or erased after an entry."""
    found: list[str] = []
    while page := rows.page(db, after, None, rows.PAGE, newest_first=False):
        for row in page:
            found += glimpse(row).profiles
        after = page[-1].seq
    return found
