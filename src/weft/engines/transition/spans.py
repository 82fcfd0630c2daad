"""From when to when something lasted, read from what is on record of it.

Deciding: from a request to the answer that counts. That is the answer itself, given at
once; where a waiver was asked for that answer, it is what was decided on the waiver, of
several the last. Changing course: from a change proposed to it holding, for what did
come to hold and what may yet. Each is days of the calendar, nights and weekends in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from weft.core.delivering.deliveries import Delivery
from weft.core.firm import Firm
from weft.core.guardrails import Waiver
from weft.core.work.cases import Case
from weft.engines.delivering.past import past
from weft.engines.work.closing import closing
from weft.engines.work.cohort import cohort
from weft.engines.work.flow import counts

_DAY = 86_400.0
_CHANGING = frozenset(["change", "try", "retire"])
"""The answers to an objection after which the guardrail is another one."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """Something that lasted from an instant to another; none while it is open."""

    began: datetime
    ended: datetime | None

    @property
    def days(self) -> float:
        """Give the days that it lasted; infinity while it is open."""
        if self.ended is None:
            return float("inf")
        return max(0.0, (self.ended - self.began).total_seconds() / _DAY)


def deciding(firm: Firm, asked: Iterable[tuple[int, datetime]]) -> Iterator[Span]:
    """Give each request until the answer that counts.

    asked: the number and the instant of each decision.
    """
    waivers: dict[int, list[Waiver]] = {}
    for waiver in firm.waivers.values():
        if waiver.decision is not None:
            waivers.setdefault(waiver.decision, []).append(waiver)
    for number, at in asked:
        ends = [_settled(waiver) for waiver in waivers.get(number, ())]
        open_ = any(end is None for end in ends)
        yield Span(at, None if open_ else max([at, *filter(None, ends)]))


def _settled(waiver: Waiver) -> datetime | None:
    """Give when a waiver was granted, refused or given back; none before that."""
    return waiver.granted_at or waiver.refused_at or waiver.revoked_at


def changing(firm: Firm) -> Iterator[Span]:
    """Give each change of seats, money or a guardrail, from proposed to holding.

    Seats and money that a round proposed, money that was asked for, guardrails that
    somebody objected to. What was refused, withdrawn or kept as it was is left out: it
    never changed anything.
    """
    for move in firm.moves.values():
        if not move.refused and (seats := firm.rounds.get(move.month)):
            said = max((r.at for r in move.replies), default=None)
            yield Span(seats.at, said if move.taken else None)
    for paid in firm.moneymoves.values():
        money = firm.moneyrounds.get(paid.month)
        if money and not paid.refused and paid.before != paid.after:
            said = max((r.at for r in paid.replies), default=None)
            yield Span(money.at, said if paid.taken else None)
    for ask in firm.asks.values():
        if ask.state in {"open", "granted"}:
            yield Span(ask.at, ask.answered_at if ask.state == "granted" else None)
    for raised in firm.challenges.values():
        if raised.withdrawn_at is None and raised.answer in {None, *_CHANGING}:
            yield Span(raised.raised_at, raised.answered_at)


def delivering(
    by_asset: Mapping[str, Iterable[Delivery]], until: datetime
) -> Iterator[Span]:
    """Give each change of an asset, from written to its first run in production."""
    for _, each in sorted(by_asset.items()):
        for change in past(each, until).changes:
            yield Span(change.written, change.ran)


def working(cases: Sequence[Case]) -> Iterator[Span]:
    """Give each case of a log from asked for to done, where the log tells it whole.

    Of the complete cohort alone. Expects at least one case.
    """
    chosen, closed = cohort(cases), closing(cases)
    for case in cases:
        if chosen.holds(case) and counts(case, closed):
            opened = case.opened
            if opened.tzinfo is None:
                opened = opened.replace(tzinfo=UTC)
            over = None if case.ended is None else timedelta(seconds=case.ended)
            yield Span(opened, None if over is None else opened + over)
