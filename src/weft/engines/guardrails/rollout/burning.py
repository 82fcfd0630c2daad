"""The burn-down of a roll-out: how many items were open on each day, and are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.records import Record
from weft.engines.guardrails.rollout.mending import mended
from weft.engines.guardrails.waivers import instant, waiver_state


class Left(Record, frozen=True, kw_only=True):
    """So many items were open from the end of this day on."""

    day: date
    open: int


class Burn(Record, frozen=True, kw_only=True):
    """How a baseline shrinks: all of it under the empty name, or that of a mission.

    until: the day before which it is to be mended. open: those that still offend;
    overdue: of them, those that are no longer tolerated. steps: each day on which the
    number changed, the first day first.
    """

    mission: str
    until: date
    recorded: int
    open: int
    overdue: int
    steps: tuple[Left, ...]


class ItemStands(Record, frozen=True, kw_only=True):
    """An item of a baseline as it stands.

    mission: who owns the asset now, or did. open: it still offends. counts: it is
    tolerated. why: in words.
    """

    item: BaselineItem
    mission: str
    open: bool
    counts: bool
    why: str


def stands(
    firm: Firm, items: Iterable[BaselineItem], at: datetime
) -> tuple[ItemStands, ...]:
    """Tell how items stand, those that end first at the top.

    An item that no longer offends is mended, also where that is not yet written, as
    in a draft.
    """
    every = sorted(items, key=lambda i: (i.until, i.mission or "", i.id))
    through = {item.id for item in mended(firm, every, at)}
    found = []
    for item in every:
        state = waiver_state(firm, item, at)
        is_open = item.mended_at is None and item.id not in through
        owned = firm.assets.get(item.asset)
        found.append(
            ItemStands(
                item=item,
                mission=(owned.mission if owned else item.mission) or "",
                open=is_open,
                counts=is_open and state.state == "live",
                why="It no longer offends." if item.id in through else state.why,
            )
        )
    return tuple(found)


def burn(
    firm: Firm,
    rollout: Rollout,
    items: Sequence[ItemStands],
    at: datetime,
    mission: str = "",
) -> Burn:
    """Count what is left of some items on each day since the roll-out began."""
    today = instant(firm, at).date()
    gone = Counter(
        each.item.mended_at.date() if each.item.mended_at else today
        for each in items
        if not each.open
    )
    left = len(items)
    steps = [Left(day=rollout.started_at.date(), open=left)]
    for day in sorted(gone):
        left -= gone[day]
        if day == steps[-1].day:
            steps.pop()
        steps.append(Left(day=day, open=left))
    ends = [each.item.until.date() for each in items]
    return Burn(
        mission=mission,
        until=max(ends) if ends else rollout.end_for(mission),
        recorded=len(items),
        open=left,
        overdue=sum(each.open and not each.counts for each in items),
        steps=tuple(steps),
    )


def burns(
    firm: Firm, rollout: Rollout, items: Sequence[ItemStands], at: datetime
) -> tuple[Burn, ...]:
    """Count for each mission, the one with most left first."""
    of: dict[str, list[ItemStands]] = {}
    for each in items:
        of.setdefault(each.mission, []).append(each)
    found = [burn(firm, rollout, mine, at, mission) for mission, mine in of.items()]
    return tuple(sorted(found, key=lambda b: (-b.open, b.until, b.mission)))
