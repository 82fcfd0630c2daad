"""What guardrails cost, counted from 100,000 answers of the bank; then one more.

The answers are real ones, decided by the engine on the example firm. The peer is a
bare loop in the same run that reads every row and decodes its decision whole. Bounds:
the first count takes at most twice as long as that; the second, after one more
answer, at most a fiftieth of the first. After a start, with as many answers more as
may be missing from what the store keeps of the count: the page within 300 ms of
the clock, whole or to say that it is being worked out, which is printed, as what else
runs on the machine counts in it; the command within 2 s of the processor.

    python benchmarks/costs.py [--short]       --short: 5,000 answers
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from itertools import cycle, islice
from os import times
from pathlib import Path
from subprocess import PIPE, run

from litestar.testing import TestClient

from weft.app.examples import tell
from weft.app.framework import costs, counting
from weft.app.requests import asking
from weft.app.views import look
from weft.core.entries import Entry
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.store.desk import Desk, open_desk
from weft.web.app import make
from weft.web.settings import Settings
from weft.web.warming import warm

ANSWERS, WINDOW = 100_000, 2_000
PAGE_MS, COMMAND = 300, 2.0
"""Bounds after a start: of the page, and of the command in seconds."""
OWNER = Actor(person="owner", owner=True)
TODAY = date(2026, 11, 21)
START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def ask(desk: Desk, requests: Iterator[Request], count: int, first: int = 0) -> None:
    """Have so many requests answered, many waiting at a time."""

    def submitted() -> Iterator[Future[Entry]]:
        for n in range(first, first + count):
            at = START + timedelta(seconds=n)
            yield desk.submit(asking(OWNER, next(requests), at), at=at, actor=OWNER)

    waiting = submitted()
    while window := list(islice(waiting, WINDOW)):
        for future in window:
            future.result()


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of the processor that work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def bare(desk: Desk) -> None:
    """Read every row, and decode its decision whole."""
    for _ in desk.entries():
        pass


def started(url: str) -> None:
    """Look at the page and the command as the first ones after a start."""
    begin = time.perf_counter()
    with open_desk(url) as desk:
        settings = Settings()
        app = make(desk, settings)
        warmed = warm(desk, settings, app.state.working)
        with warmed, TestClient(app, base_url=settings.address) as client:
            print(f"started again in {time.perf_counter() - begin:.1f} s")
            begin, busy = time.perf_counter(), time.process_time()
            reply = client.get("/costs")
            busy = time.process_time() - busy
            first = time.perf_counter() - begin
            while reply.status_code == HTTPStatus.ACCEPTED:
                time.sleep(0.05)
                reply = client.get("/costs")
            whole = time.perf_counter() - begin
            reply.raise_for_status()
    print(
        f"first page {first * 1000:.0f} ms ({busy * 1000:.0f} ms of the processor),"
        f" whole after {whole * 1000:.0f} ms; bound {PAGE_MS} ms on a quiet machine"
    )
    begin = times().children_user
    words = ["-c", "from weft.main import main; main()", "--db", url]
    words += ["guardrails", "cost", "--json"]
    done = run([sys.executable, *words], check=True, stdout=PIPE)  # noqa: S603, ours
    told = json.loads(done.stdout)
    command = times().children_user - begin
    print(
        f"weft guardrails cost: {command:.2f} s of the processor,"
        f" {told['requests']:,} answers"
    )
    assert command <= COMMAND


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    count = ANSWERS // 20 if words.parse_args().short else ANSWERS
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'weft.db'}"
        with open_desk(url) as desk:
            tell(desk, "bank", TODAY)
            past = [d.request for _, d in desk.decisions(most=1000)]
            requests = cycle(past)
            ask(desk, requests, count)
            alone = timed(lambda: bare(desk))
            found = []

            def show() -> None:
                found.append(costs.costs(desk, look(desk, OWNER), START))

            first = timed(show)
            ask(desk, requests, 1, first=count)
            again = timed(show)
            counting.keep(desk)
            behind = max(counting.WORTH_IT, count // counting.SHARE) - 1
            ask(desk, requests, behind, first=count + 1)
            print(f"{behind:,} answers since the count was kept")
        started(url)
    told = found[0]
    print(f"{told.requests:,} answers, {len(told.guardrails)} guardrails")
    print(
        f"first count {first:.2f} s of the processor, {first / alone:.2f} of decoding"
        f" every answer ({alone:.2f} s)"
    )
    print(f"after one more answer {again * 1000:.0f} ms, {again / first:.4f} of it")
    assert found[1].requests == told.requests + 1
    assert first <= 2 * alone
    if count == ANSWERS:
        assert again <= first / 50


if __name__ == "__main__":
    main()
