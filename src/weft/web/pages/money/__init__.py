"""Money: profit and loss, where it goes, what is unmapped and what is there twice."""

from __future__ import annotations

from weft.web.pages.money import bringing, ledger, statements

HANDLERS = [*statements.HANDLERS, *ledger.HANDLERS, *bringing.HANDLERS]
