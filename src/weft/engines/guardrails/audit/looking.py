"""Which assets a guardrail does not hold of, found in one loop over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count, repeat
from typing import Any, Final

from weft.core.firm import Firm
from weft.engines.guardrails.alike import Alike
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.code.columns import Loop, looping
from weft.engines.guardrails.rules.code.source import read_by
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.unreadable import safe
from weft.engines.guardrails.rules.words import word_of
from weft.engines.guardrails.standing import laid_out

_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""The classes of values that are the same if they are equal and of one class."""
Group = tuple[tuple[Any, ...], Sequence[int]]
"""Values of what a rule reads, and the numbers of the assets that have them."""


class Looking:
    """Assets laid out as columns, to find of which of them rules do not hold.

    assets: in the order of their ids; a number is a place among them. faults: those
    in judging, by guardrail and number.
    """

    def __init__(self, firm: Firm, rules: Rules) -> None:
        """Take all assets of a firm."""
        self.firm, self.rules, self.laid = firm, rules, laid_out(firm)
        self.assets, self.words = self.laid.assets, rules.words.slots
        self._safe: dict[int, list[Any]] = {}
        self.faults: dict[tuple[str, int], str] = {}
        trees = [rule.tree for rule in rules.fitting if rule.tree is not None]
        self.raw(read_by(self.words, trees))

    def failing(self, rule: Rule) -> Iterable[Group]:
        """Give the assets of which a rule does not hold, by the values that it reads.

        Assets that are alike in these are judged once.
        """
        slots = sorted({word_of(self.words, slot) for slot in rule.reads})
        found = self.laid.alike((*(self.words[slot].prop.id for slot in slots),))
        if found is not None:
            with suppress(Exception):
                return self._by_group(rule, slots, found)
        return grouped(self._numbers(rule), self.raw(slots), sure=not self.faults)

    def _by_group(self, rule: Rule, slots: Sequence[int], found: Alike) -> list[Group]:
        """Judge the first of each group of assets that are alike."""
        firsts, loop = [group[0] for group in found], self._loop(rule, whole=True)
        columns = ([c[n] for n in firsts] for c in self._columns(loop, safe=False))
        failing = loop.call(zip(count(), *columns, strict=False))
        raw = self.raw(slots)
        return [((*[c[firsts[n]] for c in raw],), found[n]) for n in failing]

    def _numbers(self, rule: Rule) -> Sequence[int]:
        """Give the numbers of the assets of which a rule does not hold.

        What cannot even be compared makes the loop raise; it is then made unknown,
        and at last each asset is judged by itself.
        """
        if rule.tree is None:
            return range(len(self.assets))
        with suppress(Exception):
            return self._looped(self._loop(rule, whole=True))
        with suppress(Exception):
            return self._looped(self._loop(rule, whole=False), safe=True)
        return [*self._one_by_one(rule)]

    def facts(self, number: int) -> Facts:
        """Give the facts of one asset."""
        asset = self.assets[number]
        return standing_facts(self.firm, asset, self.rules)

    def raw(self, slots: Sequence[int]) -> list[list[Any]]:
        """Give the columns of plain values of some words."""
        return self.laid.plain(self.words[slot].prop.id for slot in slots)

    def _loop(self, rule: Rule, *, whole: bool) -> Loop:
        """Give the loop of a rule, generated once."""
        kept, at = self.rules.loops, (rule.guardrail.id, whole)
        if at not in kept and rule.tree is not None:
            kept[at] = looping(self.words, rule.tree, whole=whole)
        return kept[at]

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
            prop = self.words[slot].prop
            if typed and safe:
                yield [*map(self.rules.words.reader(prop), raw)]
            else:
                yield self.laid.typed(prop) if typed else raw

    def _cleaned(self, slot: int) -> list[Any]:
        """Give the plain values of a word without any that cannot be read."""
        if slot not in self._safe:
            word = self.words[slot]
            self._safe[slot] = [safe(word, each) for each in self.raw([slot])[0]]
        return self._safe[slot]


def grouped(
    numbers: Sequence[int], columns: Sequence[Sequence[Any]], *, sure: bool
) -> Iterable[Group]:
    """Put those together that have the same values in some columns.

    Values that are equal are not the same if their classes differ, as 1 and True: so
    the classes count too. Of those in a list they are not looked at, and what has one
    is a group by itself; without being sure, everything is.
    """
    alike: dict[Any, tuple[tuple[Any, ...], list[int]]] = {}
    told = ([column[n] for n in numbers] for column in columns)
    rows = zip(*told, strict=True) if columns else repeat(())
    for number, values in zip(numbers, rows, strict=False):
        classes = (*map(type, values),)
        key = (values, classes) if sure and _PLAIN.issuperset(classes) else number
        found = alike.get(key)
        if found is None:
            alike[key] = (values, [number])
        else:
            found[1].append(number)
    return alike.values()
