"""Durable decisions a second through the store, against a bare durable append.

Both have one writer that commits what waits as one, with the same settings of SQLite;
the control inserts a row and does nothing else. They take turns in the same run, as
disks and neighbours vary more than either. Bound with 64 clients: 0.35 of the control.

    python benchmarks/durable.py [--short]      --short: one second a turn
"""

from __future__ import annotations

import argparse
import queue
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from weft.core.entries import Deed
from weft.core.requests import Decision, Finding, Reason, Request
from weft.core.roles import Actor
from weft.store.desk import open_desk

BOUND, TURNS = 0.35, 3
AT = datetime(2026, 11, 21, tzinfo=UTC)


REASON = Reason(
    path="data.copies[0].region",
    operator="in",
    expected="one of eu-west, eu-central",
    actual="us-east",
)
DECISION = Decision(
    request=Request(mission="payments", act="deploy"),
    asked_by="p00001",
    at=AT,
    firm=1,
    verdict="refused",
    findings=tuple(
        Finding(
            guardrail=f"guardrail-{n}",
            version=3,
            title="Customer data stays in the union",
            level="must",
            state="broken",
            blocks=True,
            principle="Data belongs to those it is about",
            owner="security",
            remedy="Choose a region of the union, or ask for a waiver.",
            reasons=(REASON,),
        )
        for n in range(4)
    ),
)
"""An invented decision, as long as most."""


class Bare:
    """The control: one writer, group commit, one table, one row each."""

    def __init__(self, file: Path) -> None:
        self._waiting: queue.Queue[tuple[bytes, Future[None]] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, args=[file])
        self._thread.start()

    def append(self, body: bytes) -> None:
        """Append a row and wait until it is durable."""
        future: Future[None] = Future()
        self._waiting.put((body, future))
        future.result()

    def close(self) -> None:
        """Stop."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self, file: Path) -> None:
        with sqlite3.connect(file, isolation_level=None) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, body BLOB)")
            while first := self._waiting.get():
                batch = [first]
                with suppress(queue.Empty):
                    while len(batch) < 500 and (more := self._waiting.get_nowait()):  # noqa: PLR2004, as the store does
                        batch.append(more)
                db.execute("BEGIN IMMEDIATE")
                db.executemany(
                    "INSERT INTO rows (body) VALUES (?)", [[body] for body, _ in batch]
                )
                db.execute("COMMIT")
                for _, future in batch:
                    future.set_result(None)
        db.close()


def turn(append: Callable[[], object], clients: int, seconds: float) -> list[float]:
    """Let clients append one after the other; give how long each append took."""
    end = time.perf_counter() + seconds

    def client(_: int) -> list[float]:
        took = []
        while (begin := time.perf_counter()) < end:
            append()
            took.append(time.perf_counter() - begin)
        return took

    with ThreadPoolExecutor(clients) as pool:
        return [t for took in pool.map(client, range(clients)) for t in took]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    seconds = 1.0 if words.parse_args().short else 10.0
    body = msgspec.json.encode(DECISION)
    print(f"one decision: {len(body):,} bytes; {TURNS} turns of {seconds:.0f} s each")
    with tempfile.TemporaryDirectory() as name:
        bare = Bare(Path(name) / "bare.db")
        with open_desk(f"sqlite:///{Path(name) / 'weft.db'}") as desk:

            def through_weft() -> object:
                return desk.write(
                    lambda _: Deed(name="ask", decision=DECISION),
                    at=AT,
                    actor=Actor(person="ada"),
                )

            for clients in (1, 64):
                kinds = {"bare": lambda: bare.append(body), "weft": through_weft}
                took: dict[str, list[float]] = {kind: [] for kind in kinds}
                for _ in range(TURNS):
                    for kind, append in kinds.items():
                        took[kind] += turn(append, clients, seconds)
                rates = {k: len(t) / TURNS / seconds for k, t in took.items()}
                for kind, times in took.items():
                    p99 = statistics.quantiles(times, n=100)[98] * 1000
                    print(
                        f"{clients:3} clients, {kind}: {rates[kind]:7,.0f} a second, "
                        f"p99 {p99:6.1f} ms"
                    )
                ratio = rates["weft"] / rates["bare"]
                print(f"{clients:3} clients, ratio {ratio:.2f}")
        bare.close()
    assert ratio >= BOUND, f"{ratio:.2f} of the control; bound {BOUND}"


if __name__ == "__main__":
    main()
