"""How fast the Answer is, beside two policy engines with the same rules and data.

One run gives ratios: each engine judges the same manifests by the same twenty
guardrails, in turns, in CPU time, and has to name the same guardrails as broken.
Cedar and Rego are given the rules translated, the data in the form that suits them,
and everything parsed beforehand; they tell which rules are broken, and Weft also at
which path, with what was expected and what is there. Cedar knows no quantifier over
records, so its rules are written out for each element.

Then the whole Answer, with its record, smallest change, questions and offers: by
twenty guardrails, and by 500 in a firm with 10,000 assets.

    python benchmarks/answer.py [--long]
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple

import cedarpy
import regopy
from immutables import Map

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.missions import Mission
from weft.core.records import read
from weft.core.requests import Request
from weft.core.vocabulary import Act, Property
from weft.engines.guardrails import decide
from weft.engines.guardrails.facts import facts_of
from weft.engines.guardrails.rules.framework import rules_on

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LONG = "--long" in sys.argv
ROUNDS = 20 if LONG else 5
MANIFESTS = 10_000 if LONG else 3_000
GUARDRAILS, ASSETS = 500, 10_000
AIMS = {99: "  (aim: 20)"}

REGIONS = ["eu-west", "eu-central", "us-east", "asia-east"]
TLS = ["1.0", "1.1", "1.2", "1.3"]
RISK = ["low", "medium", "high", "vital"]
# name: type, values or bounds, how often each value comes
WORDS: dict[str, tuple[Any, ...]] = {
    "stage": ("enum", ["idea", "build", "run"], [2, 3, 5]),
    "language": ("enum", ["kotlin", "python", "go", "cobol"], [40, 40, 18, 2]),
    "class": ("enum", ["public", "internal", "personal", "special"], [3, 4, 2, 1]),
    "region": ("enum", REGIONS, [50, 40, 8, 2]),
    "exposure": ("enum", ["staff", "partner", "public"], [6, 2, 2]),
    "licence": ("enum", ["permissive", "weak", "agpl", "unknown"], [60, 37, 1, 2]),
    "sign-in": ("enum", ["sso", "passkey", "password"], [60, 37, 3]),
    "keys": ("enum", ["vault", "none", "code"], [70, 28, 2]),
    "run-on": ("enum", ["platform", "supplier", "office"], [60, 38, 2]),
    "ai": ("rank", ["nothing", "drafts", "advises", "decides"], [60, 25, 13, 2]),
    "risk": ("rank", RISK, [4, 3, 2, 1]),
    "backup-days": ("int", 0, 30, 7, 97),
    "keep-days": ("int", 0, 4000, 730, 97),
    "recovery-minutes": ("int", 0, 5000, 60, 85),
    "cost": ("int", 0, 900_000, 50_000, 98),
    "tested-days": ("int", 0, 3000, 365, 97),
    "coverage": ("int", 0, 100, 40, 2),
    "stale-days": ("int", 0, 2000, 180, 97),
    "keepers": ("int", 0, 20, 1, 3),
    "owner-known": ("bool", 98),
    "runbook": ("bool", 97),
    "watched": ("bool", 98),
}
INSIDE: dict[str, tuple[Any, ...]] = {
    "medium": ("enum", ["network", "disk"], [9, 1]),
    "protocol": ("enum", ["https", "amqps", "http"], [70, 29, 1]),
    "tls": ("rank", TLS, [0, 1, 60, 39]),
    "auth": ("enum", ["oidc", "mtls", "none"], [60, 39, 1]),
    "at": ("enum", REGIONS, [60, 38, 1, 1]),
    "encrypted": ("bool", 99),
    "content": ("enum", ["real", "synthetic"], [7, 3]),
}
LISTS = {"interfaces": ["medium", "protocol", "tls", "auth"]}
LISTS["copies"] = ["at", "encrypted", "content"]
MOST_ELEMENTS = 3
PER_CENT_MISSING = 3
MAY_MISS = [*WORDS][:8]

EU = ["eu-west", "eu-central"]
RULES: list[dict[str, Any]] = [
    {
        "id": "languages",
        "when": [{"path": "stage", "in": ["idea", "build"]}],
        "must": [{"path": "language", "in": ["kotlin", "python", "go"]}],
    },
    {
        "id": "residency",
        "when": [{"path": "class", "in": ["personal", "special"]}],
        "must": [{"path": "region", "in": EU}],
    },
    {
        "id": "copies",
        "when": [{"path": "class", "in": ["personal", "special"]}],
        "must": [
            {
                "every": "copies",
                "where": [{"path": "content", "is_not": "synthetic"}],
                "must": [
                    {"path": "at", "in": EU},
                    {"path": "encrypted", "is": True},
                ],
            }
        ],
    },
    {
        "id": "transport",
        "when": [
            {
                "any": [
                    {"path": "exposure", "in": ["partner", "public"]},
                    {"path": "class", "is_not": "public"},
                ]
            }
        ],
        "must": [
            {
                "every": "interfaces",
                "where": [{"path": "medium", "is": "network"}],
                "must": [
                    {"path": "protocol", "in": ["https", "amqps"]},
                    {"path": "tls", "at_least": "1.2"},
                    {"path": "auth", "in": ["oidc", "mtls"]},
                ],
            }
        ],
    },
    {
        "id": "public-sign-in",
        "when": [{"path": "exposure", "is": "public"}],
        "must": [{"path": "sign-in", "in": ["sso", "passkey"]}],
    },
    {
        "id": "recovery",
        "when": [{"path": "risk", "at_least": "high"}],
        "must": [{"path": "recovery-minutes", "at_most": 60}],
    },
    {"id": "licence", "must": [{"path": "licence", "not_in": ["agpl"]}]},
    {"id": "backup", "must": [{"path": "backup-days", "at_most": 7}]},
    {"id": "keep", "must": [{"path": "keep-days", "at_most": 730}]},
    {"id": "owner", "must": [{"path": "owner-known", "is": True}]},
    {"id": "runbook", "must": [{"path": "runbook", "is": True}]},
    {"id": "cost", "must": [{"path": "cost", "at_most": 50_000}]},
    {"id": "tested", "must": [{"path": "tested-days", "at_most": 365}]},
    {"id": "keys", "must": [{"path": "keys", "in": ["vault", "none"]}]},
    {"id": "watched", "must": [{"path": "watched", "is": True}]},
    {"id": "ai", "must": [{"path": "ai", "at_most": "advises"}]},
    {"id": "runs-on", "must": [{"path": "run-on", "in": ["platform", "supplier"]}]},
    {"id": "coverage", "must": [{"path": "coverage", "at_least": 40}]},
    {"id": "stale", "must": [{"path": "stale-days", "at_most": 180}]},
    {"id": "keepers", "must": [{"path": "keepers", "at_least": 2}]},
]


# The data


def drawn(rng: Random, word: Sequence[Any]) -> Any:
    """Draw a value of a property, as often as it is said to come."""
    if word[0] == "bool":
        return rng.random() * 100 < word[1]
    if word[0] == "int":
        _, low, high, limit, within = word
        usual = rng.random() * 100 < within
        return rng.randint(low, limit) if usual else rng.randint(limit + 1, high)
    return rng.choices(word[1], word[2])[0]


def manifest(rng: Random) -> dict[str, Any]:
    """Make the properties of one thing: about a kilobyte, some of it missing."""
    made = {name: drawn(rng, word) for name, word in WORDS.items()}
    for name, fields in LISTS.items():
        size = rng.randint(2, MOST_ELEMENTS)
        elements = ({f: drawn(rng, INSIDE[f]) for f in fields} for _ in range(size))
        made[name] = tuple(elements)
    missing = {name for name in MAY_MISS if rng.randrange(100) < PER_CENT_MISSING}
    return {name: value for name, value in made.items() if name not in missing}


def vocabulary() -> list[Property]:
    """Make the properties in Weft's form."""
    plain: list[dict[str, Any]] = []
    for name, word in {**WORDS, **INSIDE}.items():
        made = {"id": name, "title": name, "type": word[0]}
        if word[0] == "int":
            made |= {"lowest": word[1], "highest": word[2]}
        elif word[0] != "bool":
            made["values"] = word[1]
        made["role"] = "fact" if name in {"class", "content", "risk"} else "choice"
        plain.append(made)
    for name, fields in LISTS.items():
        plain.append({"id": name, "title": name, "type": "list", "fields": fields})
    return [read(Property, each) for each in plain]


