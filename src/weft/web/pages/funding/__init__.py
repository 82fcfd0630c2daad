"""Pages of funds, asks and promises."""

from __future__ import annotations

from weft.web.pages.funding import funds

HANDLERS = [*funds.HANDLERS]
