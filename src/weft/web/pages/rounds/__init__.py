"""The monthly round of seats, as a page."""

from __future__ import annotations

from weft.web.pages.rounds import board, kept, rounds

HANDLERS = [*rounds.HANDLERS, *board.HANDLERS, *kept.HANDLERS]
