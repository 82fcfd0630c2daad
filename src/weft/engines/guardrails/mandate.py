"""The mandate of the mission as a part of the Answer.

It is judged like a guardrail of level must that no waiver sets aside: only its two
leads can change it, by signing another. A request that spends needs a mandate that
holds, names a limit in the currency of `spend`, and is not exceeded. A request
spends if it states a `spend` other than nothing, or if its act asks for one and it
states none. Beyond that a mandate that holds limits the acts it names, if any; a
mission without one is free in all that costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.missions import Mandate
from weft.core.requests import MANDATE, Request
from weft.core.vocabulary import SPEND
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.rule import Rule, rule_of

_KEPT: Final = 512


def mandate_rules(
    firm: Firm, request: Request, rules: Rules, facts: Facts
) -> tuple[Rule, ...]:
    """Give the rules that the mandate of its mission sets for a request."""
    mandate = firm.mandates.get(request.mission)
    spending = _spends(firm, request, rules, facts)
    key = (request.mission, id(mandate), spending)
    if key not in rules.mandates:
        if len(rules.mandates) >= _KEPT:
            rules.mandates.clear()
        made = _guardrails(rules, request.mission, mandate, spending=spending)
        found = tuple(rule_of(each, rules.words, {}, rules.day) for each in made)
        rules.mandates[key] = (mandate, found)
    return rules.mandates[key][1]


def _spends(firm: Firm, request: Request, rules: Rules, facts: Facts) -> bool:
    """Tell whether a request spends, or may: what cannot be read may be anything."""
    stated = facts.get(SPEND)
    if stated is None:
        act = firm.acts.get(request.act)
        return act is not None and SPEND in act.asks
    spend = rules.words.spend
    typed = None if spend is None else rules.words.reader(spend)(stated)
    return typed is None or typed > 0


def _guardrails(
    rules: Rules, mission: str, mandate: Mandate | None, *, spending: bool
) -> Iterator[Guardrail]:
    """Write the mandate down in the form of guardrails."""
    if mandate is not None and mandate.holds and mandate.acts:
        yield _guardrail(
            "What the mission may ask for",
            mission,
            mandate,
            (Clause(path="act", in_=mandate.acts),),
        )
    if spending:
        title = "What the mission may spend"
        clauses = tuple(_of_money(rules, mandate))
        yield _guardrail(title, mission, mandate, clauses)


def _of_money(rules: Rules, mandate: Mandate | None) -> Iterator[Clause]:
    """Give the conditions under which a mission may spend."""
    yield Clause(path="mandate", is_="signed")
    if mandate is None or not mandate.holds:
        return
    limit = rules.words.given["mandate.limit"]
    if mandate.limit is None or reader(limit)(mandate.limit) is None:
        # Without a limit, or with one in another currency, nothing is within it: of
        # what is unknown not even this is true.
        yield Clause(path="mandate.limit", at_least=0)
    else:
        yield Clause(path=SPEND, at_most=mandate.limit)


def _guardrail(
    title: str, mission: str, mandate: Mandate | None, must: tuple[Clause, ...]
) -> Guardrail:
    """Put conditions of a mandate in the form of a guardrail."""
    return Guardrail(
        id=MANDATE,
        title=title,
        version=mandate.version if mandate else 1,
        level="must",
        principle="",
        owner=mission,
        remedy=_remedy(mission, mandate),
        must=must,
    )


def _remedy(mission: str, mandate: Mandate | None) -> str:
    """Say who can change the mandate, and how."""
    if mandate is None:
        return f"Give {mission} a mandate, signed by two leads."
    leads = (mandate.business_lead, mandate.technology_lead)
    if None in leads:
        return f"Name a business and a technology lead of {mission}; both have to sign."
    both = f"{leads[0]} and {leads[1]}"
    if not mandate.holds:
        return f"Ask {both} to sign the mandate of {mission}."
    return f"Stay within the mandate, or ask {both} to sign another."
