"""The server when things go wrong: cut connections, a second server, a signal."""

from __future__ import annotations

import json
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from weft.store.desk import Desk, open_desk
from weft.store.verify import verify
from weft.web.settings import Settings

pytestmark = pytest.mark.fault
CUTS = 2_000
WISH = json.dumps(
    {"mission": "payments", "act": "deploy", "properties": {"region": "us"}}
).encode()
SERVE = """
import sys
from pathlib import Path
from weft.web.server import serve
url, host, points, port = sys.argv[1:]
serve(url, lambda address: print(address, flush=True), host=host,
      port=int(port) if port else None, checkpoints=Path(points) if points else None)
"""


# Connections cut in mid-reply


class Scissors:
    """A way to the server on which every connection is cut at some byte.

    Half of them while the call is sent, half while the reply comes back.
    """

    def __init__(self, port: int, seed: int) -> None:
        self.port, self.random, self.cut = port, random.Random(seed), 0  # noqa: S311
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.pass_on, args=(client,)).start()

    def pass_on(self, client: socket.socket) -> None:
        """Pass a call and its reply on, up to the byte at which it is cut."""
        with client, socket.create_connection(("127.0.0.1", self.port)) as server:
            call = read_call(client)
            if self.random.random() < 0.5:
                server.sendall(call[: self.random.randrange(len(call))])
            else:
                server.sendall(call)
                reply = server.recv(65536)
                client.sendall(reply[: self.random.randrange(len(reply))])
            for end in (client, server):  # no farewell: a reset
                linger = struct.pack("ii", 1, 0)
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.cut += 1


def read_call(client: socket.socket) -> bytes:
    """Read one call to its end."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += client.recv(65536)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    while len(body) < length:
        more = client.recv(65536)
        raw, body = raw + more, body + more
    return raw


def ask(port: int, key: str) -> Any:
    """Ask once, on a connection of its own."""
    headers = {"content-type": "application/json", "idempotency-key": key}
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as call:
        call.request("POST", "/api/requests", WISH, headers)
        reply = call.getresponse()
        body = json.loads(reply.read())
        assert reply.status == 200, body
        return body


def test_a_call_that_was_cut_has_one_effect_when_it_is_retried(
    live: str, desk: Desk
) -> None:
    port = int(live.rpartition(":")[2])
    scissors = Scissors(port, seed=7)
    cut = scissors.listener.getsockname()[1]
    before = desk.firm().seq

    def insist(number: int) -> tuple[int, int]:
        key = f"cut-{number}"
        with pytest.raises((OSError, HTTPException, ValueError)):
            ask(cut, key)
        return ask(port, key)["number"], ask(port, key)["number"]

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(insist, range(CUTS)))
    scissors.listener.close()
    assert scissors.cut == CUTS
    assert all(first == again for first, again in numbers)
    assert {first for first, _ in numbers} == set(range(before + 1, before + CUTS + 1))
    assert desk.firm().seq == before + CUTS
    assert verify(desk).bad is None


# Servers in processes of their own


@contextmanager
def server(
    url: str, *, host: str = "127.0.0.1", points: str = "", port: str = "0"
) -> Iterator[subprocess.Popen[str]]:
    """Start a server; end it if it still runs."""
    words = [sys.executable, "-c", SERVE, url, host, points, port]
    with subprocess.Popen(  # noqa: S603 # our own words
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def address(process: subprocess.Popen[str]) -> str:
    """Give the address that a server prints once it answers."""
    assert process.stdout
    return process.stdout.readline().strip()


def last_words(process: subprocess.Popen[str]) -> str:
    """Give what a server that could not start has said."""
    _, error = process.communicate(timeout=60)
    assert process.returncode != 0
    return error.strip().splitlines()[-1]


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'weft.db'}"


def test_a_second_server_on_one_store_is_refused(store: str) -> None:
    with server(store) as first:
        there = address(first)
        with server(store) as second:
            assert there in last_words(second)
        with urlopen(f"{there}/api/health") as reply:  # noqa: S310
            assert json.load(reply)["writable"] is True


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_in_order(
    store: str, tmp_path: Path, how: signal.Signals
) -> None:
    points = tmp_path / "points.jsonl"
    open_desk(store).close()
    with server(store, points=str(points)) as process:
        there = address(process)
        with closing(HTTPConnection(there.removeprefix("http://"))) as kept:
            unit = b'{"id": "shop", "title": "Shop"}'
            headers = {"content-type": "application/json"}
            kept.request("PUT", "/api/firm/units/shop", unit, headers)
            assert kept.getresponse().status == 200
            process.send_signal(how)
            _, error = process.communicate(timeout=30)
    assert (process.returncode, error) == (0, "")
    with open_desk(store) as desk:
        assert "shop" in desk.firm().units
        assert verify(desk, points).checkpoints == 1


def test_weft_is_not_open_to_a_network_without_accounts(store: str) -> None:
    with server(store, host="0.0.0.0") as process:  # noqa: S104
        assert "no account yet" in last_words(process)
    with open_desk(store) as desk:
        desk.accounts.add("anna", "correct horse battery", Settings().clock())
    with server(store, host="0.0.0.0") as process:  # noqa: S104
        assert address(process).startswith("http://0.0.0.0:")
