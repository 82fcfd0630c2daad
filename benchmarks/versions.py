"""The versions of a guardrail in a long journal: told, and shown on its page.

100,000 entries, nine in ten of them decisions; some forty change the guardrail.
The peer is a walk through all deeds of the same journal that change something, which is
what it takes without a table of versions; both have to find the same. Bounds:
half of that walk to tell the versions, 300 ms for the page and the HTTP answer,
and for `weft guardrails log` no more than 1.5 times `weft show` of the one that holds.
In CPU time of Weft: the database's own is not counted where that is a server.

    python benchmarks/versions.py [--short] [--store URL]

--short: 10,000 entries. --store: an empty database, else a new SQLite file.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import timedelta
from itertools import islice
from pathlib import Path

from litestar.testing import TestClient

from replay import START, WINDOW
from replay import deed as usual
from weft.app.framework.versions import versions
from weft.app.views import look
from weft.core.entries import Deed, Entry, put
from weft.core.guardrails import Clause, Guardrail, Principle
from weft.core.roles import Actor, Role
from weft.core.vocabulary import Property
from weft.store.desk import Desk, open_desk
from weft.store.journal import rows
from weft.web.app import make
from weft.web.settings import Settings

ENTRIES, EVERY, ROUNDS = 100_000, 2_500, 5
PAGE_MS, OF_WALK, OF_SHOW = 300, 0.5, 1.5
OWNER = Actor(person="owner", owner=True)
KEY = "cost"
WORDS = (
    Property(id="cost", title="Cost", type="int", unit="EUR"),
    Principle(id="p", title="We are careful"),
    Role(id="owners", title="Owners"),
)


def rule(version: int) -> Guardrail:
    """Give the guardrail in one of its versions."""
    return Guardrail(
        id=KEY,
        version=version,
        title="What runs is cheap",
        level="must",
        principle="p",
        owner="owners",
        must=(Clause(path="cost", at_most=1_000 + version),),
    )


def deed(n: int) -> Deed:
    """Give entry n + 1."""
    if n == 0:
        return Deed(name="load", changes=(*map(put, WORDS), put(rule(1))))
    if n % EVERY == 0:
        return Deed(name="put", changes=(put(rule(n // EVERY + 1)),))
    return usual(n)


def fill(desk: Desk, count: int) -> None:
    """Write the journal."""

    def submitted() -> Iterator[Future[Entry]]:
        for n in range(count):
            at, made = START + timedelta(seconds=n), deed(n)
            yield desk.submit(lambda _, d=made: d, at=at, actor=OWNER)  # type: ignore[misc]

    waiting = submitted()
    while window := list(islice(waiting, WINDOW)):
        for future in window:
            future.result()


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the CPU time that some work takes, the middle of some rounds."""
    took = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        took.append((time.process_time() - begin) * 1000)
    return sorted(took)[rounds // 2]


def walked(desk: Desk) -> int:
    """Count the versions by reading every deed that changes something."""
    with desk.database.reading() as db:
        found = (
            change
            for row in rows.changing(db, 0, desk.firm().seq)
            for change in rows.changes_in(db, row)
        )
        return sum(each.kind == "guardrails" and each.key == KEY for each in found)


def command(url: str, *words: str) -> float:
    """Give the CPU time of a command from its start to its end, in ms."""
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(  # noqa: S603 # our own words
        [Path(sys.executable).parent / "weft", "--db", url, *words],
        check=True,
        capture_output=True,
    )
    assert KEY.encode() in told.stdout or b"cheap" in told.stdout
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime) * 1000


def measure(desk: Desk, count: int) -> None:
    """Print what each way takes, and hold it to its bound."""
    wanted = (count - 1) // EVERY + 1
    walk = milliseconds(lambda: walked(desk), 1)
    assert walked(desk) == wanted
    view = look(desk, OWNER)
    found = versions(desk, view, "guardrails", KEY)
    assert [each.version.version for each in found] == [*range(wanted, 0, -1)]
    told = milliseconds(lambda: versions(desk, view, "guardrails", KEY))
    print(f"{walk:8.0f} ms  to walk through the journal for {wanted} versions")
    print(f"{told:8.1f} ms  to tell them, {told / walk:.3f} (bound {OF_WALK})")
    assert told <= walk * OF_WALK
    application = make(desk, Settings(clock=lambda: START + timedelta(days=9)))
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        for path in (f"/guardrails/{KEY}/versions", f"/api/versions/guardrails/{KEY}"):
            assert not client.get(path).is_error
            took = milliseconds(lambda path=path: client.get(path))  # type: ignore[misc]
            print(f"{took:8.1f} ms  {path} (bound {PAGE_MS} ms)")
            assert took <= PAGE_MS


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    words.add_argument("--store", default="")
    given = words.parse_args()
    count = ENTRIES // 10 if given.short else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        url = given.store or f"sqlite:///{folder}/weft.db"
        with open_desk(url) as desk:
            fill(desk, count)
            print(f"{count:,} entries on {url.partition(':')[0]}:")
            measure(desk, count)
        show = min(command(url, "show", "guardrails", KEY) for _ in range(3))
        log = min(command(url, "guardrails", "log", KEY) for _ in range(3))
        print(f"{show:8.0f} ms  weft show guardrails {KEY}")
        ratio = log / show
        print(f"{log:8.0f} ms  weft guardrails log, {ratio:.2f} (bound {OF_SHOW})")
        assert ratio <= OF_SHOW


if __name__ == "__main__":
    main()
