"""The firm's own past before any what-if: each log's fit, and what it measures."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from weft.app.permissions import OPERATIONS
from weft.app.views import View
from weft.app.working.fits import fitted
from weft.app.working.handoffs import logs
from weft.engines.simulation.fitting import Fit
from weft.engines.simulation.models import KNOWN, Model
from weft.engines.simulation.models.parameters import Parameter
from weft.store.desk import Desk

_TODAY = "partnership"
_OF_TODAY = frozenset(["ask_back"])


def past(desk: Desk, view: View) -> tuple[Fit, ...]:
    """Fit each log of the firm; nothing where there is none, or one may not look."""
    if OPERATIONS["work"].lacks(view.firm, view.actor, ""):
        return ()
    return tuple(
        fitted(desk, view, f"{each.at:%Y-%m}", each.id) for each in logs(desk, view)
    )


def as_measured(models: Sequence[Model], fits: Sequence[Fit]) -> tuple[Model, ...]:
    """Put what a log measured in the place of what is illustrative in the models.

    Of the first log whose fit stands; of none where none does. Only what is
    illustrative gives way. A log shows the IT unit of today, so that what it says of
    its ways goes into the Partnership models alone; what it says of demand into all.
    """
    fit = next((each for each in fits if each.stands), None)
    return tuple(_as_measured(model, fit) for model in models) if fit else tuple(models)


def _errors(fit: Fit) -> str:
    """Say how far the fit was off on what it had not seen."""
    told = [
        f"{each.name} {each.error * 100:.0f} %"
        for each in fit.checked
        if each.judged and each.error is not None
    ]
    return f"off on cases not seen: {', '.join(told)}"


def _as_measured(model: Model, fit: Fit) -> Model:
    """Put what a log measured into one model."""
    told = dict(model.parameters)
    for each in fit.measured:
        old = told.get(each.name)
        if each.name in _OF_TODAY and not model.id.startswith(_TODAY):
            continue
        if old is not None and old.guessed and old.value:
            told[each.name] = Parameter(
                value=each.value,
                unit=KNOWN[each.name].unit,
                low=each.low,
                high=each.high,
                source=f"the log {fit.log}, {each.cases:,} cases; {_errors(fit)}",
            )
    return replace(model, parameters=told)
