"""How long it takes to see what a changed guardrail would do, before it holds.

The blast radius of one changed guardrail of twenty, over the assets as they stand,
past requests as they were recorded, and waivers; then the threshold curve of its
limit. The peer of both is Weft itself judging in full, as it would without them: all
guardrails on every asset, once on the firm as it is and once with the draft applied;
and for the curve, every asset once for each value. Bounds: 2 s, and 100 ms for a
curve over assets of which one was worked out before. All in CPU time: nothing waits.

    python benchmarks/blast.py [--short]      --short: a tenth of everything
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from immutables import Map
from msgspec.structs import replace

from peers.framework import RULES, a_firm, guardrails, manifest, vocabulary
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail, Waiver
from weft.core.missions import Mission
from weft.core.requests import Decision, Request
from weft.core.roles import Role
from weft.engines.guardrails import blast_radius, decide, judge_asset
from weft.engines.guardrails.curve.limits import moved
from weft.engines.guardrails.curve.threshold import curves
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.words import Words

T = TypeVar("T")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ASSETS, DECISIONS, WAIVERS, MISSIONS = 100_000, 10_000, 1_000, 400
RADIUS_S, CURVE_S = 2.0, 0.1
ROUNDS = 5


def firm_of(size: int) -> Firm:
    """Make a firm with assets, and waivers from the guardrail that changes."""
    rng = Random(7)  # noqa: S311 # it makes examples
    missions = [f"mission-{n}" for n in range(MISSIONS)]
    assets = [
        Asset(
            id=f"a{number:06}",
            title="It",
            mission=rng.choice(missions),
            properties=manifest(rng),
        )
        for number in range(size)
    ]
    waivers = [
        waiver(number, rng.choice(assets)) for number in range(size * WAIVERS // ASSETS)
    ]
    known = [Mission(id=name, title=name) for name in missions]
    stewards = Role(id="stewards", title="Stewards", holders=("ada",))
    return replace(
        a_firm(vocabulary(), guardrails(RULES), assets),
        missions=Map({mission.id: mission for mission in known}),
        waivers=Map({each.id: each for each in waivers}),
        roles=Map({"stewards": stewards}),
    )


def waiver(number: int, asset: Asset) -> Waiver:
    """Make a live waiver from the guardrail that changes, for one asset."""
    return Waiver(
        id=f"w{number:04}",
        guardrail="cost",
        version=1,
        mission=asset.mission or "",
        asset=asset.id,
        reason="for now",
        asked_by="eve",
        granted_by="ada",
        asked_at=AT - timedelta(days=3),
        starts=AT - timedelta(days=3),
        until=AT + timedelta(days=number % 80 + 1),
    )


def past(firm: Firm, size: int) -> list[tuple[int, Decision]]:
    """Decide requests about assets, so that they are on record."""
    rng = Random(8)  # noqa: S311 # it makes examples
    assets = [*firm.assets.values()]
    asked = [rng.choice(assets) for _ in range(size)]
    return [
        (
            number,
            decide(
                firm,
                Request(mission=each.mission or "", act="deploy", asset=each.id),
                asked_by="eve",
                at=AT,
            ),
        )
        for number, each in enumerate(asked, 1)
    ]


def drafts(firm: Firm) -> dict[str, Guardrail]:
    """Give changes of guardrails, the hardest first."""
    cost, recovery = firm.guardrails["cost"], firm.guardrails["recovery"]
    return {
        "a limit that most break": moved(cost, "must[0].at_most", 5_000),
        "a limit that some break": moved(cost, "must[0].at_most", 48_000),
        "only advice from now on": replace(cost, level="advise"),
        "retired": replace(cost, phase="retired"),
        "another limit, for few": moved(recovery, "must[0].at_most", 30),
    }


def timed(work: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """Do some work a few times; give the least CPU time, and what came of it."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        found = work()
        best = min(best, time.process_time() - begin)
    return best, found


def radius(firm: Firm, decisions: list[tuple[int, Decision]]) -> float:
    """Measure the blast radius of each change; give the longest time."""
    longest = 0.0
    for title, draft in drafts(firm).items():
        seconds, found = timed(partial(blast_radius, firm, draft, AT, decisions))
        total = found.total
        print(
            f"{seconds:8.3f} s  {title}: {total.breaks:,} newly break,"
            f" {total.freed:,} freed, {total.refused:,} requests newly refused,"
            f" {total.allowed:,} allowed, {total.lost:,} waivers lost"
        )
        longest = max(longest, seconds)
    return longest


def in_full(firm: Firm) -> float:
    """Measure what the assets alone take without it: two firms, all guardrails."""
    draft = drafts(firm)["a limit that some break"]
    after = change(firm, [put(replace(draft, version=2))])

    def judged() -> None:
        for each in (firm, after):
            for asset in each.assets.values():
                judge_asset(each, asset, AT)

    return timed(judged, 1)[0]


def curve(firm: Firm) -> float:
    """Measure curves: the first, which reads the assets, and further ones.

    Each reads its own words of all assets once, and is then drawn again; that of
    `transport` is for a limit inside a list.
    """
    first, _ = timed(lambda: curves(firm, firm.guardrails["cost"]), 1)
    print(f"{first * 1000:8.0f} ms  the first curve, which lays out the assets")
    longest = 0.0
    for name in ("cost", "stale", "keepers", "transport"):
        laid, _ = timed(partial(curves, firm, firm.guardrails[name]), 1)
        seconds, (found,) = timed(partial(curves, firm, firm.guardrails[name]))
        print(
            f"{seconds * 1000:8.0f} ms  {name} once more: {len(found.starts):,} steps"
            f" ({laid * 1000:.0f} ms to lay out what it reads)"
        )
        longest = max(longest, seconds)
    return longest


def one_by_one(firm: Firm) -> float:
    """Measure what one value takes by judging every asset at it."""
    words = Words(firm.vocabulary, firm.acts)
    rules = Rules(words, firm.sets, [firm.guardrails["cost"]])

    def judged() -> int:
        holds = rules.all[0].holds
        assets = firm.assets.values()
        return sum(not holds(standing_facts(firm, each, rules)) for each in assets)

    return timed(judged, 1)[0]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    part = 10 if words.parse_args().short else 1
    firm = firm_of(ASSETS // part)
    decisions = past(firm, DECISIONS // part)
    gc.collect()
    gc.freeze()  # as `weft serve` does
    print(
        f"{len(firm.assets):,} assets, {len(decisions):,} past requests,"
        f" {len(firm.waivers):,} waivers, {len(firm.guardrails)} guardrails;"
        f" CPU time, best of {ROUNDS}:"
    )
    took, whole = radius(firm, decisions), in_full(firm)
    print(f"{whole:8.3f} s  the assets alone judged in full, twice")
    print(f"{took:8.3f} s  at most, {whole / took:.1f} times less (bound {RADIUS_S} s)")
    took, one = curve(firm), one_by_one(firm)
    print(f"{one * 1000:8.0f} ms  one single value by judging every asset")
    print(f"{took * 1000:8.0f} ms  at most (bound {CURVE_S * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
