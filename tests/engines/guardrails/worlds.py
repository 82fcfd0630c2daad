"""Random small worlds: rules of every form over data that is often missing or wrong."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.engines.guardrails.conftest import firm, guardrail, prop, request

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.requests import Request
from weft.core.vocabulary import NamedSet, Property

INSIDE = (
    prop("content", "enum", values=["real", "masked", "made-up"], role="fact"),
    prop("region", "enum", values=["eu", "us", "asia"], weight=2),
    prop("encrypted", "bool"),
    prop("version", "rank", values=["1.0", "1.1", "1.2"]),
)
WORDS = (
    prop("live", "bool"),
    prop("language", "enum", values=["kotlin", "go", "cobol", "php"], weight=3),
    prop("tls", "rank", values=["1.0", "1.1", "1.2", "1.3"]),
    prop("days", "int", lowest=1, highest=6, unit="days"),
    prop("share", "decimal", places=1, lowest=0, highest=1),
    prop("cost", "money", unit="EUR", lowest=0, highest=3),
    prop("due", "date"),
    prop("name", "text"),
    prop("tags", "set", values=["x", "y", "z"]),
    prop("class", "enum", values=["public", "internal", "personal"], role="fact"),
    prop("agreed", "bool", role="fact"),
    prop("approved", "bool", role="given"),
)
SETS = (
    NamedSet(id="languages.good", values=("go", "kotlin")),
    NamedSet(id="tags.good", values=("y", "x")),
)
SOME: dict[str, tuple[Any, ...]] = {
    "bool": (True, False),
    "decimal": (0, 1, "0.3", "0.5", "1.0"),
    "EUR": (0, 1, 2, "2", "1.50 EUR", "2.00 EUR", "3 EUR"),
    "JPY": (0, 1, 2, "3", "4 JPY"),
    "date": ("2026-01-01", "2026-06-30", "2027-01-01"),
    "text": ("core-a", "core-b", "edge", "e\u0301dge", "\u00e9dge"),
}
WRONG = (True, 1, 0, "", "zz", "1.2", ("x", "q"), ("x",), -7, "5 USD", "2026-13-01")


def seeded(seed: int) -> Random:
    """Give a source of chance that is the same in every run."""
    return Random(seed)  # noqa: S311 # it makes examples


def copies(rng: Random) -> Property:
    """Make the list of the vocabulary, open to changes or not."""
    open_to = rng.choice([[], [], ["removing"], ["adding"], ["adding", "removing"]])
    fields = [word.id for word in INSIDE]
    return prop("copies", "list", fields=fields, open_to=open_to, weight=4)


def value(rng: Random, word: Property) -> Any:
    """Make a value that fits a property."""
    if word.type == "set":
        return tuple(m for m in word.values if rng.random() < 0.5)
    if word.type == "int":
        return rng.randint(word.lowest or 0, word.highest or 9)
    return rng.choice(SOME.get(word.unit) or SOME.get(word.type) or word.values)


def stated(rng: Random, word: Property) -> Any:
    """Make a value that fits, is missing (None), or is wrong."""
    draw = rng.random()
    if draw < 0.12:
        return None
    return rng.choice(WRONG) if draw < 0.18 else value(rng, word)


def element(rng: Random) -> Any:
    """Make an element of the list; seldom one that is none."""
    if rng.random() < 0.03:
        return "nothing"
    found = {word.id: stated(rng, word) for word in INSIDE}
    return {name: told for name, told in found.items() if told is not None}


def properties(rng: Random, words: tuple[Property, ...] = WORDS) -> dict[str, Any]:
    """Make the properties of a request."""
    found = {word.id: stated(rng, word) for word in words if word.role != "given"}
    if rng.random() < 0.95:
        size = rng.choice([0, 1, 2, 2, 3])
        found["copies"] = tuple(element(rng) for _ in range(size))
    return {name: told for name, told in found.items() if told is not None}


def leaf(rng: Random, words: tuple[Property, ...]) -> dict[str, Any]:
    """Make a leaf over one of some properties."""
    word = rng.choice(words)
    if rng.random() < 0.05:
        return {"path": word.id, "present": True}
    if word.type == "set":
        return {"path": word.id, **_of_set(rng, word)}
    if word.type == "bool":
        return {"path": word.id, rng.choice(["is", "is_not"]): rng.random() < 0.5}
    return {"path": word.id, **_of_value(rng, word)}


def _of_set(rng: Random, word: Property) -> dict[str, Any]:
    if rng.random() < 0.4:
        return {rng.choice(["has", "has_not"]): rng.choice(word.values)}
    some = tuple(m for m in word.values if rng.random() < 0.6) or word.values[:1]
    constant = "@tags.good" if rng.random() < 0.3 else list(some)
    return {rng.choice(["within", "has_any", "has_none"]): constant}


def _of_value(rng: Random, word: Property) -> dict[str, Any]:
    ordered = word.type in {"int", "decimal", "money", "date"}
    one = value(rng, word)
    operators = ["is", "is_not"]
    if ordered:
        operators += ["below", "at_most", "at_least", "above", "between"]
    elif word.type == "rank":
        operators += ["in", "not_in", "at_least", "at_most"]
    else:
        operators += ["in", "not_in", *(["starts_with"] * 2 * (word.type == "text"))]
    operator = rng.choice(operators)
    if operator == "between":
        return {operator: sorted([one, value(rng, word)], key=_size)}
    if operator == "starts_with":
        return {operator: one[: rng.randint(1, 3)]}
    if operator in {"in", "not_in"}:
        if word.id == "language" and rng.random() < 0.5:
            return {operator: "@languages.good"}
        return {operator: list({one: 0, value(rng, word): 0})}
    return {operator: one}


def _size(told: Any) -> Any:
    text = str(told).split(" ")[0]
    return text if text.count("-") == 2 else float(text)


def clause(
    rng: Random,
    words: tuple[Property, ...],
    *,
    lists: bool,
    inside: tuple[Property, ...] = INSIDE,
) -> dict[str, Any]:
    """Make a clause of any form."""
    draw = rng.random()
    if lists and draw < 0.3:
        where = [leaf(rng, inside) for _ in range(rng.choice([0, 1, 1, 2]))]
        must = [leaf(rng, inside) for _ in range(rng.choice([1, 1, 2]))]
        quantifier = rng.choice(["every", "none", "some"])
        return {quantifier: "copies", "where": where, "must": must}
    if draw < 0.5:
        return {"any": [leaf(rng, words) for _ in range(rng.choice([2, 3]))]}
    return leaf(rng, words)


def rule(
    rng: Random, name: str, words: tuple[Property, ...] = WORDS, *, lists: bool = True
) -> Guardrail:
    """Make a guardrail of any form."""
    when = [clause(rng, words, lists=lists) for _ in range(rng.choice([0, 0, 1, 1, 2]))]
    must = [clause(rng, words, lists=lists) for _ in range(rng.choice([1, 1, 2]))]
    level = rng.choice(["advise", "must", "must", "must", "veto"])
    return guardrail(name, must, when, level=level)


def world(rng: Random, *, rules: int = 4) -> tuple[Firm, Request]:
    """Make a firm with some rules, and a request to be judged by them."""
    found = [rule(rng, f"g{number}") for number in range(rng.randint(1, rules))]
    return firm((*INSIDE, *WORDS, copies(rng)), found, *SETS), request(properties(rng))
