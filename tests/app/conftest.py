"""A small firm in a real store, on both kinds of database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest

from weft.core.assets import Asset
from weft.core.entries import Deed, put
from weft.core.guardrails import Clause, Guardrail, Principle, WaiverTerms
from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import About, Partner, Person, Profile, Unit
from weft.core.records import Record
from weft.core.roles import Actor, Role
from weft.core.skills import Claim, Discipline, Skill
from weft.core.vocabulary import Act, Property
from weft.store.desk import Desk, open_desk

OWNER = Actor(person="owner", owner=True)
ANNA, BEN, CLEO, DORA, ERIK = (
    Actor(person=name) for name in ("anna", "ben", "cleo", "dora", "erik")
)
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

RECORDS: tuple[Record, ...] = (
    About(id="lumen", title="Lumen"),
    Discipline(id="software", title="Software", camp="technology"),
    Skill(id="python", title="Python", discipline="software"),
    Unit(id="shop", title="Shop"),
    Partner(id="acme", title="Acme"),
    Person(id="anna", unit="shop", title="Head of payments"),
    Person(id="ben", unit="shop", title="Developer", manager="anna"),
    Person(id="cleo", unit="shop", title="Security officer"),
    Person(id="dora", partner="acme", title="Consultant"),
    Person(id="erik", unit="shop", title="Administrator"),
    Claim(person="ben", skill="python", level=4, seen=date(2026, 10, 1)),
    Mission(id="payments", title="Payments"),
    Mission(id="lending", title="Lending"),
    Mandate(
        mission="payments",
        business_lead="anna",
        technology_lead="ben",
        signed_by=("anna", "ben"),
    ),
    Mandate(mission="lending", business_lead="erik", technology_lead="ben"),
    Seat(person="ben", mission="payments", share=80, start="2026-01"),
    Seat(person="dora", mission="payments", share=60, start="2026-03"),
    Asset(id="ledger", title="Ledger", mission="payments", keepers=("ben",)),
    Asset(id="vault", title="Vault", mission="lending"),
    Role(id="security", title="Security", holders=("cleo", "ben")),
    Role(id="privacy", title="Privacy", holders=("anna",)),
    Role(id="house", title="The house", holders=("erik",), administers=True),
    Act(id="deploy", title="Deploy", asks=("region", "encrypted")),
    Property(id="region", title="Region", type="enum", values=("eu", "us")),
    Property(id="encrypted", title="Encrypted?", type="bool"),
    Principle(id="data-stays", title="Data stays near", owner="security"),
    Guardrail(
        id="data-in-eu",
        title="Data lies in the EU",
        level="must",
        principle="data-stays",
        owner="security",
        remedy="Choose a region in the EU.",
        waiver=WaiverTerms(max_days=60),
        must=(Clause(path="region", is_="eu"),),
    ),
    Guardrail(
        id="encrypted",
        title="What is kept is encrypted",
        level="veto",
        harm="customers",
        principle="data-stays",
        owner="security",
        waiver=WaiverTerms(approver="privacy"),
        must=(Clause(path="encrypted", is_=True),),
    ),
)
PROFILES = tuple(
    Profile(id=person, name=name, email=f"{person}@lumen.example")
    for person, name in (
        ("anna", "Anna Alva"),
        ("ben", "Ben Borg"),
        ("cleo", "Cleo Coz"),
        ("dora", "Dora Dahl"),
        ("erik", "Erik Élan"),
    )
)


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    """Give an open store with the small firm in it, on each kind of database."""
    file = urlsplit(db_url).path if db_url.startswith("sqlite") else ""
    if file:
        Path(file).write_bytes(small_firm())
    with open_desk(db_url) as desk:
        if not file:
            fill(desk)
        yield desk


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Desk]:
    """Give the same on SQLite alone, where the database makes no difference."""
    file = tmp_path / "quick.db"
    file.write_bytes(small_firm())
    with open_desk(f"sqlite:///{file}") as desk:
        yield desk


@cache
def small_firm() -> bytes:
    """Give a store with the small firm in it, made once: copied in no time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "weft.db"
        with open_desk(f"sqlite:///{file}") as desk:
            fill(desk)
        return file.read_bytes()


def fill(desk: Desk) -> None:
    """Put the small firm into a store, as one deed."""
    deed = Deed(name="load", changes=tuple(put(record) for record in RECORDS))
    desk.write(lambda _: deed, at=START, actor=OWNER, profiles=PROFILES)
