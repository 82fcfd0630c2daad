"""An invented history of requests, as an IT department's tracker would export it.

In the shapes that were measured in public logs: waits short in the median with long
tails, waiting for who asked the largest part, about two in five handed on at least
once, closing in bulk days later. One of them is told from asking to done: CX-1, what
the head of customer experience asks for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from weft.examples.dice import dice, pick

REQUEST: Final = "CX-1"
"""A screen at the gate that tells each passenger when it is their turn to board."""
CASES: Final = 400
_HEAD: Final = (
    *("case", "time", "status", "group"),
    *("person", "asker", "category", "priority"),
)
_DESK: Final = "Service desk"
_TEAMS: Final = (
    "Applications",
    "Development",
    "Infrastructure",
    "Information security",
)
_ASKERS: Final = (
    *("Ticketing", "Check-in", "Loyalty", "Customer lounges", "Baggage"),
    *("Customer care", "Crew planning", "Line maintenance", "Finance"),
)
_ABOUT: Final = ("Access", "Booking", "Kiosks", "Devices", "Reports", "Messages")
_PRIORITIES: Final = ("2 - high", "3 - normal", "3 - normal", "4 - low")
_HANDED, _ONWARD = 0.42, 0.35
_ASKED, _ELSEWHERE = 0.32, 0.38
_SIZE: Final = 7
_DAYS: Final = 300
_Step = tuple[float, str, str]
"""So many days, the status, and the group."""

_TOLD: Final[tuple[_Step, ...]] = (
    (6, "Waiting for assignment to a liaison", "Business engagement"),
    (2, "In progress: the requirement is written", "Business engagement"),
    (9, "Waiting for requester: what is meant?", "Business engagement"),
    (11, "Waiting for the board", "Project management office"),
    (3, "In progress: first estimate", "Project management office"),
    (63, "Waiting for the yearly budget", "Project management office"),
    (4, "In progress: estimated again", "Project management office"),
    (19, "Queued for developers", "Development"),
    (12, "In progress: development", "Development"),
    (8, "Queued for a review", "Information security"),
    (1, "In progress: review", "Information security"),
    (6, "Queued for developers again", "Development"),
    (3, "In progress: rework, it was meant otherwise", "Development"),
    (10, "Waiting for the release window", "Infrastructure"),
    (0.5, "In progress: release", "Infrastructure"),
    (6, "Resolved", "Infrastructure"),
    (0, "Closed", "Infrastructure"),
)


def requests(until: datetime, seed: int = 7) -> bytes:
    """Write the history as CSV, a row for each change, for the months up to a day.

    The same day and seed give the same bytes.
    """
    chance = dice(seed, "requests")
    first = until - timedelta(days=_DAYS + 60)
    begins = sorted(chance.uniform(0, _DAYS) for _ in range(CASES))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(
        _rows(chance, REQUEST, first + timedelta(days=9.4), _TOLD, "Customer care")
    )
    for number, days in enumerate(begins, 1):
        begin = first + timedelta(days=days)
        steps = tuple(_steps(chance))
        asker = pick(chance, _ASKERS)
        writer.writerows(_rows(chance, f"R{number:04}", begin, steps, asker))
    return out.getvalue().encode()


def _steps(chance: Random) -> Iterator[_Step]:
    """Make the way of a request: taken up, asked back, handed on, done, closed."""
    group, onward = _DESK, _HANDED
    while True:
        slow = 0.1 if group == _DESK else 0.6
        yield chance.lognormvariate(-1, 1.3) * slow, "Assigned", group
        yield chance.lognormvariate(-0.5, 1.1) * slow, "In progress", group
        odds = chance.random()
        if odds < _ELSEWHERE:
            asked = odds < _ASKED
            yield (
                chance.lognormvariate(0.3, 1.2),
                "Waiting for requester" if asked else "Waiting for supplier",
                group,
            )
            yield chance.lognormvariate(-1.5, 1) * slow, "In progress", group
        if chance.random() > onward:
            break
        group = pick(chance, [team for team in _TEAMS if team != group])
        onward = _ONWARD
    yield 5, "Resolved", group
    yield 0, "Closed", group


def _rows(
    chance: Random, name: str, begin: datetime, steps: Sequence[_Step], asker: str
) -> Iterator[Sequence[str]]:
    """Write a request as rows; closing is done in the evening, for all of a day."""
    about, priority = pick(chance, _ABOUT), pick(chance, _PRIORITIES)
    about = "Boarding, told to each passenger" if name == REQUEST else about
    at = begin
    for days, status, group in steps:
        if status == "Closed":
            at = at.replace(hour=18, minute=0)
        person = f"{group[:3].lower()}-{chance.randrange(_SIZE)}"
        yield (
            *(name, f"{at:%Y-%m-%dT%H:%M}Z", status, group),
            *("" if status == "Closed" else person, asker, about, priority),
        )
        at += timedelta(days=days)
