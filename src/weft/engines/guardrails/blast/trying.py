"""A drafted guardrail tried on the whole firm; what holds is never touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.requests import Decision, Reason
from weft.engines.guardrails.blast.decided import Again
from weft.engines.guardrails.blast.radius import (
    Fate,
    Radius,
    Touched,
    effect_of,
    tallies,
)
from weft.engines.guardrails.blast.sides import Sides, as_tried, first_instant

SOON: Final = 30
"""So many days before its end a waiver is told as ending soon."""
EXPLAINED: Final = 1000
"""Of so many assets that newly break it is told why: more are read by nobody."""
_OVER: Final = frozenset({"refused", "expired", "revoked"})


def blast_radius(
    firm: Firm,
    draft: Guardrail,
    at: datetime,
    decisions: Iterable[tuple[int, Decision]] = (),
    days: int = SOON,
) -> Radius:
    """Tell what a drafted guardrail would change: assets, past requests, waivers.

    It may be new, changed in any way, or retired. Its two versions alone are judged
    on everything: the difference is the same as if all guardrails had been judged on
    the firm as it is and once more on the firm with the draft applied.
    """
    tried = as_tried(firm, draft)
    now = first_instant(firm, tried, at)
    sides = Sides(firm, tried, now)
    touched = tuple(_touched(sides))
    again = Again(sides)
    redecided = tuple(again.redecided(decisions))
    waivers = tuple(_fates(sides, tried.id, now + timedelta(days=days)))
    total, missions = tallies(touched, redecided, waivers)
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
    )


def _touched(sides: Sides) -> Iterator[Touched]:
    """Give the assets of which the guardrail does not hold on one of the sides."""
    before, after, rules = sides.before, sides.after, sides.rules
    left = EXPLAINED
    for key in sorted(sides.firm.assets):
        asset = sides.firm.assets[key]
        facts = sides.standing(asset)
        was, _ = before.stand(rules, facts)
        will, told = after.stand(rules, facts)
        if was == will == "holds":
            continue
        reasons: tuple[Reason, ...] = ()
        if will == "breaks" != was and left:
            told, left = told or after.why(rules, facts), left - 1
            reasons = told.reasons if told else ()
        yield Touched(
            asset=key,
            mission=asset.mission or "",
            before=was,
            after=will,
            effect=effect_of(was, will),
            state="holds" if will == "holds" else after.state(facts),
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
