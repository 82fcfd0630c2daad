"""The pages about work as it truly ran."""

from __future__ import annotations

from weft.web.pages.working import fit, flow, logs, replay, responsiveness

HANDLERS = [
    *logs.HANDLERS,
    *flow.HANDLERS,
    *fit.HANDLERS,
    *replay.HANDLERS,
    *responsiveness.HANDLERS,
]
