"""Last month's plan beside what really happened."""

from __future__ import annotations

from weft.app.permissions import OPERATIONS
from weft.app.views import View, look
from weft.core.missions import Seat
from weft.core.scalars import Month
from weft.engines.allocation import RoundKept, kept_of
from weft.errors import NotFound
from weft.store.desk import Desk

Written = dict[tuple[str, str], tuple[int, str]]
_READ = 500
"""So many entries that changed seats are looked into, the newest first."""


def round_kept(desk: Desk, view: View, month: Month) -> RoundKept:
    """Compare the round of a month with the seats as the view has them.

    A view of an earlier day tells how it stood then. Raises NotFound where no round of
    the month was put before people, or the one who looks sees none.
    """
    round_ = view.firm.rounds.get(month)
    if round_ is None:
        raise NotFound("round", month, view.firm.rounds)
    before = look(desk, view.actor, as_of=str(round_.seq)).firm
    return kept_of(before, view.firm, month, _written(desk, view, round_.seq))


def _written(
    desk: Desk, view: View, after: int
) -> dict[tuple[str, str], tuple[int, str]]:
    """Give the latest entry that changed each seat, of those that may be read."""
    found: Written = {}
    if OPERATIONS["journal"].lacks(desk.firm(), view.actor, ""):
        return found
    upto, left = view.firm.seq + 1, _READ
    for heading in desk.headings(before=upto, most=upto - after, newest_first=True):
        if heading.seq <= after or not left:
            break
        if heading.counts.get(Seat.kind):
            left -= 1
            for each in desk.entry(heading.seq).deed.changes:
                if each.kind == Seat.kind:
                    person, mission, _ = each.key.split(":")
                    found.setdefault((person, mission), (heading.seq, heading.deed))
    return found
