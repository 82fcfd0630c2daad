"""One piece of work followed from asking to done: who had it, waiting or worked on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from weft.core.records import Record
from weft.core.work.cases import OVER, Case

Tone = Literal["wait", "held", "work"]
"""Waiting; held by a group, which a log cannot tell apart; worked on."""
ASKER = "Who asked"
_DAY = 86_400
_WAITS = {
    "queue": "waits to be taken up",
    "held": "held: waiting and work",
    "asker": "waits for an answer of who asked",
    "other": "waits for somebody else",
    "done": "done, but it came back",
    "closed": "closed, but it came back",
}


class Piece(Record, frozen=True, kw_only=True):
    """A time in which nothing changed hands. since, days: in days from asking.

    what: it is, in words; state: as the log calls it.
    """

    who: str
    what: str
    state: str
    tone: Tone
    since: float
    days: float


class Lane(Record, frozen=True, kw_only=True):
    """One piece of work under one way of working, to scale.

    days: from asking to done; to now where it is open. The pieces add up to it. wait,
    held, work: how many of the days were so. relayed: through how many hands it went;
    None where that is not known. crossings: over the edge of the IT unit.
    """

    title: str
    source: str
    days: float
    done: bool
    wait: float
    held: float
    work: float
    handoffs: int
    crossings: int | None
    asked_back: int
    relayed: int | None
    pieces: tuple[Piece, ...]

    @property
    def rows(self) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        """Give the pieces by who had it, in the order in which they first did."""
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            found.setdefault(piece.who, []).append(piece)
        return tuple((who, tuple(pieces)) for who, pieces in found.items())

    @property
    def short(self) -> str:
        """Give it in a sentence: how long, how much of it was work, what it waited for.

        Without the longest wait where nothing waited.
        """
        end = "from asking to done" if self.done else "so far"
        told = f"{_days(self.days)} days {end}"
        if self.work:
            told += f", worked on for {_days(self.work)} ({self._share(self.work)})"
        elif self.held:
            told += f", in somebody's hands for {_days(self.held)}"
            told += f" ({self._share(self.held)}), of which work is a part"
        waits = {
            who: sum(piece.days for piece in pieces if piece.tone == "wait")
            for who, pieces in self.rows
        }
        who = max(waits, key=lambda each: waits[each], default="")
        if waits.get(who):
            told += f". The longest wait: {who}, {_days(waits[who])} days"
        return f"{told}."

    @property
    def waits(self) -> str:
        """Give the share of its days in which it waited, in words."""
        return self._share(self.wait) if self.days else "0 %"

    def _share(self, days: float) -> str:
        return f"{days / self.days * 100:.0f} %"


def _days(days: float) -> str:
    """Write days to three digits, and as much as a tenth."""
    return f"{round(days, 1):,g}" if days >= 100 else f"{days:.3g}"  # noqa: PLR2004 # 3 digits


def lane_of(
    title: str,
    source: str,
    pieces: Sequence[Piece],
    *,
    done: bool,
    handoffs: int,
    crossings: int | None = None,
    relayed: int | None = None,
) -> Lane:
    """Make a lane of its pieces."""
    sums = {"wait": 0.0, "held": 0.0, "work": 0.0}
    for piece in pieces:
        sums[piece.tone] += piece.days
    asked = [piece.who == ASKER for piece in pieces]
    return Lane(
        title=title,
        source=source,
        days=sum(piece.days for piece in pieces),
        done=done,
        wait=sums["wait"],
        held=sums["held"],
        work=sums["work"],
        handoffs=handoffs,
        crossings=crossings,
        asked_back=sum(
            b and not a for a, b in zip([False, *asked], asked, strict=False)
        ),
        relayed=relayed,
        pieces=tuple(pieces),
    )


def followed(case: Case, crossings: int | None = None) -> Lane:
    """Follow a case as it truly went, by its log."""
    pieces = []
    for each, since, until in case.spans():
        who = each.group
        if each.holding not in {"queue", "held"}:  # what it waits for says more
            who = ASKER if each.holding == "asker" else each.state
        if each.holding in OVER:
            who = f"{each.state}, and came back"
        pieces.append(
            Piece(
                who=who or "Nobody yet",
                what=_WAITS[each.holding],
                state=each.state,
                tone="held" if each.holding == "held" else "wait",
                since=since / _DAY,
                days=(until - since) / _DAY,
            )
        )
    return lane_of(
        "As it truly went",
        "the log",
        pieces,
        done=case.ended is not None,
        handoffs=case.handoffs,
        crossings=crossings,
        relayed=case.people or None,
    )
