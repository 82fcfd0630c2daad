"""Moves from one operating model to another over HTTP."""

from weft.web.api.moving.transitions import HANDLERS

__all__ = ["HANDLERS"]
