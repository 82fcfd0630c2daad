"""A disk that is full or fails stops writes, not reads, and harms nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
import pytest

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.roles import Actor
from weft.errors import Unavailable
from weft.store.desk import Desk, open_desk
from weft.store.verify import verify

pytestmark = [pytest.mark.fault, pytest.mark.slow]
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
Full = Callable[[], AbstractContextManager[None]]
STRUCK = Path(__file__).with_name("struck.py")


def write(desk: Desk, number: int) -> int:
    made = Deed(name="put", changes=(put(Unit(id=f"unit-{number}", title="U" * 300)),))
    entry = desk.write(
        lambda _: made, at=AT, actor=Actor(person="ada"), key=f"key-{number}"
    )
    return entry.seq


@contextmanager
def small_disk(folder: Path, size: str = "4m") -> Iterator[Full]:
    """Make the folder a disk of so many MiB that can be filled and freed."""
    mounted = subprocess.run(  # noqa: S603, our own words
        ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root alone")
    ballast = folder / "ballast"

    @contextmanager
    def full() -> Iterator[None]:
        with ballast.open("wb", buffering=0) as out, suppress(OSError):
            while True:
                out.write(bytes(4096))
        yield
        ballast.unlink()

    try:
        yield full
    finally:
        subprocess.run(["/usr/bin/umount", folder], check=True)  # noqa: S603


@contextmanager
def small_files(folder: Path) -> Iterator[Full]:
    """Let no file of this process grow: an I/O error, as the system tells it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def full() -> Iterator[None]:
        size = (folder / "weft.db-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    yield full


@pytest.mark.parametrize("disk", [small_disk, small_files])
def test_a_full_disk_stops_writes_and_not_reads(
    disk: Callable[[Path], AbstractContextManager[Full]], tmp_path: Path
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    url = f"sqlite:///{folder / 'weft.db'}"
    with disk(folder) as full:
        with open_desk(url) as desk:
            write(desk, 0)
            for first in (1000, 2000, 3000):
                with full():
                    refused = written_while_full(desk, range(first, first + 40))
                good = desk.firm().seq
                for number in refused:  # nobody had to do anything
                    good = write(desk, number)
                    assert write(desk, number) == good
                assert desk.firm().seq == good == first // 1000 * 40 + 1
                assert verify(desk).what == ""
        with open_desk(url) as desk:
            assert desk.firm().seq == good == len(desk.firm().units)
            assert verify(desk).what == ""


def test_a_full_disk_of_the_server_stops_writes_and_not_reads(
    postgresql: str,
) -> None:
    with (
        TemporaryDirectory(prefix="weft-disk-") as name,
        small_disk(Path(name), "32m") as full,
        psycopg.connect(postgresql, autocommit=True) as server,
    ):
        home = server.execute("SHOW data_directory").fetchall()[0][0]
        Path(name).chmod(0o755)
        shutil.chown(name, Path(home).stat().st_uid)
        server.execute(f"CREATE TABLESPACE small LOCATION '{name}'".encode())
        server.execute(b"CREATE DATABASE small TABLESPACE small")
        url = urlsplit(postgresql)._replace(path="/small").geturl()
        with open_desk(url) as desk:
            write(desk, 0)
            with full():
                refused = written_while_full(desk, range(1, 100))
            for number in refused:
                good = write(desk, number)
                assert write(desk, number) == good
            assert desk.firm().seq == good == 100
            assert verify(desk).what == ""
        server.execute(b"DROP DATABASE small WITH (FORCE)")
        server.execute(b"DROP TABLESPACE small")


def written_while_full(desk: Desk, numbers: range) -> list[int]:
    """Write what can be written, read all the while, and give what was refused."""
    refused, good = [], desk.firm().seq
    for number in numbers:
        try:
            good = write(desk, number)
        except Unavailable:
            refused.append(number)
        assert desk.firm().seq == good
        assert desk.entry(good).seq == good
        assert len(list(desk.headings())) == good
    assert verify(desk).what == ""
    assert refused, "the disk was never full"
    return refused


def struck(url: str, fault: str, when: str, *more: str) -> dict[str, str]:
    """Write while a call to the system fails now and then; give what was said last."""
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace, which makes calls to the system fail, is not here")
    call = fault.partition(":")[0]
    inject = f"inject={fault}:when={when}"
    words = ["-f", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace={call}"]
    run = subprocess.run(  # noqa: S603, our own words
        [strace, *words, "-e", inject, sys.executable, STRUCK, url, "40", *more],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if "ptrace" in run.stderr:
        pytest.skip("strace may not trace here")
    assert more or run.returncode == 0, run.stderr
    said = [line.split() for line in run.stdout.splitlines()]
    assert any(word == "no" for word, _ in said), "no fault"
    return {number: word for word, number in said}


# Which call of a thread fails, and how often after: opening a store writes as well.
OFTEN = [
    ("fdatasync:error=EIO", "4+7"),
    ("fdatasync:error=EIO", "9+13"),
    ("pwrite64:error=EIO", "30+41"),
    ("pwrite64:error=ENOSPC", "33+67"),
]
ONCE = [
    ("fdatasync:error=EIO", "5"),
    ("fdatasync:error=EIO", "12"),
    ("pwrite64:error=EIO", "41"),
    ("pwrite64:error=ENOSPC", "58"),
]


@pytest.mark.parametrize(("fault", "when"), OFTEN)
def test_a_failing_disk_is_survived(fault: str, when: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'weft.db'}"
    open_desk(url).close()
    told = struck(url, fault, when)
    assert set(told.values()) == {"yes"}
    with open_desk(url) as desk:
        assert desk.firm().seq == len(told) == len(desk.firm().units)
        assert verify(desk).what == ""


@pytest.mark.parametrize(("fault", "when"), ONCE)
def test_a_refusal_is_settled_by_its_key(fault: str, when: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'weft.db'}"
    open_desk(url).close()
    told = struck(url, fault, when, "die")
    with open_desk(url) as desk:
        for number, word in told.items():
            assert word == "no" or desk.by_key(f"key-{number}", Actor(person="ada"))
            write(desk, int(number))
        assert desk.firm().seq == len(told)
        assert verify(desk).what == ""
