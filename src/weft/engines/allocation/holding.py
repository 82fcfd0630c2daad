"""Within a month seats do not flap: small changes of a need leave the plan as it is.

Once a round has been put before people, its month is planned anew only for needs that
have risen or fallen by more than SLACK since; the others count as asking what they
asked when it was worked out. The next month's round asks for all of them in full.
"""

from __future__ import annotations

from weft.core.people import WHOLE
from weft.core.scalars import Month
from weft.engines.allocation.asked import Asked, Note
from weft.engines.allocation.problem import Ints

SLACK = 10
"""Hundredths by which a need may rise or fall and leave the plan as it is."""


def hold(asked: Asked, before: Asked, wanted: Ints) -> tuple[Ints, int]:
    """Give what needs count as asking, [N, T] hundredths, and how many are held.

    asked: the needs as they are. before: those on which the round was worked out, of
    the same months. wanted: [N, T] what they ask now.
    """
    found, many = wanted.copy(), 0
    old = dict(zip(before.needs, before.shares, strict=True))
    for n, need in enumerate(asked.needs):
        if (row := old.get(need)) is not None:
            for t, share in enumerate(row):
                if abs(int(wanted[n, t]) - share) * WHOLE <= SLACK * share:
                    found[n, t] = share
            many += bool((found[n] != wanted[n]).any())
    return found, many


def holding_note(many: int, month: Month) -> Note:
    """Say how many needs leave the plan of a month as it is."""
    return Note(
        where=f"rounds {month}",
        what=f"{many} {'need has' if many == 1 else 'needs have'} changed by {SLACK} %"
        " or less since the round was put before people: they leave it as it is.",
        do="The next month's round asks for them in full; or move people by hand.",
    )
