"""Whose working day is too far from a mission's for them to sit in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from weft.core.firm import Firm
from weft.engines.allocation.asked import Note, few

A_DAY, AN_HOUR = 24 * 60, 60


@dataclass(frozen=True)
class Zones:
    """The working days of people and of missions, and how far apart they are.

    ahead: minutes that a time zone is ahead of UTC when the round begins. A mission
    that names no zone takes everybody. Whoever sits there, and whoever's zone is not
    known, is not kept out: the round says how many those are.
    """

    firm: Firm
    ahead: Mapping[str, int]

    def apart(self, person: str, mission: str) -> int | None:
        """Give the minutes between their working days; None where it is not known."""
        here = self.ahead.get(self.firm.people[person].zone)
        there = self.ahead.get(self.firm.missions[mission].zone)
        if here is None or there is None:
            return None
        between = abs(here - there)
        return min(between, A_DAY - between)

    def too_far(self, person: str, mission: str) -> bool:
        """Tell whether a mission works at hours that somebody does not."""
        apart = self.apart(person, mission)
        most = self.firm.missions[mission].zone_hours
        return apart is not None and apart > most * AN_HOUR

    def notes(self, people: Sequence[str], missions: Sequence[str]) -> Iterator[Note]:
        """Say where a zone is not known, so that the round cannot go by it."""
        timed = [m for m in missions if self.firm.missions[m].zone]
        if not timed:
            return
        zones = {f"people {p}": self.firm.people[p].zone for p in people}
        zones |= {f"missions {m}": self.firm.missions[m].zone for m in timed}
        wrong = [
            where for where, zone in zones.items() if zone not in {"", *self.ahead}
        ]
        if wrong:
            yield Note(
                where=few(wrong),
                what="There is no such time zone: the round does not go by it.",
                do="Write it as Europe/Berlin or UTC+01:00.",
            )
        if bare := [p for p in people if not self.firm.people[p].zone]:
            yield Note(
                where=f"people {few(bare)}",
                what="No time zone is recorded: they are taken to work at any hour.",
                do="Record it with the person, or bring it in with the staff table.",
            )
