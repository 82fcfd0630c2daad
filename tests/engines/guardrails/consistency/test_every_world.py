"""What is found to be inconsistent against every world there is, in small firms."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.consistency.every_world import Found, found_by_all
from tests.engines.guardrails.worlds import SETS, WORDS, clause, seeded

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.vocabulary import Property
from weft.engines.guardrails.consistency.finding import looked_through

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


def small_firm(rng: Random) -> tuple[Firm, tuple[Property, ...]]:
    """Make a firm of two or three properties and a list, and some guardrails."""
    words = tuple(rng.sample(SMALL, rng.choice([1, 2, 2, 3])))
    rules: list[Guardrail] = []
    left = MOST_LISTS
    for number in range(rng.randint(2, 4)):
        made, left = rule(rng, f"g{number}", words, left)
        rules.append(made)
    return firm((*INSIDE, *words, COPIES), rules, *SETS), words


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
    level = rng.choice(["advise", "must", "must", "must", "veto"])
    return guardrail(name, parts["must"], parts["when"], level=level), lists


def checked(seed: int) -> Found:
    """Compare what is found in one firm with what there is."""
    world, words = small_firm(seeded(seed))
    found = looked_through(world, AT.date())
    assert found.whole
    mine: Found = set()
    for flaw in found.flaws:
        together = flaw.flaw == "implied" and len(flaw.guardrails) > 2
        if flaw.flaw in KINDS and not together:
            mine.add((flaw.flaw, flaw.guardrails))
    assert mine == found_by_all(world, words, INSIDE, MOST_LISTS), seed
    return mine


@pytest.mark.parametrize("seed", range(30))
def test_all_that_does_not_fit_is_found_and_nothing_else(seed: int) -> None:
    checked(seed)


@pytest.mark.slow
def test_all_that_does_not_fit_is_found_in_many_firms() -> None:
    kinds: dict[str, int] = {}
    for seed in range(1000, 1000 + (MANY or 150)):
        for kind, _ in checked(seed):
            kinds[kind] = kinds.get(kind, 0) + 1
    assert kinds.keys() == KINDS
