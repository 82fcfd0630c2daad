"""How fast the Answer is, beside two policy engines with the same rules and data.

One run gives ratios: each engine judges the same manifests by the same twenty
guardrails, in turns that take about as long for each, in CPU time, and has to name the
same guardrails as broken.
Cedar and Rego are given the rules translated, the data in the form that suits them,
and everything parsed beforehand; they tell which rules are broken, and Weft also at
which path, with what was expected and what is there. Cedar knows no quantifier over
records, so its rules are written out for each element.

Then the whole Answer, with its record, smallest change, questions and offers: by
twenty guardrails, and by 500 in a firm with 10,000 assets; in CPU time too: nothing
waits.

    python benchmarks/answer.py [--long]
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple

import cedarpy

from peers.cedar import cedar, cedar_request
from peers.framework import RULES, WORDS, a_firm, guardrails, manifest, vocabulary
from peers.rego import rego, rego_input
from weft.core.assets import Asset
from weft.core.guardrails import Guardrail
from weft.core.requests import Request
from weft.engines.guardrails import decide
from weft.engines.guardrails.facts import facts_of
from weft.engines.guardrails.rules.framework import rules_on

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LONG = "--long" in sys.argv
ROUNDS = 30 if LONG else 10
MANIFESTS = 1000 if LONG else 300
TURN_S = 0.2
"""So long a turn takes at least: an engine goes over all manifests again and again."""
GUARDRAILS, ASSETS = 500, 10_000
AIMS = {99: "  (aim: 20)"}

# The race

Judge = Callable[[Any], Any]


class Racer(NamedTuple):
    """An engine: how it judges, how its answer names what is broken, its inputs."""

    title: str
    judge: Judge
    names: Callable[[Any], set[str]]
    inputs: Sequence[Any]


def weft(requests: Sequence[Request]) -> Racer:
    """Judge by Weft: what is broken, where, what was expected, what is there."""
    firm = a_firm(vocabulary(), guardrails(RULES))
    rules = rules_on(firm, AT.date())

    def judge(request: Request) -> list[tuple[Guardrail, list[Any]]]:
        facts = facts_of(firm, request, rules)
        failing = rules.judge(facts).failing
        return [(rule.guardrail, rule.why(facts)) for rule in failing]

    def names(told: list[tuple[Guardrail, list[Any]]]) -> set[str]:
        return {guardrail.id for guardrail, offences in told if offences}

    return Racer("Weft, with every reason", judge, names, requests)


def by_cedar(made: Sequence[Mapping[str, Any]]) -> Racer:
    """Judge by Cedar, policies and entities parsed."""
    policies, entities = cedar(), cedarpy.Entities.from_json_str("[]")

    def judge(request: Any) -> dict[str, str]:
        told = cedarpy.is_authorized(request, policies, entities).diagnostics
        named: dict[str, str] = told.id_annotations_by_reason
        return named

    inputs = [cedar_request(each) for each in made]
    title = "Cedar (cedarpy), names alone"
    return Racer(title, judge, lambda told: set(told.values()), inputs)


def by_rego(made: Sequence[Mapping[str, Any]]) -> Racer:
    """Judge by Rego, compiled to a bundle."""
    interpreter, bundle = rego()

    def judge(parsed: Any) -> list[str]:
        interpreter.set_input(parsed)
        told = interpreter.query_bundle_entrypoint(bundle, "weft/broken")
        found: list[str] = told.results[0].expressions[0]
        return found

    return Racer(
        "Rego (regopy), names alone", judge, set, [rego_input(each) for each in made]
    )


def seconds(racer: Racer) -> float:
    """Give the CPU time of one judgement, of all inputs again until a turn is over."""
    start, passes = time.process_time(), 0
    while (taken := time.process_time() - start) < TURN_S:
        passes += 1
        for each in racer.inputs:
            racer.judge(each)
    return taken / (passes * len(racer.inputs))


def race() -> None:
    """Let the three judge the same manifests in turns; the best of each counts."""
    rng = Random(20)  # noqa: S311 # it makes examples
    made = [manifest(rng) for _ in range(MANIFESTS)]
    requests = [Request(mission="payments", act="deploy", properties=m) for m in made]
    ours = weft(requests)
    found = [ours.names(ours.judge(request)) for request in requests]
    peers = [by_cedar(made), by_rego(made)]
    for peer in peers:
        for each, expected in zip(peer.inputs, found, strict=True):
            assert peer.names(peer.judge(each)) == expected
    broken = sum(map(len, found))
    print(f"{len(RULES)} guardrails, {MANIFESTS} manifests, {broken} times broken;")
    print(f"the same verdicts from all. Best of {ROUNDS} rounds, in turns:")
    racers = [ours, *peers]
    gc.collect()
    gc.freeze()  # as `weft serve` does: none of the three walks through the inputs
    times = [[seconds(racer) for racer in racers] for _ in range(ROUNDS)]
    best = [min(column) for column in zip(*times, strict=True)]
    for racer, each in zip(racers, best, strict=True):
        print(f"{1 / each:>10,.0f} decisions per second of CPU  {racer.title}")
    for place, (peer_name, aim) in enumerate((("Cedar", 50), ("Rego", 100)), 1):
        each_round = sorted(row[place] / row[0] for row in times)
        middle = statistics.median(each_round)
        print(
            f"{best[place] / best[0]:>10,.0f} times {peer_name}; by rounds"
            f" {each_round[0]:,.0f} to {each_round[-1]:,.0f}, median {middle:,.0f}"
            f" (aim: {aim})"
        )


# The whole Answer, among many


def many_words(rng: Random) -> dict[str, tuple[Any, ...]]:
    """Make forty more properties, each of which is now and then as few wish it."""
    made: dict[str, tuple[Any, ...]] = {}
    for number in range(40):
        kind = rng.choice(["enum", "enum", "rank", "int", "bool"])
        values = [f"v{place}" for place in range(6)]
        word: tuple[Any, ...] = (kind, values, [400, 300, 200, 85, 10, 5])
        if kind == "int":
            word = (kind, 0, 1000, 600, 97)
        made[f"{kind}-{number:02}"] = ("bool", 98) if kind == "bool" else word
    return made


def many_rules(rng: Random, words: Mapping[str, tuple[Any, ...]]) -> list[Guardrail]:
    """Make as many guardrails over them as make 500 in all.

    Two in three apply under a condition; each forbids what is rare, so that a thing
    breaks a few of them.
    """
    plain = list(RULES)
    while len(plain) < GUARDRAILS:
        must = [rare(rng, *rng.choice([*words.items()]))]
        if rng.randrange(4) == 0:
            must.append(rare(rng, *rng.choice([*words.items()])))
        rule: dict[str, Any] = {"id": f"rule-{len(plain):03}", "must": must}
        if rng.randrange(3):
            name = rng.choice([n for n, word in words.items() if word[0] == "enum"])
            rule["when"] = [{"path": name, "in": rng.sample(words[name][1][:4], 2)}]
        plain.append(rule)
    return guardrails(plain)


def rare(rng: Random, name: str, word: Sequence[Any]) -> dict[str, Any]:
    """Make a leaf that fails seldom."""
    if word[0] == "bool":
        return {"path": name, "is": True}
    if word[0] == "int":
        return {"path": name, "at_most": rng.randint(800, 990)}
    if word[0] == "rank":
        return {"path": name, "at_most": word[1][rng.choice([3, 4])]}
    return {"path": name, "not_in": word[1][rng.choice([4, 5]) :]}


def among_many() -> None:
    """Answer requests on assets of a firm with many guardrails and assets."""
    rng = Random(500)  # noqa: S311 # it makes examples
    more = many_words(rng)
    WORDS.update(more)
    words = vocabulary()
    rules = many_rules(rng, more)
    assets = [
        Asset(
            id=f"a{number:05}", title="It", mission="payments", properties=manifest(rng)
        )
        for number in range(ASSETS)
    ]
    firm = a_firm(words, rules, assets)
    asked = assets if LONG else rng.sample(assets, 1500)
    requests = [Request(mission="payments", act="deploy", asset=a.id) for a in asked]
    start = time.process_time()
    decide(firm, requests[0], asked_by="ada", at=AT)
    print(f"{GUARDRAILS} guardrails, {ASSETS} assets: ready in", end=" ")
    print(f"{(time.process_time() - start) * 1000:.0f} ms, then one Answer takes")
    times, edits, refused = [], Counter[int](), 0
    for request in requests:
        start = time.process_time()
        decision = decide(firm, request, asked_by="ada", at=AT)
        times.append((time.process_time() - start) * 1000)
        refused += decision.verdict == "refused"
        edits.update(len(way.edits) for way in decision.ways[:1])
    times.sort()
    for share in (50, 90, 99, 100):
        at = min(len(times) * share // 100, len(times) - 1)
        aim = AIMS.get(share, "")
        print(f"{times[at]:>10.2f} ms or less in {share} of 100{aim}")
    found = ", ".join(f"{n} in {edits[n]}" for n in sorted(edits))
    print(f"{refused} of {len(times)} refused; edits needed: {found}")


if __name__ == "__main__":
    race()
    among_many()
