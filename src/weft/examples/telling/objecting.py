"""Challenges: an objection to a guardrail, joined, and answered or still waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.framework.challenges import AnswerWord, Challenge
from weft.core.records import Record, read
from weft.core.scalars import Name, Text
from weft.engines.guardrails import challenge_days
from weft.examples.days import instant
from weft.examples.story import Decide, Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_LATE = 17 * 60
_HOUR = timedelta(hours=1)


class Said(Record, frozen=True, kw_only=True):
    """An objection as the text of a story tells it.

    days: so many days before today it is raised. joined: so many others of the
    mission stand behind it. answered: so many days before today; none where an answer
    is still owed.
    """

    id: Name
    guardrail: Name
    mission: Name
    reason: Text
    days: int
    joined: int = 0
    answered: int | None = None
    answer: AnswerWord | None = None
    because: Text = ""


def objecting(scene: Scene) -> Iterator[Step]:
    """Give the steps of all objections that the text tells."""
    for number, plain in enumerate(toml(f"{scene.firm}/challenges")["challenge"]):
        said = read(Said, plain)
        if said.mission in scene.owned:
            yield from _told(scene, said, number)


def _told(scene: Scene, said: Said, number: int) -> Iterator[Step]:
    """Give the steps of one objection."""
    key, askers = f"c-{said.id}", list(dict.fromkeys(scene.askers(said.mission)))
    by, *others = askers[: said.joined + 1]
    at = instant(scene.calendar.ago(said.days), _LATE + number)
    yield step(at, by, _raise(key, said, by, at))
    for place, person in enumerate(others, 1):
        yield step(at + place * _HOUR, person, _join(key, person))
    if said.answered is not None:
        owner = scene.guardrails[said.guardrail].owner
        behind = (by, *others)
        who = next(p for p in scene.roles[owner].holders if p not in behind)
        then = instant(scene.calendar.ago(said.answered), _LATE + number)
        yield step(then, who, _answer(key, said, who, then))


def _raise(key: str, said: Said, by: str, at: datetime) -> Decide:
    """Object to the guardrail as it then is; its waivers so far are the evidence."""

    def decide(firm: Firm) -> Deed:
        waivers = (w for w in firm.waivers.values() if w.guardrail == said.guardrail)
        raised = Challenge(
            id=key,
            guardrail=said.guardrail,
            version=firm.guardrails[said.guardrail].version,
            by=by,
            mission=said.mission,
            reason=said.reason,
            waivers=tuple(sorted(waiver.id for waiver in waivers)),
            raised_at=at,
            due=at.date() + timedelta(days=challenge_days(firm)),
        )
        return Deed(name="challenge.raise", changes=(put(raised),))

    return decide


def _join(key: str, person: str) -> Decide:
    """Stand behind an objection."""

    def decide(firm: Firm) -> Deed:
        found = firm.challenges[key]
        joined = replace(found, joined=(*found.joined, person))
        return Deed(name="challenge.join", changes=(put(joined),))

    return decide


def _answer(key: str, said: Said, who: str, at: datetime) -> Decide:
    """Answer an objection; a change names the version that is then in its place."""

    def decide(firm: Firm) -> Deed:
        version = firm.guardrails[said.guardrail].version
        told = replace(
            firm.challenges[key],
            answer=said.answer,
            answer_reason=said.because,
            answered_by=who,
            answered_at=at,
            to_version=version if said.answer == "change" else None,
        )
        return Deed(name="challenge.answer", changes=(put(told),))

    return decide
