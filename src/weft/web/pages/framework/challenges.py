"""The objections to guardrails: all of them, one told whole, and what is done to it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.framework import challenges
from weft.app.framework.challenges import Hearing, Objection, Reply
from weft.app.guardrails import try_out
from weft.app.permissions import OPERATIONS
from weft.core.framework.challenges import ChallengeWord
from weft.core.records import Record, read_texts
from weft.core.scalars import Line, Name, Text
from weft.engines.guardrails import longest_trial
from weft.errors import InputError
from weft.web.context import Html, Page
from weft.web.pages.choices import mission_called
from weft.web.pages.framework.drawing import drawing

Form = URLEncodedBody[dict[str, str]]


class Sent(Record, frozen=True, kw_only=True):
    """What the form of an objection brings."""

    guardrail: Name
    reason: Text
    mission: Line = ""
    decision: int | None = None
    draft: Name | None = None


class Told(Record, frozen=True, kw_only=True):
    """What the form of an answer brings; the day only matters for a trial."""

    answer: Name
    reason: Text
    until: date | None = None


@get("/challenges", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page], stands: FromQuery[str] = "") -> Html:
    """List the objections, those that wait for an answer first."""
    every = challenges.challenges(page.view, page.now)
    counts = dict.fromkeys(get_args(ChallengeWord), 0)
    for hearing in every:
        counts[hearing.state.state] += 1
    return page.show(
        "challenges.html",
        hearings=[h for h in every if not stands or h.state.state == stands],
        counts={word: count for word, count in counts.items() if count},
        total=len(every),
        stands=stands,
    )


@get("/challenges/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one objection, and what the one who looks may do with it."""
    hearing = challenges.challenge(page.view, key, page.now)
    firm, told = page.view.firm, hearing.challenge
    guardrail = firm.guardrails.get(told.guardrail)
    return page.show(
        "challenge.html",
        hearing=hearing,
        challenge=told,
        guardrail=guardrail,
        role=firm.roles.get(guardrail.owner) if guardrail else None,
        days=longest_trial(guardrail) if guardrail else 0,
        tried=_tried(page, hearing),
        cannot={
            word: OPERATIONS[f"challenge.{word}"].lacks(firm, page.actor, key)
            for word in ("join", "withdraw", "answer")
        },
    )


def _tried(page: Page, hearing: Hearing) -> dict[str, Any]:
    """Try the draft that comes with an objection; nothing where there is none."""
    nothing: dict[str, Any] = {"radius": None, "drawings": [], "wrong": None}
    proposed = challenges.proposal(page.desk, page.view, hearing.challenge)
    if proposed is None:
        return nothing
    try:
        found = try_out(page.desk, page.view, proposed, page.now)
    except InputError as error:
        return {**nothing, "wrong": error}
    drawings = [drawing(curve) for curve in found.curves]
    return {**nothing, "radius": found.radius, "drawings": drawings}


@post("/challenges", sync_to_thread=True, operation="challenge.raise")
def raise_(page: NamedDependency[Page], data: Form) -> Redirect:
    """Object to a guardrail."""
    sent = read_texts(Sent, _filled(data, Sent))
    objection = Objection(
        guardrail=sent.guardrail,
        mission=mission_called(page.view.firm, sent.mission) or None,
        reason=sent.reason,
        decisions=(sent.decision,) if sent.decision else (),
        draft=sent.draft,
    )
    raised = challenges.raise_(page.desk, page.actor, objection, page.now)
    return Redirect(f"/challenges/{raised.id}", status_code=303)


@post("/challenges/{key:str}/join", sync_to_thread=True, operation="challenge.join")
def join(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Stand behind an objection of somebody else."""
    challenges.join(page.desk, page.actor, key, at=page.now)
    return Redirect(f"/challenges/{key}", status_code=303)


@post("/challenges/{key:str}/answer", sync_to_thread=True, operation="challenge.answer")
def answer(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Answer an objection, in the role that owns the guardrail."""
    told = read_texts(Told, _filled(data, Told))
    plain = {"answer": told.answer, "reason": told.reason}
    if told.answer == "try" and told.until:
        plain["until"] = told.until.isoformat()
    sent = read_texts(Reply, plain)
    challenges.answer(page.desk, page.actor, key, sent, at=page.now)
    return Redirect(f"/challenges/{key}", status_code=303)


@post(
    "/challenges/{key:str}/withdraw",
    sync_to_thread=True,
    operation="challenge.withdraw",
)
def withdraw(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Step back from an objection."""
    challenges.withdraw(page.desk, page.actor, key, at=page.now)
    return Redirect(f"/challenges/{key}", status_code=303)


def _filled(data: dict[str, str], form: type[Record]) -> dict[str, str]:
    """Give what was filled in of a form, without what a browser adds."""
    names = form.__struct_fields__
    return {name: text for name, text in data.items() if name in names and text}


HANDLERS = [several, one, raise_, join, answer, withdraw]
