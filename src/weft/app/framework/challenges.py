"""Challenges: an objection is raised, joined, answered by the owner, or withdrawn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from weft.app import requests
from weft.app.permissions import outside, permit, permit_change
from weft.app.views import View, shared_with
from weft.core.entries import Change, Deed, Entry, put
from weft.core.firm import Firm
from weft.core.framework.challenges import OPEN, AnswerWord, Challenge, ChallengeState
from weft.core.guardrails import Guardrail
from weft.core.records import Record, show
from weft.core.requests import Decision
from weft.core.roles import Actor
from weft.core.scalars import Name, Text
from weft.engines.guardrails import (
    challenge_days,
    challenge_state,
    check_answer,
    check_challenge,
)
from weft.errors import ConflictError, InputError, NotFound, Problems, Where
from weft.store.desk import Desk


class Objection(Record, frozen=True, kw_only=True):
    """What somebody objects to, for which mission, why, and on what evidence.

    decisions, waivers: by number and id. draft: a draft that has the guardrail as it
    should be.
    """

    guardrail: Name
    mission: Name | None = None
    reason: Text
    decisions: Annotated[tuple[int, ...], Meta(max_length=50)] = ()
    waivers: Annotated[tuple[Name, ...], Meta(max_length=50)] = ()
    draft: Name | None = None


class Reply(Record, frozen=True, kw_only=True):
    """What the owner answers to an objection, and why.

    keep: it stays as it is. change: to `version`, which is in its place already; the
    one that is there if none is named. try: to the end of `until` it only advises.
    retire: it ends with this answer.
    """

    answer: AnswerWord
    reason: Text
    version: Annotated[int, Meta(ge=1)] | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a version or a day that the answer has no use for, or lacks."""
        if self.version is not None and self.answer != "change":
            raise InputError(
                f"The answer {self.answer} goes with no version.",
                do="Give a version with the answer change only.",
            )
        if (self.until is not None) != (self.answer == "try"):
            some = "no" if self.until else "a"
            raise InputError(
                f"The answer {self.answer} goes with {some} last day.",
                do="Give with the answer try the day until which it is tried.",
            )


class Hearing(Record, frozen=True, kw_only=True):
    """A challenge, and how it stands at the instant it was looked at."""

    challenge: Challenge
    state: ChallengeState

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is still owed."""
        return self.state.state in OPEN


def challenges(view: View, at: datetime, guardrail: str = "") -> list[Hearing]:
    """List the challenges, those that are open first, then the newest first."""
    found = [
        Hearing(challenge=each, state=challenge_state(view.firm, each, at))
        for each in view.firm.challenges.values()
        if guardrail in {"", each.guardrail}
    ]
    found.sort(key=lambda h: (h.challenge.raised_at, h.challenge.id), reverse=True)
    opened = sorted((h for h in found if h.is_open), key=lambda h: h.challenge.due)
    return [*opened, *(h for h in found if not h.is_open)]


def challenge(view: View, challenge_id: str, at: datetime) -> Hearing:
    """Find one challenge and its state."""
    found = _found(view.firm, challenge_id)
    return Hearing(challenge=found, state=challenge_state(view.firm, found, at))


def proposal(desk: Desk, view: View, raised: Challenge) -> Guardrail | None:
    """Give the guardrail as the draft of a challenge has it; none where it is gone."""
    if raised.draft is None or outside(view.firm, view.actor):
        return None
    try:
        _, changes = desk.draft(raised.draft)
    except NotFound:
        return None
    return _drafted(changes, raised.guardrail)


def raise_(
    desk: Desk, actor: Actor, sent: Objection, at: datetime, key: str = ""
) -> Challenge:
    """Object to a guardrail; its owner has to answer by a day, which is told."""
    permit(desk.firm(), actor, "challenge.raise", sent.mission or "")
    decisions = _evidence(desk, actor, sent.decisions)
    _check_draft(desk, actor, sent)

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "challenge.raise", sent.mission or "")
        guardrail = firm.guardrails.get(sent.guardrail)
        if guardrail is None:
            raise NotFound("guardrail", sent.guardrail, firm.guardrails)
        raised = Challenge(
            id=_free_id(firm),
            guardrail=guardrail.id,
            version=guardrail.version,
            by=actor.person,
            mission=sent.mission,
            reason=sent.reason,
            decisions=tuple(dict.fromkeys(sent.decisions)),
            waivers=tuple(dict.fromkeys(sent.waivers)),
            draft=sent.draft,
            raised_at=at,
            due=at.date() + timedelta(days=challenge_days(firm)),
        )
        known = shared_with(firm, actor) if outside(firm, actor) else firm
        if problems := check_challenge(known, raised, at, decisions):
            raise Problems(problems)
        return Deed(name="challenge.raise", changes=(put(raised),))

    intent = show(sent).encode()
    return _written(desk.write(deed, at=at, actor=actor, key=key, intent=intent))


def join(
    desk: Desk, actor: Actor, challenge_id: str, *, at: datetime, key: str = ""
) -> Challenge:
    """Stand behind an objection that another has raised."""

    def joined(_: Firm, found: Challenge) -> Challenge:
        if actor.person in found.objectors:
            raise ConflictError(
                f"You stand behind challenge {found.id} already.",
                do="Wait for the answer.",
            )
        return replace(found, joined=(*found.joined, actor.person))

    return _write(desk, actor, challenge_id, Doing("join", joined), at=at, key=key)


def withdraw(
    desk: Desk, actor: Actor, challenge_id: str, *, at: datetime, key: str = ""
) -> Challenge:
    """Step back from an objection; it ends once nobody stands behind it."""

    def left(_: Firm, found: Challenge) -> Challenge:
        others = tuple(who for who in found.objectors if who != actor.person)
        if not others:
            return replace(found, withdrawn_at=at)
        return replace(found, by=others[0], joined=others[1:])

    return _write(desk, actor, challenge_id, Doing("withdraw", left), at=at, key=key)


def answer(
    desk: Desk,
    actor: Actor,
    challenge_id: str,
    sent: Reply,
    *,
    at: datetime,
    key: str = "",
) -> Challenge:
    """Answer an objection, in the role that owns the guardrail."""

    def answered(firm: Firm, found: Challenge) -> Challenge:
        guardrail = firm.guardrails.get(found.guardrail)
        now = guardrail.version if guardrail else found.version
        versions = {"change": sent.version or now, "try": now}
        after = {
            "answer": sent.answer,
            "answer_reason": sent.reason,
            "answered_by": actor.person,
            "answered_at": at,
            "to_version": versions.get(sent.answer),
            "trial_until": sent.until,
        }
        told = replace(found, **after)
        if problems := check_answer(firm, told, at):
            raise Problems(problems)
        return told

    what = Doing("answer", answered, retires=sent.answer == "retire")
    return _write(desk, actor, challenge_id, what, at=at, key=key, intent=show(sent))


class Doing(msgspec.Struct, frozen=True):
    """What is done to a challenge: the deed's word, and the challenge after it."""

    word: str
    becomes: Callable[[Firm, Challenge], Challenge]
    retires: bool = False


