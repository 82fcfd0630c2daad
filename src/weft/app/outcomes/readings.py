"""Readings brought in: from a table, a call or an event; each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.outcomes.reading import Reading
from weft.core.records import Record, read, show
from weft.core.roles import Actor
from weft.core.sources import Source
from weft.errors import InputError, Malformed, NothingChanges, Problems, Where
from weft.interop.sheets import read_table
from weft.interop.sheets.table import Sheet
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


def from_file(name: str, raw: bytes) -> tuple[list[Reading], list[Where]]:
    """Read a table with a row for each reading: CSV, a workbook, or JSON.

    Its columns are metric, on (or date), value, and where there are any source and
    note. Raises Problems with the row of each that is none.
    """
    found: list[Reading] = []
    places: list[Where] = []
    wrong: list[InputError] = []
    for sheet in read_table(name, raw).sheets:
        columns = _columns(name, sheet)
        for row, cells in zip(sheet.numbers, sheet.rows, strict=True):
            plain = {field: str(cells[at]).strip() for field, at in columns.items()}
            where = Where(name, row)
            try:
                found.append(_reading(plain, where))
                places.append(where)
            except InputError as error:
                error.where = Where(name, row, error.where.path)
                wrong.append(error)
    if wrong:
        raise Problems(wrong)
    return found, places


def bring(
    desk: Desk,
    actor: Actor,
    readings: Sequence[Reading],
    at: datetime,
    *,
    places: Sequence[Where] = (),
    corrects: bool = False,
    key: str = "",
    note: str = "",
) -> Brought:
    """Put readings on record, those that are there already left out and counted.

    places: where each came from, for what is said of a bad one. Raises Problems for a
    metric that is not there or was given up and for a day to come, ConflictError for
    another value of a day that has one, unless it corrects that.
    """
    if not readings:
        raise InputError("There is no reading in it.", do="Send at least one.")

    def deed(firm: Firm) -> Deed:
        if wrong := list(_wrong(firm, readings, places, at.date())):
            raise Problems(wrong)
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


def _columns(name: str, sheet: Sheet) -> dict[str, int]:
    """Find the columns of a table by their heads."""
    heads = [" ".join(head.lower().replace("_", " ").split()) for head in sheet.columns]
    found = {
        field: next(at for at, head in enumerate(heads) if head in known)
        for field, known in COLUMNS.items()
        if set(known) & set(heads)
    }
    if lacking := [field for field in _NEEDED if field not in found]:
        raise Malformed(
            f"The table has no column {' or '.join(map(repr, COLUMNS[lacking[0]]))}.",
            do="Name its columns metric, on and value; source and note may follow.",
            where=Where(name, 1),
        )
    return found


def _reading(plain: Mapping[str, str], where: Where) -> Reading:
    """Make a reading of a row, all of which is text."""
    told: dict[str, object] = {field: text for field, text in plain.items() if text}
    try:
        told["value"] = float(plain["value"])
    except ValueError as error:
        raise InputError(
            f"`value` is {plain['value']!r}, which is no number.",
            do="Write it with digits and a decimal point, such as 1234.5.",
            where=Where(path="value"),
        ) from error
    return read(Reading, told, Source(where.file))


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
