"""What the machine gives and what the repository promises: locks, tools, servers."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def names(group: str) -> list[str]:
    """Give the exact pins of a dependency group, without extras and conditions."""
    project = PROJECT["project"]
    groups = {
        **PROJECT["dependency-groups"],
        **project["optional-dependencies"],
        "run": project["dependencies"],
    }
    return [re.sub(r"\[.*?\]| ;.*", "", pin) for pin in groups[group]]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("run", ["run", "build"]),
        ("test", ["run", "build", "dev", "cluster"]),
        ("bench", ["run", "build", "dev", "cluster", "bench"]),
        ("npm", ["npm"]),
    ],
)
def test_a_lock_has_every_pin(lock: str, groups: list[str]) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    locked = set(re.findall(r"^[\w.-]+==[^\s;]+", text, re.MULTILINE))
    assert {pin for group in groups for pin in names(group)} <= locked, "scripts/lock"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    pins = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text


def test_the_front_end_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
    assert "://" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]],
    ids=" ".join,
)
def test_the_tools_find_nothing(words: list[str]) -> None:
    run = subprocess.run(  # noqa: S603 # our own words
        [BIN / words[0], *words[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_database_starts_empty(db_url: str) -> None:
    kind, _, rest = db_url.partition("://")
    if kind == "sqlite":
        assert not Path(rest[1:]).exists()
        with sqlite3.connect(rest[1:]) as sqlite:
            sqlite.execute("CREATE TABLE left_over (id INTEGER)")
        sqlite.close()
    else:
        with psycopg.connect(db_url) as connection:
            connection.execute("CREATE TABLE left_over (id INTEGER)")


def test_a_database_is_not_that_of_the_test_before(db_url: str) -> None:
    test_every_database_starts_empty(db_url)


@pytest.mark.slow
def test_postgresql_is_real(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url) as connection:
        row = connection.execute("SELECT version(), count(*) FROM pg_tables").fetchone()
    assert row
    assert row[0].startswith("PostgreSQL ")


@pytest.mark.browser
def test_the_browser_is_real_and_axe_finds_a_picture_without_words(
    browser: Browser, axe: str
) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src=x></main>")
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(found => found.violations.map(v => v.id))")
    page.close()
    assert "image-alt" in found


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_nothing_fetched_or_built_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 # the one on the PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    made = re.compile(
        r"(^|/)(node_modules|\.venv|vendor|__pycache__)/|\.min\.js$|\.db$|^uv\.lock$"
    )
    assert [file for file in listed.stdout.split() if made.search(file)] == []
