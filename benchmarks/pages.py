"""The pages of a firm of 100,000 people: the first look after a start and a change.

What is timed is what somebody waits for: from the call to the page on the wall. Beside
it stands the time of the processor that Weft took meanwhile, that of the thread which
works out beforehand what most people look at apart: the page may wait for it, but it is
no work of the page's. Where the page said that it is still being worked out, it is
told how long until it was whole. Bound: a page within 300 ms, the one that says so too.
Answers are asked all the while, one after another, once on a quiet server and once
while people change: their p99 is printed. Last comes how long the figures take by
themselves. What else runs on the machine counts in the wall's time, so read both.

    python benchmarks/pages.py [--short]      --short: a hundredth of the firm
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from weft.app import mirror
from weft.app.examples import tell
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.roles import Actor
from weft.store.desk import Desk, open_desk
from weft.web.app import make
from weft.web.server import settle
from weft.web.settings import Settings
from weft.web.warming import first, warm

PEOPLE, BOUND_MS = 100_000, 300
OWNER = Actor(person="owner", owner=True)
Client = TestClient[Litestar]


def addresses(firm: Firm) -> list[str]:
    """Give the pages that look at much of a firm, and one of each other kind."""
    one = {kind: min(firm.table(kind)) for kind in ("people", "missions", "units")}
    return [
        *("/mirror", "/mirror/schism", "/map", "/weave", "/weave?across=units"),
        *("/people", "/people?q=anna", f"/people/{one['people']}", "/search?q=anna"),
        *("/skills", f"/skills/{min(firm.skills)}", "/missions", "/units", "/assets"),
        *(f"/missions/{one['missions']}", f"/units/{one['units']}", "/", "/ask"),
        *("/decisions", f"/decisions/{firm.seq}/replay", "/journal", "/guardrails"),
        *("/coverage", "/audit", "/costs", "/who?q=python"),
    ]


def looked(client: Client, name: str, paths: list[str]) -> None:
    """Look at each page, and tell the slowest and those that were not whole at once."""
    took: list[tuple[float, float, float, float, str]] = []
    for path in paths:
        begin, busy, warming = time.perf_counter(), time.process_time(), warmed()
        reply = client.get(path)
        wall = time.perf_counter() - begin
        warming = warmed() - warming
        busy = time.process_time() - busy - warming
        while reply.status_code == HTTPStatus.ACCEPTED:
            time.sleep(0.1)
            reply = client.get(path)
        whole = time.perf_counter() - begin
        if reply.is_error:
            raise SystemExit(f"{path}: {reply.status_code}")
        took.append((wall * 1e3, busy * 1e3, warming * 1e3, whole * 1e3, path))
    over = sum(wall > BOUND_MS for wall, *_ in took)
    print(f"{name}: {len(took)} pages, {over} over {BOUND_MS} ms")
    for wall, cpu, apart, whole, path in sorted(took, reverse=True):
        late = f"  whole after {whole:6.0f} ms" if whole > wall + 50 else ""
        if wall > BOUND_MS / 2 or late:
            told = f"processor {cpu:5.0f} ms, beforehand {apart:5.0f} ms"
            print(f"  {path:28} {wall:5.0f} ms ({told}){late}")


def warmed() -> float:
    """Give the seconds of the processor that working out beforehand has taken."""
    (thread,) = (each for each in threading.enumerate() if each.name == "weft-warm")
    clock = time.pthread_getcpuclockid(thread.ident or 0)
    return time.clock_gettime(clock)


def figures(url: str) -> None:
    """Print how long each of the figures takes that pages may have to wait for."""
    month = f"{datetime.now(UTC):%Y-%m}"
    with open_desk(url) as desk:
        settle()
        view = look(desk, OWNER)
        steps: dict[str, Callable[[], object]] = {
            "the mirror": lambda: mirror.diagnose(view, month),
            "the weave": lambda: mirror.weave(view, month, across="missions"),
            "the map": lambda: mirror.network(view, month),
        }
        for name, step in steps.items():
            begin = time.thread_time()
            step()
            took = time.thread_time() - begin
            print(f"{name}, worked out for the first time: processor {took:.2f} s")


def changes(firm: Firm) -> dict[str, Record]:
    """Give a change of each of the kinds that the pictures rest on."""
    person = firm.people[min(firm.people)]
    claim = firm.claims[min(firm.claims)]
    seat = firm.seats[min(firm.seats)]
    unit = firm.units[min(firm.units)]
    return {
        "a person's title": replace(person, title="Pilot"),
        "a claim": replace(claim, level=claim.level % 5 + 1),
        "a seat": replace(seat, share=seat.share % 100 + 1),
        "a unit": replace(unit, title="Another"),
    }


def written(desk: Desk, record: Record) -> None:
    """Put a record into the firm."""
    deed = Deed(name="put", changes=(put(record),))
    desk.write(lambda _: deed, at=datetime.now(UTC), actor=OWNER)


def asked(client: Client, body: Any, seconds: float, each: Callable[[], None]) -> float:
    """Ask the same again and again; do something each second; give the p99 in ms."""
    took, end, turn = [], time.perf_counter() + seconds, time.perf_counter() + 1
    while (begin := time.perf_counter()) < end:
        if client.post("/api/requests", json=body).is_error:
            raise SystemExit("An Answer failed.")
        took.append((time.perf_counter() - begin) * 1e3)
        if time.perf_counter() > turn:
            each()
            turn = time.perf_counter() + 1
    return sorted(took)[int(len(took) * 0.99)]


def answers(client: Client, desk: Desk, seconds: float) -> None:
    """Print how long Answers take, quietly and while people change."""
    firm = desk.firm()
    mission = min(m for m in firm.missions if m in firm.mandates)
    body = {"mission": mission, "act": min(firm.acts), "properties": {}}
    keys = iter(sorted(firm.people))

    def move() -> None:
        person = firm.people[next(keys)]
        written(desk, replace(person, title=f"{person.title} too"))

    quiet = asked(client, body, seconds, lambda: None)
    busy = asked(client, body, seconds, move)
    print(f"Answers, p99: {quiet:.0f} ms quietly, {busy:.0f} ms while people change")


def main() -> None:
    """Measure."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    words.add_argument("--store", type=Path, help="a file to keep the firm in")
    told = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = told.store or Path(folder) / "big.db"
        url = f"sqlite:///{file}"
        if not file.exists():
            with open_desk(url) as desk:
                people = PEOPLE // 100 if told.short else PEOPLE
                tell(desk, "bank", datetime.now(UTC).date(), people=people)
        begin = time.perf_counter()
        with open_desk(url) as desk:
            settings = Settings()
            app = make(desk, settings)
            first(desk, settings)
            settle()
            firm = desk.firm()
            print(f"{len(firm.people):,} people, {len(firm.claims):,} claims")
            print(f"open in {time.perf_counter() - begin:.1f} s")
            base = settings.address
            warmed = warm(desk, settings, app.state.working)
            with warmed, TestClient(app, base_url=base) as client:
                paths = addresses(desk.firm())
                looked(client, "after a start", paths)
                looked(client, "again", paths)
                for name, record in changes(desk.firm()).items():
                    written(desk, record)
                    looked(client, f"after {name}", paths)
                answers(client, desk, 3 if told.short else 20)
        # In a process of its own, in which nothing is kept yet.
        apart = multiprocessing.get_context("spawn").Process(target=figures, args=[url])
        apart.start()
        apart.join()


if __name__ == "__main__":
    main()
