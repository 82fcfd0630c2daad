"""Firms as the tests of the knowledge engine need them: a few records put in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.records import Record

MONTH = "2026-11"
FirmOf = Callable[..., Firm]
Crowd = Callable[..., list[Record]]


@pytest.fixture(scope="session")
def month() -> str:
    return MONTH


@pytest.fixture(scope="session")
def firm_of() -> FirmOf:
    """Make a firm of records, or of lists of them."""

    def make(*parts: Record | Iterable[Record]) -> Firm:
        records: list[Record] = []
        for part in parts:
            records += [part] if isinstance(part, Record) else part
        return change(Firm(), map(put, records))

    return make


@pytest.fixture(scope="session")
def crowd() -> Crowd:
    """Make a unit, or a mission, with people of given titles in it.

    The first one leads: heads the unit, and the others report to that person.
    """

    def make(
        key: str,
        *titles: str,
        title: str = "",
        parent: str | None = None,
        under: str | None = None,
        mission: bool = False,
        led: bool = True,
    ) -> list[Record]:
        ids = [f"{key}-{number}" for number in range(len(titles))]
        people = [
            Person(
                id=each,
                title=job,
                unit=None if mission else key,
                manager=(under if each == ids[0] else ids[0]) if led else None,
            )
            for each, job in zip(ids, titles, strict=True)
        ]
        if mission:
            seats = [Seat(person=p, mission=key, start="2026-01") for p in ids]
            return [Mission(id=key, title=title or key), *people, *seats]
        head = ids[0] if ids and led else None
        unit = Unit(id=key, title=title or key, parent=parent, head=head)
        return [unit, *people]

    return make


@pytest.fixture(scope="session")
def real_firm() -> Callable[[Path], Firm]:
    """Make a firm of a month of sourcegraph-org, as its SOURCE.md says.

    One person for each `person`; the main entry is the one not hidden with the
    smallest id; the manager is the person of the entry reported to.
    """

    def make(file: Path) -> Firm:
        entries = json.loads(file.read_text())["people"]
        human = {entry["id"]: entry["person"] for entry in entries}
        main: dict[str, dict[str, str]] = {}
        for entry in sorted(entries, key=lambda e: (e["hidden"], e["id"])):
            main.setdefault(entry["person"], entry)
        people = [
            Person(
                id=key,
                title=" ".join(entry["role"].split()),
                manager=human.get(entry["reports_to"]),
            )
            for key, entry in main.items()
        ]
        return change(Firm(), map(put, people))

    return make