def guardrails(rules: Sequence[Mapping[str, Any]]) -> list[Guardrail]:
    """Make the guardrails in Weft's form."""
    rest = {"level": "must", "principle": "p", "owner": "stewards"}
    return [read(Guardrail, {"title": rule["id"], **rest, **rule}) for rule in rules]


def a_firm(
    words: Sequence[Property], rules: Sequence[Guardrail], assets: Sequence[Asset] = ()
) -> Firm:
    """Make a firm of one mission."""
    return Firm(
        vocabulary=Map({word.id: word for word in words}),
        guardrails=Map({rule.id: rule for rule in rules}),
        assets=Map({asset.id: asset for asset in assets}),
        missions=Map({"payments": Mission(id="payments", title="Payments")}),
        acts=Map({"deploy": Act(id="deploy", title="Deploy")}),
    )


# The rules in Cedar: everywhere guarded against what is missing, as Cedar skips a
# policy that fails, and so allows.


def cedar_leaf(leaf: Mapping[str, Any], of: str, *, yes: bool) -> str:
    """Write: this leaf is surely true, or surely false."""
    ((name, told),) = [(k, v) for k, v in leaf.items() if k != "path"]
    path = leaf["path"]
    value = f'{of}["{path}"]'
    rank = {**WORDS, **INSIDE}[path]
    if rank[0] == "rank":
        told = rank[1].index(told)
    constant = json.dumps(told)
    condition = {
        "is": f"{value} == {constant}",
        "is_not": f"{value} != {constant}",
        "in": f"{constant}.contains({value})",
        "not_in": f"!{constant}.contains({value})",
        "at_most": f"{value} <= {constant}",
        "at_least": f"{value} >= {constant}",
    }[name]
    return f'({of} has "{path}" && {"" if yes else "!"}({condition}))'


