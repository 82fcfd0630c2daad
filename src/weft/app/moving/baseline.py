"""The baseline of the move: frozen once, then shown beside what is so now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import get_args

from weft.app.permissions import permit
from weft.app.views import View, look
from weft.app.working.handoffs import cases_of
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.planning.baseline import Baseline, Measure, Pace
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.core.work.cases import LogTaken
from weft.engines.delivering import owned
from weft.engines.transition import (
    DEFINITION,
    YEAR,
    Apart,
    Span,
    apart,
    begun,
    changing,
    deciding,
    delivering,
    pace,
    working,
)
from weft.errors import ConflictError, InputError
from weft.store.desk import Desk

_LANDED_BEFORE = timedelta(weeks=52)
"""What landed so long before the days measured may have been deployed in them."""


class ThenNow(Record, frozen=True, kw_only=True):
    """A measure before the move and since, each where it is known, and what came of it.

    then: as it was frozen; before anything is, as it would be frozen today.
    """

    measure: Measure
    source: Line
    then: Pace | None
    now: Pace | None
    median: Apart
    slowest: Apart


class Paces(Record, frozen=True, kw_only=True):
    """How fast the firm is, and was when its baseline was frozen, if it was.

    entry, by: where the baseline is in the journal, and who froze it. moved: how many
    seats rounds have changed by now. comparable: it was measured as is measured today.
    """

    at: datetime
    baseline: Baseline | None
    entry: int | None
    by: Name | None
    moved: int
    comparable: bool
    rows: tuple[ThenNow, ...]


def paces(desk: Desk, view: View, at: datetime) -> Paces:
    """Tell how fast the firm is, beside its baseline where it has one.

    Worked out once a day for a firm that stays as it is, and told as of that instant.
    """
    permit(view.firm, view.actor, "compare")
    until = at if view.now else (view.firm.at or at)
    day, firm = until.date(), view.firm
    return kept(("paces", day), (firm,), lambda: _paces(desk, view, until))


def _paces(desk: Desk, view: View, until: datetime) -> Paces:
    """Work out how fast the firm is up to an instant."""
    found = next(desk.facts.walk(Baseline, upto=view.firm.seq), None)
    entry, baseline = found or (None, None)
    frozen = baseline.at if baseline else None
    measured = tuple(_measured(desk, view, frozen, until))
    comparable = baseline is None or baseline.definition == DEFINITION
    then, now = (baseline.paces, measured) if baseline else (measured, ())
    return Paces(
        at=until,
        baseline=baseline,
        entry=entry,
        by=desk.entry(entry).actor if entry else None,
        moved=_moved(view.firm),
        comparable=comparable,
        rows=tuple(_beside(then, now, comparable=comparable)),
    )


def freeze(desk: Desk, actor: Actor, at: datetime, key: str = "") -> Paces:
    """Freeze how fast the firm is today, once and for good.

    Raises ConflictError where that was done, InputError where nothing can be told yet.
    """
    permit(desk.firm(), actor, "baseline.freeze")
    view = look(desk, actor)
    found = _paces(desk, view, at)
    made = Baseline(
        at=at,
        seq=view.firm.seq,
        definition=DEFINITION,
        moved=found.moved,
        paces=tuple(row.then for row in found.rows if row.then),
    )

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "baseline.freeze")
        _refuse_another(desk)
        if all(each.median.value is None for each in made.paces):
            raise InputError(
                "There is too little on record to freeze: no figure can be told.",
                do="Bring in what there is: `weft import log FILE`, or"
                " `weft deliveries import FILE`.",
            )
        note = f"As of entry {made.seq}."
        return Deed(name="baseline.freeze", facts=(made,), note=note)

    desk.write(deed, at=at, actor=actor, key=key, intent=b"baseline.freeze")
    return paces(desk, look(desk, actor), at)


def _refuse_another(desk: Desk) -> None:
    """Refuse a second baseline: what was before the move cannot be said anew."""
    for entry, frozen in desk.facts.walk(Baseline):
        raise ConflictError(
            f"The baseline was frozen on {frozen.at.date()}, in entry {entry}.",
            do="It stays as it is. See what came since: `weft baseline`.",
        )


def _measured(
    desk: Desk, view: View, frozen: datetime | None, until: datetime
) -> Iterator[Pace]:
    """Measure what began since the baseline, or in the year up to now without one.

    Of a log the year is the last one that it tells whole.
    """
    since = _first(frozen, until)
    answers = deciding(view.firm, desk.decided_at(view.firm.seq))
    yield from _paced("decision", "answers", begun(answers, since, until), since, until)
    told = desk.facts.of(LogTaken, upto=view.firm.seq)
    for name, log in sorted({each.id: each for each in told}.items()):
        spans = [*working(cases_of(desk, view, log))]
        last = max((span.began for span in spans), default=until)
        first = _first(frozen, last)
        chosen = [span for span in spans if span.began >= first]
        yield from _paced("lead", f"log {name}", chosen, first, last)
    changes = begun(_delivered(desk, view, since, until), since, until)
    yield from _paced("lead", "deliveries", changes, since, until)
    yield from _paced(
        "course", "changes", begun(changing(view.firm), since, until), since, until
    )


def _first(frozen: datetime | None, until: datetime) -> datetime:
    """Give the instant from which is measured: a year at most, and not before."""
    return max(frozen, until - YEAR) if frozen else until - YEAR


def _paced(
    measure: Measure,
    source: str,
    spans: Sequence[Span],
    since: datetime,
    until: datetime,
) -> Iterator[Pace]:
    """Measure what there is; of nothing there is no figure, not even that of none."""
    if spans:
        yield pace(measure, source, spans, since, until)


def _delivered(
    desk: Desk, view: View, since: datetime, until: datetime
) -> Iterator[Span]:
    """Give the changes of all assets that something was reported of."""
    first = f"{since - _LANDED_BEFORE:%Y-%m-%dT%H:%M:%S}"
    told = desk.facts.of(Delivery, upto=view.firm.seq, since=first)
    return delivering(owned(view.firm, told).by_asset, until)


def _beside(
    then: Sequence[Pace], now: Sequence[Pace], *, comparable: bool
) -> Iterator[ThenNow]:
    """Put what was and what is beside each other, measure by measure."""
    before = {(each.measure, each.source): each for each in then}
    after = {(each.measure, each.source): each for each in now}
    order: Sequence[Measure] = get_args(Measure)
    for key in sorted({*before, *after}, key=lambda k: (order.index(k[0]), k[1])):
        old, new = before.get(key), after.get(key)
        if old and new and comparable:
            median = apart(old.median, new.median)
            slowest = apart(old.slowest, new.slowest)
        else:
            median = slowest = Apart(says="unknown")
        yield ThenNow(
            measure=key[0],
            source=key[1],
            then=old,
            now=new,
            median=median,
            slowest=slowest,
        )


def _moved(firm: Firm) -> int:
    """Count the people whom rounds have moved."""
    return sum(move.taken for move in firm.moves.values())
