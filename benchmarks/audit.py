"""How fast everything is audited, beside two policy engines, and how that grows.

First the race: every asset by twenty guardrails, with every reason, against Cedar and
Rego on the same verdicts; they name the guardrails that are broken, and Weft also the
path, what was expected and what is there. Each engine gets the rules translated and
parsed beforehand. It is run twice, like against like. Prepared: the peers get each
asset in the form that suits them, made beforehand, as Weft has its layout from an audit
before (and amends it when an asset changes). From the assets: none of the three has
anything of them beforehand. In turns, CPU time, garbage collected as `weft serve` does;
the peers judge a part of the assets, and are told for each.

Then growth: one, two and four times as many assets, and as many guardrails. The
exponent is that of the power law through the three: 1 is linear.

At last a large firm: 100,000 assets by 100 guardrails, bounds 60 s and 2 GiB.

    python benchmarks/audit.py [--short]      --short: a tenth of the assets
"""

from __future__ import annotations

import argparse
import gc
import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any, TypeVar

import cedarpy
from msgspec.structs import replace

from peers.cedar import cedar, cedar_request
from peers.framework import RULES, a_firm, guardrails, manifest, vocabulary
from peers.rego import rego, rego_input
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import Audit, audit
from weft.web.server import COLLECT

T = TypeVar("T")
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ASSETS, LARGE, MANY = 10_000, 100_000, 100
ROUNDS = 7
FIRST = "from the assets"
AIMS = {"Cedar": 50, "Rego": 100}
SECONDS, GIB = 60, 2.0


def assets(number: int) -> list[Asset]:
    """Make assets, about a kilobyte each."""
    rng = Random(20)  # noqa: S311 # it makes examples
    return [
        Asset(
            id=f"a{each:06}", title="It", mission="payments", properties=manifest(rng)
        )
        for each in range(number)
    ]


