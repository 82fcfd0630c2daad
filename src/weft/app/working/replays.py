"""One request followed from end to end: as it truly went, and under models."""

from __future__ import annotations

from collections.abc import Sequence

from weft.app.comparing.models import the_models
from weft.app.views import View
from weft.app.working.fits import fitted
from weft.app.working.handoffs import read_cases
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.work.cases import Case
from weft.engines.simulation.following import follow
from weft.engines.simulation.models import setting_of
from weft.engines.work.boundary import crossings
from weft.engines.work.lane import Lane, followed
from weft.errors import NotFound
from weft.store.desk import Desk


class Followed(Record, frozen=True, kw_only=True):
    """One request, lane by lane, the way it truly went first. about: what it is.

    withheld: why models that were asked for are not shown beside it.
    """

    log: str
    case: str
    about: str
    lanes: tuple[Lane, ...]
    withheld: str = ""


def replay(
    desk: Desk,
    view: View,
    month: Month,
    case: str,
    log: str = "",
    *,
    models: Sequence[str] = (),
    seed: int = 1,
) -> Followed:
    """Follow one case of a log. log: its name; the only one where it is empty.

    models: operating models to show a request of the firm under, beside it; not before
    a fit tells the firm's own past. Raises NotFound where the log has no such case.
    """
    found = read_cases(desk, view, month, log)
    every = {each.id: each for each in found.cases}
    if case not in every:
        raise NotFound("case", case, every)
    one = every[case]
    crossed = crossings(one, found.sides) if found.sides else None
    beside: tuple[Lane, ...] = ()
    withheld = ""
    if models:
        fit = fitted(desk, view, month, found.taken.id)
        withheld = "" if fit.stands else fit.why
        if fit.stands:
            beside = follow(the_models(models, {}), setting_of(view.firm), seed)
    return Followed(
        log=found.taken.id,
        case=one.id,
        about=_about(one),
        lanes=(followed(one, crossed), *beside),
        withheld=withheld,
    )


def _about(case: Case) -> str:
    """Say what a case is about, as far as its log does."""
    told = (case.sort, case.product, case.priority)
    return ", ".join(part for part in told if part)
