"""Twenty guardrails and the manifests they judge: what every engine is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from immutables import Map

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.missions import Mission
from weft.core.records import read
from weft.core.vocabulary import Act, Property

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


def ranked(name: str, value: Any) -> Any:
    """Write a rank as its place."""
    word = {**WORDS, **INSIDE}[name]
    return word[1].index(value) if word[0] == "rank" else value
