"""How long it takes to bring in a log of a million events.

The peer is the least that any reader does: the csv module going through the same bytes
once, row by row, and a dictionary of rows by case. Bound: 60 s for a million events, in
CPU time, as CSV; XES beside it.

    python benchmarks/logs.py [--short]      --short: a tenth of everything
"""

from __future__ import annotations

import argparse
import csv
import io
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from weft.core.work.cases import Case
from weft.engines.work import flow
from weft.interop.logs import read_log

EVENTS, BOUND_S = 1_000_000, 60.0
START = datetime(2025, 1, 1)  # noqa: DTZ001 # the zone stands in the text
HEAD = (
    "case:concept:name,concept:name,lifecycle:transition,org:group,org:resource,"
    "time:timestamp,product,impact"
)
STATES = (
    ("Queued", "Awaiting Assignment"),
    ("Accepted", "In Progress"),
    ("Accepted", "Wait - User"),
    ("Accepted", "Assigned"),
    ("Completed", "Resolved"),
)


def rows(events: int) -> list[tuple[str, ...]]:
    """Make events of cases, about seven each, in order of the cases."""
    chance = Random(7)  # noqa: S311 # it makes examples
    found: list[tuple[str, ...]] = []
    case = 0
    while len(found) < events:
        case += 1
        at = START + timedelta(seconds=chance.random() * 3e7)
        many = chance.randint(2, 12)
        for step in range(many):
            outer, inner = STATES[-1 if step + 1 == many else chance.randrange(4)]
            found.append(
                (
                    *(f"1-{case:08}", outer, inner, f"V{chance.randint(1, 300)}"),
                    f"P{chance.randint(1, 2000)}",
                    f"{at.isoformat(timespec='milliseconds')}+01:00",
                    *(f"PROD{case % 700}", "Medium"),
                )
            )
            at += timedelta(seconds=chance.expovariate(1 / 40_000))
    return found[:events]


def as_csv(events: list[tuple[str, ...]]) -> bytes:
    """Write events as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.split(","))
    writer.writerows(events)
    return out.getvalue().encode()


def as_xes(events: list[tuple[str, ...]]) -> bytes:
    """Write events as XES."""
    parts, before = ["<log>"], ""
    keys = HEAD.split(",")[1:5]
    for row in events:
        if row[0] != before:
            parts.append("</trace>" if before else "")
            parts.append(f'<trace><string key="concept:name" value="{row[0]}"/>')
            before = row[0]
        values = zip(keys, row[1:5], strict=True)
        told = "".join(f'<string key="{k}" value="{v}"/>' for k, v in values)
        date = f'<date key="time:timestamp" value="{row[5]}"/>'
        parts.append(f"<event>{told}{date}</event>")
    return "".join([*parts, "</trace></log>"]).encode()


def least(raw: bytes) -> int:
    """Do the least that a reader does: every row, by its case."""
    by_case: dict[str, list[list[str]]] = {}
    for row in csv.reader(io.StringIO(raw.decode(), newline="")):
        by_case.setdefault(row[0], []).append(row)
    return len(by_case)


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Give CPU seconds, and what came of it."""
    begun = time.process_time()
    found = what()
    return time.process_time() - begun, found


def main() -> None:
    """Print the times, and their ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    events = EVENTS // 10 if parser.parse_args().short else EVENTS
    made = rows(events)
    table, xml = as_csv(made), as_xes(made)
    peer, count = timed(lambda: least(table))
    ours, log = timed(lambda: read_log("log.csv", table))
    other, same = timed(lambda: read_log("log.xes", xml))
    assert count == len(log.cases) + 1 == len(same.cases) + 1
    assert [c.ended for c in log.cases] == [c.ended for c in same.cases]
    cases: tuple[Case, ...] = log.cases
    told, _ = timed(lambda: flow("log", cases, log.groups, {}))
    bound = BOUND_S * events / EVENTS
    print(f"{events:,} events, {len(cases):,} cases, {len(table) >> 20} MiB as CSV")
    print(f"csv module and a dictionary {peer:6.1f} s CPU")
    print(f"read and followed, CSV      {ours:6.1f} s CPU  {ours / peer:4.1f} x")
    print(f"read and followed, XES      {other:6.1f} s CPU  {other / peer:4.1f} x")
    print(f"how work flowed             {told:6.1f} s CPU")
    met = "within" if max(ours, other) <= bound else "OVER"
    print(f"bound {bound:.0f} s: {met}")


if __name__ == "__main__":
    main()