def cedar_clause(clause: Mapping[str, Any], *, yes: bool) -> str:
    """Write: this clause is surely true, or surely false."""
    if "path" in clause:
        return cedar_leaf(clause, "context", yes=yes)
    if "any" in clause:
        join = " || " if yes else " && "
        leaves = (cedar_leaf(leaf, "context", yes=yes) for leaf in clause["any"])
        return f"({join.join(leaves)})"
    each = []
    for place in range(MOST_ELEMENTS):
        of = f'context["{clause["every"]}{place}"]'
        outside = [cedar_leaf(leaf, of, yes=False) for leaf in clause["where"]]
        met = " && ".join(cedar_leaf(leaf, of, yes=True) for leaf in clause["must"])
        none = f'!(context has "{clause["every"]}{place}")'
        each.append(f"({' || '.join([none, *outside, f'({met})'])})")
    return f"({' && '.join(each)})"


def cedar() -> cedarpy.PolicySet:
    """Translate the rules to Cedar."""
    policies = ["permit(principal, action, resource);"]
    for rule in RULES:
        spared = [cedar_clause(c, yes=False) for c in rule.get("when", ())]
        met = " && ".join(cedar_clause(c, yes=True) for c in rule["must"])
        holds = " || ".join([*spared, f"({met})"])
        head = f'@id("{rule["id"]}") forbid(principal, action, resource)'
        policies.append(f"{head} when {{ !({holds}) }};")
    return cedarpy.PolicySet.from_str("\n".join(policies))


def cedar_request(made: Mapping[str, Any]) -> dict[str, Any]:
    """Put a manifest in the form that suits Cedar: ranks as numbers, no lists."""
    context: dict[str, Any] = {}
    for name, value in made.items():
        if name not in LISTS:
            context[name] = ranked(name, value)
            continue
        for place, element in enumerate(value):
            fields = {field: ranked(field, told) for field, told in element.items()}
            context[f"{name}{place}"] = fields
    who = {"principal": 'Mission::"payments"', "action": 'Act::"deploy"'}
    return {**who, "resource": 'Thing::"it"', "context": context}


def ranked(name: str, value: Any) -> Any:
    """Write a rank as its place."""
    word = {**WORDS, **INSIDE}[name]
    return word[1].index(value) if word[0] == "rank" else value


