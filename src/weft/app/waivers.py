"""Waivers: asked for, granted by another, ending on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Cover, Waiver
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Name, Text
from weft.engines.guardrails import WaiverState, check_waiver, waiver_state
from weft.errors import ConflictError, NotFound, Problems
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
    until: datetime
    decision: int | None = None
    renews: Name | None = None


class Standing(Record, frozen=True, kw_only=True):
    """A waiver and how it stands at the instant it was looked at."""

    waiver: Waiver
    state: WaiverState


def waivers(view: View, at: datetime) -> list[Standing]:
    """List all waivers with their state, those that end first at the top."""
    found = sorted(view.firm.waivers.values(), key=lambda w: (w.until, w.id))
    return [
        Standing(waiver=w, state=waiver_state(view.firm, w, at)) for w in found
    ]


def waiver(view: View, waiver_id: str, at: datetime) -> Standing:
    """Find one waiver and its state."""
    found = _found(view.firm, waiver_id)
    return Standing(waiver=found, state=waiver_state(view.firm, found, at))


def ask(
    desk: Desk, actor: Actor, wish: Wish, at: datetime, key: str = ""
) -> Waiver:
    """Ask for a waiver; it counts once another has granted it."""

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "waiver.ask", wish.mission)
        guardrail = firm.guardrails.get(wish.guardrail)
        if guardrail is None:
            raise NotFound("guardrail", wish.guardrail, firm.guardrails)
        asked = Waiver(
            id=f"w{firm.seq + 1:05}",
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
            until=wish.until.astimezone(UTC) if wish.until.tzinfo else wish.until,
            renews=wish.renews,
            decision=wish.decision,
        )
        if problems := check_waiver(firm, asked):
            raise Problems(problems)
        return Deed(name="waiver.ask", changes=(put(asked),))

    entry = desk.write(
        deed, at=at, actor=actor, key=key, intent=show(wish).encode()
    )
    asked = entry.deed.changes[0].record
    assert isinstance(asked, Waiver)
    return asked


def grant(desk: Desk, actor: Actor, waiver_id: str, at: datetime) -> Waiver:
    """Grant a waiver that another has asked for."""

    def granted(waiver: Waiver, by: str) -> Waiver:
        return replace(waiver, granted_by=by, granted_at=at, starts=at)

    return _end_of_wait(desk, actor, waiver_id, at, "waiver.grant", granted)


def refuse(
    desk: Desk, actor: Actor, waiver_id: str, why: str, at: datetime
) -> Waiver:
    """Refuse a waiver that another has asked for, and say why."""

    def refused(waiver: Waiver, by: str) -> Waiver:
        return replace(waiver, refused_by=by, refused_at=at, ended_because=why)

    return _end_of_wait(desk, actor, waiver_id, at, "waiver.refuse", refused)


def revoke(
    desk: Desk, actor: Actor, waiver_id: str, why: str, at: datetime
) -> Waiver:
    """End a waiver before its day: it is given back, or taken back."""

    def deed(firm: Firm) -> Deed:
        found = _found(firm, waiver_id)
        permit(firm, actor, "waiver.end", waiver_id)
        if found.refused_at or found.revoked_at:
            raise _decided(waiver_id)
        ended = replace(
            found, revoked_by=actor.person, revoked_at=at, ended_because=why
        )
        return Deed(name="waiver.revoke", changes=(put(ended),))

    return _waiver(desk, actor, deed, at)


def _end_of_wait(
    desk: Desk,
    actor: Actor,
    waiver_id: str,
    at: datetime,
    name: str,
    decided: Callable[[Waiver, str], Waiver],
) -> Waiver:
    """Write what an approver decides of a waiver that still waits."""

    def deed(firm: Firm) -> Deed:
        found = _found(firm, waiver_id)
        permit(firm, actor, "waiver.decide", waiver_id)
        if found.granted_at or found.refused_at or found.revoked_at:
            raise _decided(waiver_id)
        ended = decided(found, actor.person)
        if problems := check_waiver(firm, ended):
            raise Problems(problems)
        return Deed(name=name, changes=(put(ended),))

    return _waiver(desk, actor, deed, at)


def _waiver(
    desk: Desk, actor: Actor, deed: Callable[[Firm], Deed], at: datetime
) -> Waiver:
    """Write a deed that changes one waiver; give that waiver."""
    changed = desk.write(deed, at=at, actor=actor).deed.changes[0].record
    assert isinstance(changed, Waiver)
    return changed


def _found(firm: Firm, waiver_id: str) -> Waiver:
    """Find a waiver by its id."""
    if waiver_id not in firm.waivers:
        raise NotFound("waiver", waiver_id, firm.waivers)
    return firm.waivers[waiver_id]


def _decided(waiver_id: str) -> ConflictError:
    """Say that somebody was first."""
    return ConflictError(
        f"Waiver {waiver_id} has been decided already.",
        do="Look at it again; ask for a new one if it is needed.",
    )
