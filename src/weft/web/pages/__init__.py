"""The pages: forms in, HTML out. Parse, call one app function, show."""

from __future__ import annotations

from weft.web.pages import (
    asking,
    changing,
    comparing,
    delivering,
    firm,
    framework,
    funding,
    home,
    money,
    moving,
    outcomes,
    planning,
    rounds,
    seeing,
    working,
)
from weft.web.pages.filters import FILTERS as PLAIN
from weft.web.pages.phrases import FILTERS as PHRASES

HANDLERS = [
    *home.HANDLERS,
    *asking.HANDLERS,
    *firm.HANDLERS,
    *framework.HANDLERS,
    *seeing.HANDLERS,
    *rounds.HANDLERS,
    *money.HANDLERS,
    *comparing.HANDLERS,
    *moving.HANDLERS,
    *funding.HANDLERS,
    *working.HANDLERS,
    *delivering.HANDLERS,
    *planning.HANDLERS,
    *outcomes.HANDLERS,
    *changing.HANDLERS,
]
FILTERS = {**PLAIN, **PHRASES}
"""How templates write dates, numbers, and the firm's own words."""
