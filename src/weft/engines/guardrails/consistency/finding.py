"""All that does not fit together in a firm's framework, worked out once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, get_args

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.blast.sides import as_tried
from weft.engines.guardrails.consistency.alone import alone, misfit
from weft.engines.guardrails.consistency.flaws import Consistency, Flaw, Kind
from weft.engines.guardrails.consistency.implied import implied
from weft.engines.guardrails.consistency.pairs import contradictions, sights
from weft.engines.guardrails.consistency.several import Several
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.spans import ever
from weft.engines.guardrails.consistency.unread import members, unread, unsupplied
from weft.engines.guardrails.rules.levels import turns
from weft.engines.guardrails.rules.words import Words

_KEPT: Final = 4
_ORDER: Final = {kind: place for place, kind in enumerate(get_args(Kind))}


def looked_through(firm: Firm, today: date) -> Consistency:
    """Tell what in the framework does not fit together, from today on.

    Looked at are the guardrails that hold, are on trial, or are to hold from a day to
    come. What hangs on the guardrails and words alone is kept, as these tables never
    change; what hangs on assets is looked up each time.
    """
    space, found = _kept(firm, today)
    flaws = (*found.flaws, *unsupplied(firm, space))
    return Consistency(
        guardrails=found.guardrails, flaws=_sorted(flaws), whole=found.whole
    )


def with_draft(firm: Firm, draft: Guardrail, today: date) -> Consistency:
    """Tell what would not fit about a drafted guardrail, if it held."""
    tried = as_tried(firm, draft)
    after = change(firm, [put(tried)])
    return _looked(after, today, tried.id)[1]


def looked_at(firm: Firm, today: date) -> list[Guardrail]:
    """Give the guardrails that hold or will hold, in the order of their names."""
    return [
        guardrail
        for _, guardrail in sorted(firm.guardrails.items())
        if ever([guardrail], today)
    ]


def _looked(firm: Firm, today: date, only: str = "") -> tuple[Space, Consistency]:
    """Look through all; only: at what one guardrail takes part in."""
    guardrails = looked_at(firm, today)
    space = Space(Words(firm.vocabulary, firm.acts), firm.sets, guardrails)
    chosen = [s for s in space.all if not only or s.guardrail.id == only]
    flaws = [misfit(rule) for rule in space.unfit]
    flaws = [f for f in flaws if not only or only in f.guardrails]
    single = {says.guardrail.id: [*alone(space, says)] for says in chosen}
    for each in single.values():
        flaws += each
    met = _met(space, single)
    flaws += _implied(space, met, today, only)
    looked = sights(space, met)
    between = [*contradictions(space, looked, today, only)]
    several = Several(space, looked, today, only)
    between += several.flaws(frozenset(flaw.guardrails) for flaw in between)
    flaws += between
    for says in chosen:
        flaws += members(space, says)
    if not only:
        flaws += unread(firm, space, guardrails)
    return space, Consistency(
        guardrails=len(guardrails), flaws=_sorted(flaws), whole=space.whole
    )


def _met(space: Space, single: dict[str, list[Flaw]]) -> list[Says]:
    """Give the guardrails that something meets, and that refuse something."""
    out = {"unreachable", "ban", "idle"}
    return [
        says
        for says in space.all
        if not any(f.flaw in out for f in single.get(says.guardrail.id, ()))
        and (says.guardrail.id in single or space.possible([says], says.met))
    ]


def _implied(space: Space, met: list[Says], today: date, only: str) -> Iterator[Flaw]:
    """Find the guardrails that others make needless."""
    seen = set()
    for says in met:
        for flaw in implied(space, says, met, today):
            pair = frozenset(flaw.guardrails)
            if (not only or only in pair) and (flaw.flaw, pair) not in seen:
                seen.add((flaw.flaw, pair))
                yield flaw


def _sorted(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """Put the gravest kinds first."""
    key = lambda f: (_ORDER[f.flaw], f.guardrails, f.about)  # noqa: E731
    return tuple(sorted(flaws, key=key))


def _kept(firm: Firm, today: date) -> tuple[Space, Consistency]:
    """Give what was found before of the same tables, on a day that is alike."""
    tables = firm.guardrails, firm.sets, firm.vocabulary, firm.acts
    turned = {day for each in firm.guardrails.values() for day in turns(each)}
    stretch = sum(day <= today for day in turned)
    at = (*map(id, tables), stretch)
    held = _cache.get(at)
    if held is None:
        held = _cache[at] = (tables, *_looked(firm, today))
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return held[1:]


_cache: OrderedDict[tuple[int, ...], tuple[tuple[object, ...], Space, Consistency]] = (
    OrderedDict()
)
