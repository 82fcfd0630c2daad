"""Weft as a process of its own: pipes, Ctrl-C, narrow terminals, colours."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import termios
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import weft

pytestmark = pytest.mark.slow
WEFT = str(Path(sys.executable).with_name("weft"))
ESCAPE = "\x1b["
SECONDS = 60


@pytest.fixture
def bank(at: Callable[[str], None]) -> None:
    """Stand beside the store of one firm: a process is one, whichever firm it reads."""
    at("bank")


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """Let what is started here heed Ctrl-C, also where the tests run in the background.

    A shell starts what it does not wait for deaf to it, and that is handed down.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def start(*words: str, **more: str) -> subprocess.Popen[str]:
    """Start `weft` as a shell would, with nobody at a terminal."""
    return subprocess.Popen(  # noqa: S603 # our own words
        [WEFT, *words],
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def in_a_terminal(*words: str, **more: str) -> str:
    """Give what `weft` shows to somebody at a terminal."""
    ours, theirs = pty.openpty()
    env = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **os.environ, **more}
    with subprocess.Popen(  # noqa: S603 # our own words
        [WEFT, *words], env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 1 << 16):
                shown += part
        except OSError:  # the other end is closed
            pass
        assert process.wait(SECONDS) == 0
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("words", ["list people", "list people --json", "weave"])
def test_a_pipe_that_closes_early_is_no_fault(words: str) -> None:
    process = start(*words.split())
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(SECONDS) in {0, 141}
    assert process.stderr.read() == ""
    process.stderr.close()


def entries(file: Path) -> int:
    """Count what is written in a store, without the seconds that a command takes."""
    if not file.exists():
        return 0
    with closing(
        sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    ) as store:
        try:
            found: int = store.execute("select count(*) from entries").fetchone()[0]
        except sqlite3.OperationalError:  # not made yet
            return 0
    return found


@pytest.mark.usefixtures("bank")
def test_ctrl_c_leaves_a_sound_store_and_says_so() -> None:
    url = "sqlite:///long.db"
    process = start("--db", url, "example", "bank", "--people", "5000")
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and not entries(Path("long.db")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said, told = process.communicate(timeout=SECONDS)
    assert (process.returncode, said) == (130, "")
    part, stopped = told.splitlines()
    assert part.startswith("The story was not told to its end: this store holds")
    assert part.endswith(" weft --db sqlite:///whole.db example bank")
    assert stopped == "Stopped. What was done is whole; what was not, left no trace."
    assert weft("--db", url, "verify").exit_code == 0
    assert weft("--db", url, "misfits").exit_code == 0


@pytest.mark.usefixtures("bank")
def test_ctrl_c_in_the_midst_of_a_check_ends_it_without_a_result() -> None:
    ours, theirs = os.pipe()
    fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, PAGE)
    filled = b"." * (PAGE - 100)  # so that it cannot tell of its fourth guardrail
    os.write(theirs, filled)
    words = [WEFT, "check", "--progress", "--sarif", "audit.sarif"]
    with subprocess.Popen(  # noqa: S603 # our own words
        words, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        end = time.monotonic() + SECONDS
        while waiting(ours) == len(filled) and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        with os.fdopen(ours, "rb") as pipe:
            told = pipe.read().lstrip(b".").decode()
        assert process.stdout
        assert process.stdout.read() == b""
        assert process.wait(SECONDS) == 130
    assert told.startswith("\r1 of ")
    assert "guardrails judged" in told
    assert told.endswith(
        "Stopped. What was done is whole; what was not, left no trace.\n"
    )
    assert not Path("audit.sarif").exists()


PAGE = 4096


def waiting(pipe: int) -> int:
    """Count the bytes that a pipe holds."""
    held = fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4)
    return int.from_bytes(held, sys.byteorder)


def widest(text: str) -> int:
    """Give the width of the widest line, without colours."""
    return max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in text.splitlines())


TABLES = ["list roles", "waive list", "journal --most 9", "diagnose", "weave"]


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("words", TABLES)
def test_a_narrow_terminal_breaks_no_table(words: str) -> None:
    shown = in_a_terminal(*words.split(), COLUMNS="60")
    assert 20 < widest(shown) <= 60
    assert "…" not in shown or words == "weave"  # only the weave cuts its heads


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("words", [*TABLES, "misfits", "journal"])
def test_colours_are_for_terminals_that_want_them(words: str) -> None:
    plain = start(*words.split()).communicate(timeout=SECONDS)
    assert ESCAPE not in "".join(plain)
    assert ESCAPE not in in_a_terminal(*words.split(), NO_COLOR="1")


@pytest.mark.usefixtures("bank")
def test_a_terminal_gets_colours() -> None:
    assert ESCAPE in in_a_terminal("diagnose")


@pytest.mark.usefixtures("bank")
def test_serving_begins_and_ends_at_ctrl_c() -> None:
    with start("serve", "--port", "0") as process:
        assert process.stdout
        told = process.stdout.readline()
        address = re.search(r"http://[\d.:]+", told)
        assert address, told
        with urllib.request.urlopen(f"{address[0]}/api/firm") as reply:  # noqa: S310 # ours
            assert reply.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) in {0, 130}
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
