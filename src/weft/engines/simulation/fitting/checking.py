"""A fit judged on the cases that came after those it was learnt from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.simulation.fitting.causes import BAR
from weft.engines.simulation.fitting.drawing import draw
from weft.engines.simulation.fitting.learning import Floats, learn, stays_of
from weft.engines.simulation.kernel import simulate, uniform

_DRAWS, _RESAMPLES, _LEAST = 20_000, 200, 2_000
_AGAIN = 111
_DAY: Final = 86_400


class Checked(Record, frozen=True, kw_only=True):
    """One figure of the cases that were held back, and what the fit says of it.

    real, low, high: what truly came, with the 95 % interval in which chance alone could
    have put it. error: of the fit, as a part of the real one. judged: it decides.
    """

    name: str
    unit: str
    real: float | None
    low: float | None
    high: float | None
    fitted: float
    error: float | None
    judged: bool
    within: bool


class Seen(NamedTuple):
    """Cases in figures: days to done (infinity while open), handoffs, asked back."""

    lead: Floats
    handoffs: Floats
    asked: Floats


_FIGURES: Final[tuple[tuple[str, str, bool, Callable[[Seen], float]], ...]] = (
    ("median lead time", "days", True, lambda s: _quantile(s.lead, 0.5)),
    ("p90 of lead time", "days", True, lambda s: _quantile(s.lead, 0.9)),
    ("cases with a handoff", "share", True, lambda s: float((s.handoffs > 0).mean())),
    ("p85 of lead time", "days", False, lambda s: _quantile(s.lead, 0.85)),
    ("handoffs per case", "handoffs", False, lambda s: float(s.handoffs.mean())),
    ("cases asked back", "share", False, lambda s: float((s.asked > 0).mean())),
)


def seen(cases: Sequence[Case]) -> Seen:
    """Give cases in figures, as they truly went."""
    lead = [np.inf if c.ended is None else c.ended / _DAY for c in cases]
    paths = [stays_of(c) for c in cases]
    return Seen(
        np.array(lead),
        np.array([max(0, len(path) - 1) for path in paths], np.float64),
        np.array([sum(d[1] > 0 for _, d in path) for path in paths], np.float64),
    )


def drawn(cases: Sequence[Case], seed: int) -> Seen:
    """Give cases in figures, as the fit to some draws them: run through the kernel."""
    learnt = learn([case for case in cases if case.ended is not None])
    count = min(_DRAWS, max(_LEAST, 20 * len(cases)))
    found = draw(learnt, np.arange(count, dtype=np.float64), seed)
    run = simulate(found.stations, found.routes)
    lead: Floats = run.lead.astype(np.float64)
    return Seen(
        lead, (found.visits - 1).astype(np.float64), found.asked.astype(np.float64)
    )


def check(
    train: Sequence[Case], held: Sequence[Case], seed: int
) -> tuple[Checked, ...]:
    """Compare what was held back with what the fit to the others says of it."""
    real, model = seen(held), drawn(train, seed)
    again = [_resampled(real, seed, n) for n in range(_RESAMPLES)]
    return tuple(
        _checked(name, unit, judged, figure, real, model, again)
        for name, unit, judged, figure in _FIGURES
    )


def _checked(  # noqa: PLR0917 # one figure, with all that it is told from
    name: str,
    unit: str,
    judged: bool,  # noqa: FBT001
    figure: Callable[[Seen], float],
    real: Seen,
    model: Seen,
    again: Sequence[Seen],
) -> Checked:
    """Compare one figure."""
    truly, fitted = figure(real), figure(model)
    chance = np.array([figure(each) for each in again])
    known = bool(np.isfinite(truly))
    error = abs(fitted - truly) / truly if known and truly else None
    if known and not truly and not fitted:
        error = 0.0
    sure = bool(np.isfinite(chance).all())
    return Checked(
        name=name,
        unit=unit,
        real=truly if known else None,
        low=float(np.quantile(chance, 0.025)) if sure else None,
        high=float(np.quantile(chance, 0.975)) if sure else None,
        fitted=fitted,
        error=error,
        judged=judged,
        within=error is not None and error <= BAR,
    )


def _resampled(told: Seen, seed: int, number: int) -> Seen:
    """Draw as many cases again from the same ones, as chance could have sent them."""
    count = len(told.lead)
    every, turn = np.arange(count), np.full(count, number)
    at = (uniform(seed, _AGAIN, every, turn) * count).astype(np.int64)
    return Seen(told.lead[at], told.handoffs[at], told.asked[at])


def _quantile(values: Floats, at: float) -> float:
    """Give a quantile; infinity where too many are open."""
    ordered = np.sort(values)
    place = at * (len(ordered) - 1)
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    part = place - int(place)
    return float(low) if not part else float(low * (1 - part) + high * part)
