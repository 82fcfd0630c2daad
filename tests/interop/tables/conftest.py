"""What the tests of tables share: a firm that is brought in table after table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from weft.core.checks import check
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.people import Person, Profile
from weft.core.records import Record
from weft.interop.tables import Understood, guess, read_layout, read_table, understand

DAY = date(2026, 11, 21)


class Staff:
    """A firm that is brought in table after table."""

    def __init__(self, *records: Record) -> None:
        self.firm = change(Firm(), map(put, records))
        self.profiles: dict[str, Profile] = {}

    def take(
        self, text: str, on: date = DAY, layout: str = "", **options: Any
    ) -> Understood:
        """Bring in a table by its layout, or by what is guessed."""
        table = read_table("staff.csv", text.encode())
        chosen = read_layout(layout) if layout else guess(table)
        told = understand(table, chosen, self.firm, self.profiles, on=on, **options)
        self.firm = change(self.firm, told.changes)
        self.profiles.update({profile.id: profile for profile in told.profiles})
        assert check(self.firm) == ()
        return told

    def id(self, name: str) -> str:
        """Find somebody of the firm by the name."""
        [found] = [
            key
            for key, profile in self.profiles.items()
            if profile.name == name and key in self.firm.people
        ]
        return found

    def person(self, name: str) -> Person:
        """Give somebody by the name."""
        return self.firm.people[self.id(name)]

    @staticmethod
    def told(understood: Understood, *sorts: str) -> list[tuple[int, str, str]]:
        """Give findings of some sorts: row, what, done."""
        found = [f for f in understood.findings if f.sort in sorts]
        return [(f.row, f.what, f.done) for f in found]


@pytest.fixture
def begun() -> type[Staff]:
    """Give the way to begin with a firm of some records."""
    return Staff
