"""The pictures of the firm: the mirror, the weave, the map, and who knows what."""

from __future__ import annotations

from weft.web.pages.seeing import mirror, network, weave, who

HANDLERS = [
    *mirror.HANDLERS,
    *network.HANDLERS,
    *weave.HANDLERS,
    *who.HANDLERS,
]
