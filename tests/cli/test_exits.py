"""The exit codes that are promised, each by a case that somebody will meet.

5, no solution, is kept for questions that no command asks yet.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import weft

from weft.store.desk import open_desk

pytestmark = pytest.mark.slow
SECURITY = {"bank": "p0297", "airline": "p0376"}
ONE_MAY = {"bank": "payments", "airline": "pre-flight-experience"}


def tamper(sql: str) -> None:
    """Change the store behind Weft's back, past what guards it."""
    with closing(sqlite3.connect("firm.db")) as db, db:
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in db.execute(asked).fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(sql)


def ask(firm: str, *words: str) -> int:
    """Ask something small of a mission of the firm; give the exit code."""
    return weft("ask", ONE_MAY[firm], *words, "--dry-run").exit_code


def test_0_for_a_yes_and_4_for_a_no_and_2_for_a_wrong_question(firm: str) -> None:
    yes = {
        "bank": ["criticality=tolerable", "change.reach=few"],
        "airline": ["importance=bearable", "change.when=quiet-hours"],
    }
    no = {
        "bank": ["use-data", "data.class=personal", "data.agreed=no"],
        "airline": ["adopt", "run.region=britain"],
    }
    assert ask(firm, "change", *yes[firm], "change.undo=10") == 0
    assert ask(firm, *no[firm]) == 4
    assert ask(firm, "change", "nonsense=1") == 2


@pytest.mark.usefixtures("firm")
def test_1_where_the_journal_was_changed() -> None:
    tamper("UPDATE entries SET actor = 'p0001' WHERE seq = 7")
    told = weft("verify")
    assert told.exit_code == 1
    assert told.stdout.startswith("Entry 7 is not as it was written: ")
    assert weft("verify", "--json").exit_code == 1


@pytest.mark.usefixtures("firm")
def test_1_where_the_journal_was_cut_off() -> None:
    weft("checkpoint", "points.jsonl")
    tamper("DELETE FROM entries WHERE seq > 50")
    assert weft("verify", "--checkpoints", "points.jsonl").exit_code == 1


@pytest.mark.usefixtures("firm")
def test_1_where_a_draft_does_not_fit_together() -> None:
    weft("draft", "new", "less")
    weft("remove", "principles", "two-buyers", "--draft", "less")
    told = weft("misfits", "--draft", "less")
    assert told.exit_code == 1
    assert "There is no principle called 'two-buyers'." in told.stderr
    assert weft("misfits").exit_code == 0


@pytest.mark.usefixtures("firm")
def test_2_where_there_is_nothing_yet() -> None:
    told = weft("--db", "sqlite:///nothing.db", "list", "people")
    assert told.exit_code == 2
    assert "There is no store of Weft's in" in told.stderr
    assert not Path("nothing.db").exists()


@pytest.mark.usefixtures("firm")
def test_3_where_another_was_first() -> None:
    weft("put", "partners", "partner.yaml")
    weft("draft", "new", "late")
    weft("put", "partners", "partner.json", "--draft", "late")
    weft("remove", "partners", "northwind")
    assert weft("draft", "apply", "late").exit_code == 3


@pytest.mark.usefixtures("firm")
def test_3_where_another_process_writes_while_reading_is_free() -> None:
    with open_desk("sqlite:///firm.db", writes=True, holder="weft load"):
        told = weft("remove", "principles", "two-buyers")
        assert told.exit_code == 3
        assert "Another Weft writes this store: weft load" in told.stderr
        assert weft("list", "principles").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        "erase p0002 --yes",
        "put partners partner.yaml",
        "load .",
        "account list",
        "import table people.csv",
    ],
)
@pytest.mark.usefixtures("firm")
def test_4_where_the_actor_may_not(command: str) -> None:
    if command == "load .":
        weft("export", "folder")
        command = "load folder"
    told = weft("--as", "p0005", *command.split())
    assert (told.exit_code, told.stdout) == (4, "")
    assert len(told.stderr.splitlines()) == 2


@pytest.mark.usefixtures("firm")
def test_what_a_partner_does_not_see_is_no_fault() -> None:
    weft("put", "partners", "partner.yaml")
    Path("visitor.yaml").write_text("id: visitor\npartner: northwind\n")
    weft("put", "people", "visitor.yaml")
    told = weft("--as", "visitor", "misfits")
    assert told.exit_code == 0, told.output
    assert told.stdout == "Everything fits together.\n"


def test_2_with_the_line_on_which_a_roll_out_is_refused(firm: str) -> None:
    lines = Path("calm.yaml").read_text().splitlines()
    number = next(n for n, line in enumerate(lines) if "path: " in line)
    lines[number] = lines[number].replace("path: ", "path: no-such-")
    Path("wrong.yaml").write_text("\n".join(lines))
    for word in ("preview", "start"):
        words = ("rollout", word, "wrong.yaml", "--until", "2027-03-31")
        told = weft("--as", SECURITY[firm], *words)
        assert (told.exit_code, told.stdout) == (2, "")
        assert told.stderr.startswith(f"wrong.yaml:{number + 1}:$.")
