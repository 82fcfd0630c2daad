"""Answers are kept by the identity of their tables, and let go in time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from weft.core import kept as module
from weft.core.kept import kept


def test_the_same_tables_are_asked_once() -> None:
    asked: list[str] = []
    table: list[int] = []

    def ask() -> str:
        asked.append("once more")
        return "answer"

    assert [kept("once", (table,), ask) for _ in range(3)] == ["answer"] * 3
    assert len(asked) == 1


def test_another_table_and_another_name_are_asked_again() -> None:
    one: list[int] = []
    two: list[int] = []
    assert kept("a", (one,), lambda: 1) == 1
    assert kept("a", (two,), lambda: 2) == 2
    assert kept("b", (one,), lambda: 3) == 3
    assert kept("a", (one,), lambda: 4) == 1


def test_an_answer_that_is_nothing_is_an_answer_too() -> None:
    table: list[int] = []
    assert kept("none", (table,), lambda: None) is None
    assert kept("none", (table,), lambda: 1) is None


def test_what_is_used_least_lately_is_let_go() -> None:
    table: list[int] = []
    names = range(module._MOST + 1)  # noqa: SLF001
    for name in names[:-1]:
        kept(name, (table,), lambda: "first")
    kept(names[0], (table,), lambda: "again")
    kept(names[-1], (table,), lambda: "last")
    assert kept(names[0], (table,), lambda: "new") == "first"
    assert kept(names[1], (table,), lambda: "new") == "new"


def test_what_changes_often_does_not_drive_out_what_stays() -> None:
    stays: list[int] = []
    kept("stays", (stays,), lambda: "first")
    tables = [[number] for number in range(module._MOST)]  # noqa: SLF001
    for table in tables:
        kept("changes", (table,), lambda: "first")
    assert kept("stays", (stays,), lambda: "new") == "first"
    assert kept("changes", (tables[-1],), lambda: "new") == "first"
    assert kept("changes", (tables[0],), lambda: "new") == "new"


@pytest.mark.slow
def test_threads_may_share_it() -> None:
    tables = [[number] for number in range(100)]

    def ask(turn: int) -> bool:
        table = tables[turn % 100]
        return kept("threads", (table,), lambda: table[0]) == table[0]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(20_000)))


def test_who_asks_for_what_is_being_worked_out_waits_for_it() -> None:
    table: list[int] = []
    asked: list[int] = []
    go = threading.Event()

    def slow() -> int:
        asked.append(1)
        go.wait(10)
        return 5

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(kept, "slow", (table,), slow) for _ in range(4)]
        while not asked:
            pass
        go.set()
        assert [each.result() for each in found] == [5] * 4
    assert asked == [1]


def test_what_failed_is_worked_out_again() -> None:
    table: list[int] = []
    with pytest.raises(ValueError, match="x"):
        kept("fails", (table,), lambda: int("x"))
    assert kept("fails", (table,), lambda: 3) == 3
