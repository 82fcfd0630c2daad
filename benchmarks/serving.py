"""Decisions over HTTP: against a bare "append one row durably", and at a fixed rate.

Three processes: Weft with an example bank, served as `weft serve` serves it; the
control; and this one, which makes the load. Weft and the control are loaded
alternately, for as long, with as many clients, so that a busy machine hurts both.

The control is a Litestar application on uvicorn with one route: it reads a small
JSON body, queues it to one writer thread, which inserts all that wait as one
transaction into SQLite (WAL, synchronous FULL) and then lets all replies go: group
commit, as Weft's own writer has, but without a firm, a journal, hashes, idempotency
keys, guards or guardrails. No bare application of this stack does less for a row
that is durable before the reply.

What is printed: decisions and rows per second, the ratio (bar: 0.35); at 500
decisions/s, due times fixed beforehand, latencies from the due time (bar: p99 200
ms), errors (bar: none) and the growth of the server's memory (bar: 5 %).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import queue
import signal
import socket
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import msgspec
import uvicorn
from litestar import Litestar, post
from litestar.params import JSONBody

from weft.app.examples import tell
from weft.store.desk import Desk
from weft.web.server import serve

CLIENTS = 64
ROUNDS = 5
ROUND = 3.0
"""Seconds of load on one of the two before the other has its turn."""
RATE = 500
RATIO, P99_MS, GROWTH = 0.35, 200, 5
"""The bars: of the control; in milliseconds; in per cent."""
BATCH = 500
"""Rows of one commit at most, as in Weft."""


# The two servers, each a process of its own


def run_weft(url: str, port: int) -> None:
    """Serve the example bank as `weft serve` does."""

    def begin(desk: Desk) -> None:
        tell(desk, "bank", datetime.now(UTC).date())

    serve(url, lambda _: None, port=port, begin=begin)


class Row(msgspec.Struct):
    """What the control is sent."""

    mission: str
    act: str
    properties: dict[str, Any]


def run_control(file: str, port: int) -> None:
    """Serve one route that appends one row, durable before the reply."""
    waiting: queue.Queue[tuple[bytes, Future[int]]] = queue.Queue()

    @post("/rows", status_code=200)
    async def append(data: JSONBody[Row]) -> dict[str, int]:
        done: Future[int] = Future()
        waiting.put((msgspec.json.encode(data), done))
        return {"number": await asyncio.wrap_future(done)}

    threading.Thread(target=write_rows, args=(file, waiting), daemon=True).start()
    app = Litestar([append], openapi_config=None, logging_config=None)
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


def write_rows(file: str, waiting: queue.Queue[tuple[bytes, Future[int]]]) -> None:
    """Insert all rows that wait as one transaction; then tell all who wait."""
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, body BLOB)")
    while True:
        batch = [waiting.get()]
        while len(batch) < BATCH and not waiting.empty():
            batch.append(waiting.get_nowait())
        db.execute("BEGIN IMMEDIATE")
        numbers = [
            db.execute("INSERT INTO rows (body) VALUES (?)", (body,)).lastrowid
            for body, _ in batch
        ]
        db.execute("COMMIT")
        for number, (_, done) in zip(numbers, batch, strict=True):
            done.set_result(number or 0)


@contextmanager
def server(run: Callable[[str, int], None], store: str) -> Iterator[tuple[int, int]]:
    """Run a server in a process of its own; give its port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(
        target=run, args=(store, port)
    )
    process.start()
    try:
        wait_for(port, process)
        yield port, process.pid or 0
    finally:
        if process.pid and process.is_alive():
            process.terminate()
        process.join()
    assert process.exitcode in {0, -signal.SIGTERM}, process.exitcode


def wait_for(port: int, process: Any) -> None:
    """Wait until a server listens."""
    while True:
        assert process.is_alive(), "the server did not start"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


# The load


