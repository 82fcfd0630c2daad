"""Who knows what, over HTTP."""

from weft.web.api.knowing import coverage, who

HANDLERS = [*who.HANDLERS, *coverage.HANDLERS]
