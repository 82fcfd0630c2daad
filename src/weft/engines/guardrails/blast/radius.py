"""What a change of one guardrail would do, told asset by asset.

Everything is compared with itself: the firm as it stands against the same firm with
the one guardrail put in its place, at the same instant. Nothing else differs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from weft.core.guardrails import Guardrail, WaiverWord
from weft.core.records import Record
from weft.core.requests import Reason, Stand, State

Effect = Literal["breaks", "freed", "still", "waived", "told"]
"""What becomes of an asset: it newly breaks, is freed, breaks as it did; or it is not
met without breaking, by a waiver or because the guardrail blocks nothing."""
Use = Literal["needed", "idle", "drifted"]


class Touched(Record, frozen=True, kw_only=True):
    """An asset of which the guardrail does not hold, as it is or as it would be.

    mission: empty where no mission owns it. state: as it would be. reasons: why it
    newly breaks; told of the first thousand that do.
    """

    asset: str
    mission: str
    before: Stand
    after: Stand
    effect: Effect
    state: State
    reasons: tuple[Reason, ...] = ()


def effect_of(before: Stand, after: Stand) -> Effect:
    """Say in a word what becomes of an asset of which it does not hold on a side."""
    if after == "breaks":
        return "still" if before == "breaks" else "breaks"
    if before == "breaks":
        return "freed"
    either = before if after == "holds" else after
    return "waived" if either == "waived" else "told"


class Redecided(Record, frozen=True, kw_only=True):
    """A past request that would be decided otherwise.

    Its facts are those on record; it is judged twice by what holds today, as it is
    and with the changed guardrail. What was answered then does not matter here.
    unproven: the guardrail asks for something that is not on record.
    """

    number: int
    mission: str
    act: str
    title: str
    becomes: Literal["refused", "allowed"]
    unproven: bool = False


class Fate(Record, frozen=True, kw_only=True):
    """What becomes of a waiver of the guardrail.

    before, after: how it stands; a live one needed, idle or drifted. until: its last
    instant. ends_soon: it would still be live, and ends within the days asked for.
    """

    waiver: str
    mission: str
    asset: str | None
    until: datetime
    before: WaiverWord | Use
    after: WaiverWord | Use
    ends_soon: bool


class Lapse(Record, frozen=True, kw_only=True):
    """An item of a baseline that is tolerated, and would be no longer.

    mission: who owns the asset; empty where no mission does. path, value: what is
    tolerated of it, until its end. after: how the item would stand.
    """

    item: str
    rollout: str
    asset: str
    mission: str
    path: str
    value: str
    until: datetime
    after: WaiverWord


class Tally(Record, frozen=True, kw_only=True):
    """Counts for one mission; for all of them under the empty name in `total`.

    breaks, freed, still, waived, told: assets. unproven: of those that newly break,
    how many for a fact that is missing. refused, allowed: past requests that would be
    decided otherwise. needed, lost, idle, ending: waivers that go on holding
    something, that no longer count, that hold nothing, that end soon. lapsed: items
    of baselines that would be tolerated no longer.
    """

    mission: str
    breaks: int = 0
    freed: int = 0
    still: int = 0
    waived: int = 0
    told: int = 0
    unproven: int = 0
    refused: int = 0
    allowed: int = 0
    needed: int = 0
    lost: int = 0
    idle: int = 0
    ending: int = 0
    lapsed: int = 0


class Radius(Record, frozen=True, kw_only=True):
    """All that a change of one guardrail would do: its blast radius.

    guardrail: as it was tried. at: the instant for which it was judged. days: what
    counts as soon for the end of a waiver. assets, decisions: how many were looked at.
    """

    guardrail: Guardrail
    at: datetime
    days: int
    assets: int
    decisions: int
    total: Tally
    missions: tuple[Tally, ...] = ()
    touched: tuple[Touched, ...] = ()
    redecided: tuple[Redecided, ...] = ()
    waivers: tuple[Fate, ...] = ()
    baseline: tuple[Lapse, ...] = ()


_LIVE = frozenset({"needed", "idle", "drifted"})


def tallies(
    touched: Iterable[Touched],
    redecided: Iterable[Redecided],
    waivers: Iterable[Fate],
    baseline: Iterable[Lapse],
) -> tuple[Tally, tuple[Tally, ...]]:
    """Count what becomes of all, and for each mission, the most broken first."""
    counts: dict[str, dict[str, int]] = {}

    def count(mission: str, what: str) -> None:
        mine = counts.setdefault(mission, {})
        mine[what] = mine.get(what, 0) + 1

    for each in touched:
        count(each.mission, each.effect)
        if each.effect == "breaks" and each.state == "unproven":
            count(each.mission, "unproven")
    for decision in redecided:
        count(decision.mission, decision.becomes)
    for waiver in waivers:
        for what in _fates(waiver):
            count(waiver.mission, what)
    for item in baseline:
        count(item.mission, "lapsed")
    missions = [Tally(mission=name, **mine) for name, mine in counts.items()]
    missions.sort(key=lambda t: (-t.breaks, -t.refused, -t.freed, t.mission))
    whole = {
        what: sum(mine.get(what, 0) for mine in counts.values())
        for what in Tally.__struct_fields__[1:]
    }
    return Tally(mission="", **whole), tuple(missions)


def _fates(waiver: Fate) -> Iterable[str]:
    """Name the counts that a waiver belongs to."""
    if waiver.after == "needed":
        yield "needed"
    elif waiver.after in _LIVE:
        yield "idle"
    elif waiver.before in _LIVE:
        yield "lost"
    if waiver.ends_soon:
        yield "ending"
