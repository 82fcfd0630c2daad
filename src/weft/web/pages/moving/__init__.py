"""A move to another operating model, and what the firm was before one, as pages."""

from weft.web.pages.moving import baseline, transition

HANDLERS = [*transition.HANDLERS, *baseline.HANDLERS]

__all__ = ["HANDLERS"]
