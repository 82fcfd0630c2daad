"""A guardrail looked at by itself: what is wrong with it, and which acts it is about.

That takes most of the time of a look, and is the same for as long as the words are;
so it is kept, and a draft is looked at against what is known of the others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

import msgspec

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.consistency.alone import alone, misfit
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.unread import members
from weft.engines.guardrails.rules.words import RUN, Words

_KEPT: Final = 4
_OUT: Final = frozenset({"misfit", "unreachable", "ban", "idle"})
"""What a guardrail is that cannot contradict another, nor make it needless."""


class Single(msgspec.Struct, frozen=True):
    """What is known of one guardrail by itself.

    says: nothing where it does not fit the words. cells: what it makes of each act;
    acts with one cell are the same to it. about: the acts that it could refuse, or
    surely apply to. refuses: those that it could refuse.
    """

    guardrail: Guardrail
    says: Says | None
    flaws: tuple[Flaw, ...]
    cells: Mapping[str, int]
    about: frozenset[str]
    refuses: frozenset[str]

    @property
    def meets(self) -> bool:
        """Tell whether it could contradict another, or make it needless."""
        return not any(flaw.flaw in _OUT for flaw in self.flaws)


def acts_of(firm: Firm) -> list[str]:
    """Give everything that can be asked, and to run what is there."""
    return sorted({*firm.acts, RUN})


def single(firm: Firm, words: Words, guardrail: Guardrail) -> Single:
    """Look at one guardrail by itself."""
    space = Space(words, firm.sets, [guardrail])
    if not space.all:
        flaws = tuple(misfit(rule) for rule in space.unfit)
        return Single(guardrail, None, flaws, {}, frozenset(), frozenset())
    (says,) = space.all
    flaws = (*alone(space, says), *members(space, says))
    cells = {act: space.world.cell("act", act) for act in acts_of(firm)}
    refused = {
        cell: space.possible([says], -says.holds, cell, known=False)
        for cell in {*cells.values()}
    }
    about = {
        cell: refused[cell] or space.possible([says], says.applies, cell)
        for cell in refused
    }
    return Single(
        guardrail,
        says,
        flaws,
        cells,
        frozenset(act for act, cell in cells.items() if about[cell]),
        frozenset(act for act, cell in cells.items() if refused[cell]),
    )


def singles(firm: Firm) -> dict[str, Single]:
    """Give what is known by itself of each guardrail of a firm, found as it is asked.

    It is kept by the identity of the tables that it hangs on, which never change.
    """
    tables = firm.guardrails, firm.sets, firm.vocabulary, firm.acts
    at = tuple(map(id, tables))
    held = _cache.get(at)
    if held is None:
        held = _cache[at] = (tables, {})
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return held[1]


_cache: OrderedDict[tuple[int, ...], tuple[tuple[object, ...], dict[str, Single]]]
_cache = OrderedDict()
