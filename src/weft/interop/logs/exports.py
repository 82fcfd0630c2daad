"""Exports with one row for each case: when it was opened, done and closed, as events.

A tracker's list of tickets is not their history: who had a case in between is not in
it, so neither handoffs nor waits are. Lead times are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weft.core.work.cases import OVER
from weft.interop.logs.states import by_words

ENDS = ("done", "closed")
"""The columns that say when a case ended."""
Texts = tuple[str, ...]
CASE, TIME, STATE, STEP, OPENED, DONE, CLOSED = 0, 1, 2, 3, 10, 12, 13


def one_row_each(rows: Sequence[Texts]) -> bool:
    """Tell whether each case has a single row that says when it was done or closed.

    In a log of events such columns hold what came later, and are never looked at.
    """
    if not any(row[DONE] or row[CLOSED] for row in rows):
        return False
    return len({row[CASE] for row in rows}) == len(rows)


def as_events(row: Texts) -> Iterator[Texts]:
    """Give what happened to a case by its one row: opened, then done, then closed.

    A case that is open again keeps its state of now, whatever it was once.
    """
    opened = row[OPENED] or row[TIME]
    yield _event(row, opened, "Open")
    over = by_words(row[STATE]) in {*OVER, None}
    ends = ((row[DONE], "Resolved"), (row[CLOSED], "Closed"))
    told = [(at, state) for at, state in ends if at and over]
    for at, state in told or [(row[TIME], row[STATE])]:
        yield _event(row, at, state)


def _event(row: Texts, at: str, state: str) -> Texts:
    """Give a row as one event of its case."""
    return (row[CASE], at, state, "", *row[STEP + 1 :])
