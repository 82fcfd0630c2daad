"""What the money of one mission stands on as a round begins."""

from __future__ import annotations

import msgspec

from weft.core.funding.ask import Ask
from weft.core.funding.fund import Assumption, Fund, Tranche, Verdict
from weft.core.scalars import Month, minor, places
from weft.engines.funding.rounds.belief import Belief
from weft.engines.funding.rounds.signs import NO_SIGNS, Signs


class Footing(msgspec.Struct, frozen=True, kw_only=True):
    """One mission in one round. tranche: none where it has no money yet.

    asks: those that are open, and not for the reserve, oldest first. borne: the
    missions with assets that rest on its own. changed: the latest month from which its
    money was changed. ending: months until it changes as is decided already; none where
    nothing is; then: what it is paid from then on. signs: what its outcome says.
    """

    mission: str
    title: str
    fund: Fund
    month: Month
    belief: Belief
    signs: Signs = NO_SIGNS
    platform: bool = False
    tranche: Tranche | None = None
    asks: tuple[Ask, ...] = ()
    borne: tuple[str, ...] = ()
    changed: Month | None = None
    ending: int | None = None
    then: int = 0

    @property
    def now(self) -> int:
        """Give what it is paid now, in minor units a month."""
        return minor(self.tranche.amount)[0] if self.tranche else 0

    @property
    def step(self) -> int:
        """Give the money of one step, in minor units a month."""
        return self.now * self.fund.step // 100

    def stands(self, each: Assumption) -> Verdict:
        """Tell what became of an assumption: an experiment on it has the last word."""
        return self.signs.verdicts.get(each.says, each.verdict)

    @property
    def notice(self) -> int:
        """Give the months until less money can take effect."""
        return self.tranche.notice if self.tranche else 0

    @property
    def least(self) -> int:
        """Give the least that keeps its team together, in minor units a month."""
        held = self.tranche
        return minor(held.least)[0] if held and held.least else 0

    @property
    def proof_is_due(self) -> bool:
        """Tell whether the evidence that was asked for should be there by now."""
        by = self.tranche.proof_by if self.tranche else None
        return by is not None and by <= self.month


def spelled(footing: Footing, units: int) -> str:
    """Write money in a sentence: in whole units of its currency."""
    currency = footing.fund.currency
    return f"{round(units / 10 ** places(currency)):,} {currency}"
