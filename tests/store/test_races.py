"""Many at once: one effect for each key, one winner of each race, one writer."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.people import Unit
from weft.core.roles import Actor
from weft.errors import ConflictError, Unavailable
from weft.store.desk import Desk, open_desk
from weft.store.journal import writer
from weft.store.verify import verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")
PAIRS = 1000 if os.environ.get("WEFT_LONG") else 200


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        yield desk


def unit(name: str, title: str, seen: int | None = None) -> Callable[[Firm], Deed]:
    made = Deed(name="put", changes=(put(Unit(id=name, title=title)),), seen=seen)
    return lambda _: made


def outcomes(futures: list[Future[Entry]]) -> Counter[str]:
    return Counter(type(f.exception()).__name__ for f in futures)


def test_of_two_that_overwrite_each_other_one_wins(desk: Desk) -> None:
    desk.write(unit("start", "Start"), at=AT, actor=ADA)
    barrier = threading.Barrier(2)

    def race(who: str) -> list[Future[Entry]]:
        futures = []
        for n in range(PAIRS):
            barrier.wait()
            decide = unit(f"u{n}", who, seen=1)
            futures.append(desk.submit(decide, at=AT, actor=ADA))
        return futures

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(race, ["one", "two"])
    for first, second in zip(one, two, strict=True):
        assert outcomes([first, second]) == {"NoneType": 1, "ConflictError": 1}
    titles = [desk.firm().units[f"u{n}"].title for n in range(PAIRS)]
    won = ["one" if f.exception() is None else "two" for f in one]
    assert titles == won
    assert desk.firm().seq == PAIRS + 1


@pytest.mark.slow
def test_racing_repeats_of_a_key_have_one_effect(desk: Desk) -> None:
    def repeat(key: int) -> int:
        decide = unit(f"u{key}", "T")
        intent = b"the same"
        written = desk.write(decide, at=AT, actor=ADA, key=f"k{key}", intent=intent)
        return written.seq

    keys = [n % 50 for n in range(400)]
    with ThreadPoolExecutor(16) as pool:
        seqs = list(pool.map(repeat, keys))
    assert len(set(zip(keys, seqs, strict=True))) == 50
    assert desk.firm().seq == 50


@contextmanager
def writer_busy(desk: Desk) -> Iterator[Future[Entry]]:
    """Keep the writer busy with a deed that takes as long as the block."""
    began, go = threading.Event(), threading.Event()

    def slow(firm: Firm) -> Deed:
        began.set()
        go.wait(timeout=60)
        return unit("first", "T")(firm)

    future = desk.submit(slow, at=AT, actor=ADA)
    began.wait(timeout=60)
    yield future
    go.set()


def test_all_that_waits_is_committed_together(desk: Desk) -> None:
    with writer_busy(desk) as first:
        futures = [
            desk.submit(unit(f"u{n}", "T"), at=AT, actor=ADA) for n in range(300)
        ]
        assert not any(f.done() for f in (first, *futures))
        assert desk.firm() == Firm()
    assert [f.result().seq for f in (first, *futures)] == list(range(1, 302))
    assert verify(desk).what == ""


def test_a_key_repeated_in_one_batch_has_one_effect(desk: Desk) -> None:
    with writer_busy(desk):
        same = [
            desk.submit(unit(f"u{n}", "T"), at=AT, actor=ADA, key="k") for n in range(5)
        ]
        other = desk.submit(unit("o", "T"), at=AT, actor=ADA, key="k", intent=b"other")
    assert [f.result().seq for f in same] == [2] * 5
    assert isinstance(other.exception(), ConflictError)
    assert sorted(desk.firm().units) == ["first", "u0"]


def test_too_many_waiting_are_refused(desk: Desk) -> None:
    with writer_busy(desk) as first:
        futures = [
            desk.submit(unit(f"u{n}", "T"), at=AT, actor=ADA)
            for n in range(writer.WAITING + 50)
        ]
    found = outcomes([first, *futures])
    assert found == {"NoneType": writer.WAITING + 1, "Unavailable": 50}
    assert desk.firm().seq == writer.WAITING + 1


def test_a_cancelled_deed_is_not_written(desk: Desk) -> None:
    with writer_busy(desk) as first:
        second = desk.submit(unit("second", "T"), at=AT, actor=ADA)
        assert second.cancel()
    assert first.result().seq == 1
    desk.close()
    assert sorted(desk.firm().units) == ["first"]


def test_a_closed_desk_reads_and_refuses_to_write(desk: Desk) -> None:
    desk.write(unit("a", "A"), at=AT, actor=ADA)
    desk.close()
    desk.close()
    assert sorted(desk.firm().units) == ["a"]
    with pytest.raises(Unavailable, match="closed"):
        desk.write(unit("b", "B"), at=AT, actor=ADA)


@pytest.mark.slow
def test_a_second_writer_is_refused_a_hundred_times(desk: Desk, db_url: str) -> None:
    for _ in range(100 if db_url.startswith("sqlite") else 10):
        with pytest.raises(ConflictError):
            open_desk(db_url)
    desk.write(unit("a", "A"), at=AT, actor=ADA)


@pytest.mark.slow
@pytest.mark.slow
def test_a_writer_that_lost_its_server_comes_back(postgresql_url: str) -> None:
    with open_desk(postgresql_url, holder="the first") as desk:
        desk.write(unit("a", "A"), at=AT, actor=ADA, key="k")
        for n in range(5):
            with desk.database.engine.connect() as db:
                db.execute(sa.text(CUT))
            with pytest.raises(Unavailable):
                desk.write(unit(f"b{n}", "B"), at=AT, actor=ADA, key=f"k{n}")
            assert sorted(desk.firm().units) == ["a", *(f"b{m}" for m in range(n))]
            desk.write(unit(f"b{n}", "B"), at=AT, actor=ADA, key=f"k{n}")
            with pytest.raises(ConflictError, match="the first"):
                open_desk(postgresql_url)
        assert desk.firm().seq == 6
        assert verify(desk).what == ""


@pytest.mark.slow
def test_who_lost_the_pen_to_another_stays_out(postgresql_url: str) -> None:
    with open_desk(postgresql_url, holder="the first") as first:
        first.write(unit("a", "A"), at=AT, actor=ADA)
        with first.database.engine.connect() as db:
            db.execute(sa.text(CUT))
        with open_desk(postgresql_url, holder="the second") as second:
            second.write(unit("b", "B"), at=AT, actor=ADA)
            for _ in range(3):
                with pytest.raises(Unavailable):
                    first.write(unit("c", "C"), at=AT, actor=ADA)
        first.write(unit("d", "D"), at=AT, actor=ADA)
        assert sorted(first.firm().units) == ["a", "b", "d"]
        assert verify(first).what == ""


CUT = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
    WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
