"""Why no change turns a no: the rules and the facts that stand against any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from weft.core.requests import MANDATE
from weft.engines.guardrails.change.moves import Freedom
from weft.engines.guardrails.change.search import Search
from weft.engines.guardrails.change.solve import Solver
from weft.engines.guardrails.change.world import Place
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import all_leaves
from weft.engines.guardrails.rules.wording import actual
from weft.engines.guardrails.rules.words import word_of

_MOST_FACTS: Final = 4
NOT_FOUND: Final = (
    "No change was found in the steps that one search may take. "
    "There may be one: ask with fewer things wrong at once."
)


def core_of(solver: Solver, rules: Sequence[Rule], freedom: Freedom) -> list[Rule]:
    """Drop the rules without which the others cannot be met together either."""
    core, terms = list(rules), solver.terms(freedom)
    for rule in rules:
        fewer = [each for each in core if each is not rule]
        if fewer:
            found = Search(solver.base, fewer, terms, solver.blocks, solver.purse).run()
            if found.proved and not found.solutions:
                core = fewer
    return core


def no_way(solver: Solver, core: Sequence[Rule]) -> str:
    """Say which rules stand against any change, and the facts they rest on."""
    facts = dict.fromkeys(fact for rule in core for fact in _facts(solver, rule))
    because = f", because {', '.join(list(facts)[:_MOST_FACTS])}" if facts else ""
    harms = sorted({rule.guardrail.harm for rule in core if rule.guardrail.harm})
    after = [f"It protects {' and '.join(harms)}."] if harms else []
    after += [r.guardrail.remedy for r in core if r.guardrail.id == MANDATE]
    named = " and ".join(map(_named, core))
    what = f"{named} cannot be met together" if len(core) > 1 else f"this is {named}"
    return " ".join([f"No change does it: {what}{because}.", *after])


def _named(rule: Rule) -> str:
    """Name a rule in a sentence."""
    guardrail = rule.guardrail
    if guardrail.id == MANDATE:
        return "the mandate of the mission"
    kind = "a veto" if guardrail.level == "veto" else "a guardrail"
    fault = ", which could not be judged" if rule.tree is None else ""
    return f"{kind} on record as {guardrail.id}, \u201c{guardrail.title}\u201d{fault}"


def _facts(solver: Solver, rule: Rule) -> Iterator[str]:
    """Give the facts that a rule rests on and that no choice changes."""
    if rule.tree is None:
        return
    for leaf in all_leaves(rule.tree):
        if leaf.field < 0 and leaf.prop.role != "choice":
            place = Place(word_of(solver.base.slots, leaf.slot))
            typed, raw = solver.base.typed(place), solver.base.raw(place)
            yield f"{leaf.prop.id} is {actual(leaf.prop, typed, raw)}"
