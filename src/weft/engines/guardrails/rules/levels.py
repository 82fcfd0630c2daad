"""When a guardrail counts and how heavily: its phase and its dates, weighed here.

Nothing else reads them. What it says of some facts is the same on every day; only
whether it is judged by, and whether a no follows from it, changes with the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from weft.core.guardrails import Guardrail, Severity

_JUDGED: Final = {"trial", "enforced"}


def is_in_force(guardrail: Guardrail, day: date) -> bool:
    """Tell whether it is judged by a guardrail on a day: from its start, to its end."""
    started = guardrail.starts is None or guardrail.starts <= day
    ended = guardrail.ends is not None and guardrail.ends <= day
    return guardrail.phase in _JUDGED and started and not ended


def level_on(guardrail: Guardrail, day: date) -> Severity:
    """Give the level that counts on a day: before the one it binds from, it advises."""
    if guardrail.binds is not None and day < guardrail.binds:
        return "advise"
    return guardrail.level


def turns(guardrail: Guardrail) -> Iterator[date]:
    """Give the days on which a guardrail comes to count otherwise.

    Between two of them it counts alike, so that what is worked out for one day holds
    until the next turn.
    """
    for day in (guardrail.starts, guardrail.binds, guardrail.ends):
        if day is not None:
            yield day
