"""A small firm behind a server: in this process, or on a real port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import uvicorn
from litestar import Litestar
from litestar.testing import TestClient

from weft.core.assets import Asset, Contract
from weft.core.entries import Deed, put
from weft.core.framework.adrs import ADR, Option
from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Clause, Guardrail, Principle, Waiver, WaiverTerms
from weft.core.missions import Mandate, Mission, Need, Seat
from weft.core.people import About, Partner, Person, Profile, Unit
from weft.core.records import Record
from weft.core.roles import Actor, Role
from weft.core.skills import Claim, Discipline, Skill
from weft.core.vocabulary import Act, NamedSet, Property
from weft.store.desk import Desk, open_desk
from weft.web.app import beginning, make
from weft.web.settings import Settings

OWNER = Actor(person="owner", owner=True)
START = datetime(2026, 11, 21, 9, tzinfo=UTC)
HERE = "http://127.0.0.1:8000"

# Whatever has `canary` in it is outside of what the partner's person shares.
RECORDS: tuple[Record, ...] = (
    About(id="lumen", title="Lumen", summary="A small firm for the tests."),
    Discipline(id="software", title="Software", camp="technology"),
    Discipline(id="selling", title="Selling", camp="business"),
    Skill(id="python", title="Python", discipline="software"),
    Skill(id="pricing", title="Pricing", discipline="selling"),
    Unit(id="canary-board", title="Canary board"),
    Unit(id="canary-shop", title="Canary shop", parent="canary-board"),
    Partner(id="acme", title="Acme"),
    Partner(id="canary-corp", title="Canary Corp"),
    Person(id="anna", unit="canary-board", title="Head of payments"),
    Person(id="ben", unit="canary-shop", title="Developer", manager="anna"),
    Person(id="cleo", unit="canary-board", title="Security officer"),
    Person(id="dora", partner="acme", title="Consultant"),
    Person(id="erik", unit="canary-board", title="Canary administrator"),
    Person(id="canary-zara", unit="canary-shop", title="Canary analyst"),
    Claim(person="ben", skill="python", level=4, seen=date(2026, 10, 1)),
    Claim(person="dora", skill="python", level=3, seen=date(2026, 10, 1)),
    Claim(person="canary-zara", skill="pricing", level=5, seen=date(2026, 10, 1)),
    Mission(id="payments", title="Payments", purpose="Money arrives at once."),
    Mission(id="canary-lending", title="Canary lending", purpose="A canary sings."),
    Mandate(
        mission="payments",
        business_lead="anna",
        technology_lead="ben",
        limit="50000.00 EUR",
        signed_by=("anna", "ben"),
    ),
    Mandate(mission="canary-lending", business_lead="canary-zara"),
    Seat(person="anna", mission="payments", share=50, start="2026-01"),
    Seat(person="ben", mission="payments", share=80, start="2026-01"),
    Seat(person="dora", mission="payments", share=60, start="2026-03"),
    Seat(person="canary-zara", mission="canary-lending", start="2026-01"),
    Need(mission="canary-lending", skill="pricing", share=50, month="2026-11"),
    Asset(id="ledger", title="Ledger", mission="payments", keepers=("ben",)),
    Asset(
        id="canary-vault",
        title="Canary vault",
        mission="canary-lending",
        properties={"region": "us"},
    ),
    Contract(id="canary-deal", title="Canary deal", partner="canary-corp"),
    Role(id="security", title="Security", holders=("cleo",)),
    Role(id="house", title="The house", holders=("erik",), administers=True),
    Act(id="deploy", title="Deploy", asks=("region", "encrypted")),
    Property(id="region", title="Region", type="enum", values=("eu", "us")),
    Property(id="encrypted", title="Encrypted?", type="bool"),
    NamedSet(id="regions.near", title="Near regions", values=("eu",)),
    Principle(id="data-stays", title="Data stays near", owner="security"),
    ADR(
        id="any-region",
        title="Take the cheapest region",
        status="superseded",
        superseded_by="eu-regions",
    ),
    ADR(
        id="eu-regions",
        title="Take a region in the EU",
        status="accepted",
        date=START.date(),
        deciders=("security",),
        missions=("payments", "canary-lending"),
        principles=("data-stays",),
        context="Where does data lie?",
        options=(Option(title="The EU", arguments=("Good, because near.",)),),
        chosen="The EU",
        outcome="It is near.",
        consequences=("Bad, because dearer.",),
    ),
    ADR(id="canary-host", title="Canary host", status="proposed"),
    Guardrail(
        id="data-in-eu",
        title="Data lies in the EU",
        level="must",
        principle="data-stays",
        rests_on=("eu-regions",),
        owner="security",
        remedy="Choose a region in the EU.",
        waiver=WaiverTerms(max_days=60),
        when=(Clause(path="act", is_="deploy"),),
        must=(Clause(path="region", is_="eu"),),
    ),
    Guardrail(
        id="encrypted",
        title="Data lies encrypted",
        level="advise",
        principle="data-stays",
        owner="security",
        must=(Clause(path="encrypted", is_=True),),
    ),
    Waiver(
        id="w-canary",
        guardrail="data-in-eu",
        version=1,
        mission="canary-lending",
        reason="A canary needs it.",
        asked_by="canary-zara",
        asked_at=START - timedelta(days=2),
        starts=START - timedelta(days=1),
        until=START + timedelta(days=20),
        granted_by="cleo",
        granted_at=START - timedelta(days=1),
    ),
    Challenge(
        id="c00001",
        guardrail="encrypted",
        version=1,
        by="canary-zara",
        mission="canary-lending",
        reason="A canary is small and needs no key.",
        waivers=("w-canary",),
        draft="canary-plan",
        raised_at=START - timedelta(days=2),
        due=date(2026, 12, 3),
    ),
)
PROFILES = tuple(
    Profile(id=person, name=name, email=f"{person}@lumen.example")
    for person, name in (
        ("anna", "Anna Alva"),
        ("ben", "Ben Borg"),
        ("cleo", "Cleo Canary"),
        ("dora", "Dora Dahl"),
        ("erik", "Erik Canary"),
        ("canary-zara", "Zara Canary"),
    )
)


class Clock:
    """The time of the tests: it goes on when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give an open store with the small firm in it, on SQLite."""
    with small_firm(tmp_path) as desk:
        yield desk


@contextmanager
def small_firm(folder: Path) -> Iterator[Desk]:
    """Open a store in a folder, with the small firm in it."""
    file = folder / "weft.db"
    file.write_bytes(filled())
    with open_desk(f"sqlite:///{file}") as desk:
        yield desk


@cache
def filled() -> bytes:
    """Give a store with the small firm in it, made once: copied in no time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "weft.db"
        with open_desk(f"sqlite:///{file}") as desk:
            fill(desk)
        return file.read_bytes()


