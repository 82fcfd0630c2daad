"""Readings brought in: from a table, a call or an event; each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from weft.app.outcomes.tables import Rows, facts_of
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.outcomes.reading import Reading
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.errors import InputError, NothingChanges, Where
from weft.store.desk import Desk

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "metric": ("metric", "metric id", "indicator"),
    "on": ("on", "date", "day"),
    "value": ("value", "reading", "actual"),
    "source": ("source",),
    "note": ("note", "comment"),
}
"""By which heads each column of a table is known; the last two may be absent."""
_NEEDED = ("metric", "on", "value")


class Brought(Record, frozen=True, kw_only=True):
    """What became of readings: how many are new, and how many were there already.

    entry: the entry that brought them; None where none was new.
    """

    new: int
    repeats: int
    entry: int | None


class Sent(Record, frozen=True, kw_only=True):
    """Readings as they are sent over HTTP.

    corrects: they may take the place of others of the same metric and day.
    """

    readings: tuple[Reading, ...]
    corrects: bool = False


def from_file(name: str, raw: bytes) -> Rows[Reading]:
    """Read a table with a row for each reading: CSV, a workbook, or JSON.

    Its columns are metric, on (or date), value, and where there are any source and
    note. What cannot be read is kept beside them.
    """
    return facts_of(Reading, name, raw, COLUMNS, _NEEDED)


def bring(
    desk: Desk,
    actor: Actor,
    readings: Sequence[Reading],
    at: datetime,
    *,
    places: Sequence[Where] = (),
    misread: Sequence[InputError] = (),
    corrects: bool = False,
    key: str = "",
    note: str = "",
) -> Brought:
    """Put readings on record, those that are there already left out and counted.

    places: where each came from, for what is said of a bad one. misread: rows beside
    them that could not be read, told in the same pass. Raises Problems for these, for a
    metric that is not there or was given up and for a day to come, ConflictError for
    another value of a day that has one, unless it corrects that.
    """
    rows = Rows(readings, places, misread)
    if not (readings or misread):
        raise InputError("There is no reading in it.", do="Send at least one.")

    if misread:  # before the key is looked up: a repeat must not hide them
        rows.check(_wrong(desk.firm(), readings, places, at.date()))

    def deed(firm: Firm) -> Deed:
        rows.check(_wrong(firm, readings, places, at.date()))
        for mission in sorted({_owner(firm, r.metric) for r in readings}):
            permit(firm, actor, "measure" if mission else "load", mission)
        return Deed(
            name="readings", facts=tuple(readings), corrects=corrects, note=note
        )

    intent = f"{corrects}".encode() + b"\n".join(show(r).encode() for r in readings)
    try:
        entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    except NothingChanges:
        return Brought(new=0, repeats=len(readings), entry=None)
    (batch,) = entry.deed.brought
    return Brought(new=batch.count, repeats=batch.repeats, entry=entry.seq)


def readings(
    desk: Desk, view: View, metrics: Iterable[str] | None = None
) -> dict[str, list[Reading]]:
    """Give the readings of metrics that an actor sees, in the order of their days."""
    seen = set(view.firm.metrics)
    wanted = seen if metrics is None else seen & set(metrics)
    found: dict[str, list[Reading]] = {metric: [] for metric in sorted(wanted)}
    for reading in desk.facts.of(Reading, wanted, upto=view.firm.seq):
        found[reading.metric].append(reading)
    return found


def _wrong(
    firm: Firm, readings: Sequence[Reading], places: Sequence[Where], today: date
) -> Iterable[InputError]:
    """Find readings of what is not measured, and of days to come."""
    for at, reading in enumerate(readings):
        where = places[at] if places else Where(path=f"$.readings[{at}]")
        metric = firm.metrics.get(reading.metric)
        if metric is None:
            yield InputError(
                f"There is no metric {reading.metric!r}.",
                do="See `weft list metrics`, or put the metric there first.",
                where=where,
            )
        elif metric.retired is not None and reading.on > metric.retired:
            instead = f" Read {metric.replaced_by} instead." * bool(metric.replaced_by)
            yield InputError(
                f"{reading.metric} was given up on {metric.retired}.",
                do=f"Leave out what came after that day.{instead}",
                where=where,
            )
        elif reading.on > today:
            yield InputError(
                f"{reading.on} has not come yet: nothing can have been read then.",
                do="Give the day on which it was read.",
                where=where,
            )


def _owner(firm: Firm, metric: str) -> str:
    """Give the mission that owns a metric; empty where none does."""
    return firm.metrics[metric].mission or ""
