"""The firm seen whole: mirror, weave and map; coverage; and who knows what."""

from __future__ import annotations

from weft.web.pages.seeing import coverage, mirror, network, pools, weave, who

HANDLERS = [
    *coverage.HANDLERS,
    *mirror.HANDLERS,
    *network.HANDLERS,
    *pools.HANDLERS,
    *weave.HANDLERS,
    *who.HANDLERS,
]
