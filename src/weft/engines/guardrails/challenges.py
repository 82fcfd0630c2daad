"""Challenges: the one place that tells how an objection stands, and what it does.

What an objection does to the level that counts is weighed in rules/levels.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from weft.core.firm import Firm
from weft.core.framework.challenges import (
    OPEN,
    Challenge,
    ChallengeState,
    ChallengeWord,
)
from weft.core.guardrails import Guardrail, Severity
from weft.core.indexes import challenges_by_guardrail
from weft.core.requests import Decision
from weft.engines.guardrails.rules.levels import Rest, level_on, rest_on, rests
from weft.engines.guardrails.rules.wording import line
from weft.engines.guardrails.waivers import DAYS, VETO_DAYS, instant
from weft.errors import InputError, UnknownName, Where

SOON: Final = timedelta(days=3)
"""So long before an answer is due, the challenge is called due."""
MOST_OPEN: Final = 3
"""So many objections of one person may wait for an answer at once."""
PAST: Final = ("draft", "retired")
"""In these phases a guardrail binds nobody, so there is nothing to object to."""


def challenge_days(firm: Firm) -> int:
    """Give the days within which the firm wants an objection to be answered."""
    return next((a.challenge_days for a in firm.about.values()), 14)


def challenge_state(firm: Firm, challenge: Challenge, at: datetime) -> ChallengeState:
    """Tell how a challenge stands at an instant; nothing else decides that."""
    if challenge.withdrawn_at is not None:
        why = "Nobody stands behind it any more."
        return ChallengeState(state="withdrawn", why=why)
    if challenge.answer is not None:
        return ChallengeState(state="answered", why=line(challenge.answer_reason, 380))
    left = challenge.due - instant(firm, at).date()
    if left < timedelta():
        return ChallengeState(state="lapsed", why=_lapsed(firm, challenge))
    state: ChallengeWord = "due" if left <= SOON else "asked"
    return ChallengeState(state=state, why=f"An answer is owed by {challenge.due}.")


def _lapsed(firm: Firm, challenge: Challenge) -> str:
    """Say what it means that nobody has answered."""
    guardrail = firm.guardrails.get(challenge.guardrail)
    if guardrail is not None and guardrail.level == "veto":
        return f"Nobody answered by {challenge.due}. A veto holds all the same."
    return f"Nobody answered by {challenge.due}. Until somebody does, it only advises."


def resting(firm: Firm, guardrail: Guardrail, at: datetime) -> Rest | None:
    """Tell whether a guardrail only advises because of an objection, and since when."""
    day = instant(firm, at).date()
    return rest_on(guardrail, day, rests(firm.challenges.values()))


def level_at(firm: Firm, guardrail: Guardrail, at: datetime) -> Severity:
    """Give the level of a guardrail that counts at an instant."""
    day = instant(firm, at).date()
    return level_on(guardrail, day, rests(firm.challenges.values()))


def check_challenge(
    firm: Firm,
    challenge: Challenge,
    at: datetime,
    decisions: Mapping[int, Decision],
) -> tuple[InputError, ...]:
    """Find all that is wrong with an objection before it is raised.

    decisions: those that it names as evidence, as far as they are there.
    """
    known = firm.guardrails.get(challenge.guardrail)
    if known is None:
        name, where = challenge.guardrail, Where(path="$.guardrail")
        return (UnknownName("guardrail", name, firm.guardrails, where),)
    found = [*_of_names(firm, challenge, known, decisions)]
    found += _of_number(firm, challenge, at)
    found += _of_repeating(firm, challenge, decisions)
    return tuple(found)


def _of_names(
    firm: Firm,
    challenge: Challenge,
    guardrail: Guardrail,
    decisions: Mapping[int, Decision],
) -> Iterator[InputError]:
    """Find names that are not there, and evidence that is about something else."""
    if guardrail.phase in PAST:
        what = f"{guardrail.id} is {_PHASES[guardrail.phase]}: it binds nobody."
        do = "Object to a guardrail that holds or is on trial."
        yield InputError(what, do=do, where=Where(path="$.guardrail"))
    if not challenge.reason.strip():
        do = "Say in a sentence or two what is wrong with it."
        yield InputError("Nothing says why.", do=do, where=Where(path="$.reason"))
    if challenge.mission is not None and challenge.mission not in firm.missions:
        where = Where(path="$.mission")
        yield UnknownName("mission", challenge.mission, firm.missions, where)
    for place, key in enumerate(challenge.waivers):
        where = Where(path=f"$.waivers[{place}]")
        waiver = firm.waivers.get(key)
        if waiver is None:
            yield UnknownName("waiver", key, firm.waivers, where)
        elif waiver.guardrail != guardrail.id:
            what = f"Waiver {key} is one of {waiver.guardrail}."
            do = f"Name waivers of {guardrail.id} as evidence."
            yield InputError(what, do=do, where=where)
    for place, number in enumerate(challenge.decisions):
        decision = decisions.get(number)
        if decision is None or not _speaks_of(decision, guardrail.id):
            yield InputError(
                f"Decision {number} says nothing of {guardrail.id}.",
                do="Name answers that it refused or advised against.",
                where=Where(path=f"$.decisions[{place}]"),
            )


_PHASES = {"draft": "a draft", "retired": "retired"}


def _speaks_of(decision: Decision, guardrail: str) -> bool:
    """Tell whether a guardrail did not hold in a decision."""
    return any(
        f.guardrail == guardrail and f.state != "holds" for f in decision.findings
    )


def _of_number(firm: Firm, challenge: Challenge, at: datetime) -> Iterator[InputError]:
    """Refuse a flood: one objection to a guardrail at a time, and three in all."""
    mine = [
        other
        for other in firm.challenges.values()
        if other.by == challenge.by and challenge_state(firm, other, at).state in OPEN
    ]
    same = sorted(o.id for o in mine if o.guardrail == challenge.guardrail)
    if same:
        yield InputError(
            f"Your objection {same[0]} to {challenge.guardrail} is not answered yet.",
            do="Wait for the answer, or withdraw it and raise another.",
            where=Where(path="$.guardrail"),
        )
    elif len(mine) >= MOST_OPEN:
        listed = ", ".join(sorted(other.id for other in mine))
        yield InputError(
            f"{len(mine)} objections of yours wait for an answer: {listed}.",
            do=f"At most {MOST_OPEN} can wait: withdraw one, or join another's.",
        )


def _of_repeating(
    firm: Firm, challenge: Challenge, decisions: Mapping[int, Decision]
) -> Iterator[InputError]:
    """Ask for new evidence where the same version was to be kept."""
    kept = [
        (other.answered_at, other.id)
        for other in challenges_of(firm, challenge.guardrail)
        if other.version == challenge.version and other.answer == "keep"
        if other.answered_at is not None
    ]
    if not kept:
        return
    answered, last = max(kept)
    times = [d.at for n, d in decisions.items() if n in challenge.decisions]
    waivers = (firm.waivers.get(key) for key in challenge.waivers)
    times += [waiver.asked_at for waiver in waivers if waiver is not None]
    if not any(then > answered for then in times):
        day = f"{answered:%Y-%m-%d}"
        yield InputError(
            f"{last} was an objection to this version, answered with keep on {day}.",
            do="Name a decision or a waiver that came after that answer.",
            where=Where(path="$.decisions"),
        )


def check_answer(
    firm: Firm, challenge: Challenge, at: datetime
) -> tuple[InputError, ...]:
    """Find what is wrong with the answer that a challenge has been given."""
    return tuple(_of_answer(firm, challenge, instant(firm, at).date()))


def _of_answer(firm: Firm, challenge: Challenge, day: date) -> Iterator[InputError]:
    """Find what is wrong with an answer: it has a reason, and is done already."""
    if not challenge.answer_reason.strip():
        do = "Say why in a sentence: those who object will read it."
        yield InputError("Nothing says why.", do=do, where=Where(path="$.reason"))
    guardrail = firm.guardrails.get(challenge.guardrail)
    if guardrail is None:
        return
    old, version, until = challenge.version, challenge.to_version, challenge.trial_until
    changes = challenge.answer == "change" and version is not None
    if changes and not old < (version or 0) <= guardrail.version:
        yield InputError(
            f"{guardrail.id} has version {guardrail.version}; the objection is to"
            f" version {old}.",
            do=f"Put a version after {old} in its place first, then name that one.",
            where=Where(path="$.version"),
        )
    last = day + timedelta(days=longest_trial(guardrail))
    if until is not None and not day < until <= last:
        yield InputError(
            f"A trial of {guardrail.id} ends within {longest_trial(guardrail)} days.",
            do=f"Give a day from tomorrow to {last}.",
            where=Where(path="$.until"),
        )


def longest_trial(guardrail: Guardrail) -> int:
    """Give the days for which a guardrail may be tried without its force."""
    return VETO_DAYS if guardrail.level == "veto" else DAYS


def challenges_of(firm: Firm, guardrail: str) -> tuple[Challenge, ...]:
    """Give the challenges of a guardrail, whatever their state, in order of ids."""
    found = challenges_by_guardrail(firm).get(guardrail, ())
    return tuple(sorted(found, key=lambda challenge: challenge.id))
