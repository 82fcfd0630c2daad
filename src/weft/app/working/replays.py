"""One request followed from end to end: as it truly went, and under models."""

from __future__ import annotations

from weft.app.views import View
from weft.app.working.handoffs import read_cases
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.work.cases import Case
from weft.engines.work.boundary import crossings
from weft.engines.work.lane import Lane, followed
from weft.errors import NotFound
from weft.store.desk import Desk


class Followed(Record, frozen=True, kw_only=True):
    """One request, lane by lane, the way it truly went first. about: what it is."""

    log: str
    case: str
    about: str
    lanes: tuple[Lane, ...]


def replay(desk: Desk, view: View, month: Month, case: str, log: str = "") -> Followed:
    """Follow one case of a log. log: its name; the only one where it is empty.

    Raises NotFound where the log has no such case.
    """
    found = read_cases(desk, view, month, log)
    every = {each.id: each for each in found.cases}
    if case not in every:
        raise NotFound("case", case, every)
    one = every[case]
    crossed = crossings(one, found.sides) if found.sides else None
    return Followed(
        log=found.taken.id,
        case=one.id,
        about=_about(one),
        lanes=(followed(one, crossed),),
    )


def _about(case: Case) -> str:
    """Say what a case is about, as far as its log does."""
    told = (case.sort, case.product, case.priority)
    return ", ".join(part for part in told if part)
