"""The monthly round over HTTP."""

from weft.web.api.rounds import arranging, seats

HANDLERS = [*seats.HANDLERS, *arranging.HANDLERS]

__all__ = ["HANDLERS"]