# The rules in Rego.


def rego_leaf(leaf: Mapping[str, Any], of: str, *, yes: bool) -> str:
    """Write: this leaf is surely true, or surely false."""
    ((name, told),) = [(k, v) for k, v in leaf.items() if k != "path"]
    word = {**WORDS, **INSIDE}[leaf["path"]]
    told = word[1].index(told) if word[0] == "rank" else told
    value = f'{of}["{leaf["path"]}"]'
    if isinstance(told, list):
        among = f"{value} in {{{', '.join(map(json.dumps, told))}}}"
        positive = (name == "in") == yes
        return among if positive else f"{value} != null; not {among}"
    opposite = {"is": "!=", "is_not": "==", "at_most": ">", "at_least": "<"}
    operator = {"is": "==", "is_not": "!=", "at_most": "<=", "at_least": ">="}
    return f"{value} {(operator if yes else opposite)[name]} {json.dumps(told)}"


def rego_rule(rule: Mapping[str, Any]) -> Iterator[str]:
    """Translate one rule to Rego."""
    name = rule["id"].replace("-", "_")
    for clause in rule.get("when", ()):
        leaves = clause.get("any", [clause])
        body = "; ".join(rego_leaf(leaf, "input", yes=False) for leaf in leaves)
        yield f"{name}_holds if {{ {body} }}"
    met = []
    for clause in rule["must"]:
        if "path" in clause:
            met.append(rego_leaf(clause, "input", yes=True))
            continue
        met.append(f"every e in input.{clause['every']} {{ {name}_fine(e) }}")
        inside = "; ".join(rego_leaf(leaf, "e", yes=True) for leaf in clause["must"])
        yield f"{name}_fine(e) if {{ {inside} }}"
        for leaf in clause["where"]:
            yield f"{name}_fine(e) if {{ {rego_leaf(leaf, 'e', yes=False)} }}"
    yield f"{name}_holds if {{ {'; '.join(met)} }}"
    yield f'broken contains "{rule["id"]}" if {{ not {name}_holds }}'


def rego() -> tuple[Any, Any]:
    """Translate the rules to Rego, compiled to a bundle."""
    lines = [
        "package weft",
        "import rego.v1",
        *(line for rule in RULES for line in rego_rule(rule)),
    ]
    interpreter = regopy.Interpreter()
    interpreter.add_module("weft", "\n".join(lines))
    bundle = interpreter.build(None, ["weft/broken"])
    return interpreter, bundle


def rego_input(made: Mapping[str, Any]) -> Any:
    """Put a manifest in the form that suits Rego: ranks as numbers, parsed."""
    plain: dict[str, Any] = {}
    for name, value in made.items():
        if name in LISTS:
            plain[name] = [{f: ranked(f, told) for f, told in e.items()} for e in value]
        else:
            plain[name] = ranked(name, value)
    return regopy.Input(plain)


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
    """Give the CPU time of one judgement, over all inputs once."""
    start = time.process_time()
    for each in racer.inputs:
        racer.judge(each)
    return (time.process_time() - start) / len(racer.inputs)


def race() -> None:
    """Let the three judge the same manifests in turns; the best of each counts."""
    rng = Random(20)  # noqa: S311 # it makes examples
    made = [manifest(rng) for _ in range(MANIFESTS)]
    requests = [Request(mission="payments", act="deploy", properties=m) for m in made]
    ours = weft(requests)
    found = [ours.names(ours.judge(request)) for request in requests]
    peers = [by_cedar(made[: MANIFESTS // 10]), by_rego(made[: MANIFESTS // 20])]
    for peer in peers:
        for each, expected in zip(peer.inputs, found, strict=False):
            assert peer.names(peer.judge(each)) == expected
    broken = sum(map(len, found))
    print(f"{len(RULES)} guardrails, {MANIFESTS} manifests, {broken} times broken;")
    print(f"the same verdicts from all. Best of {ROUNDS} rounds, in turns:")
    racers = [ours, *peers]
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
        start = time.perf_counter()
        decision = decide(firm, request, asked_by="ada", at=AT)
        times.append((time.perf_counter() - start) * 1000)
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
