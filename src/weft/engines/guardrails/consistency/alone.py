"""What is wrong with a guardrail by itself: it never applies, bans, or asks nothing.

Never to apply and never to be met are asked of worlds in which all is known. That is
enough: a condition that is surely true stays so when more becomes known. Whether it
ever refuses is asked of all worlds, as it may refuse for a missing fact alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weft.engines.guardrails.consistency.flaws import Flaw, Kind
from weft.engines.guardrails.consistency.saying import conditions, leaf, named, want
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.curve.limits import limits_of
from weft.engines.guardrails.rules.board import field_of
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import Branch, Leaf, Quantified, leaves


def misfit(rule: Rule) -> Flaw:
    """Tell of a guardrail that does not fit the vocabulary."""
    guardrail = rule.guardrail
    what = f"{named(guardrail)} does not fit the vocabulary, so it refuses everything: "
    return Flaw(flaw="misfit", guardrails=(guardrail.id,), what=what + rule.error)


def alone(space: Space, says: Says) -> Iterator[Flaw]:
    """Find what is wrong with one guardrail: the gravest, or else what is smaller."""
    found = _of_all(space, says)
    yield from (found,) if found else _of_conditions(space, says)
    yield from _of_presence(says)
    yield from _of_params(says)


def never_met(space: Space, says: Says) -> bool:
    """Tell whether nothing to which a guardrail applies meets it."""
    return not space.possible([says], says.met)


def _of_all(space: Space, says: Says) -> Flaw | None:
    """Tell whether it never applies, never is met, or never refuses."""
    if not space.possible([says], says.applies):
        what = "applies to nothing: its conditions rule each other out"
        if not space.possible([says], -says.holds, known=False):
            return _flaw("unreachable", says, f"{what}, so it could go.")
        what += ". Where a fact is missing it refuses all the same"
        example = space.example([says], -says.holds, known=False)
        return _flaw("unreachable", says, f"{what}.", example)
    if never_met(space, says):
        example = space.example([says], says.applies)
        where = conditions(says.tree.when) or "always"
        what = f"is a ban: nothing meets it where it applies ({where})."
        return _flaw("ban", says, what, example)
    if not space.possible([says], -says.holds, known=False):
        what = "asks for nothing: whatever is told, it holds."
        return _flaw("idle", says, what)
    if not space.possible([says], says.broken, known=False):
        example = space.example([says], -says.holds, known=False)
        what = "is met by every value: it refuses only what is not known."
        return _flaw("asks-to-know", says, what, example)
    return None


def _flaw(
    kind: Kind, says: Says, what: str, example: dict[str, object] | None = None
) -> Flaw:
    """Make a flaw of one guardrail."""
    return Flaw(
        flaw=kind,
        guardrails=(says.guardrail.id,),
        what=f"{named(says.guardrail)} {what}",
        example=example or {},  # type: ignore[arg-type]
        wants=(want(says),),
    )


def _of_conditions(space: Space, says: Says) -> Iterator[Flaw]:
    """Find conditions that are true of every value, or of none."""
    for part, branches in (("when", says.tree.when), ("must", says.tree.must)):
        for number, branch in enumerate(branches):
            for each in leaves(branch):
                if always := _always(space, branch, each):
                    what = f"has a condition that is {always}: {leaf(each)}."
                    flaw = _flaw("idle-condition", says, what)
                    yield _about(flaw, f"{part}[{number}]")


def _always(space: Space, branch: Branch, each: Leaf) -> str:
    """Say of which values a condition is true, if it tells none apart."""
    slot, within = field_of(each, space.world.slots)
    element = 0 if isinstance(branch, Quantified) else -1
    told = space.world.fields[slot, element, within].told(each)
    if each.operator == "present":
        return ""
    if not space.formula.possible([told.no]):
        return "true of every value"
    return "" if space.formula.possible([told.yes]) else "true of no value"


def _of_presence(says: Says) -> Iterator[Flaw]:
    """Find conditions under which it applies that go away with the fact."""
    for number, branch in enumerate(says.tree.when):
        for each in leaves(branch):
            if each.operator == "present" and each.prop.role != "given":
                what = (
                    f"applies only where {each.prop.id} is known, so whoever leaves it"
                    " out is not bound by it."
                )
                yield _about(_flaw("evaded", says, what), f"when[{number}]")


def _of_params(says: Says) -> Iterator[Flaw]:
    """Find thresholds that nothing reads, or that work both ways."""
    guardrail = says.guardrail
    limits = {limit.place: limit for limit in limits_of(guardrail, says.tree)}
    used = set(_params(says))
    for name in sorted(guardrail.params):
        limit = limits.get(f"params.{name}")
        if name not in used:
            what = f"has a threshold that no condition of it reads: {name}."
            yield _about(_flaw("unused-param", says, what), name)
        elif limit is not None and limit.rising is None:
            what = (
                f"has a threshold that is the most in one condition and the least in"
                f" another: {name}. Moving it frees some and binds others, so it has no"
                " curve."
            )
            yield _about(_flaw("two-way-param", says, what), name)


def _params(says: Says) -> Iterator[str]:
    """Name the thresholds that conditions read."""
    guardrail = says.guardrail
    for clause in (*guardrail.when, *guardrail.must):
        inner = (*(clause.any or ()), *clause.where, *clause.must)
        for each in inner or (clause,):
            if hasattr(each.constant, "param"):
                yield each.constant.param


def _about(flaw: Flaw, about: str) -> Flaw:
    """Say what a flaw is about."""
    return msgspec.structs.replace(flaw, about=about)
