"""The way work goes today, fitted to a log, with its error on what it has not seen."""

from __future__ import annotations

from datetime import date

from weft.app.views import View
from weft.app.working.handoffs import read_cases
from weft.core.kept import kept
from weft.core.scalars import Month
from weft.engines.simulation.fitting import Fit, fit
from weft.store.desk import Desk


def fitted(  # noqa: PLR0917 # as every other reading
    desk: Desk,
    view: View,
    month: Month,
    log: str = "",
    seed: int = 1,
    since: date | None = None,
) -> Fit:
    """Fit the first two thirds of a log and judge it on the last; or say why not.

    since: look only at cases opened from that day on. The same log and seed give the
    same figures.
    """
    found = read_cases(desk, view, month, log)
    taken = found.taken
    of = ("fit", taken.id, taken.edition, taken.at, seed, since)
    tables = (view.firm.people, view.firm.units)
    given = taken.id, found.cases, found.groups, seed, since
    return kept(of, tables, lambda: fit(*given))
