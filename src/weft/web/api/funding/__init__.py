"""Money over HTTP: funds, asks, forecasts, and the money side of the round."""

from weft.web.api.funding import funds, rounds

HANDLERS = [*funds.HANDLERS, *rounds.HANDLERS]
