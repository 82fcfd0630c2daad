"""When a guardrail counts and how heavily: weighed here, from phase, dates, objections.

Nothing else reads them for that. What it says of some facts is the same on every day;
only whether it is judged by, and whether a no follows from it, changes with the date.
An objection that was not answered in time takes the force from a guardrail until it
is, but not from a veto, which only its owner lifts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Guardrail, Severity

_JUDGED: Final = {"trial", "enforced"}


def is_in_force(guardrail: Guardrail, day: date) -> bool:
    """Tell whether it is judged by a guardrail on a day: from its start, to its end."""
    started = guardrail.starts is None or guardrail.starts <= day
    ended = guardrail.ends is not None and guardrail.ends <= day
    return guardrail.phase in _JUDGED and started and not ended


class Rest(msgspec.Struct, frozen=True):
    """The days on which a guardrail only advises because of an objection to it.

    since, until: the first and the last of them; no last one where the objection was
    not answered, as it lasts until it is. version: the one that its owner has tried
    without its force; none where nobody answered.
    """

    guardrail: str
    since: date
    until: date | None = None
    version: int | None = None

    def covers(self, guardrail: Guardrail, day: date) -> bool:
        """Tell whether it takes the force from a guardrail on a day."""
        if guardrail.id != self.guardrail or day < self.since:
            return False
        if self.version is None:
            return guardrail.level != "veto"
        return self.version == guardrail.version and day <= (self.until or day)


def rests(challenges: Iterable[Challenge]) -> tuple[Rest, ...]:
    """Give when objections take the force from guardrails, in order."""
    found = []
    for each in challenges:
        if each.answer == "try" and each.answered_at is not None:
            since, until = each.answered_at.date(), each.trial_until
            found.append(Rest(each.guardrail, since, until, each.to_version))
        elif each.answer is None and each.withdrawn_at is None:
            found.append(Rest(each.guardrail, each.due + timedelta(days=1)))
    return tuple(sorted(found, key=lambda r: (r.guardrail, r.since, str(r))))


def rest_on(guardrail: Guardrail, day: date, among: Iterable[Rest]) -> Rest | None:
    """Give what takes the force from a guardrail on a day: the first that began."""
    return next((each for each in among if each.covers(guardrail, day)), None)


def level_on(guardrail: Guardrail, day: date, among: Iterable[Rest] = ()) -> Severity:
    """Give the level that counts on a day.

    Before the day it binds from it advises, and so it does while it rests.
    """
    early = guardrail.binds is not None and day < guardrail.binds
    return "advise" if early or rest_on(guardrail, day, among) else guardrail.level


def turns(guardrail: Guardrail) -> Iterator[date]:
    """Give the days on which a guardrail comes to count otherwise.

    Between two of them it counts alike, so that what is worked out for one day holds
    until the next turn.
    """
    for day in (guardrail.starts, guardrail.binds, guardrail.ends):
        if day is not None:
            yield day


def rest_turns(among: Iterable[Rest]) -> Iterator[date]:
    """Give the days on which an objection comes to matter, or no longer does."""
    for each in among:
        yield each.since
        if each.until is not None:
            yield each.until + timedelta(days=1)
