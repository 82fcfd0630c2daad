"""Decisions by mission, verdict and asker: a table worked out from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from weft.core.entries import Entry
from weft.core.requests import Decision
from weft.store.journal import rows
from weft.store.journal.bodies import unpack
from weft.store.schema import decisions, entries


def line(entry: Entry) -> dict[str, Any] | None:
    """Give what the table says of an entry; nothing where it decides nothing."""
    decision = entry.deed.decision
    if decision is None:
        return None
    return {
        "seq": entry.seq,
        "mission": decision.request.mission,
        "act": decision.request.act,
        "verdict": decision.verdict,
        "asked_by": decision.asked_by,
        "at": rows.instant(decision.at),
    }


def add(db: sa.Connection, lines: Iterable[dict[str, Any] | None]) -> None:
    """Add lines to the table."""
    if some := [each for each in lines if each is not None]:
        db.execute(decisions.insert(), some)


def found(
    db: sa.Connection, most: int, before: int | None, **wanted: str
) -> list[tuple[int, Decision]]:
    """Give decisions, the newest first, each with its sequence.

    wanted: columns and what is asked of them; empty asks nothing.
    """
    asked = sa.select(entries.c.seq, entries.c.deed, entries.c.body).join_from(
        decisions, entries, decisions.c.seq == entries.c.seq
    )
    if before is not None:
        asked = asked.where(decisions.c.seq < before)
    for name, value in wanted.items():
        if value:
            asked = asked.where(decisions.c[name] == value)
    result = db.execute(asked.order_by(decisions.c.seq.desc()).limit(most))
    told = ((row.seq, unpack(row.deed, row.body).decision) for row in result)
    return [(seq, decision) for seq, decision in told if decision is not None]
