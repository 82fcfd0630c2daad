"""How a mission works: what it wrote itself, what comes round, what stood before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from weft.app.records import write
from weft.app.views import View
from weft.core.delivering.agreements import Agreement, Days, FeedbackLoop
from weft.core.entries import Entry, put
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name, Text
from weft.errors import NotFound
from weft.store.desk import Desk


class Coming(Record, frozen=True, kw_only=True):
    """A feedback loop, and the next day on which it comes round."""

    title: Line
    on: date
    every: int
    with_whom: Line = ""
    review: bool = False


class Before(Record, frozen=True, kw_only=True):
    """An agreement as one entry of the journal left it; none where it was taken out."""

    seq: int
    on: date
    by: str
    agreement: Agreement | None


class Agreed(Record, frozen=True, kw_only=True):
    """How a mission works, what comes round next, and how it worked before.

    history: the newest first, what stands now included.
    """

    mission: Name
    agreement: Agreement | None = None
    coming: tuple[Coming, ...] = ()
    history: tuple[Before, ...] = ()


class Writing(Record, frozen=True, kw_only=True):
    """An agreement as a mission writes it. Only what it says is needed.

    review_every: days from one look at the agreement to the next. review_since: the
    first of them; today where it is left out.
    """

    says: Annotated[Text, Meta(min_length=1)]
    cadence: Line = ""
    review_every: Days | None = None
    review_since: date | None = None
    loops: tuple[FeedbackLoop, ...] = ()


def agreed(desk: Desk, view: View, mission: str, on: date) -> Agreed:
    """Tell how a mission works, and what comes round on or after a day."""
    if mission not in view.firm.missions:
        raise NotFound("mission", mission, view.firm.missions)
    found = view.firm.agreements.get(mission)
    kept = desk.versions(Agreement.kind, mission, view.firm.seq)
    return Agreed(
        mission=mission,
        agreement=found,
        coming=coming(found, on) if found else (),
        history=tuple(
            Before(
                seq=each.entry.seq,
                on=each.entry.on,
                by=each.entry.actor,
                agreement=each.record if isinstance(each.record, Agreement) else None,
            )
            for each in kept
        ),
    )


def coming(agreement: Agreement, on: date) -> tuple[Coming, ...]:
    """Give the loops of an agreement by the day on which each comes round next."""
    loops = [(loop, False) for loop in agreement.loops]
    if agreement.review:
        loops.append((agreement.review, True))
    found = [
        Coming(
            title=loop.title,
            on=loop.next_on(on),
            every=loop.every,
            with_whom=loop.with_whom,
            review=review,
        )
        for loop, review in loops
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.title)))


def agree(
    desk: Desk,
    actor: Actor,
    mission: str,
    said: Writing,
    at: datetime,
    *,
    seen: int | None = None,
    key: str = "",
) -> Entry:
    """Write how a mission works, in the place of what it had; its leads may."""
    review = None
    if said.review_every:
        first = said.review_since or at.date()
        title = "Look at how we work"
        review = FeedbackLoop(title=title, every=said.review_every, since=first)
    agreement = Agreement(
        mission=mission,
        says=said.says,
        cadence=said.cadence,
        review=review,
        loops=said.loops,
    )
    change = put(agreement)
    return write(
        desk, actor, [change], name="agreement", at=at, seen=seen, key=key, note=mission
    )
