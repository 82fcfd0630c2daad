"""The pages about plans."""

from weft.web.pages.planning import plans

HANDLERS = plans.HANDLERS
