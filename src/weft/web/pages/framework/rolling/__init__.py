"""Rolling a guardrail out: planned, started, and watched until nothing is left."""

from __future__ import annotations

from weft.web.pages.framework.rolling import planning, rollouts

HANDLERS = [*rollouts.HANDLERS, *planning.HANDLERS]
