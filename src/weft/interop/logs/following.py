"""One case followed from its first row to its last: who had it, waiting for whom."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from weft.core.work.cases import OVER, Case, Holding, Stretch
from weft.interop.logs.states import States
from weft.interop.logs.times import Clock

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class Row(Struct, frozen=True, gc=False):
    """One event: its instant, its counter, its line, and the texts of its fields."""

    at: int
    order: int
    number: int
    texts: tuple[str, ...]


def follow(
    log: str,
    rows: list[Row],
    states: States,
    clock: Clock,
    *,
    ordered: bool,
    counted: Counter[str],
) -> Case:
    """Follow a case of a log: its rows are ordered by their counter, else by time.

    counted: what had to be put right, added up over all cases.
    """
    rows.sort(key=_by_order if ordered else _by_time)
    start = _opened(rows, clock, counted)
    stretches, last = _stretches(rows, start, states, counted)
    ended, closed = _ends(stretches, counted)
    if not any(each.group for each in stretches):
        counted["groupless"] += 1
    texts = rows[-1].texts
    return Case(
        log=log,
        id=rows[0].texts[0],
        opened=_FIRST + timedelta(seconds=start),
        stretches=tuple(stretches),
        ended=ended,
        closed=closed,
        last=last,
        events=len(rows),
        people=_people(rows),
        changed=_changed(rows, states),
        product=texts[7],
        priority=texts[8],
        sort=texts[9],
    )


def _stretches(
    rows: list[Row], start: int, states: States, counted: Counter[str]
) -> tuple[list[Stretch], int]:
    """Give the times in which nothing changed, and seconds to the last event."""
    now, held = rows[0].at, ""
    found: list[Stretch] = []
    if start < now:
        found.append(Stretch(0, "queue", "", "before the first event"))
    over = False
    for row in rows:
        if row.at < now:
            counted["back"] += 1
        else:
            now = row.at
        texts = row.texts
        label, meant, _ = states.of(texts[2], texts[3])
        if over and meant not in OVER and not states.reopens(texts[2], texts[3]):
            continue
        held = texts[4] or held
        last = found[-1] if found else None
        if meant == "same":
            label, meant = (last.state, last.holding) if last else (label, "queue")
        over = meant in OVER
        if last is None or last.group != held or last.state != label:
            found.append(Stretch(now - start, meant, held, label))
    return found, now - start


def _people(rows: list[Row]) -> int:
    """Count through how many hands a case went, one person after the other."""
    told = [row.texts[5] for row in rows if row.texts[5]]
    return sum(not at or told[at - 1] != each for at, each in enumerate(told))


def _changed(rows: list[Row], states: States) -> int:
    """Count how often what is wanted changed after somebody had taken it up."""
    wanted: tuple[str, ...] = ()
    changed = 0
    for row in rows:
        texts = row.texts
        if wanted:
            changed += _differs(wanted, texts[7:10])
        if wanted or states.of(texts[2], texts[3])[1] == "held":
            wanted = texts[7:10]
    return changed


def _differs(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Tell whether something that was told before is told otherwise now."""
    return before != after and any(
        a and b and a != b for a, b in zip(before, after, strict=True)
    )


def _by_order(row: Row) -> tuple[int, int, int]:
    return row.order, row.at, row.number


def _by_time(row: Row) -> tuple[int, int]:
    return row.at, row.number


def _opened(rows: list[Row], clock: Clock, counted: Counter[str]) -> int:
    """Tell when a case was opened: as it says, but never after its first event."""
    first = min(row.at for row in rows)
    said = rows[0].texts[10]
    if not said:
        return first
    at = clock.seconds(said)
    if at is None:
        counted["unread"] += 1
        return first
    if at > first:
        counted["opened"] += 1
        return first
    return at


def _ends(
    stretches: list[Stretch], counted: Counter[str]
) -> tuple[int | None, int | None]:
    """Tell from when on a case stayed done, and when it was put away.

    Closing is often bulk work days later, so a case that was said to be done ended
    then and not when it was closed.
    """
    over = len(stretches)
    while over and stretches[over - 1].holding in OVER:
        over -= 1
    if any(each.holding in OVER for each in stretches[:over]):
        counted["reopened"] += 1
    tail = stretches[over:]
    ended = tail[0].at if tail else None
    closed = next((each.at for each in tail if _is(each, "closed")), None)
    return ended, closed


def _is(stretch: Stretch, holding: Holding) -> bool:
    return stretch.holding == holding