def many_rules(number: int) -> list[Guardrail]:
    """Make as many guardrails: the twenty again and again, each a bit otherwise."""
    made: list[Mapping[str, Any]] = []
    for each in range(number):
        rule = RULES[each % len(RULES)]
        made.append({**rule, "id": f"{rule['id']}-{each // len(RULES)}"})
    return guardrails(made)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Do some work; give its CPU time, and what came of it."""
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def audited(firm: Firm) -> float:
    """Give the CPU time of an audit of a firm that was never audited before."""
    first = firm.assets["a000000"]
    unseen = firm.assets.set(first.id, replace(first, title="X"))
    return timed(partial(audit, replace(firm, assets=unseen), AT))[0]


def amended(firm: Firm) -> float:
    """Give the CPU time of an audit after one asset of an audited firm has changed."""
    of = firm.assets["a000007"]
    changed = change(firm, [put(replace(of, properties={**of.properties, "cost": 1}))])
    return timed(partial(audit, changed, AT))[0]


def names(told: Audit) -> dict[str, set[str]]:
    """Give for each asset the guardrails that it breaks."""
    found: dict[str, set[str]] = {}
    for each in told.unmet:
        assert each.reasons
        found.setdefault(each.asset, set()).add(each.guardrail)
    return found


class Peers:
    """What judges assets by another engine, and the forms in which it takes them."""

    def __init__(self) -> None:
        self.policies, self.entities = cedar(), cedarpy.Entities.from_json_str("[]")
        self.interpreter, self.bundle = rego()

    def cedar(self, requests: Iterable[dict[str, Any]]) -> list[set[str]]:
        """Judge requests by Cedar."""
        judge = cedarpy.is_authorized
        told = (judge(each, self.policies, self.entities) for each in requests)
        return [set(t.diagnostics.id_annotations_by_reason.values()) for t in told]

    def rego(self, inputs: Iterable[Any]) -> list[set[str]]:
        """Judge inputs by Rego."""
        found = []
        for each in inputs:
            self.interpreter.set_input(each)
            told = self.interpreter.query_bundle_entrypoint(self.bundle, "weft/broken")
            found.append(set(told.results[0].expressions[0]))
        return found


def race(made: Sequence[Asset]) -> bool:
    """Let the three audit the same assets in turns; tell if Weft kept its aims."""
    firm = a_firm(vocabulary(), guardrails(RULES), made)
    others = Peers()
    kinds = {
        "Cedar": (len(made) // 20, cedar_request, others.cedar),
        "Rego": (len(made) // 50, rego_input, others.rego),
    }
    told = names(audit(firm, AT))
    for size, form, judge in kinds.values():
        judged = judge([form(each.properties) for each in made[:size]])
        assert judged == [told.get(each.id, set()) for each in made[:size]]
    print(f"{len(made):,} assets, {len(RULES)} guardrails, the same verdicts from all;")
    print(f"{sum(map(len, told.values())):,} times broken. {ROUNDS} rounds, in turns:")
    ready = {
        n: [form(e.properties) for e in made[:s]] for n, (s, form, _) in kinds.items()
    }
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    rows: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        row = {"Weft": timed(partial(audit, firm, AT))[0] / len(made)}
        row["Weft, after a change"] = amended(firm) / len(made)
        row[f"Weft, {FIRST}"] = audited(firm) / len(made)
        for name, (size, form, judge) in kinds.items():
            some = made[:size]
            row[name] = timed(partial(judge, ready[name]))[0] / size
            anew = (form(each.properties) for each in some)
            row[f"{name}, {FIRST}"] = timed(partial(judge, anew))[0] / size
        rows.append(row)
    gc.unfreeze()
    for name in rows[0]:
        best = min(row[name] for row in rows)
        print(f"{1 / best:>10,.0f} assets per second of CPU  {name}")
    kept = [kept_aim(rows, name, of) for of in ("", FIRST) for name in AIMS]
    return all(kept)


def kept_aim(rows: Sequence[dict[str, float]], name: str, of: str) -> bool:
    """Print how many times as fast as a peer Weft was; tell if that is its aim."""
    end = f", {of}" if of else ""
    ratios = sorted(row[f"{name}{end}"] / row[f"Weft{end}"] for row in rows)
    middle = statistics.median(ratios)
    print(
        f"{middle:>10,.0f} times {name}, {of or 'prepared'}: the median;"
        f" {ratios[0]:,.0f} to {ratios[-1]:,.0f} (aim: {AIMS[name]})"
    )
    return middle >= AIMS[name]


def growth(made: Sequence[Asset]) -> None:
    """Measure how the cost grows with the assets, and with the guardrails."""
    words, rules = vocabulary(), many_rules(80)
    by_assets = [
        (size, a_firm(words, rules[:20], made[:size]))
        for size in (len(made) // 4, len(made) // 2, len(made))
    ]
    by_rules = [
        (size, a_firm(words, rules[:size], made[: len(made) // 4]))
        for size in (20, 40, 80)
    ]
    for noun, firms in (("assets", by_assets), ("guardrails", by_rules)):
        times = []
        for size, firm in firms:
            best = min(audited(firm) for _ in range(5))
            times.append((size, best))
        told = ", ".join(f"{size:,}: {best * 1000:.0f} ms" for size, best in times)
        steps = [b[1] / a[1] for a, b in pairwise(times)]
        ratios = " and ".join(f"{step:.2f}" for step in steps)
        power = math.log(times[-1][1] / times[0][1]) / math.log(4)
        print(
            f"{noun}: {told}; twice as many take {ratios} times; exponent {power:.2f}"
        )


def large(number: int) -> bool:
    """Measure a large firm, in time and memory; tell if both are within bounds."""
    firm = a_firm(vocabulary(), many_rules(MANY), assets(number))
    before = peak()
    seconds, told = timed(lambda: audit(firm, AT))
    print(
        f"{number:,} assets, {MANY} guardrails: {seconds:.1f} s (bound {SECONDS} s),"
        f" {peak():.2f} GiB at most (bound {GIB:.0f}), of which the firm {before:.2f};"
        f" {len(told.unmet):,} findings, each with its reasons"
    )
    return seconds <= SECONDS and peak() <= GIB


def peak() -> float:
    """Give the most memory this process ever had, in GiB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    part = 10 if words.parse_args().short else 1
    within = large(LARGE // part)
    made = assets(ASSETS // (part // 5 or 1))
    growth(made)
    kept = race(made)
    print("All bounds and aims are kept." if kept and within else "NOT all are kept.")


if __name__ == "__main__":
    main()
