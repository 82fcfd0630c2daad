"""The core of a refusal: against every value there is, in small random worlds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.every_edit import domain
from tests.engines.guardrails.worlds import SETS, WORDS, clause, seeded, value

from weft.core.firm import Firm
from weft.core.requests import Core, Request
from weft.core.vocabulary import Property
from weft.engines.guardrails import core_of, decide
from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.judging import blocks

MANY = int(os.environ.get("WEFT_MANY", "0"))
"""How many worlds to try by hand."""
SMALL = tuple(w for w in WORDS if w.id not in {"due", "cost", "approved", "name"})
DATA = prop("data", "rank", values=["public", "personal"], role="fact")
REGION = prop("region", "enum", values=["eu", "us"])
CLIENT = prop("client", "enum", values=["bank", "shop"], role="fact")
COPIES = prop("copies", "list", fields=["region"], role="fact")
IN_EU = {"path": "region", "is": "eu"}
IN_US = {"path": "region", "is": "us"}
OF_PEOPLE = {"path": "data", "is": "personal"}


def core(rules: Iterable[Any], **stated: Any) -> Core | None:
    """Give the core of what is answered to some facts."""
    world = firm((DATA, REGION, CLIENT, COPIES), [*rules])
    asked = request(stated)
    return core_of(world, decide(world, asked, asked_by="eve", at=AT))


def named(found: Core | None) -> tuple[list[str], dict[str, str]]:
    """Give the names and facts of a core."""
    assert found is not None
    assert found.proved
    return [each.guardrail for each in found.guardrails], dict(found.facts)


def test_two_guardrails_and_a_fact_and_nothing_beside_them() -> None:
    rules = (
        guardrail("near", [IN_EU], [OF_PEOPLE]),
        guardrail("far", [IN_US], [{"path": "client", "present": True}]),
        guardrail("third", [{"path": "client", "is": "bank"}], [OF_PEOPLE]),
    )
    found = core(rules, data="personal", client="bank", region="eu")
    assert named(found) == (
        ["far", "near"],
        {"client": "bank", "data": "personal"},
    )
    assert found is not None
    assert found.told == (
        "These two guardrails and the facts client: bank and data: personal"
        " cannot be met together."
    )


def test_a_fact_that_no_guardrail_hangs_on_is_left_out() -> None:
    free = {"any": [OF_PEOPLE, {"path": "client", "is": "bank"}]}
    found = core([guardrail("ban", [IN_EU, IN_US], [free])], data="personal")
    assert named(found) == (["ban"], {"data": "personal"})
    stated = {"data": "personal", "client": "bank"}
    both = core([guardrail("ban", [IN_EU, IN_US], [free])], **stated)
    assert named(both) == (["ban"], {"data": "personal"})  # one of them is enough
    always = core([guardrail("ban", [IN_EU, IN_US])], data="personal", region="eu")
    assert named(always) == (["ban"], {})
    assert always is not None
    assert always.told == "Nothing meets this guardrail, whatever the facts are."


def test_a_list_that_is_as_it_is_counts_as_one_fact() -> None:
    rule = guardrail("some", [{"some": "copies", "must": [IN_US]}], [OF_PEOPLE])
    found = core([rule], data="personal", copies=())
    assert named(found) == (["some"], {"copies": "0 elements", "data": "personal"})


def test_there_is_none_where_something_turns_it_or_is_asked() -> None:
    rule = guardrail("near", [IN_EU], [OF_PEOPLE])
    assert core([rule], data="personal", region="us") is None
    assert core([rule], data="public", region="us") is None
    ban = guardrail("ban", [IN_EU, IN_US], [OF_PEOPLE])
    assert core([ban], region="us") is None


def crowded(rng: Random) -> tuple[Firm, Request, tuple[Property, ...]]:
    """Make a world with few choices, many guardrails on them, and most facts known."""
    words = tuple(rng.sample(SMALL, 3))
    rules = []
    for number in range(rng.randint(2, 5)):
        whens = [clause(rng, words, lists=False) for _ in range(rng.choice([0, 1, 2]))]
        musts = [clause(rng, words, lists=False) for _ in range(rng.choice([1, 1, 2]))]
        rules.append(guardrail(f"g{number}", musts, whens))
    stated = {w.id: value(rng, w) for w in words if rng.random() < 0.9}
    return firm(words, rules, *SETS), request(stated), words


def values(word: Property, known: Any, *, free: bool) -> Iterator[Any]:
    """Give what a word could be: as it is; if it is free any value, a fact none too."""
    yield known
    if free:
        if word.role != "choice":
            yield None
        sizes = range(len(word.values) + 1)
        every = (some for size in sizes for some in combinations(word.values, size))
        yield from every if word.type == "set" else domain(word)


def checked(seed: int) -> bool:
    """Compare one core with everything that could be told and chosen."""
    world, asked, words = crowded(seeded(seed))
    found = core_of(world, decide(world, asked, asked_by="eve", at=AT))
    if found is None:
        return False
    assert found.proved
    case = case_of(world, asked, AT)
    rules = {each.guardrail for each in found.guardrails}

    def met(names: set[str], held: set[str]) -> bool:
        of = [rule for rule in case.rules.all if rule.guardrail.id in names]
        told = case.facts
        every = product(
            *(values(w, told.get(w.id), free=is_free(w, held, told)) for w in words)
        )
        for row in every:
            facts = {**told, **{w.id: v for w, v in zip(words, row, strict=True)}}
            if not any(blocks(case, rule, facts) for rule in of):
                return True
        return False

    facts = set(found.facts)
    assert not met(rules, facts), seed
    for name in rules:
        assert len(rules) == 1 or met(rules - {name}, {w.id for w in words}), seed
    for name in facts:
        assert met(rules, facts - {name}), seed
    return True


def is_free(word: Property, held: set[str], told: Any) -> bool:
    """Tell whether a word can be chosen, or stated, or is let go."""
    missing = word.role == "fact" and told.get(word.id) is None
    return word.role == "choice" or missing or word.id not in held


@pytest.mark.slow
def test_all_of_a_core_is_needed_and_enough() -> None:
    seen = sum(checked(seed) for seed in range(MANY or 150))
    assert seen > 3


@pytest.mark.slow
def test_all_of_a_core_is_needed_and_enough_in_many_worlds() -> None:
    assert sum(checked(seed) for seed in range(2000, 2600))
