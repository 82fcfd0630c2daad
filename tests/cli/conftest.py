"""The command line on the example firms: each told once, then copied for a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from weft.main import main

FIRMS = ("bank", "airline")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = Path(__file__).parent / "sessions" / "files"


def weft(*words: str, stdin: str = "") -> Result:
    """Run `weft` with these words, in process, at noon of a day that is fixed.

    A fault of Weft's own is told in its output and leaves no traceback there; so
    that a test sees it, exit code 70 raises.
    """
    result = CliRunner().invoke(
        main, words, input=stdin, obj=lambda: NOW, prog_name="weft"
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code != 70, result.output
    return result


Weft = Callable[..., Result]


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the file in which an example firm lies, to be copied."""

    @cache
    def store(words: str) -> Path:
        file = tmp_path_factory.mktemp("stores") / "firm.db"
        told = weft("--db", f"sqlite:///{file}", "example", *words.split())
        assert told.exit_code == 0, told.output
        return file

    return store


@pytest.fixture
def at(
    stores: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Stand in a folder of one's own, with a store of an example firm in it."""

    def stand(words: str) -> None:
        for file in FILES.iterdir():
            shutil.copy(file, tmp_path)
        shutil.copy(stores(words), tmp_path / "firm.db")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("WEFT_DB", "sqlite:///firm.db")
        for name in ("WEFT_AS", "WEFT_SERVER", "WEFT_TOKEN"):
            monkeypatch.delenv(name, raising=False)

    return stand


@pytest.fixture(params=FIRMS)
def firm(request: pytest.FixtureRequest, at: Callable[[str], None]) -> str:
    """Stand beside the store of each example firm in turn, and give its name."""
    at(request.param)
    return str(request.param)


@pytest.fixture
def small(at: Callable[[str], None]) -> None:
    """Stand beside the store of a small firm, for what is done a thousand times."""
    at("bank --people 20")