def fill(desk: Desk) -> None:
    """Put the small firm into a store."""
    changes = tuple(put(record) for record in RECORDS)
    deed = Deed(name="load", changes=changes)
    at = START - timedelta(days=1)
    desk.write(lambda _: deed, at=at, actor=OWNER, profiles=PROFILES)


@pytest.fixture
def settings(clock: Clock, tmp_path: Path) -> Settings:
    """Give the settings of a server that only this machine reaches."""
    return Settings(
        clock=clock, checkpoints=tmp_path / "checkpoints.jsonl", patience=60
    )


Application = Callable[[Desk, Settings], Litestar]
FREE: list[Litestar] = []


@pytest.fixture
def application() -> Iterator[Application]:
    """Give the function that gives an application for an open store.

    Its hundreds of routes take half a second to join, and know nothing of a store:
    they are joined once and lent from test to test, each of which begins anew.
    """
    lent: list[Litestar] = []

    def begun(desk: Desk, settings: Settings) -> Litestar:
        app = FREE.pop() if FREE else make(desk, settings)
        lent.append(app)
        lasting = {name: app.state[name] for name in ("files", "templates")}
        app.state.clear()
        app.state.update({**lasting, **beginning(desk, settings)})
        return app

    yield begun
    FREE.extend(lent)


@pytest.fixture
def app(desk: Desk, settings: Settings, application: Application) -> Litestar:
    return application(desk, settings)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    """Give a client of the server on which nobody signs in."""
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def signing(
    desk: Desk, clock: Clock, application: Application
) -> Iterator[TestClient[Litestar]]:
    """Give a client of a server on which everybody signs in; anna can."""
    desk.accounts.add("anna", "correct horse battery", START, person="anna")
    app = application(desk, Settings(mode="accounts", clock=clock, patience=60))
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


@contextmanager
def served(app: Litestar) -> Iterator[str]:
    """Serve on a real port, in a thread of this process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(512)
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def serve() -> Callable[[Litestar], AbstractContextManager[str]]:
    """Give the function that serves an application on a real port."""
    return served


@pytest.fixture
def live(app: Litestar) -> Iterator[str]:
    """Give the address of the small firm's server, on a real port."""
    with served(app) as url:
        yield url


@pytest.fixture
def token(desk: Desk) -> Callable[..., dict[str, str]]:
    """Give a function that opens an account and gives its token, as a header."""

    def made(person: str, *, owner: bool = False) -> dict[str, str]:
        known = {account.name for account in desk.accounts.all()}
        if person not in known:
            desk.accounts.add(
                person, "correct horse battery", START, person=person, owner=owner
            )
        _, secret = desk.accounts.add_token(person, "for a test", START)
        return {"authorization": f"Bearer {secret}"}

    return made
