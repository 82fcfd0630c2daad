"""The monthly round over HTTP."""

from weft.web.api.rounds.seats import HANDLERS

__all__ = ["HANDLERS"]
