"""Coverage: what missions and assets lack, what hangs on one, what leaves with whom."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from weft.app.knowing.who import today
from weft.app.views import View
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines import knowledge
from weft.engines.knowledge import Covered, Leaving
from weft.errors import NotFound

Table = Literal["missions", "assets"]
_LEAVE: Final = ("people", "partners", "units")


class Covering(Record, frozen=True, kw_only=True):
    """How every mission is covered, and every asset that takes a skill.

    keepers: without so many people more than half of the kept assets have no keeper.
    """

    month: str
    keepers: int | None
    covered: tuple[Covered, ...]


def coverage(view: View, now: datetime, month: Month) -> Covering:
    """Tell how everything is covered, the missions first, by id."""
    firm = view.firm

    def keepers() -> int | None:
        return knowledge.bus_factor(a.keepers for a in firm.assets.values())

    return Covering(
        month=month,
        keepers=kept("keepers", (firm.assets,), keepers),
        covered=knowledge.all_covered(firm, month, today(view, now)),
    )


def covered(view: View, now: datetime, month: Month, table: Table, key: str) -> Covered:
    """Tell how one mission or asset is covered, skill by skill."""
    if key not in view.firm.table(table):
        raise NotFound(table[:-1], key, view.firm.table(table))
    work = {
        "missions": knowledge.mission_covered,
        "assets": knowledge.asset_covered,
    }[table]
    return work(view.firm, key, month, today(view, now))


def leaving(view: View, now: datetime, month: Month, key: str) -> Leaving:
    """Tell what leaves with a person, with a partner's people or with a unit."""
    for table in _LEAVE:
        if key in view.firm.table(table):
            every = coverage(view, now, month).covered
            return knowledge.leaving(view.firm, table, key, month, every)
    known = [key for table in _LEAVE for key in view.firm.table(table)]
    raise NotFound("person, partner or unit", key, known)