class Client:
    """One connection that is kept, and what came back on it."""

    def __init__(self, port: int) -> None:
        self.port, self.errors = port, 0
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, call: bytes) -> bytes:
        """Send a call and give the body of its reply; b"" for anything but 200."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        try:
            writer.write(call)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split()[0])
            body = await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            self.errors, self.streams = self.errors + 1, None
            return b""
        good = head.startswith(b"HTTP/1.1 200")
        self.errors += not good
        return body if good else b""


def calls(port: int, path: str, bodies: list[dict[str, Any]]) -> list[bytes]:
    """Write the calls to send, each once."""
    told = []
    for body in bodies:
        raw = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
        )
        told.append(head.encode() + raw)
    return told


async def flat_out(clients: list[Client], what: list[bytes], seconds: float) -> int:
    """Let every client send one call after the other; give how many were answered."""
    end, given = time.perf_counter() + seconds, cycle(what)

    async def one(client: Client) -> int:
        done = 0
        while time.perf_counter() < end:
            done += bool(await client.send(next(given)))
        return done

    return sum(await asyncio.gather(*map(one, clients)))


async def steadily(
    clients: list[Client], what: list[bytes], seconds: float, rate: int = RATE
) -> list[float]:
    """Send at a fixed rate; give the milliseconds from when each call was due."""
    free: asyncio.Queue[Client] = asyncio.Queue()
    for client in clients:
        free.put_nowait(client)
    took: list[float] = []

    async def one(due: float, call: bytes) -> None:
        client = await free.get()
        await client.send(call)
        took.append((time.perf_counter() - due) * 1000)
        free.put_nowait(client)

    begun, given, tasks = time.perf_counter(), cycle(what), set()
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(one(due, next(given)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    while tasks:
        await asyncio.wait(tasks)
    return took


def memory(process: int) -> float:
    """Give the MiB of memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def busy(process: int) -> float:
    """Give the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """Give the value that a share of all values does not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def wishes(port: int) -> list[dict[str, Any]]:
    """Give the bank's past requests that can be asked again today."""
    with urlopen(f"http://127.0.0.1:{port}/api/decisions?most=200") as reply:
        asked = [answer["decision"]["request"] for answer in json.load(reply)]
    tries = calls(port, "/api/requests/try", asked)
    client = Client(port)

    async def answered() -> list[bool]:
        return [bool(await client.send(each)) for each in tries]

    good = [w for w, yes in zip(asked, asyncio.run(answered()), strict=True) if yes]
    assert good, "no past request of the bank can be asked again"
    return good


class Side:
    """One of the two servers under load, and what it has done so far."""

    def __init__(self, port: int, process: int, what: list[bytes]) -> None:
        self.clients = [Client(port) for _ in range(CLIENTS)]
        self.process, self.what = process, what
        self.done, self.seconds, self.used = 0, 0.0, 0.0

    async def load(self, seconds: float) -> None:
        """Have its turn."""
        begun, used = time.perf_counter(), busy(self.process)
        self.done += await flat_out(self.clients, self.what, seconds)
        self.seconds += time.perf_counter() - begun
        self.used += busy(self.process) - used

    def told(self) -> str:
        """Give what it does in a second, and what one costs the processor."""
        cost = self.used / self.done * 1e6
        return f"{self.done / self.seconds:.0f}/s, {cost:.0f} us of processor each"


async def compare(weft: Side, control: Side, rounds: int) -> float:
    """Load Weft and the control in turn; print what came of it, and give the ratio."""
    for side in (weft, control):
        await flat_out(side.clients, side.what, 1.0)  # warm
    for _ in range(rounds):
        await weft.load(ROUND)
        await control.load(ROUND)
    errors = sum(client.errors for side in (weft, control) for client in side.clients)
    ratio = weft.done / weft.seconds / (control.done / control.seconds)
    print(f"{CLIENTS} clients, in turn, {rounds} x {ROUND:.0f} s each, {errors} errors")
    print(f"  Weft's decisions   {weft.told()}")
    print(f"  the control's rows {control.told()}")
    print(f"  ratio {ratio:.2f} (bar: {RATIO})")
    assert not errors
    return ratio


async def hold(port: int, process: int, what: list[bytes], seconds: float) -> None:
    """Ask at a fixed rate and print what came of it."""
    clients = [Client(port) for _ in range(CLIENTS)]
    await steadily(clients, what, 3)  # warm
    before = memory(process)
    took = await steadily(clients, what, seconds)
    growth = (memory(process) / before - 1) * 100
    errors = sum(client.errors for client in clients)
    print(f"{RATE} decisions/s for {seconds:.0f} s: {len(took)} asked, {errors} errors")
    p99 = percentile(took, 0.99)
    print(f"  p50 {percentile(took, 0.5):.1f} ms, worst {max(took):.1f} ms")
    print(f"  p99 {p99:.1f} ms (bar: {P99_MS} ms)")
    print(f"  memory {before:.0f} MiB, growth {growth:.1f} % (bar: {GROWTH} %)")
    assert not errors
    assert p99 <= P99_MS
    assert growth <= GROWTH


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--short", action="store_true", help="about 40 s: the usual form"
    )
    parser.add_argument("--minutes", type=float, default=0.25, help="at a fixed rate")
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as name:
        weft = server(run_weft, f"sqlite:///{name}/weft.db")
        control = server(run_control, f"{name}/control.db")
        with weft as (port, process), control as (bare, bare_process):
            asked = wishes(port)
            mine = calls(port, "/api/requests", asked)
            fields = Row.__struct_fields__
            theirs = calls(bare, "/rows", [{f: w[f] for f in fields} for w in asked])
            sides = Side(port, process, mine), Side(bare, bare_process, theirs)
            print(f"{len(asked)} kinds of requests, from the bank's own past")
            ratio = asyncio.run(compare(*sides, rounds=ROUNDS))
            asyncio.run(hold(port, process, mine, minutes * 60))
    assert ratio >= RATIO


if __name__ == "__main__":
    main()
