"""What happened to one asset, put together from events in whatever order they came."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from weft.core.delivering.deliveries import Delivery

BLAMED_WITHIN = timedelta(days=1)
"""An incident that names no deployment is blamed on the last one in so long."""
_SHORTEST = 7
"""A revision may be cut short to so many letters, as tools do."""


class Change(msgspec.Struct, frozen=True):
    """A change: when it was written, when it first ran in production, if it does.

    by_time: its deployment names no revision that is known.
    """

    written: datetime
    ran: datetime | None = None
    by_time: bool = False


class Incident(msgspec.Struct, frozen=True):
    """An incident: from when to when it lasted, and the deployment blamed for it."""

    began: datetime
    ended: datetime | None = None
    blamed: str | None = None


class Past(msgspec.Struct, frozen=True):
    """What happened to one asset: `deployed` has when each came through, by its id."""

    changes: tuple[Change, ...]
    deployed: dict[str, datetime]
    broken_off: tuple[datetime, ...]
    incidents: tuple[Incident, ...]


def past(reported: Iterable[Delivery], until: datetime) -> Past:
    """Put together what was reported of one asset up to an instant."""
    known: dict[str, Delivery] = {}
    for each in reported:
        if each.at <= until:
            before = known.get(each.id)
            known[each.id] = each if before is None else _first(before, each)
    by: dict[str, list[Delivery]] = defaultdict(list)
    for each in sorted(known.values(), key=lambda d: (d.at, d.id)):
        by[each.what].append(each)
    live = [each for each in by["deployment"] if each.live]
    deployments = [each for each in live if each.worked]
    return Past(
        changes=_changes(_once(by["change"]), deployments),
        deployed={each.id: each.at for each in deployments},
        broken_off=tuple(each.at for each in live if not each.worked),
        incidents=_incidents(by["incident"], by["restored"], deployments),
    )


def _first(one: Delivery, other: Delivery) -> Delivery:
    """Give the earlier of two reports of one thing, begun when either says so first.

    A merge says when its request was opened; the push beside it only when the commit
    that a squash makes was written.
    """
    earlier = other if other.at < one.at else one
    begun = [each.since for each in (one, other) if each.since is not None]
    return replace(earlier, since=min(begun)) if begun else earlier


def _once(changes: Iterable[Delivery]) -> list[Delivery]:
    """Leave each change once, at its first: two tools may report it."""
    found: dict[str, Delivery] = {}
    for each in changes:
        name = each.revision or each.id
        found[name] = _first(found[name], each) if name in found else each
    return list(found.values())


def _changes(
    landed: Sequence[Delivery], deployments: Sequence[Delivery]
) -> tuple[Change, ...]:
    """Tell of each change when it first ran in production.

    A deployment of a revision brings that change and all that landed before it. Where
    the revision is of none that is known, it brings what landed before the deployment.
    An older one put back brings nothing new, as what it holds ran before.
    """
    instants = [each.at for each in landed]
    place_of = _Places(landed)
    ran: list[tuple[datetime, bool] | None] = [None] * len(landed)
    begun = 0
    for each in deployments:  # in the order of time; each brings a beginning of the row
        found = place_of.revision(each.revision)
        brought = instants[found] if found is not None else each.at
        end = bisect_right(instants, brought)
        for place in range(begun, end):
            ran[place] = (each.at, found is None)
        begun = max(begun, end)
    return tuple(
        Change(each.since or each.at, *(when or ()))
        for each, when in zip(landed, ran, strict=True)
    )


class _Places:
    """Where in a row of changes a revision is, which may be cut short."""

    def __init__(self, landed: Sequence[Delivery]) -> None:
        told = sorted((each.revision, place) for place, each in enumerate(landed))
        self._revisions = [revision for revision, _ in told]
        self._places = [place for _, place in told]

    def revision(self, revision: str) -> int | None:
        """Find the change of a revision; None where none is known."""
        first = bisect_left(self._revisions, revision)
        if not revision or first == len(self._revisions):
            return None
        found = self._revisions[first]
        short = len(revision) >= _SHORTEST and found.startswith(revision)
        return self._places[first] if short or found == revision else None


def _incidents(
    begun: Iterable[Delivery],
    ended: Iterable[Delivery],
    deployments: Sequence[Delivery],
) -> tuple[Incident, ...]:
    """Tell of each incident how long it lasted and what is blamed for it.

    One that was opened again lasts until it was closed for good.
    """
    starts, ends = defaultdict(list), defaultdict(list)
    for each in begun:
        starts[each.incident or each.id].append(each)
    for each in ended:
        ends[each.incident or each.id].append(each.at)
    found = []
    for number, told in sorted(starts.items()):
        end = max(ends[number], default=None)
        lasts = end is None or end < told[-1].at
        blamed = _blamed(told[0], deployments)
        found.append(Incident(told[0].at, None if lasts else end, blamed))
    return tuple(found)


def _blamed(incident: Delivery, deployments: Sequence[Delivery]) -> str | None:
    """Find the deployment that an incident names, or else the last one before it."""
    instants = [each.at for each in deployments]
    before = deployments[: bisect_right(instants, incident.at)]
    if incident.revision:
        named = [each for each in before if each.revision == incident.revision]
        if named:
            return named[-1].id
    first = bisect_left(instants, incident.at - BLAMED_WITHIN)
    return before[-1].id if len(before) > first else None
