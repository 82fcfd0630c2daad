"""The mirror: what the firm looks like, and the pictures of it."""

from __future__ import annotations

from datetime import date, timedelta

from weft.app.views import View, look
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines import knowledge
from weft.engines.knowledge import (
    Diagnosis,
    Holders,
    Lying,
    Movement,
    Network,
    Weave,
)
from weft.errors import NotFound
from weft.store.desk import Desk

MOST_MONTHS = 36


class Months(Record, frozen=True, kw_only=True):
    """How technology knowledge lies in a firm or a unit, month by month.

    unit: empty for the firm. months: the oldest first, each with the firm as it stood
    at its end; the last one as it is looked at.
    """

    unit: str
    title: str
    months: tuple[Lying, ...]


def diagnose(view: View, month: Month) -> Diagnosis:
    """Give the figures of the firm as it is, each with the rows behind it."""
    return knowledge.diagnose(view.firm, month)


def weave(
    view: View, month: Month, *, across: str = "", unit: str = "", discipline: str = ""
) -> Weave:
    """Give the firm as one picture: where knowledge sits and how deep it is.

    across: `units` or `missions`; where it is not said, the missions if at least
    half of the people sit in one.
    """
    if not across:
        across = "missions" if _in_missions(view.firm, month) and not unit else "units"
    return knowledge.weave(
        view.firm, month, across=across, unit=unit, discipline=discipline
    )


def behind(view: View, weave: Weave, row: int, column: int) -> Holders:
    """Give who stands behind one crossing of a weave: who knows it, who learns it."""
    return knowledge.people_at(
        view.firm,
        weave.month,
        row=weave.rows[row].id,
        column=weave.columns[column].id,
        across=weave.across,
        unit=weave.unit,
        discipline=weave.discipline,
    )


def network(view: View, month: Month) -> Network:
    """Give the firm as a network of people, missions, assets and partners."""
    return knowledge.network(view.firm, month)


def movement(desk: Desk, view: View, since: int | str) -> Movement:
    """Give who joined, left and moved from an earlier day or entry to the view.

    since: a day (2026-11-21) or a sequence; seen as the same actor may see it.
    """
    before = look(desk, view.actor, as_of=str(since))
    return knowledge.movement(before.firm, view.firm)


def _in_missions(firm: Firm, month: Month) -> bool:
    """Tell whether at least half of the people have a seat in a month."""
    seated = knowledge.seated(firm, month)
    return bool(seated) and 2 * seated >= len(firm.people)


def months(desk: Desk, view: View, month: Month, count: int, unit: str = "") -> Months:
    """Tell how knowledge lay in each of some months up to one, as it then stood.

    count: of months, at most MOST_MONTHS. unit: its id, for one unit alone.
    """
    if unit and unit not in view.firm.units:
        raise NotFound("unit", unit, view.firm.units)
    told = [knowledge.lying(view.firm, month, unit)]
    end = date.fromisoformat(f"{month}-01")
    for _ in range(min(count, MOST_MONTHS) - 1):
        end -= timedelta(days=1)  # the last day of the month before
        firm = look(desk, view.actor, as_of=end.isoformat()).firm
        told.append(knowledge.lying(firm, f"{end:%Y-%m}", unit))
        end = end.replace(day=1)
    title = view.firm.units[unit].title if unit else view.firm.title
    return Months(unit=unit, title=title, months=tuple(reversed(told)))
