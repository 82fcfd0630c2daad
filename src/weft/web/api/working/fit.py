"""The fit of the way work goes today, over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.views import View
from weft.app.working.fits import fitted
from weft.engines.simulation.fitting import Fit
from weft.store.desk import Desk
from weft.web.params import Named

Seed: TypeAlias = Annotated[
    int, QueryParameter(ge=0, le=10**9, description="the same one, the same figures")
]

Since: TypeAlias = Annotated[
    date | None, QueryParameter(description="only cases opened from that day on")
]


@get("/flow/{log:str}/fit", sync_to_thread=True, operation="work")
def one(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    shown: NamedDependency[str],
    log: Named,
    seed: Seed = 1,
    since: Since = None,
) -> Fit:
    """Fit the way work goes to a log, with its error on what it has not seen."""
    return fitted(desk, view, shown, log, seed, since)


HANDLERS = [one]
