"""Work as it truly ran, over HTTP."""

from weft.web.api.working import fit, flow, logs, replay, responsiveness

HANDLERS = [
    *logs.HANDLERS,
    *flow.HANDLERS,
    *fit.HANDLERS,
    *replay.HANDLERS,
    *responsiveness.HANDLERS,
]
