"""The pages about work as it truly ran."""

from __future__ import annotations

from weft.web.pages.working import flow, logs

HANDLERS = [*logs.HANDLERS, *flow.HANDLERS]
