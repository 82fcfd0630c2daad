"""Past work brought in from the firm's own books, and what it says of promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from weft.app.outcomes.readings import Brought
from weft.app.outcomes.tables import Rows, facts_of
from weft.app.permissions import outside, permit
from weft.app.views import View
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.outcomes.past import PastWork
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.engines.outcomes import past
from weft.engines.outcomes.past import PastReport
from weft.errors import InputError, NothingChanges, Where
from weft.store.desk import Desk

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "project", "project id"),
    "title": ("title", "name"),
    "outcome": ("outcome", "for"),
    "mission": ("mission",),
    "start": ("start", "planned start"),
    "due": ("due", "planned end"),
    "ended": ("ended", "end", "actual end"),
    "planned_cost": ("planned cost", "budget"),
    "cost": ("cost", "actual cost"),
    "to_spec": ("to spec", "to specification"),
    "goals": ("goals",),
    "met": ("met", "goals met"),
}
"""By which heads each column of a table is known; all but two may be absent."""
_NEEDED = ("id", "ended")


class Sent(Record, frozen=True, kw_only=True):
    """Past work as it is sent over HTTP.

    corrects: it may take the place of what is there under the same id.
    """

    works: tuple[PastWork, ...]
    corrects: bool = False


def from_file(name: str, raw: bytes) -> Rows[PastWork]:
    """Read a table with a row for each piece of work: CSV, a workbook, or JSON.

    Costs are written with their currency (`20000.00 EUR`), to spec is yes or no, goals
    and met are whole numbers. What cannot be read is kept beside them.
    """
    return facts_of(PastWork, name, raw, COLUMNS, _NEEDED)


def bring(
    desk: Desk,
    actor: Actor,
    works: Sequence[PastWork],
    at: datetime,
    *,
    places: Sequence[Where] = (),
    misread: Sequence[InputError] = (),
    corrects: bool = False,
    key: str = "",
    note: str = "",
) -> Brought:
    """Put past work on record, what is there already left out and counted.

    places: where each came from, for what is said of a bad one. misread: rows beside
    them that could not be read, told in the same pass. Raises Problems for these, for a
    mission that is not there and for a day to come, ConflictError for something else
    under an id that is taken, unless it corrects that.
    """
    rows = Rows(works, places, misread)
    if not (works or misread):
        raise InputError("There is no past work in it.", do="Send at least one piece.")

    if misread:  # before the key is looked up: a repeat must not hide them
        rows.check(_wrong(desk.firm(), works, places, at.date()))

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "import")
        rows.check(_wrong(firm, works, places, at.date()))
        return Deed(
            name="past_work", facts=tuple(works), corrects=corrects, note=note[:400]
        )

    intent = f"{corrects}".encode() + b"\n".join(show(w).encode() for w in works)
    try:
        entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    except NothingChanges:
        return Brought(new=0, repeats=len(works), entry=None)
    (batch,) = entry.deed.brought
    return Brought(new=batch.count, repeats=batch.repeats, entry=entry.seq)


def works(desk: Desk, view: View) -> list[PastWork]:
    """Give the past work that an actor sees, in the order in which it ended.

    What belongs to no mission is for the firm's own people.
    """
    missions = set(view.firm.missions)
    seen = missions if outside(desk.firm(), view.actor) else missions | {""}
    return desk.facts.of(PastWork, seen, upto=view.firm.seq)


def report(desk: Desk, view: View) -> PastReport:
    """Tell whether on time and on budget went with reaching the outcome."""
    return past.report(works(desk, view))


def _wrong(
    firm: Firm, works: Sequence[PastWork], places: Sequence[Where], today: date
) -> Iterator[InputError]:
    """Find work of missions that are not there, and work that has not ended."""
    for at, work in enumerate(works):
        where = places[at] if places else Where(path=f"$.works[{at}]")
        if work.mission is not None and work.mission not in firm.missions:
            yield InputError(
                f"There is no mission {work.mission!r}.",
                do="Name a mission of the firm, or leave it out.",
                where=where,
            )
        if work.ended > today:
            yield InputError(
                f"{work.ended} has not come yet: it is not past.",
                do="Bring it in once it is over.",
                where=where,
            )
