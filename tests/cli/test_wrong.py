"""Whatever is typed wrongly: no traceback, one message, and what to do about it.

WEFT_LONG=1 types every wrong value for every argument and option; else one in three of
each command's, so that every kind of wrong value comes to every kind of argument.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.conftest import weft
from tests.test_main import ALL

pytestmark = pytest.mark.slow
WRONG = {
    "nothing": "",
    "blanks": "  \t ",
    "an emoji": "\N{PARTY POPPER}",
    "a megabyte": "x" * 1_000_000,
    "no such id": "nobody-has-this-id",
    "a path upwards": "../../etc/passwd",
    "a folder": ".",
    "a file of bytes": "bytes.bin",
    "a file of a table": "people.csv",
    "a lone half of a letter": "\udce9",
    "a line break": "two\nlines",
    "SQL": "'; DROP TABLE entries; --",
    "a number": "-1",
    "a great number": "9" * 40,
}
FINE = {
    "name": "bank",
    "kind": "roles",
    "key": "security",
    "account": "expense:cloud:payments",
    "year": "2026",
    "files": "bill.csv",
    "file": "partner.yaml",
    "case": "CX-1",
    "mission": "payments",
    "guardrail": "shared-languages",
    "since": "2026-10-01",
    "number": "204",
    "seq": "7",
    "skill": "kotlin",
    "metric": "satisfied-app",
    "stage": "Outcome",
    "experiment": "split-the-bill",
    "improvement": "name-first",
    "discipline": "engineering",
    "text": "security",
    "person": "p0002",
    "month": "2027-01",
    "share": "40",
    "shares": "payments=40",
    "seats": "p0002:payments=40",
    "people": "p0002",
    "directory": "folder",
    "waiver_id": "w-notaries",
    "challenge_id": "c00001",
    "answer": "keep",
    "token_id": "t1",
    "rollout_id": "newest-encryption",
    "asset": "account-closing",
    "principle": "seen-by-few",
    "owner": "security",
    "rule": "firm/vital",
    "takes": "opa.vital",
    "reason": "so",
    "why": "so",
    "until": "2026-12-31",
    "redundancy": "capability.shared-documents",
    "limit": "45000.00 EUR",
    "role": "finance",
    "fund": "missions",
    "amount": "9000.00 EUR",
    "start": "2026-12",
    "ask": "lending-1",
    "word": "grant",
    "tranche": "lending:2026-01",
    "forecast": "lending:2026-01:6",
    "password": "correct-horse-battery",
    "yes": None,
    "form": "github",
    "quick": None,
    "runs": "2",
    "years": "0.2",
    "model": "lean",
    "comparison": "0123456789ab",
    "transition": "0123456789ab",
    "one": "lean",
    "other": "pervasive",
}
"""A value for each argument and each option that has to be there."""
SAID = {"yes", "password", "quick", "runs", "years"}
"""The options that are given though they need not be: else one waits long."""
RUNNABLE = sorted(set(ALL) - {"serve"})
STEP = 1 if os.environ.get("WEFT_LONG") else 3


@pytest.fixture(autouse=True)
def _bytes(small: None) -> None:  # noqa: ARG001 # it comes first
    """Have a file that is no text beside the others."""
    noise = random.Random(7).randbytes(4096)  # noqa: S311 # noise
    Path("bytes.bin").write_bytes(noise)


def line(name: str, wrong: str, at: click.Parameter) -> list[str]:
    """Give a command with one value wrong, and all else that it needs right."""
    words = name.split()
    options, arguments = [], []
    for param in ALL[name].params:
        if param is at and isinstance(param, click.Argument):
            arguments.append(wrong)
        elif param is at:
            options.append(f"{param.opts[0]}={wrong}")
        elif isinstance(param, click.Argument) and param.required:
            arguments.append(str(FINE[str(param.name)]))
        elif param.required or param.name in SAID:
            fine = FINE[str(param.name)]
            options.append(param.opts[0] + (f"={fine}" if fine else ""))
    return [*words, *options, "--", *arguments]


def values(name: str) -> Iterator[click.Parameter]:
    """Give the arguments and options of a command that take a value."""
    for param in ALL[name].params:
        flag = isinstance(param, click.Option) and param.is_flag
        if not flag and param.name not in {"yes", "server", "help"}:
            yield param


def told_well(result: Any, words: list[str]) -> None:
    """See that a failure is told in a few words on the error stream alone."""
    shown = [w[:60] for w in words]
    assert result.exit_code in {0, 1, 2, 3, 4, 5}, (shown, result.output[:500])
    assert "Traceback" not in result.output, shown
    if result.exit_code in {2, 3}:
        assert result.stdout == "", shown
        lines = result.stderr.splitlines()
        assert 1 < len(lines) < 90, (shown, lines[:30])
        assert max(map(len, lines)) < 1500, (shown, max(map(len, lines)))


@pytest.mark.parametrize("name", RUNNABLE)
def test_no_wrong_value_brings_weft_down(name: str) -> None:
    every = list(product(values(name), WRONG.values()))
    for param, wrong in every[RUNNABLE.index(name) % STEP :: STEP]:
        words = line(name, wrong, param)
        told_well(weft(*words), words)


DATES = ["2026-13-01", "2026-02-30", "yesterday", "99999999999", "2026", "0", "-5"]
LOOKING = [n for n in RUNNABLE if "as_of" in {p.name for p in ALL[n].params}]


@pytest.mark.parametrize("name", LOOKING)
def test_no_wrong_day_brings_weft_down(name: str) -> None:
    for day in [*DATES, *list(WRONG.values())[LOOKING.index(name) % STEP :: STEP]]:
        param = next(p for p in ALL[name].params if p.name == "as_of")
        words = line(name, day, param)
        result = weft(*words)
        told_well(result, words)
        if day in DATES[:3]:
            assert result.exit_code == 2, (name, day)
            assert "is neither a day nor a sequence" in result.stderr


@pytest.mark.parametrize("name", RUNNABLE)
def test_no_wrong_store_brings_weft_down(name: str) -> None:
    Path("empty.db").touch()
    with sqlite3.connect("another.db") as db:
        db.execute("CREATE TABLE entries (x)")
    db.close()
    works = RUNNABLE.index(name) % STEP == STEP - 1  # no address is no mistake
    for url in (
        *("sqlite:///bytes.bin", "sqlite:///nowhere/firm.db", "sqlite:///."),
        *("sqlite:///another.db", "sqlite:///empty.db", "firm.db", "mysql://a/b"),
        *("postgresql://127.0.0.1:1/none", "sqlite://", "x" * 10**6),
        *([""] if works else []),
    ):
        first = next(iter(values(name)), None)
        fine = FINE.get(str(first.name), "payments") if first else ""
        words = ["--db", url, *(line(name, str(fine), first) if first else [name])]
        told_well(weft(*words), words)


@pytest.mark.parametrize(
    "who", ["", "nobody", "\N{PARTY POPPER}", "x" * 10**6, "\udce9"]
)
def test_nobody_is_somebody(who: str) -> None:
    for words in (["list", "roles"], ["misfits"], ["put", "partners", "partner.yaml"]):
        result = weft("--as", who, *words)
        told_well(result, ["--as", who, *words])
        if who:
            assert result.exit_code == 2
            assert "weft search NAME" in result.stderr


@pytest.mark.parametrize(
    ("command", "what", "do"),
    [
        ("list peeple", "There is no kind called 'peeple'.", "Did you mean people"),
        ("list decision-records", "There is no kind called", "Did you mean adrs?"),
        ("show decisions 1", "There is no kind called", "by `weft answer NUMBER`"),
        ("show people p9999", "There is no person called 'p9999'.", "Use one of: p0"),
        ("load nowhere", "There is no folder nowhere.", "Give the path of a folder."),
        ("load people.csv", "people.csv is a file.", "Give the path of a folder."),
        ("put roles .", ". is a folder.", "Give the path of a file."),
        ("put roles bytes.bin", "bytes.bin", "UTF-8"),
        ("put roles partner.yaml", "partner.yaml:3", "type"),
        ("import table bytes.bin", "bytes.bin", ""),
        ("import table gone.csv", "There is no file gone.csv.", "Give the path"),
        ("movement yesterday", "'yesterday' is neither a day", "Give a day such as"),
        ("diagnose --month 2026-13", "'2026-13' is no month.", "Write it as 2026-11."),
        ("answer 0", "There is no entry called '0'.", "weft journal"),
        ("draft show gone", "There is no draft called 'gone'.", ""),
        ("waive grant gone", "There is no waiver called 'gone'.", ""),
        ("export people.csv", "people.csv", ""),
        ("checkpoint nowhere/points", "No such file or directory", "Name a file"),
        ("verify --checkpoints gone", "There is no file gone.", "Give the path"),
    ],
)
def test_a_message_says_what_and_what_to_do(command: str, what: str, do: str) -> None:
    result = weft(*command.split())
    assert result.exit_code == 2
    assert what in result.stderr
    assert do in result.stderr
    assert len(result.stderr.splitlines()) >= 2
