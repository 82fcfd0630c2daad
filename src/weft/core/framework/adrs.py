"""Architecture decision records (ADR): what was decided, why, and what replaced it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.errors import InputError

Status = Literal["proposed", "rejected", "accepted", "deprecated", "superseded"]
Prose = Annotated[str, Meta(max_length=20_000)]
"""Longer than other texts: such records are written outside of Weft too."""
Points = Annotated[tuple[Prose, ...], Meta(max_length=50)]

SETTLED: Final = frozenset({"accepted", "deprecated", "superseded"})
"""In these states it was decided once, and what it says stays as it is."""
SAID: Final = (
    *("title", "context", "drivers", "options", "chosen", "outcome"),
    "consequences",
)
"""What a record says; all else of it is how it stands, and to what it belongs."""


class Option(Record, frozen=True, kw_only=True):
    """A way that was considered, with what speaks for it and against it."""

    title: Line
    summary: Prose = ""
    arguments: Points = ()


class ADR(Record, frozen=True, kw_only=True):
    """One decision about technology that others rest on, as MADR 4 writes it down.

    date: the day of its status. drivers: what weighed in it. chosen: the title of
    the option that was taken; outcome: why. confirmation: how it is seen whether it
    is kept. deciders: roles, and missions: those which decided; never people.
    superseded_by: the record that took its place.
    """

    kind: ClassVar[str] = "adrs"

    id: Name
    title: Line
    status: Status = "proposed"
    date: dt.date | None = None
    deciders: tuple[Name, ...] = ()
    missions: tuple[Name, ...] = ()
    principles: tuple[Name, ...] = ()
    context: Prose = ""
    drivers: Points = ()
    options: Annotated[tuple[Option, ...], Meta(max_length=20)] = ()
    chosen: Line = ""
    outcome: Prose = ""
    consequences: Points = ()
    confirmation: Prose = ""
    more: Prose = ""
    superseded_by: Name | None = None

    def __post_init__(self) -> None:
        """Refuse one that was replaced and still claims to hold."""
        if self.superseded_by is not None and self.status != "superseded":
            raise InputError(
                f"{self.id} is {self.status} and names what replaced it.",
                do="Give it the status superseded, or leave out `superseded_by`.",
            )


def rewritten(old: ADR, new: ADR) -> tuple[str, ...]:
    """Name the fields in which a record says something else than was decided.

    One that was accepted is replaced by another and not edited. It may become
    deprecated or superseded; it does not go back to being undecided.
    """
    if old.status not in SETTLED:
        return ()
    changed = [field for field in SAID if getattr(old, field) != getattr(new, field)]
    if new.status not in SETTLED:
        changed.append("status")
    return tuple(changed)
