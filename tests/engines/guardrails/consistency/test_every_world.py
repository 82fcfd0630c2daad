"""What is found to be inconsistent against every world there is, in small firms."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.consistency.every_world import Found, found_by_all
from tests.engines.guardrails.worlds import SETS, WORDS, clause, seeded, value

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.vocabulary import Property
from weft.engines.guardrails.consistency.finding import looked_through
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.words import Words

MANY = int(os.environ.get("WEFT_MANY", "0"))
"""How many firms to try by hand."""
INSIDE = (
    prop("content", "enum", values=["real", "masked"], role="fact"),
    prop("encrypted", "bool"),
)
COPIES = prop("copies", "list", fields=["content", "encrypted"])
SMALL = tuple(w for w in WORDS if w.id not in {"due", "cost", "approved", "name"})
KINDS = {"unreachable", "ban", "idle", "asks-to-know", "equal"}
KINDS |= {"implied", "contradiction"}
MOST_LISTS = 2
ACTS = ({"is": "deploy"}, {"in": ["deploy", "run"]}, {"is_not": "run"})


def small_firm(rng: Random) -> tuple[Firm, tuple[Property, ...]]:
    """Make a firm of two or three properties and a list, and some guardrails."""
    if rng.random() < 0.3:
        return crowded(rng)
    words = tuple(rng.sample(SMALL, rng.choice([1, 2, 2, 3])))
    rules: list[Guardrail] = []
    left = MOST_LISTS
    for number in range(rng.randint(2, 4)):
        made, left = rule(rng, f"g{number}", words, left)
        rules.append(made)
    return firm((*INSIDE, *words, COPIES), rules, *SETS), words


def crowded(rng: Random) -> tuple[Firm, tuple[Property, ...]]:
    """Make a firm in which many guardrails are about one choice and one fact."""
    choice, fact = (next(w for w in WORDS if w.id == n) for n in ("language", "class"))
    rules = []
    for number in range(rng.randint(4, 6)):
        values = rng.sample(choice.values, rng.choice([2, 2, 3]))
        must: dict[str, Any] = {"path": choice.id, "in": values}
        if rng.random() < 0.2:
            must = {"any": [must, {"path": fact.id, "is": rng.choice(fact.values)}]}
        when = [{"path": "act", **rng.choice(ACTS)}] * (rng.random() < 0.4)
        when += [{"path": fact.id, "is_not": "public"}] * (rng.random() < 0.3)
        rules.append(guardrail(f"g{number}", [must], when))
    return firm((*INSIDE, choice, fact, COPIES), rules, *SETS), (choice, fact)


def rule(
    rng: Random, name: str, words: tuple[Property, ...], lists: int
) -> tuple[Guardrail, int]:
    """Make a guardrail, with no more clauses about the list than are left."""
    parts: dict[str, list[Any]] = {"when": [], "must": []}
    for part, sizes in (("when", [0, 0, 1, 1, 2]), ("must", [1, 1, 1, 2])):
        for _ in range(rng.choice(sizes)):
            made = clause(rng, words, lists=lists > 0, inside=INSIDE)
            lists -= not made.keys().isdisjoint({"every", "none", "some"})
            parts[part].append(made)
    if rng.random() < 0.4:
        parts["when"].append({"path": "act", **rng.choice(ACTS)})
    level = rng.choice(["advise", "must", "must", "must", "veto"])
    return guardrail(name, parts["must"], parts["when"], level=level), lists


def checked(seed: int) -> Found:
    """Compare what is found in one firm with what there is."""
    world, words = small_firm(seeded(seed))
    found = looked_through(world, AT.date())
    assert found.whole
    for flaw in found.flaws:
        if flaw.example and flaw.flaw in KINDS:
            shown(seed, world, words, flaw)
    mine: Found = set()
    for flaw in found.flaws:
        together = flaw.flaw == "implied" and len(flaw.guardrails) > 2
        if flaw.flaw in KINDS and not together:
            mine.add((flaw.flaw, flaw.guardrails))
    assert mine == found_by_all(world, words, INSIDE, MOST_LISTS), seed
    return mine


def shown(seed: int, world: Firm, words: tuple[Property, ...], flaw: Flaw) -> None:
    """Judge an example as everything is judged: one of the guardrails refuses it.

    Of a contradiction it is so whatever is told of all that the example leaves out.
    """
    rng = seeded(seed)
    guardrails = [world.guardrails[name] for name in flaw.guardrails]
    rules = Rules(Words(world.vocabulary, world.acts), world.sets, guardrails)
    for _ in range(8 if flaw.flaw == "contradiction" else 1):
        more = {word.id: value(rng, word) for word in words}
        told = more | {"act": "deploy"} if flaw.flaw == "contradiction" else {}
        facts = {**rules.blank, **told, **flaw.example}
        failing = {rule.guardrail.id for rule in rules.judge(facts).failing}
        assert failing, (seed, flaw)
        if flaw.flaw in {"implied", "equal"}:
            assert flaw.guardrails[0] in failing
            assert failing & {*flaw.guardrails[1:]}


@pytest.mark.parametrize(
    "seed",
    [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 24))],
)
def test_all_that_does_not_fit_is_found_and_nothing_else(seed: int) -> None:
    checked(seed)


@pytest.mark.slow
def test_all_that_does_not_fit_is_found_in_many_firms() -> None:
    kinds: dict[str, int] = {}
    for seed in range(1000, 1000 + (MANY or 24)):
        for kind, _ in checked(seed):
            kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds.keys() >= KINDS - {"idle"}  # it is rare: test_flaws.py has one
