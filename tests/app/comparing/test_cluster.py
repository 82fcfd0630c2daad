"""Runs on a Dask cluster: a real scheduler and two workers, to the same bits."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.engines.simulation.firms import small

from weft.app.comparing.cluster import on_cluster
from weft.engines.simulation.comparing import Ask, Report, compare
from weft.errors import InputError
from weft.interop.models import library

pytestmark = pytest.mark.slow
DASK = str(Path(sys.executable).with_name("dask"))
MODELS = tuple(library()[name] for name in ("lean", "pervasive"))
ASK = Ask(MODELS, small(), runs=6, years=0.3, deep=False)
Cluster = tuple[str, list[subprocess.Popen[bytes]]]


def begun(*words: str) -> subprocess.Popen[bytes]:
    """Start a part of a cluster, on this machine alone."""
    return subprocess.Popen(  # noqa: S603 # our own words
        [DASK, *words, "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """Give the address of a scheduler, and its two workers."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    worker = ("worker", address, "--nthreads", "1", "--no-nanny", "--memory-limit", "0")
    with ExitStack() as ends:
        begin = ("scheduler", "--host", "127.0.0.1", "--port", str(port))
        parts = [begun(*begin), begun(*worker), begun(*worker)]
        for part in parts:
            ends.callback(part.wait)
            ends.callback(part.kill)
        wait_for(port)
        yield address, parts[1:]


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as knock:
            knock.settimeout(0.1)
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        subprocess.run(["sleep", "0.1"], check=True)  # noqa: S607
    raise AssertionError(port)


def test_two_workers_give_the_same_bits_also_where_one_is_lost(
    cluster: Cluster,
) -> None:
    address, workers = cluster
    here = list(compare(ASK))
    with on_cluster(address) as mapper:
        assert list(compare(ASK, mapper)) == here
        found: list[Report] = []
        for report in compare(ASK, mapper):
            found.append(report)
            if len(found) == 1:
                workers[0].kill()
        assert found == here


def test_what_listens_and_is_no_cluster_is_told_soon() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(InputError, match="No Dask scheduler answers"),
            on_cluster(address),
        ):
            pass


def test_an_address_where_nobody_answers_is_told_at_once() -> None:
    for address in (f"tcp://127.0.0.1:{free_port()}", "a cluster", "127.0.0.1:99999"):
        with (
            pytest.raises(InputError, match="No Dask scheduler answers") as told,
            on_cluster(address),
        ):
            pass
        assert "dask scheduler" in told.value.do
