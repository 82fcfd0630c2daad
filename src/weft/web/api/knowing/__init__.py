"""Who knows what, over HTTP."""

from weft.web.api.knowing import coverage, esco, pools, who

HANDLERS = [*who.HANDLERS, *coverage.HANDLERS, *pools.HANDLERS, *esco.HANDLERS]
