"""The monthly round of seats, as a page."""

from __future__ import annotations

from weft.web.pages.rounds import rounds

HANDLERS = [*rounds.HANDLERS]
