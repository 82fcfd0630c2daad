"""The monthly round of seats and of money, as pages."""

from __future__ import annotations

from weft.web.pages.rounds import board, kept, money, rounds

HANDLERS = [*rounds.HANDLERS, *board.HANDLERS, *kept.HANDLERS, *money.HANDLERS]
