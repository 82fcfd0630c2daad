"""How many days things take, with intervals that assume nothing of how they spread.

An interval lies between two observations in order, so far apart that few samples would
miss the quantile: a binomial count (Conover, Practical Nonparametric Statistics, 3.2).
Each holds with 97.5 %, so that those of two independent samples hold together with
95 %, and so does the difference that lies between their ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import isinf, sqrt
from typing import Final, Literal

from weft.core.planning.baseline import Measure, Pace, Quantile
from weft.core.records import Record
from weft.engines.transition.spans import Span
from weft.engines.transition.waits import interval
from weft.engines.work.quantiles import quantile

DEFINITION: Final = 1
"""Of what is measured; another number, where the same records give other figures."""
YEAR: Final = timedelta(days=365)
Then = Literal["shorter", "longer", "alike", "unknown"]
_MISSED = (1 - sqrt(0.95)) / 2
"""Of samples lie so many beyond each end of an interval."""
_MOST, _WAITED = 0.9, 0.95


class Apart(Record, frozen=True, kw_only=True):
    """What became of a quantile: days more than before, between the ends of 95 %.

    says: `alike` where the interval holds none at all, so that chance may be why.
    """

    says: Then
    days: float | None = None
    low: float | None = None
    high: float | None = None


def begun(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """Choose what began on some days and had the time to end.

    What began so shortly before the end that of those that are over 95 of 100 took
    longer than what is left, would be told as quick or as open by chance: it is left
    out, the quick and the open.
    """
    known = [span for span in spans if since <= span.began < until]
    over = sorted(span.days for span in known if span.ended is not None)
    waited = timedelta(days=quantile(over, _WAITED) or 0.0)
    return [span for span in known if span.began <= until - waited]


def pace(
    measure: Measure,
    source: str,
    spans: Sequence[Span],
    since: datetime,
    until: datetime,
) -> Pace:
    """Tell how many days some things took; those that are open longer than the rest."""
    days = sorted(span.days for span in spans)
    return Pace(
        measure=measure,
        source=source,
        since=since.date(),
        until=until.date(),
        n=len(days),
        open=sum(map(isinf, days)),
        median=_quantile(days, 0.5),
        slowest=_quantile(days, _MOST),
    )


def _quantile(ordered: Sequence[float], at: float) -> Quantile:
    """Give a quantile with its interval, where there are enough for one."""
    over = [not isinf(day) for day in ordered]
    if (ends := interval(ordered, over, at, _MISSED)) is None:
        return Quantile(few=True)
    low, high = (None if isinf(end) else end for end in ends)
    return Quantile(value=quantile(ordered, at), low=low, high=high)


def apart(then: Quantile, now: Quantile) -> Apart:
    """Tell whether something takes fewer days now than then, or more."""
    if then.low is None or now.low is None:
        return Apart(says="unknown")
    low = None if then.high is None else now.low - then.high
    high = None if now.high is None else now.high - then.low
    says: Then = "alike"
    if low is not None and low > 0:
        says = "longer"
    elif high is not None and high < 0:
        says = "shorter"
    known = then.value is not None and now.value is not None
    days = (now.value or 0.0) - (then.value or 0.0) if known else None
    return Apart(says=says, days=days, low=low, high=high)
