"""Which assets a guardrail does not hold of, found in one loop over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import repeat
from typing import Any, Final

from weft.core.firm import Firm
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.code.columns import Loop, looping
from weft.engines.guardrails.rules.code.source import read_by
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.unreadable import safe
from weft.engines.guardrails.rules.words import word_of
from weft.engines.guardrails.standing import laid_out

_TOLD_APART: Final = ({str, int, type(None)}, {str, bool, type(None)})
"""Classes whose values are the same if they are equal, as long as one has no other."""


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

    def failing(self, rule: Rule) -> Iterable[Sequence[int]]:
        """Give the numbers of the assets of which a rule does not hold.

        Those are together that have the same values of what it reads.
        """
        slots = sorted({word_of(self.words, slot) for slot in rule.reads})
        numbers = self._failing.get(rule.guardrail.id, range(len(self.assets)))
        return grouped(numbers, self.raw(slots), sure=not self.faults)

    @cached_property
    def _failing(self) -> Mapping[str, Sequence[int]]:
        """Give by guardrail that fits the numbers of the assets that fail.

        What lacks a field, or cannot even be compared, makes the loop raise; it is
        then made unknown, and at last each asset is judged by itself.
        """
        names = [rule.guardrail.id for rule in self.rules.fitting]
        for whole, cleaned in ((True, False), (False, False), (False, True)):
            with suppress(Exception):
                found = self._looped(self._loop(whole=whole), safe=cleaned)
                return dict(zip(names, found, strict=True))
        return self._one_by_one()

    def facts(self, number: int) -> Facts:
        """Give the facts of one asset."""
        asset = self.assets[number]
        return standing_facts(self.firm, asset, self.rules)

    def raw(self, slots: Sequence[int]) -> list[list[Any]]:
        """Give the columns of plain values of some words."""
        return self.laid.plain(self.words[slot].prop.id for slot in slots)

    def _loop(self, *, whole: bool) -> Loop:
        """Give the loop of all rules, generated once."""
        kept = self.rules.loops
        if whole not in kept:
            trees = [r.tree for r in self.rules.fitting if r.tree is not None]
            kept[whole] = looping(self.words, trees, whole=whole)
        return kept[whole]

    def _looped(self, loop: Loop, *, safe: bool) -> Sequence[list[int]]:
        """Judge all assets by one loop."""
        columns = self._columns(loop, safe=safe)
        return loop.call(zip(range(len(self.assets)), *columns, strict=True))

    def _one_by_one(self) -> Mapping[str, Sequence[int]]:
        """Judge each asset by each rule, and note which fault there is."""
        failing = {rule.guardrail.id: list[int]() for rule in self.rules.fitting}
        for number in range(len(self.assets)):
            outcome = self.rules.judge(self.facts(number))
            for rule in outcome.failing:
                name = rule.guardrail.id
                if name in failing:
                    failing[name].append(number)
                    if fault := outcome.faults.get(name):
                        self.faults[name, number] = fault
        return failing

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
) -> Iterable[Sequence[int]]:
    """Put those together that have the same values in some columns.

    Where values could be equal and not the same, as 1 and True are, or where it is
    not sure that the same values fail in the same way, each is a group by itself.
    """
    told = [[column[n] for n in numbers] for column in columns]
    if not (sure and all(map(_told_apart, told))):
        return zip(numbers, strict=True)
    alike = defaultdict[tuple[Any, ...], list[int]](list)
    rows = zip(*told, strict=True) if told else repeat((), len(numbers))
    for number, row in zip(numbers, rows, strict=True):
        alike[row].append(number)
    return alike.values()


def _told_apart(column: Sequence[Any]) -> bool:
    """Tell whether the values of a column are the same if they are equal."""
    classes = {*map(type, column)}
    return any(classes <= each for each in _TOLD_APART)
