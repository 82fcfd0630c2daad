"""Waivers: asked for after a no, granted or refused by another, used, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Waiver
from weft.core.records import Record
from weft.core.requests import Request
from weft.core.scalars import Line, Name, Text
from weft.engines.guardrails import approver
from weft.engines.guardrails import decide as answer
from weft.examples.days import instant
from weft.examples.story import Decide, Step, step
from weft.examples.telling.answering import ask
from weft.examples.telling.scene import Scene

_MORNING = 10 * 60
_HOUR = timedelta(hours=1)


class Wish(Record, frozen=True, kw_only=True):
    """A waiver as the text of a story tells it.

    days: how long it is to last. granted, refused, revoked: so many days after it
    was asked. why: it was refused or revoked. again: the answer expected when the
    request is asked again once it is granted; empty where it is not. renews: the
    request whose waiver it renews.
    """

    id: Name
    guardrail: Name
    reason: Text
    measure: Text = ""
    days: int
    granted: int | None = None
    refused: int | None = None
    revoked: int | None = None
    why: Line = ""
    again: Line = ""
    renews: Name | None = None


def waiving(
    scene: Scene, wish: Wish, request: Request, asker: str, at: datetime
) -> Iterator[Step]:
    """Give the steps of one waiver, from its asking right after the no."""
    key = f"w-{wish.id}"
    yield step(at, asker, _ask(key, wish, request, asker, at))
    decider = _decider(scene, wish, asker)
    for days, what in (
        (wish.granted, "grant"),
        (wish.refused, "refuse"),
        (wish.revoked, "revoke"),
    ):
        if days is not None:
            then = _after(scene, at, days)
            yield step(then, decider, _end(key, wish, what, decider, then))
    if wish.again and wish.granted is not None:
        then = _after(scene, at, wish.granted) + _HOUR
        yield step(then, asker, ask(request, asker, then))


def _after(scene: Scene, at: datetime, days: int) -> datetime:
    """Give a morning so many days later, before today in any case."""
    ago = max((scene.calendar.today - at.date()).days - days, 1)
    day = scene.calendar.ago(ago)
    return max(instant(day, _MORNING + at.minute), at + _HOUR)


def _decider(scene: Scene, wish: Wish, asker: str) -> str:
    """Choose who decides on a waiver: a holder of the role, and not who asks."""
    role = approver(scene.guardrails[wish.guardrail])
    return next(p for p in scene.roles[role].holders if p != asker)


def _ask(key: str, wish: Wish, request: Request, asker: str, at: datetime) -> Decide:
    """Ask for the waiver that the answer to the request offers, as it fills it in."""

    def decide(firm: Firm) -> Deed:
        told = answer(firm, request, asked_by=asker, at=at)
        offer = {offer.guardrail: offer for offer in told.offers}[wish.guardrail]
        waiver = Waiver(
            id=key,
            guardrail=offer.guardrail,
            version=offer.version,
            mission=request.mission,
            asset=request.asset,
            covers=offer.covers,
            reason=wish.reason,
            measure=wish.measure,
            asked_by=asker,
            asked_at=at,
            starts=at,
            until=min(at + timedelta(days=wish.days), offer.latest),
            renews=f"w-{wish.renews}" if wish.renews else None,
            decision=firm.seq,
        )
        return Deed(name="waiver.ask", changes=(put(waiver),))

    return decide


def _end(key: str, wish: Wish, what: str, person: str, at: datetime) -> Decide:
    """Grant, refuse or revoke a waiver."""

    def decide(firm: Firm) -> Deed:
        asked = firm.waivers[key]
        if what == "grant":
            done = replace(asked, granted_by=person, granted_at=at, starts=at)
        elif what == "refuse":
            done = replace(asked, refused_by=person, refused_at=at)
        else:
            done = replace(asked, revoked_by=person, revoked_at=at)
        if what != "grant":
            done = replace(done, ended_because=wish.why)
        return Deed(name=f"waiver.{what}", changes=(put(done),))

    return decide
