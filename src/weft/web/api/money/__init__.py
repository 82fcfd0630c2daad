"""Money over HTTP: brought in, closed, looked at, taken along."""

from __future__ import annotations

from weft.web.api.money import bringing, ledger, statements

HANDLERS = [*statements.HANDLERS, *ledger.HANDLERS, *bringing.HANDLERS]
