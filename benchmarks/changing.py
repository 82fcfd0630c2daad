"""Answers from a firm of 100,000 people at 100 a second: quietly, and while it changes.

After each change what most people look at is worked out anew in a thread of the
server's, so Answers have to share the processor with that. A server in a process of its
own, on loopback; due times fixed beforehand, latencies from the due time. Bar: a p99 of
200 ms while somebody gets a new title every second, and no errors. What else runs on
the machine counts in it, so the same load on a quiet firm is printed beside it.

    python benchmarks/changing.py [--short]      --short: a hundredth, 5 s each
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

from serving import Client, calls, percentile, server, steadily, wishes
from weft.app.examples import tell
from weft.store.desk import open_desk
from weft.web.server import serve

PEOPLE, SECONDS, RATE, CLIENTS = 100_000, 30, 100, 16
P99_MS = 200
WARMED = 60
"""Seconds after the start that are given to the server to be ready for all."""


def run(url: str, port: int) -> None:
    """Serve a firm as `weft serve` does."""
    serve(url, lambda _: None, port=port)


@contextmanager
def changing(port: int, people: list[str]) -> Iterator[list[str]]:
    """Give somebody a new title each second; tell who has got one."""
    over, done = threading.Event(), list[str]()

    def change() -> None:
        for person in people:
            if over.wait(1):
                return
            place = f"http://127.0.0.1:{port}/api/firm/people/{person}"
            with urlopen(place) as reply:
                record = json.load(reply) | {"title": "Pilot"}
            body = json.dumps(record).encode()
            head = {"Content-Type": "application/json"}
            with urlopen(Request(place, body, head, method="PUT")):
                done.append(person)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()


def told(name: str, clients: list[Client], took: list[float]) -> float:
    """Print how long Answers took; give the p99 in milliseconds."""
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    errors = sum(client.errors for client in clients)
    print(f"{name}: {len(took)} asked, {errors} errors, p50 {p50:.0f} ms", end="")
    print(f", p99 {p99:.0f} ms, worst {max(took):.0f} ms", flush=True)
    assert not errors
    return p99


def measure(port: int, people: list[str], seconds: float) -> None:
    """Ask at a fixed rate, quietly and then while people change."""
    what = calls(port, "/api/requests", wishes(port))
    clients = [Client(port) for _ in range(CLIENTS)]
    asyncio.run(steadily(clients, what, 3, RATE))  # warm
    clients = [Client(port) for _ in range(CLIENTS)]
    quiet = told(
        "quietly", clients, asyncio.run(steadily(clients, what, seconds, RATE))
    )
    clients = [Client(port) for _ in range(CLIENTS)]
    with changing(port, people) as done:
        took = asyncio.run(steadily(clients, what, seconds, RATE))
    busy = told(f"while {len(done)} people change", clients, took)
    print(f"ratio {busy / quiet:.1f}; bar: p99 {P99_MS} ms while people change")


def main() -> None:
    """Measure."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    words.add_argument("--store", type=Path, help="a file to keep the firm in")
    asked = words.parse_args()
    people, seconds = (PEOPLE // 100, 5) if asked.short else (PEOPLE, SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        file = asked.store or Path(folder) / "big.db"
        url = f"sqlite:///{file}"
        with open_desk(url) as desk:
            if not desk.firm().people:
                tell(desk, "bank", datetime.now(UTC).date(), people=people)
            some = sorted(desk.firm().people)[:SECONDS]
        with server(run, url) as (port, _):
            time.sleep(2 if asked.short else WARMED)
            measure(port, some, seconds)


if __name__ == "__main__":
    main()
