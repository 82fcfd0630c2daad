"""The four measures of delivery: how often, how fast, how safely, how soon mended.

They are those of the DORA programme, in the terms of its guide of 2024: deployments
to production; from a change written to it running there; deployments that led to an
incident; from an incident begun to service restored. The order in which events came
to Weft has no part in it, and an event that comes twice is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from weft.core.delivering.deliveries import Delivery
from weft.engines.delivering.intervals import Figure, median, rate, share
from weft.engines.delivering.past import Incident, Past, past

WEEK = timedelta(days=7)
_HOUR = 3600.0


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """How something was delivered in the weeks up to an instant.

    weeks: deployments to production in each week, the latest last. lead_time: hours
    from a change written to it running in production. failed: of those deployments, the
    share that led to an incident. restore: hours from an incident begun to it ended;
    one that still lasts counts with what it has lasted so far.
    by_time: changes whose deployment names no revision that is known, so that they
    count as deployed with the next one. waiting: changes landed and not deployed yet.
    broken_off: deployments that did not come through. open: incidents that still last.
    unblamed: incidents before which nothing was deployed for a day.
    """

    since: datetime
    until: datetime
    frequency: Figure
    lead_time: Figure
    failed: Figure
    restore: Figure
    weeks: tuple[int, ...]
    by_time: int = 0
    waiting: int = 0
    broken_off: int = 0
    open: int = 0
    unblamed: int = 0
    last: datetime | None = None

    @property
    def silent(self) -> bool:
        """Tell whether nothing at all was reported."""
        return self.last is None and not self.restore.n and not self.waiting


def measured(
    by_asset: Mapping[str, Iterable[Delivery]], until: datetime, weeks: int = 13
) -> Measures:
    """Measure deliveries of some assets, asset by asset, and put them together.

    by_asset: all that was ever reported of each. until: the instant at which to
    measure; what happened later is not known yet. weeks: so many, back from then.
    """
    since = until - weeks * WEEK
    pasts = [past(each, until) for _, each in sorted(by_asset.items())]
    deployed = [
        (at, name)
        for each in pasts
        for name, at in each.deployed.items()
        if since < at <= until
    ]
    failed = {
        name for each in pasts for i in each.incidents if (name := i.blamed) is not None
    }
    ran = [c for each in pasts for c in each.changes if c.ran and since < c.ran]
    incidents = [i for each in pasts for i in each.incidents if _within(i, since)]
    counts = _by_week([at for at, _ in deployed], until, weeks)
    return Measures(
        since=since,
        until=until,
        frequency=rate(counts, "deployments a week"),
        lead_time=median([_hours(c.written, c.ran) for c in ran if c.ran], "hours"),
        failed=share(sum(name in failed for _, name in deployed), len(deployed)),
        restore=median([_hours(i.began, i.ended or until) for i in incidents], "hours"),
        weeks=counts,
        by_time=sum(c.by_time for c in ran),
        waiting=sum(c.ran is None for each in pasts for c in each.changes),
        broken_off=sum(since < at for each in pasts for at in each.broken_off),
        open=sum(i.ended is None for i in incidents),
        unblamed=sum(i.blamed is None for i in incidents),
        last=_last(pasts),
    )


def _within(incident: Incident, since: datetime) -> bool:
    """Tell whether an incident began, or still lasted, after an instant."""
    return incident.ended is None or incident.ended > since


def _hours(start: datetime, end: datetime) -> float:
    """Give the hours between two instants; a clock that is off gives none, not less."""
    return max(0.0, (end - start).total_seconds() / _HOUR)


def _by_week(
    instants: Sequence[datetime], until: datetime, weeks: int
) -> tuple[int, ...]:
    """Count instants by the week back from an instant, the latest last."""
    counts = [0] * weeks
    for each in instants:
        counts[-1 - min(weeks - 1, int((until - each) / WEEK))] += 1
    return tuple(counts)


def _last(pasts: Sequence[Past]) -> datetime | None:
    """Give when something was last deployed."""
    return max((at for each in pasts for at in each.deployed.values()), default=None)
