"""Work as it truly ran, over HTTP."""

from weft.web.api.working import flow, logs

HANDLERS = [*logs.HANDLERS, *flow.HANDLERS]
