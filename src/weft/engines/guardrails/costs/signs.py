"""What the figures of a guardrail are signs of: something for its owner to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

import msgspec

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail, Waiver
from weft.engines.guardrails.costs.figures import Assets, Cost, Sign
from weft.engines.guardrails.costs.ledger import Tally
from weft.engines.guardrails.waivers import waiver_state

FEWEST: Final = 5
"""With fewer cases than this, a share is no sign of anything."""
HALF, QUARTER, FIFTH = 0.5, 0.25, 0.2
RENEWALS: Final = 3


class Case(msgspec.Struct, frozen=True):
    """A guardrail to be looked at: its waivers, and how assets stand to it if known."""

    firm: Firm
    guardrail: Guardrail
    now: datetime
    assets: Assets | None
    waivers: list[Waiver]

    @property
    def live(self) -> list[Waiver]:
        """Give the waivers of it that count now."""
        states = ((w, waiver_state(self.firm, w, self.now)) for w in self.waivers)
        return [waiver for waiver, state in states if state.state == "live"]


def signs(case: Case, told: Cost, tally: Tally) -> Iterator[Sign]:
    """Tell what the figures are signs of. tally: of the version that holds."""
    if told.phase in {"retired", "draft"}:
        return
    asked, refused, unmet = len(tally.asked), len(tally.refused), tally.unmet
    assets = case.assets
    if told.judged and not told.asked and assets and not assets.applies:
        days = (case.now - told.since).days if told.since else 0
        of = f"{_many(told.judged, 'request')} in {_many(days, 'day')}"
        why = f"It applied to no asset and to no request, of {of}."
        yield Sign(sign="dead", why=why)
    live = {waiver.mission for waiver in case.live}
    if live and tally.missions <= live and assets and not assets.breaking:
        why = "Everybody who does not meet it has a waiver"
        yield Sign(sign="all-waived", why=f"{why}: {_many(len(live), 'mission')}.")
    if asked >= FEWEST and refused > asked * HALF:
        why = f"It refused {refused} of {asked} requests to which it applied."
        yield Sign(sign="wall", why=why)
    unproven = len(tally.unproven)
    if unmet >= FEWEST and unproven > unmet * QUARTER:
        why = f"Of {unmet} requests that did not meet it, {unproven} lacked a fact."
        yield Sign(sign="unproven", why=why)
    subjects = assets.breaking + assets.waived if assets else 0
    if assets and subjects >= FEWEST and assets.waived > subjects * FIFTH:
        why = f"Waivers hold {assets.waived} of {subjects} assets that do not meet it."
        yield Sign(sign="leaky", why=why)
    if (longest := _chain(case.waivers)) >= RENEWALS:
        yield Sign(sign="renewed", why=f"A waiver of it was renewed {longest} times.")


def _chain(waivers: Iterable[Waiver]) -> int:
    """Give how often the waiver that was renewed most often was renewed."""
    before = {waiver.id: waiver.renews for waiver in waivers}
    return max((_renewals(before, key) for key in before), default=0)


def _renewals(before: Mapping[str, str | None], key: str) -> int:
    """Give how often a waiver was renewed."""
    seen: set[str] = set()
    here = before[key]
    while here is not None and here not in seen:
        seen.add(here)
        here = before.get(here)
    return len(seen)


def _many(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
