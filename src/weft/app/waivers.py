"""Waivers: asked for, granted by another, ending on a day."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from weft.app.permissions import outside, permit
from weft.app.views import View, shared_with
from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.guardrails import Cover, Waiver
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Name, Text
from weft.engines.guardrails import WaiverState, check_waiver, waiver_state
from weft.errors import (
    ConflictError,
    InputError,
    NotFound,
    Problems,
    UnknownName,
    Where,
)
from weft.store.desk import Desk


class Wish(Record, frozen=True, kw_only=True):
    """What somebody asks to be waived, for which subject, why and until when.

    covers: the paths and values; empty for all that offends.
    """

    guardrail: Name
    mission: Name
    asset: Name | None = None
    covers: tuple[Cover, ...] = ()
    reason: Text
    measure: Text = ""
    until: Annotated[datetime, Meta(tz=True)]
    decision: int | None = None
    renews: Name | None = None


class Standing(Record, frozen=True, kw_only=True):
    """A waiver and how it stands at the instant it was looked at."""

    waiver: Waiver
    state: WaiverState


def waivers(view: View, at: datetime) -> list[Standing]:
    """List all waivers with their state, those that end first at the top."""
    found = sorted(view.firm.waivers.values(), key=lambda w: (w.until, w.id))
    return [Standing(waiver=w, state=waiver_state(view.firm, w, at)) for w in found]


def waiver(view: View, waiver_id: str, at: datetime) -> Standing:
    """Find one waiver and its state."""
    found = _found(view.firm, waiver_id)
    return Standing(waiver=found, state=waiver_state(view.firm, found, at))


def ask(desk: Desk, actor: Actor, wish: Wish, at: datetime, key: str = "") -> Waiver:
    """Ask for a waiver; it counts once another has granted it."""

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "waiver.ask", wish.mission)
        known = shared_with(firm, actor) if outside(firm, actor) else firm
        guardrail = firm.guardrails.get(wish.guardrail)
        if guardrail is None:
            raise NotFound("guardrail", wish.guardrail, firm.guardrails)
        asked = Waiver(
            id=_free_id(firm),
            guardrail=guardrail.id,
            version=guardrail.version,
            mission=wish.mission,
            asset=wish.asset,
            covers=wish.covers,
            reason=wish.reason,
            measure=wish.measure,
            asked_by=actor.person,
            asked_at=at,
            starts=at,
            until=wish.until.astimezone(UTC),
            renews=wish.renews,
            decision=wish.decision,
        )
        if problems := [*check_waiver(known, asked), *_renewal(known, asked)]:
            raise Problems(problems)
        return Deed(name="waiver.ask", changes=(put(asked),))

    return _written(
        desk.write(deed, at=at, actor=actor, key=key, intent=show(wish).encode())
    )


def grant(
    desk: Desk, actor: Actor, waiver_id: str, *, at: datetime, key: str = ""
) -> Waiver:
    """Grant a waiver that another has asked for; it counts from now on."""

    def granted(waiver: Waiver) -> Waiver:
        return replace(waiver, granted_by=actor.person, granted_at=at, starts=at)

    return _write(desk, actor, waiver_id, Deciding("grant", granted), at=at, key=key)


def refuse(
    desk: Desk, actor: Actor, waiver_id: str, why: str, *, at: datetime, key: str = ""
) -> Waiver:
    """Refuse a waiver that another has asked for, and say why."""

    def refused(waiver: Waiver) -> Waiver:
        return replace(
            waiver, refused_by=actor.person, refused_at=at, ended_because=why
        )

    return _write(desk, actor, waiver_id, Deciding("refuse", refused), at=at, key=key)


def revoke(
    desk: Desk, actor: Actor, waiver_id: str, why: str, *, at: datetime, key: str = ""
) -> Waiver:
    """End a waiver before its day: it is given back, or taken back."""

    def revoked(waiver: Waiver) -> Waiver:
        return replace(
            waiver, revoked_by=actor.person, revoked_at=at, ended_because=why
        )

    return _write(desk, actor, waiver_id, Deciding("revoke", revoked), at=at, key=key)


class Deciding(msgspec.Struct, frozen=True):
    """What is done to a waiver: the deed's word, and the waiver after it."""

    word: str
    becomes: Callable[[Waiver], Waiver]


def _write(
    desk: Desk, actor: Actor, waiver_id: str, what: Deciding, *, at: datetime, key: str
) -> Waiver:
    """Write what is done to one waiver, if it is still open to that."""

    def deed(firm: Firm) -> Deed:
        known = shared_with(firm, actor) if outside(firm, actor) else firm
        found = _found(known, waiver_id)
        ends = what.word == "revoke"
        permit(firm, actor, "waiver.end" if ends else "waiver.decide", waiver_id)
        if found.refused_at or found.revoked_at or (found.granted_at and not ends):
            raise ConflictError(
                f"Waiver {waiver_id} has been decided already.",
                do="Look at it again; ask for a new one if it is needed.",
            )
        after = what.becomes(found)
        if not ends and (problems := check_waiver(firm, after)):
            raise Problems(problems)
        return Deed(name=f"waiver.{what.word}", changes=(put(after),))

    intent = f"{what.word} {waiver_id}".encode()
    return _written(desk.write(deed, at=at, actor=actor, key=key, intent=intent))


def _written(entry: Entry) -> Waiver:
    """Give the one waiver that an entry has put in its place."""
    waivers = [c.record for c in entry.deed.changes if isinstance(c.record, Waiver)]
    return waivers[0]


def _free_id(firm: Firm) -> str:
    """Give an id that no waiver has, such as one that came from elsewhere."""
    numbers = itertools.count(firm.seq + 1)
    return next(name for n in numbers if (name := f"w{n:05}") not in firm.waivers)


def _renewal(firm: Firm, waiver: Waiver) -> Iterator[InputError]:
    """Find a waiver that is to be renewed and is not there."""
    if waiver.renews is not None and waiver.renews not in firm.waivers:
        yield UnknownName("waiver", waiver.renews, firm.waivers, Where(path="$.renews"))


def _found(firm: Firm, waiver_id: str) -> Waiver:
    """Find a waiver by its id."""
    if waiver_id not in firm.waivers:
        raise NotFound("waiver", waiver_id, firm.waivers)
    return firm.waivers[waiver_id]
