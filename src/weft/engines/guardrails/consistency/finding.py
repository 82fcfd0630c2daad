"""All that does not fit together in a firm's framework, worked out once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, get_args

from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.blast.sides import as_tried
from weft.engines.guardrails.consistency.flaws import Consistency, Flaw, Kind
from weft.engines.guardrails.consistency.implied import implied
from weft.engines.guardrails.consistency.pairs import contradictions, sights
from weft.engines.guardrails.consistency.several import Several
from weft.engines.guardrails.consistency.single import (
    Single,
    acts_of,
    single,
    singles,
)
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.spans import ever
from weft.engines.guardrails.consistency.unread import unread, unsupplied
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
    _, words, says, found = _kept(firm, today)
    flaws = (*found.flaws, *unsupplied(firm, words, says))
    return replace(found, flaws=_sorted(flaws))


def with_draft(firm: Firm, draft: Guardrail, today: date) -> Consistency:
    """Tell what would not fit about a drafted guardrail, if it held."""
    tried = as_tried(firm, draft)
    after = change(firm, [put(tried)])
    return Looking(after, today, firm).found(tried.id)


def looked_at(firm: Firm, today: date) -> list[Guardrail]:
    """Give the guardrails that hold or will hold, in the order of their names."""
    return [
        guardrail
        for _, guardrail in sorted(firm.guardrails.items())
        if ever([guardrail], today)
    ]


class Looking:
    """A look at the guardrails of a firm: each by itself, then act by act.

    What is asked is always known, so that guardrails about different acts never meet;
    and what few say is looked through much faster than what all say.
    """

    def __init__(self, firm: Firm, today: date, before: Firm | None = None) -> None:
        """Take the guardrails that hold or will hold.

        before: the firm without the draft, of whose guardrails something is known.
        """
        self.firm, self.today = firm, today
        self.words = Words(firm.vocabulary, firm.acts)
        self.guardrails = looked_at(firm, today)
        self.single: dict[str, Single] = {}
        base = before or firm
        known = singles(base)
        for each in self.guardrails:
            found = known.get(each.id)
            if found is None or found.guardrail is not each:
                found = single(firm, self.words, each)
            if base.guardrails.get(each.id) is each:
                known[each.id] = found
            self.single[each.id] = found
        self.says = [each.says for each in self.single.values() if each.says]

    def found(self, only: str = "") -> Consistency:
        """Look through all; only: at what one guardrail takes part in."""
        flaws = [flaw for each in self.single.values() for flaw in each.flaws]
        flaws = [f for f in flaws if not only or only in f.guardrails]
        met = [each.guardrail for each in self.single.values() if each.meets]
        spaces, elsewhere = [], set[str]()
        for act in self._acts():
            about = [each for each in met if act in self.single[each.id].about]
            if not only or any(each.id == only for each in about):
                spaces.append(self._space(about, act))
            else:
                elsewhere |= {
                    each.id for each in about if act in self.single[each.id].refuses
                }
        able = [each for each in met if each.id not in elsewhere]
        flaws += _implied(spaces, met, able, self.today, only)
        for space in spaces:
            seen = {f.guardrails for f in flaws if f.flaw == "contradiction"}
            found = _between(space, self.today, only)
            flaws += (flaw for flaw in found if flaw.guardrails not in seen)
        if not only:
            flaws += unread(self.firm, self.says, self.guardrails)
        return Consistency(
            guardrails=len(self.guardrails),
            flaws=_sorted(flaws),
            whole=all(space.whole for space in spaces),
        )

    def _space(self, guardrails: Sequence[Guardrail], act: str = "") -> Space:
        """Put guardrails into a space of their own."""
        words = Words(self.firm.vocabulary, self.firm.acts)
        return Space(words, self.firm.sets, guardrails, act)

    def _acts(self) -> Iterator[str]:
        """Give the acts, of those that no guardrail tells apart the first."""
        alike = set()
        for act in acts_of(self.firm):
            seen = tuple(each.cells.get(act) for each in self.single.values())
            if seen not in alike:
                alike.add(seen)
                yield act


def _between(space: Space, today: date, only: str) -> list[Flaw]:
    """Find the guardrails that contradict each other about one act."""
    able = [says for says in space.all if space.possible([says], says.met)]
    looked = sights(space, able)
    found = [*contradictions(space, looked, today, only)]
    several = Several(space, looked, today, only)
    return [*found, *several.flaws(frozenset(flaw.guardrails) for flaw in found)]


def _implied(
    spaces: Sequence[Space],
    met: Sequence[Guardrail],
    able: Sequence[Guardrail],
    today: date,
    only: str,
) -> Iterator[Flaw]:
    """Find the guardrails that others make needless; able: those looked at."""
    for one in able:
        others = [each for each in met if only in {"", one.id, each.id}]
        for flaw in implied(spaces, one, others, today):
            if not only or only in flaw.guardrails:
                yield flaw


def _sorted(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """Put the gravest kinds first."""
    key = lambda f: (_ORDER[f.flaw], f.guardrails, f.about)  # noqa: E731
    return tuple(sorted(flaws, key=key))


def _kept(firm: Firm, today: date) -> Kept:
    """Give what was found before of the same tables, on a day that is alike."""
    tables = firm.guardrails, firm.sets, firm.vocabulary, firm.acts
    turned = {day for each in firm.guardrails.values() for day in turns(each)}
    at = (*map(id, tables), sum(day <= today for day in turned))
    held = _cache.get(at)
    if held is None:
        looking = Looking(firm, today)
        found = looking.found()
        held = _cache[at] = (tables, looking.words, tuple(looking.says), found)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return held


Kept = tuple[tuple[object, ...], Words, tuple[Says, ...], Consistency]
"""The tables, so that their ids are nobody else's; and what was found of them."""
_cache: OrderedDict[tuple[int, ...], Kept] = OrderedDict()
