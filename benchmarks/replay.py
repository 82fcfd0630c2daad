"""A million entries: replayed from nothing, verified, and the projections rebuilt.

Nine in ten are decisions of some 2 KB, the others change one to five records. The
peer is a bare loop in the same run that reads every row and hashes its body: what
no verification could do without. Bounds: 60 s to replay, 60 s to verify.

    python benchmarks/replay.py [--short]      --short: 50,000 entries, bounds in ratio
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.people import Person
from weft.core.requests import Decision, Finding, Reason, Request
from weft.core.roles import Actor
from weft.store.desk import Desk, open_desk
from weft.store.journal import rows
from weft.store.verify import export_checkpoint, verify

ENTRIES, BOUND_S, WINDOW = 1_000_000, 60.0, 2_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def decided(n: int) -> Decision:
    """Give an invented decision with four findings, as a firm's usually have."""
    findings = tuple(
        Finding(
            guardrail=f"guardrail-{m}",
            version=3,
            title="Customer data stays in the union",
            level="must",
            state="broken" if m == n % 4 else "holds",
            blocks=m == n % 4,
            principle="Data belongs to those it is about",
            owner="security",
            remedy="Choose a region of the union, or ask for a waiver.",
            reasons=(
                Reason(
                    path="data.copies[0].region",
                    operator="in",
                    expected="one of eu-west, eu-central",
                    actual="us-east",
                ),
            ),
        )
        for m in range(4)
    )
    return Decision(
        request=Request(
            mission=f"mission-{n % 200}",
            act="deploy",
            properties={"data.personal": True, "runs.region": "us-east"},
        ),
        asked_by=f"p{n % 5000:05}",
        at=START + timedelta(seconds=n),
        firm=n,
        verdict="refused",
        findings=findings,
        facts={"data.personal": True, "runs.region": "us-east", "cost.year": n},
        judged=20,
    )


def deed(n: int) -> Deed:
    """Give entry n of the mix."""
    if n % 10:
        return Deed(name="ask", decision=decided(n))
    people = (
        Person(id=f"p{(n + m) % 20_000:05}", unit="ops", title=f"Title {n}")
        for m in range(n // 10 % 5)
    )
    mission = Mission(id=f"mission-{n % 2000}", title=f"Mission {n}")
    return Deed(name="change", changes=(put(mission), *map(put, people)))


def fill(desk: Desk, count: int) -> float:
    """Write the mix with many writers waiting at a time; give entries a second."""

    def submitted() -> Iterator[Future[Entry]]:
        for n in range(count):
            at, made = START + timedelta(seconds=n), deed(n)
            yield desk.submit(lambda _, d=made: d, at=at, actor=Actor(person="ada"))  # type: ignore[misc]

    begin = time.perf_counter()
    waiting = submitted()
    while window := list(islice(waiting, WINDOW)):
        for future in window:
            future.result()
    return count / (time.perf_counter() - begin)


def bare(file: Path) -> float:
    """Give the seconds in which each row is read and its body hashed, no more."""
    with sqlite3.connect(file) as db:
        begin = time.perf_counter()
        for row in db.execute("SELECT * FROM entries ORDER BY seq"):
            sha256(row[-1]).digest()
        return time.perf_counter() - begin


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    short = words.parse_args().short
    count = ENTRIES // 20 if short else ENTRIES
    with tempfile.TemporaryDirectory() as name:
        file, checkpoints = Path(name) / "weft.db", Path(name) / "checkpoints.jsonl"
        with open_desk(f"sqlite:///{file}") as desk:
            rate = fill(desk, count)
            export_checkpoint(desk, checkpoints, START)
            live = desk.firm()
        size = file.stat().st_size / 2**20
        alone = bare(file)
        with open_desk(f"sqlite:///{file}", writes=False) as desk:
            found: list[object] = []

            def replay() -> None:
                with desk.database.reading() as db:
                    found.append(rows.replay(db, Firm(), count))

            replayed = timed(replay)
            verified = timed(lambda: found.append(verify(desk, checkpoints)))
        assert found[0] == live
        assert (found[1].entries, found[1].bad) == (count, None)  # type: ignore[attr-defined]
    print(f"entries {count:,}, {size:.0f} MiB, written at {rate:,.0f} a second")
    for what, seconds in (("replay", replayed), ("verify", verified)):
        print(
            f"{what} {seconds:7.2f} s (bound {BOUND_S * count / ENTRIES:.0f} s), "
            f"{seconds / alone:.2f} of a bare read and hash ({alone:.2f} s)"
        )
        assert seconds <= BOUND_S * count / ENTRIES


if __name__ == "__main__":
    main()
