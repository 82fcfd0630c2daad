"""What a decided move changes: tranches that end, and those that begin."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.funding.ask import Ask
from weft.core.funding.fund import Tranche
from weft.core.funding.months import after
from weft.core.funding.round import MoneyMove
from weft.core.scalars import Month, amount, minor


def stale(firm: Firm, move: MoneyMove) -> bool:
    """Tell whether the money of a mission has changed since a move was proposed."""
    held = _held(firm, move.mission, move.month, bet=_is_bet(firm, move))
    units = minor(held.amount)[0] if held else 0
    return units != minor(move.before)[0] or any(
        firm.asks[name].state != "open" if name in firm.asks else True
        for name in move.asks
    )


def released(firm: Firm, move: MoneyMove) -> list[Change]:
    """Give the changes that a move makes once it is decided; none to go on as it is.

    Less money takes effect after the notice; what the fund then keeps has flowed back.
    """
    if minor(move.before) == minor(move.after):
        return []
    bet = _is_bet(firm, move)
    held = _held(firm, move.mission, move.month, bet=bet)
    changes: list[Change] = []
    if held is not None and held.start == move.starts:
        changes.append(Change(held.kind, held.key))
    elif held is not None:
        changes.append(put(replace(held, end=after(move.starts, -1))))
    if minor(move.after)[0]:
        asks = [firm.asks[name] for name in move.asks if name in firm.asks]
        changes.append(put(_next(move, held, asks)))
    return changes


def _next(move: MoneyMove, held: Tranche | None, asks: Iterable[Ask]) -> Tranche:
    """Give the tranche that begins: as the one before, with what its ask promises."""
    base = held or Tranche(
        mission=move.mission, fund=move.fund, amount=move.after, start=move.starts
    )
    found = replace(
        base,
        amount=move.after,
        start=move.starts,
        end=held.end if held else None,
        returned=None,
        granted_by=move.agreed,
        at=move.last[-1].at if move.last else None,
    )
    for ask in asks:
        months = ask.months
        found = replace(
            found,
            bet=ask.bet,
            end=after(move.starts, months - 1) if months else found.end,
            expected=_more(held, ask),
            proof=ask.proof or found.proof,
            proof_by=ask.proof_by or found.proof_by,
            grade=ask.grade or found.grade,
            assumptions=ask.assumptions or found.assumptions,
        )
    return found


def _more(held: Tranche | None, ask: Ask) -> str | None:
    """Give what is expected with an ask: what was before, and what it promises."""
    if held is None or held.expected is None or ask.expected is None:
        return ask.expected or (held.expected if held else None)
    (old, currency), (new, _) = minor(held.expected), minor(ask.expected)
    return amount(old + new, currency)


def _is_bet(firm: Firm, move: MoneyMove) -> bool:
    return any(firm.asks[name].bet for name in move.asks if name in firm.asks)


def _held(firm: Firm, mission: str, month: Month, *, bet: bool) -> Tranche | None:
    """Give the tranche that a mission is paid in a month."""
    found = (
        t
        for t in firm.tranches.values()
        if t.mission == mission and t.bet == bet and t.held_in(month)
    )
    return next(found, None)
