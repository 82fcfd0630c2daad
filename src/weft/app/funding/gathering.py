"""Gather what the money side of a round goes by, from what the firm records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from weft.app.funding.evidence import signs
from weft.app.funding.grading import graded
from weft.core.firm import Firm
from weft.core.funding.ask import Ask
from weft.core.funding.forecast import Benefit, Forecast
from weft.core.funding.fund import Fund, Tranche
from weft.core.funding.months import after, between
from weft.core.missions import Mission
from weft.core.scalars import Month, minor
from weft.engines.funding.rounds import (
    LATEST,
    NO_SIGNS,
    Belief,
    Experience,
    Footing,
    FundSum,
    MoneyLine,
    MoneyProposal,
    Paid,
    Signs,
    believe,
    of_fund,
    pots,
    promises,
    propose,
    running,
)
from weft.store.desk import Desk

LOOKED_BACK = 24
"""So many months back is looked for what a mission was paid."""


def proposal(desk: Desk, firm: Firm, month: Month, on: date) -> MoneyProposal:
    """Work out the money side of a round for every fund of a firm.

    The same firm, month and day give the same proposal.
    """
    firm, short = graded(desk, firm, on)
    known = _Known(firm, month, signs(desk, firm, on), short)
    sums, lines = [], []
    for _, fund in sorted(firm.funds.items()):
        told, found = _of_fund(known, fund)
        sums.append(told)
        lines += found
    proposed = {line.mission for line in lines}
    return MoneyProposal(
        month=month,
        seq=firm.seq,
        on=on,
        funds=tuple(sums),
        lines=tuple(sorted(lines, key=lambda line: (line.fund, line.mission))),
        unfunded=tuple(sorted(set(firm.missions) - proposed)),
    )


class _Known:
    """What is known of every mission, grouped once for all funds."""

    def __init__(
        self,
        firm: Firm,
        month: Month,
        told: Mapping[str, Signs],
        short: Mapping[str, Mapping[Month, str]],
    ) -> None:
        self.firm, self.month, self.signs, self.short = firm, month, told, short
        self.forecasts: dict[str, list[Forecast]] = {}
        self.benefits: dict[str, list[Benefit]] = {}
        for forecast in firm.forecasts.values():
            self.forecasts.setdefault(forecast.mission, []).append(forecast)
        for benefit in firm.benefits.values():
            self.benefits.setdefault(benefit.mission, []).append(benefit)
        kept = promises(firm.forecasts.values(), firm.benefits, month)
        self.past = Experience(kept)
        self.borne = _borne(firm)

    def footing(
        self, fund: Fund, mission: str, tranches: Sequence[Tranche], asks: Sequence[Ask]
    ) -> Footing:
        """Give what the money of one mission stands on."""
        held = running(tranches, self.month).get(mission)
        currency, told = fund.currency, self.signs.get(mission, NO_SIGNS)
        if less := self._short(mission):
            told = replace(told, says=(less, *told.says))
        belief = believe(
            [f for f in self.forecasts.get(mission, ()) if _in(f.value, currency)],
            [b for b in self.benefits.get(mission, ()) if _in(b.value, currency)],
            self.past,
            self.month,
            fund.horizon,
            paid=_paid(tranches, held, fund, self.month),
            signs=told,
        )
        found = self.firm.missions.get(mission) or Mission(id=mission, title=mission)
        if mission not in self.firm.missions:  # it is dissolved, and its money ends
            belief = Belief(0, 0, 0, early=False, unknown=False)
        ending, then = _decided(held, tranches, self.month)
        return Footing(
            mission=mission,
            title=found.title,
            fund=fund,
            month=self.month,
            belief=belief,
            signs=told,
            platform=found.type == "platform",
            tranche=held,
            asks=tuple(sorted(asks, key=lambda a: (a.at, a.id))),
            borne=self.borne.get(mission, ()) if found.type == "platform" else (),
            changed=held.start if held else None,
            ending=ending,
            then=then,
        )

    def _short(self, mission: str) -> str:
        """Say why what a proposal rests on counts for less than is claimed."""
        came = sorted(b.month for b in self.benefits.get(mission, ()))
        counts = [each for each in came if each < self.month][-LATEST:]
        short = self.short.get(mission, {})
        return next((short[each] for each in reversed(counts) if each in short), "")


def _of_fund(known: _Known, fund: Fund) -> tuple[FundSum, list[MoneyLine]]:
    """Propose for one fund."""
    firm, month = known.firm, known.month
    tranches = of_fund(firm, fund.id)
    by: dict[str, list[Tranche]] = {}
    for tranche in tranches:
        by.setdefault(tranche.mission, []).append(tranche)
    asks = [a for a in firm.asks.values() if a.fund == fund.id and a.state == "open"]
    wanting: dict[str, list[Ask]] = {}
    for ask in asks:
        if not ask.bet and ask.start <= month:
            wanting.setdefault(ask.mission, []).append(ask)
    held = running(tranches, month)
    footings = [
        known.footing(fund, mission, by.get(mission, ()), wanting.get(mission, ()))
        for mission in sorted({*held, *wanting})
    ]
    standing = {f.mission for f in footings}
    bets = [a for a in asks if a.bet and a.start <= month and a.mission not in standing]
    took = sum(minor(t.amount)[0] for t in tranches if t.bet and t.held_in(month))
    return propose(
        fund, pots(fund, tranches, month), footings, month, bets, running_bets=took
    )


def _paid(
    tranches: Sequence[Tranche], held: Tranche | None, fund: Fund, month: Month
) -> Paid:
    """Give what a mission was paid in the months of which is looked at what came."""
    by = {}
    for back in range(1, LOOKED_BACK + 1):
        before = after(month, -back)
        by[before] = sum(minor(t.amount)[0] for t in tranches if t.held_in(before))
    now = minor(held.amount)[0] if held else 0
    return Paid(by, now, fund.marginal)


def _decided(
    held: Tranche | None, tranches: Sequence[Tranche], month: Month
) -> tuple[int | None, int]:
    """Give in how many months the money changes as is decided already, and to what."""
    if held is None or held.end is None:
        return None, 0
    later = (t for t in tranches if t.start > held.end and not t.bet)
    then = min(later, key=lambda t: t.start, default=None)
    return between(month, held.end) + 1, minor(then.amount)[0] if then else 0


def _borne(firm: Firm) -> Mapping[str, tuple[str, ...]]:
    """Give which missions have assets that rest on those of each."""
    found: dict[str, set[str]] = {}
    for asset in firm.assets.values():
        for name in asset.depends_on:
            under = firm.assets.get(name)
            if under and under.mission and asset.mission not in {None, under.mission}:
                found.setdefault(under.mission, set()).add(asset.mission or "")
    return {mission: tuple(sorted(others)) for mission, others in found.items()}


def _in(value: str, currency: str) -> bool:
    return minor(value)[1] == currency
