"""Which assets a guardrail does not hold of, found in one loop over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from weft.core.firm import Firm
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.code.columns import Loop, looping
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.unreadable import safe
from weft.engines.guardrails.standing import standing_columns


class Looking:
    """Assets laid out as columns, to find of which of them rules do not hold.

    assets: in the order of their ids; a number is a place among them. faults: those
    in judging, by guardrail and number.
    """

    def __init__(self, firm: Firm, rules: Rules) -> None:
        """Take all assets of a firm."""
        self.firm, self.rules = firm, rules
        self.assets = [firm.assets[key] for key in sorted(firm.assets)]
        self.words = rules.words.slots
        names = (slot.prop.id for slot in self.words)
        self._plain = standing_columns(firm, self.assets, names)
        self._read: dict[int, list[Any]] = {}
        self._safe: dict[int, list[Any]] = {}
        self.faults: dict[tuple[str, int], str] = {}

    def failing(self, rule: Rule) -> Sequence[int]:
        """Give the numbers of the assets of which a rule does not hold.

        What cannot even be compared makes the loop raise; it is then made unknown,
        and at last each asset is judged by itself.
        """
        if rule.tree is None:
            return range(len(self.assets))
        with suppress(Exception):
            return self._looped(looping(self.words, rule.tree, whole=True))
        with suppress(Exception):
            return self._looped(looping(self.words, rule.tree, whole=False), safe=True)
        return [*self._one_by_one(rule)]

    def facts(self, number: int) -> Facts:
        """Give the facts of one asset."""
        asset = self.assets[number]
        return standing_facts(self.firm, asset, self.rules)

    def raw(self, slots: Sequence[int]) -> list[list[Any]]:
        """Give the columns of plain values of some words."""
        return [self._plain[self.words[slot].prop.id] for slot in slots]

    def _looped(self, loop: Loop, *, safe: bool = False) -> list[int]:
        """Judge all assets by one loop."""
        return loop.call(zip(count(), *self._columns(loop, safe=safe), strict=False))

    def _one_by_one(self, rule: Rule) -> Iterator[int]:
        """Judge each asset by itself, and note which fault there is."""
        for number in range(len(self.assets)):
            facts = self.facts(number)
            if not rule.holds(facts):
                if fault := rule.fault(facts):
                    self.faults[rule.guardrail.id, number] = fault
                yield number

    def _columns(self, loop: Loop, *, safe: bool) -> Iterator[list[Any]]:
        """Give the columns that a loop goes through."""
        for slot, typed in loop.columns:
            raw = self._cleaned(slot) if safe else self.raw([slot])[0]
            yield self._typed(slot, raw) if typed else raw

    def _typed(self, slot: int, raw: list[Any]) -> list[Any]:
        """Give the values of a word in the form in which they are compared."""
        if slot not in self._read:
            read = self.rules.words.reader(self.words[slot].prop)
            self._read[slot] = [None if each is None else read(each) for each in raw]
        return self._read[slot]

    def _cleaned(self, slot: int) -> list[Any]:
        """Give the plain values of a word without any that cannot be read."""
        if slot not in self._safe:
            word = self.words[slot]
            self._safe[slot] = [safe(word, each) for each in self.raw([slot])[0]]
        return self._safe[slot]
