"""The pictures of the firm: the mirror, the weave and the map."""

from __future__ import annotations

from weft.web.pages.seeing import mirror, network, weave

HANDLERS = [*mirror.HANDLERS, *network.HANDLERS, *weave.HANDLERS]
