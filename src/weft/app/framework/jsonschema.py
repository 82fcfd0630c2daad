"""A JSON Schema taken in as guardrails, with the words that they need."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from weft.app import records
from weft.app.views import View
from weft.core.entries import put
from weft.core.guardrails import Guardrail
from weft.core.records import Record
from weft.core.scalars import Line
from weft.core.vocabulary import Property
from weft.interop.jsonschema.reading import Schema, read_schema
from weft.store.desk import Desk


class Taken(Record, frozen=True, kw_only=True):
    """What a schema has become, or would become.

    vocabulary: the words that are new with it. notes: what was left out, or called
    otherwise. entry: the number of the entry; nothing where nothing was written.
    """

    guardrails: tuple[Guardrail, ...]
    vocabulary: tuple[Property, ...]
    notes: tuple[Line, ...]
    entry: int | None = None


def take_in(
    desk: Desk,
    view: View,
    schema: Schema,
    *,
    at: datetime,
    dry_run: bool = False,
    key: str = "",
) -> Taken:
    """Make guardrails of a schema, as one deed; or only tell what they would be.

    Raises Problems with everything in it that no guardrail can say, and with all that
    would not fit together with the firm.
    """
    found = read_schema(schema, view.firm.vocabulary)
    versioned = tuple(_next(view, each) for each in found.guardrails)
    taken = Taken(guardrails=versioned, vocabulary=found.vocabulary, notes=found.notes)
    wanted = map(put, (*found.vocabulary, *versioned))
    changes = records.effective(view.firm, wanted)
    records.stays_whole(view.firm, changes)
    entry = records.load(desk, view, changes, at=at, dry_run=dry_run, key=key)
    return replace(taken, entry=entry)


def _next(view: View, guardrail: Guardrail) -> Guardrail:
    """Give a guardrail the version after the one held, if it differs from that."""
    held = view.firm.guardrails.get(guardrail.id)
    if held is None:
        return guardrail
    same = replace(guardrail, version=held.version)
    return same if same == held else replace(same, version=held.version + 1)
