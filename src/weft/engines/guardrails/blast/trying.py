"""A drafted guardrail tried on the whole firm; what holds is never touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.requests import Decision, Reason, Recorded
from weft.engines.guardrails.blast.decided import Again
from weft.engines.guardrails.blast.radius import (
    Fate,
    Lapse,
    Radius,
    Touched,
    effect_of,
    tallies,
)
from weft.engines.guardrails.blast.sides import Sides, as_tried, first_instant
from weft.engines.guardrails.curve.catalogue import catalogue_of
from weft.engines.guardrails.rollout.mending import mended
from weft.engines.guardrails.waivers import exempting, waiver_state

SOON: Final = 30
"""So many days before its end a waiver is told as ending soon."""
EXPLAINED: Final = 1000
"""Of so many assets that newly break it is told why: more are read by nobody."""
_OVER: Final = frozenset({"refused", "expired", "revoked"})


def blast_radius(
    firm: Firm,
    draft: Guardrail,
    at: datetime,
    decisions: Iterable[tuple[int, Decision | Recorded]] = (),
    *,
    days: int = SOON,
    explained: int = EXPLAINED,
) -> Radius:
    """Tell what a drafted guardrail would change: assets, past requests, exceptions.

    It may be new, changed in any way, or retired. Its two versions alone are judged
    on everything: the difference is the same as if all guardrails had been judged on
    the firm as it is and once more on the firm with the draft applied. explained: of
    so many assets that newly break it is told why.
    """
    tried = as_tried(firm, draft)
    now = first_instant(firm, tried, at)
    sides = Sides(firm, tried, now)
    touched = tuple(_touched(sides, tried.id, explained))
    again = Again(sides)
    redecided = tuple(again.redecided(decisions))
    waivers = tuple(_fates(sides, tried.id, now + timedelta(days=days)))
    baseline = tuple(_lapses(sides, tried.id))
    total, missions = tallies(touched, redecided, waivers, baseline)
    return Radius(
        guardrail=tried,
        at=now,
        days=days,
        assets=len(firm.assets),
        decisions=again.count,
        total=total,
        missions=missions,
        touched=touched,
        redecided=redecided,
        waivers=waivers,
        baseline=baseline,
    )


def _touched(sides: Sides, guardrail: str, explained: int) -> Iterator[Touched]:
    """Give the assets of which the guardrail does not hold on one of the sides.

    All are judged at once; only those that have a waiver, or are told why, are looked
    at one by one.
    """
    catalogue = catalogue_of(sides.firm)
    before, after = (side.everywhere(catalogue) for side in (sides.before, sides.after))
    waivers = sides.firm.waivers.values()
    exempt = {waiver.mission for waiver in waivers if waiver.guardrail == guardrail}
    items = sides.firm.baseline.values()
    recorded = {item.asset for item in items if item.guardrail == guardrail}
    for number, asset in enumerate(catalogue.assets):
        was, will = before.stand(number), after.stand(number)
        if was == will == "holds":
            continue
        told = None
        mine = asset.mission in exempt or asset.id in recorded
        if mine and exempting(sides.firm, guardrail, asset.mission, asset.id):
            facts = sides.standing(asset)
            was, _ = sides.before.stand(sides.rules, facts)
            will, told = sides.after.stand(sides.rules, facts)
        reasons: tuple[Reason, ...] = ()
        if will == "breaks" != was and explained:
            explained -= 1
            told = told or sides.after.why(sides.rules, sides.standing(asset))
            reasons = told.reasons if told else ()
        yield Touched(
            asset=asset.id,
            mission=asset.mission or "",
            before=was,
            after=will,
            effect=effect_of(was, will),
            state=after.state(number),
            reasons=reasons,
        )


def _fates(sides: Sides, guardrail: str, soon: datetime) -> Iterator[Fate]:
    """Give what becomes of each waiver that counts, could count, or did."""
    for key, waiver in sorted(sides.firm.waivers.items()):
        if waiver.guardrail != guardrail:
            continue
        was, will = sides.before.uses.word(waiver), sides.after.uses.word(waiver)
        if was == will and was in _OVER:
            continue
        live = will in {"needed", "idle", "drifted"}
        yield Fate(
            waiver=key,
            mission=waiver.mission,
            asset=waiver.asset,
            until=waiver.until,
            before=was,
            after=will,
            ends_soon=live and waiver.until <= soon,
        )


def _lapses(sides: Sides, guardrail: str) -> Iterator[Lapse]:
    """Give the items of baselines that are tolerated, and would be no longer.

    A baseline is of one version: the next one has another, or none.
    """
    before, after = sides.before.firm, sides.after.firm
    ending = {}
    for key, item in sorted(before.baseline.items()):
        if item.guardrail != guardrail or item.mended_at is not None:
            continue
        word = waiver_state(after, item, sides.now).state
        if waiver_state(before, item, sides.now).state == "live" != word:
            ending[key] = (item, word)
    items = [item for item, _ in ending.values()]
    through = {item.id for item in mended(before, items, sides.now)}
    for key, (item, word) in ending.items():
        if key not in through:
            yield Lapse(
                item=key,
                rollout=item.rollout,
                asset=item.asset,
                mission=before.assets[item.asset].mission or "",
                path=item.path,
                value=item.value,
                until=item.until,
                after=word,
            )
