"""A figure as it is shown: its value, what it means, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from weft.core.records import Record
from weft.engines.knowledge.words.definitions import DEFINITIONS

FEWEST = 5
"""Nothing is shown that was counted over fewer people than these."""


class Link(Record, frozen=True, kw_only=True):
    """A record of the firm that a cell points at, by its table and id.

    title: what it calls itself; empty for a person, whose name is not in the firm.
    """

    table: str
    id: str
    title: str = ""


Cell = Link | str | int | float | None
"""None where the value is not known, or not shown."""


class Column(Record, frozen=True, kw_only=True):
    """One column of the rows behind a figure.

    unit: of a number, such as `people`; a share is 0 to 1.
    """

    id: str
    title: str
    type: Literal["link", "text", "number", "share"] = "text"
    unit: str = ""


class Figure(Record, frozen=True, kw_only=True):
    """One figure about the firm, without a verdict.

    value: in `unit`; an index or a share is 0 to 1. None where there is nothing
    to measure or it may not be shown: `withheld` says why. definition: what it
    is and how it is worked out, in plain words. source: where the measure comes
    from. note: what to know about this value, such as what was left out. rows:
    what stands behind it, each with a cell for each of `columns`.
    """

    id: str
    title: str
    value: float | int | None
    unit: str
    definition: str
    source: str
    withheld: str = ""
    note: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def figure(
    key: str,
    value: float | None,
    *,
    note: str = "",
    columns: Sequence[Column] = (),
    rows: Iterable[tuple[Cell, ...]] = (),
) -> Figure:
    """Give a figure under its definition; an index or a share to four decimals."""
    defined = DEFINITIONS[key]
    return Figure(
        id=key,
        title=defined.title,
        value=round(value, 4) if isinstance(value, float) else value,
        unit=defined.unit,
        definition=defined.words,
        source=defined.source,
        note=note,
        columns=tuple(columns),
        rows=tuple(rows),
    )


def withheld(key: str, why: str) -> Figure:
    """Give a figure without its value, and why."""
    return replace(figure(key, None), withheld=why)


def shown(people: int, value: float | None = None) -> Cell:
    """Give a number that was counted over people; nothing if they are under five."""
    if 0 < people < FEWEST:
        return None
    return people if value is None else value


def link(title: str, of: str = "") -> Column:
    """Describe a column of links; its id is its title in small letters."""
    return Column(id=of or _id(title), title=title, type="link")


def text(title: str) -> Column:
    """Describe a column of texts."""
    return Column(id=_id(title), title=title)


def number(title: str, unit: str = "people") -> Column:
    """Describe a column of numbers."""
    return Column(id=_id(title), title=title, type="number", unit=unit)


def share(title: str) -> Column:
    """Describe a column of shares, 0 to 1."""
    return Column(id=_id(title), title=title, type="share", unit="share")


def counted(count: int, noun: str) -> str:
    """Write a number with its noun: `1 unit`, `3 units`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _id(title: str) -> str:
    """Make an id of a title."""
    return title.lower().replace(" ", "_")
