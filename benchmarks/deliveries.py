"""How missions deliver: a year of events of a large firm, in time that grows with them.

The bar: 3,000 missions with 300,000 events are placed and measured within 10 s of the
processor, and twice the events take at most 2.6 times as long. The figures of one
mission are counted anew by hand, event by event.

    python benchmarks/deliveries.py [--short]     --short: a tenth of it
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from immutables import Map

from weft.core.assets import Asset
from weft.core.delivering.deliveries import Delivery
from weft.core.firm import Firm
from weft.engines.delivering import measured, owned

UNTIL = datetime(2026, 11, 28, tzinfo=UTC)
MISSIONS, EVENTS, BAR_S, BAR_GROWTH = 3_000, 300_000, 10.0, 2.6


def firm(missions: int) -> Firm:
    assets = [
        Asset(id=f"a{n}", title="x", mission=f"m{n}", delivered_from=(f"r{n}",))
        for n in range(missions)
    ]
    return Firm(assets=Map((asset.id, asset) for asset in assets))


def events(missions: int, count: int) -> list[Delivery]:
    chance = random.Random(7)  # noqa: S311 # no secret
    told = []
    for n in range(count // 2):
        of, revision = f"r{chance.randrange(missions)}", f"{n:040d}"
        at = UNTIL - timedelta(days=chance.uniform(0, 365))
        more: dict[str, Any] = {"source": "ci", "of": of, "revision": revision}
        told.append(Delivery(id=f"c{n}", what="change", at=at, **more))
        at += timedelta(hours=2)
        told.append(Delivery(id=f"d{n}", what="deployment", at=at, **more))
    chance.shuffle(told)
    return told


def run(missions: int, count: int) -> float:
    made, told = firm(missions), events(missions, count)
    start = time.process_time()
    placed = owned(made, told).by_asset
    found = {a: measured({a: each}, UNTIL) for a, each in placed.items()}
    seconds = time.process_time() - start
    since = UNTIL - timedelta(weeks=13)
    for asset, measures in list(found.items())[:50]:
        mine = [d for d in placed[asset] if d.what == "deployment"]
        assert sum(measures.weeks) == sum(since < d.at <= UNTIL for d in mine)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    part = 10 if parser.parse_args().short else 1
    missions, count = MISSIONS // part, EVENTS // part
    run(missions, count // 10)  # what is loaded once is not counted
    half, whole = run(missions, count // 2), run(missions, count)
    print(f"{missions:,} missions, {count:,} events: {whole:.2f} s of the processor")
    print(f"  bar {BAR_S / part:.1f} s: {whole * part / BAR_S:.2f} of it")
    growth = whole / half
    print(f"  twice the events: {growth:.2f} times as long, bar {BAR_GROWTH}")
    assert whole <= BAR_S / part
    assert growth <= BAR_GROWTH


if __name__ == "__main__":
    main()
