"""Moves to another operating model over HTTP, and what the firm was before one."""

from weft.web.api.moving import baseline, transitions

HANDLERS = [*transitions.HANDLERS, *baseline.HANDLERS]

__all__ = ["HANDLERS"]
