"""The guardrails in force in a firm on a day, compiled once and kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from datetime import date
from typing import Final

from weft.core.firm import Firm
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.levels import (
    Rest,
    is_in_force,
    rest_turns,
    rests,
    turns,
)
from weft.engines.guardrails.rules.words import Words

_KEPT: Final = 8


class Framework:
    """The tables that say what is allowed, and the rules of each stretch of days."""

    def __init__(self, firm: Firm) -> None:
        """Hold on to the tables: while they are held, their ids are nobody else's."""
        self.kept = _tables(firm)
        self.words = Words(firm.vocabulary, firm.acts)
        self.acts = firm.acts
        self.sets = firm.sets
        found = (firm.guardrails[key] for key in sorted(firm.guardrails))
        self.guardrails = tuple(found)
        self.rests = rests_of(firm)
        days = {day for each in self.guardrails for day in turns(each)}
        self.days = sorted(days.union(rest_turns(self.rests)))
        self.by_stretch: dict[int, Rules] = {}

    def on(self, day: date) -> Rules:
        """Give the rules of a day: those of its whole stretch without a change."""
        stretch = bisect_right(self.days, day)
        if stretch not in self.by_stretch:
            in_force = [g for g in self.guardrails if is_in_force(g, day)]
            words = Words(self.words.vocabulary, self.acts)
            rules = Rules(words, self.sets, in_force, day, self.rests)
            self.by_stretch[stretch] = rules
        return self.by_stretch[stretch]


def rules_on(firm: Firm, day: date) -> Rules:
    """Give the compiled guardrails of a firm on a day.

    They are kept by the identity of the tables they come from, which never change,
    and by what objections take from them, which is the same for whoever sees less.
    """
    return _framework(firm).on(day)


def words_of(firm: Firm) -> Words:
    """Give the words of a firm, to look them up in; kept with its guardrails."""
    return _framework(firm).words


def _framework(firm: Firm) -> Framework:
    """Give what a firm says is allowed, as it was put together before."""
    at = (*map(id, _tables(firm)), rests_of(firm))
    framework = _cache.get(at)
    if framework is None:
        framework = _cache[at] = Framework(firm)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return framework


def rests_of(firm: Firm) -> tuple[Rest, ...]:
    """Give when objections take the force from guardrails; worked out once."""
    table = firm.challenges
    if not table:
        return ()
    kept = _resting.get(id(table))
    if kept is None:
        kept = _resting[id(table)] = (table, rests(table.values()))
        while len(_resting) > _KEPT:
            _resting.popitem(last=False)
    return kept[1]


def _tables(firm: Firm) -> tuple[object, ...]:
    """Give the tables that the compiled guardrails are made of."""
    return firm.guardrails, firm.sets, firm.vocabulary, firm.acts


_cache: OrderedDict[tuple[object, ...], Framework] = OrderedDict()
_resting: OrderedDict[int, tuple[object, tuple[Rest, ...]]] = OrderedDict()