def _write(
    desk: Desk,
    actor: Actor,
    challenge_id: str,
    what: Doing,
    *,
    at: datetime,
    key: str,
    intent: str = "",
) -> Challenge:
    """Write what is done to one challenge, if it is still open to that."""

    def deed(firm: Firm) -> Deed:
        known = shared_with(firm, actor) if outside(firm, actor) else firm
        _found(known, challenge_id)
        found = firm.challenges[challenge_id]
        permit(firm, actor, f"challenge.{what.word}", challenge_id)
        state = challenge_state(firm, found, at)
        if state.state not in OPEN:
            raise ConflictError(
                f"Challenge {challenge_id} is {state.state} already.",
                do="Look at it again; raise another if it is needed.",
            )
        changes = [put(what.becomes(firm, found))]
        if what.retires:
            changes.append(put(replace(firm.guardrails[found.guardrail], **_RETIRED)))
            permit_change(firm, actor, changes[-1])
        return Deed(name=f"challenge.{what.word}", changes=tuple(changes))

    told = f"{what.word} {challenge_id} {intent}".encode()
    return _written(desk.write(deed, at=at, actor=actor, key=key, intent=told))


_RETIRED: dict[str, Any] = {"phase": "retired"}


def _evidence(
    desk: Desk, actor: Actor, numbers: Sequence[int]
) -> Mapping[int, Decision]:
    """Give the decisions of some numbers, those that are there for this actor."""
    found = {}
    for number in numbers:
        with suppress(NotFound):
            found[number] = requests.answer(desk, actor, number).decision
    return found


def _check_draft(desk: Desk, actor: Actor, sent: Objection) -> None:
    """Refuse a draft that is not there, or that leaves the guardrail as it is."""
    if sent.draft is None:
        return
    permit(desk.firm(), actor, "draft")
    _, changes = desk.draft(sent.draft)
    if _drafted(changes, sent.guardrail) is None:
        raise InputError(
            f"The draft {sent.draft} does not change {sent.guardrail}.",
            do=f"Put it in: weft draft put {sent.draft} guardrails FILE.",
            where=Where(path="$.draft"),
        )


def _drafted(changes: Sequence[Change], guardrail: str) -> Guardrail | None:
    """Give a guardrail as some changes have it."""
    for each in changes:
        record = each.record
        if each.key == guardrail and isinstance(record, Guardrail):
            return record
    return None


def _written(entry: Entry) -> Challenge:
    """Give the one challenge that an entry has put in its place."""
    records = (c.record for c in entry.deed.changes)
    return next(r for r in records if isinstance(r, Challenge))


def _free_id(firm: Firm) -> str:
    """Give an id that no challenge has, such as one that came from elsewhere."""
    numbers = itertools.count(firm.seq + 1)
    return next(name for n in numbers if (name := f"c{n:05}") not in firm.challenges)


def _found(firm: Firm, challenge_id: str) -> Challenge:
    """Find a challenge by its id."""
    if challenge_id not in firm.challenges:
        raise NotFound("challenge", challenge_id, firm.challenges)
    return firm.challenges[challenge_id]
