"""Who knows what, over HTTP."""

from weft.web.api.knowing import coverage, esco, looked, pools, tickets, who

HANDLERS = [
    *who.HANDLERS,
    *coverage.HANDLERS,
    *pools.HANDLERS,
    *esco.HANDLERS,
    *tickets.HANDLERS,
    *looked.HANDLERS,
]
