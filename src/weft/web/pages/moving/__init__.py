"""A move to another operating model, as a page."""

from weft.web.pages.moving.transition import HANDLERS

__all__ = ["HANDLERS"]
