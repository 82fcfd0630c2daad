"""A kill loses nothing that was acknowledged, and leaves nothing half done.

WEFT_LONG=1 kills a thousand times. A kill keeps what the system has been given, so
this proves the order of things, not the disk.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from weft.store.desk import Desk, open_desk
from weft.store.verify import verify

pytestmark = [pytest.mark.fault, pytest.mark.slow]
KILLS = 1000 if os.environ.get("WEFT_LONG") else 100
LOOKED = 3
"""After so many kills what is there is held against what was acknowledged."""
VERIFIED = KILLS // 20 * LOOKED
"""After so many the whole journal is gone through again."""
VICTIM = Path(__file__).with_name("victim.py")


class Victim:
    """The forking process, and what its children say."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(line.strip())

    def killed(self, url: str, first: int, heard: int, after: float) -> set[int]:
        """Let a child write, kill it, and give the numbers it acknowledged.

        heard: how many lines of it to wait for: `open`, then those it acknowledged.
        after: seconds from there to the kill.
        """
        assert self._process.stdin
        self._process.stdin.write(f"{url} {first}\n")
        self._process.stdin.flush()
        told, pid = self._said.get(timeout=30).split()
        assert told == "pid"
        said = [self._said.get(timeout=30) for _ in range(heard)]
        time.sleep(after)
        os.kill(int(pid), signal.SIGKILL)
        while "over" not in said:
            said.append(self._said.get(timeout=30))
        return {int(line) for line in said if line.isdigit()}


@pytest.fixture
def victim() -> Iterator[Victim]:
    with subprocess.Popen(  # noqa: S603, our own words
        [sys.executable, VICTIM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Victim(process)
        assert process.stdin
        process.stdin.close()


def reopened(url: str) -> Desk:
    """Open a store whose writer was just killed: a server needs a moment to notice."""
    end = time.monotonic() + 30
    while True:
        try:
            return open_desk(url)
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def numbers_in(desk: Desk, after: int) -> set[int]:
    """Give the deeds after an entry, each of which has to be there as a whole."""
    found = set()
    firm, people = desk.firm(), desk.profiles()
    for entry in desk.entries(after):
        number = int(entry.key.removeprefix("key-"))
        found.add(number)
        parts = [c.key for c in entry.deed.changes]
        if number % 400 == 7:
            assert len(parts) == 1100
            assert f"part-{number}-1099" in firm.units
        elif number % 3 == 0:
            assert desk.decisions(most=1, mission=f"m{number}")[0][0] == entry.seq
        else:
            assert parts == [f"unit-{number}"]
            assert f"unit-{number}" in firm.units
            assert (f"p{number}" in people) == (number % 3 == 1)
    return found


def test_no_kill_loses_what_was_acknowledged(db_url: str, victim: Victim) -> None:
    draw = random.Random(2026)  # noqa: S311, the same run again
    acknowledged: set[int] = set()
    written: set[int] = set()
    hits, seq = 0, 0
    for kill in range(KILLS):
        told = victim.killed(db_url, kill * 10_000, kill % 4, draw.uniform(0, 0.15))
        hits += bool(told)
        acknowledged |= told
        if kill % LOOKED:
            continue  # the next one to write opens what this one left
        with reopened(db_url) as desk:
            written |= numbers_in(desk, seq)
            seq = desk.firm().seq
            assert acknowledged <= written
            if kill % VERIFIED == 0 or kill == KILLS - 1:
                assert verify(desk).what == ""
            assert len(desk.profiles()) == sum(
                n % 3 == 1 and n % 400 != 7 for n in written
            )
    assert seq == len(written)
    assert hits >= KILLS / 2, "most kills came before the first write"
    assert len(acknowledged) > KILLS
