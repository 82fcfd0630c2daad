"""Which assets a guardrail does not hold of, found in one loop over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from operator import itemgetter
from typing import Any, Final, NamedTuple

from weft.core.firm import Firm
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.code.columns import Failed, Loop, Row, looping
from weft.engines.guardrails.rules.code.source import read_by
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.unreadable import safe
from weft.engines.guardrails.rules.words import word_of
from weft.engines.guardrails.standing import GIVEN, laid_out

_TOLD_APART: Final = ({str, int, type(None)}, {str, bool, type(None)})
"""Classes whose values are the same if they are equal, as long as one has no other."""


class Failing(NamedTuple):
    """The assets of which a rule does not hold, in their order.

    names: the words that it reads. each: for each asset its number, the values that
    it has of these words, and what is equal for those that fail in the same way.
    """

    names: Sequence[str]
    each: Iterable[tuple[int, Row, object]]


class Looking:
    """Assets laid out, to find of which of them rules do not hold.

    assets: in the order of their ids; a number is a place among them. names: the
    words that assets state and some rule reads. faults: those in judging, by
    guardrail and number.
    """

    def __init__(self, firm: Firm, rules: Rules) -> None:
        """Take all assets of a firm."""
        self.firm, self.rules, self.laid = firm, rules, laid_out(firm)
        self.assets, self.words = self.laid.assets, rules.words.slots
        self.faults: dict[tuple[str, int], str] = {}
        trees = [rule.tree for rule in rules.fitting if rule.tree is not None]
        read = [self.words[slot].prop.id for slot in read_by(self.words, trees)]
        self.names = tuple(name for name in read if name not in GIVEN)

    def failing(self, rule: Rule) -> Failing:
        """Give the assets of which a rule does not hold, and what it reads of them."""
        every = range(len(self.assets))
        numbers, rows = self._failing.get(rule.guardrail.id, (every, [()] * len(every)))
        alike = numbers if self.faults else what_is_alike(numbers, rows)
        return Failing(self._read(rule), zip(numbers, rows, alike, strict=True))

    @cached_property
    def _failing(self) -> Mapping[str, Failed]:
        """Give by guardrail that fits the assets that fail.

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

    def _read(self, rule: Rule) -> list[str]:
        """Give the words that a rule reads, in the order of their slots."""
        slots = sorted({word_of(self.words, slot) for slot in rule.reads})
        return [self.words[slot].prop.id for slot in slots]

    def _loop(self, *, whole: bool) -> Loop:
        """Give the loop of all rules, generated once."""
        kept = self.rules.loops
        if whole not in kept:
            trees = [r.tree for r in self.rules.fitting if r.tree is not None]
            kept[whole] = looping(self.words, trees, GIVEN, whole=whole)
        return kept[whole]

    def _looped(self, loop: Loop, *, safe: bool) -> Sequence[Failed]:
        """Judge all assets by one loop."""
        rows, columns = self._cleaned(loop) if safe else self._as_they_are(loop)
        numbers = range(len(self.assets))
        return loop.call(zip(numbers, rows, *columns, strict=True))

    def _as_they_are(self, loop: Loop) -> tuple[Iterable[Row], list[list[Any]]]:
        """Give the rows and the columns that a loop goes through."""
        laid, props = self.laid, [(self.words[s].prop, t) for s, t in loop.columns]
        columns = [laid.typed(p) if typed else laid.given(p.id) for p, typed in props]
        return laid.read(self.names), columns

    def _cleaned(self, loop: Loop) -> tuple[Sequence[Row], list[list[Any]]]:
        """Give the same without any value that cannot be read."""
        clean: dict[int, list[Any]] = {}
        for slot in {*loop.row, *(slot for slot, _ in loop.columns)}:
            word = self.words[slot]
            clean[slot] = [safe(word, each) for each in self.laid.plain(word.prop.id)]
        columns = [clean[slot] for slot, _ in loop.columns]
        for place, (slot, typed) in enumerate(loop.columns):
            if typed:
                read = self.rules.words.reader(self.words[slot].prop)
                columns[place] = [*map(read, clean[slot])]
        stated = [clean[slot] for slot in loop.row]
        rows = [*zip(*stated, strict=True)] or [()] * len(self.assets)
        return rows, columns

    def _one_by_one(self) -> Mapping[str, Failed]:
        """Judge each asset by each rule, and note which fault there is."""
        fitting = [rule.guardrail.id for rule in self.rules.fitting]
        failing = {name: (list[int](), list[Row]()) for name in fitting}
        for number in range(len(self.assets)):
            facts = self.facts(number)
            outcome = self.rules.judge(facts)
            for rule in outcome.failing:
                name = rule.guardrail.id
                if name in failing:
                    numbers, rows = failing[name]
                    numbers.append(number)
                    rows.append(tuple(map(facts.get, self._read(rule))))
                    if fault := outcome.faults.get(name):
                        self.faults[name, number] = fault
        return failing


def what_is_alike(numbers: Sequence[int], rows: Sequence[Row]) -> Sequence[object]:
    """Give for each asset what is equal for those with the same values: the values.

    Where values could be equal and not the same, as 1 and True are, it is the number,
    and so each asset is like no other.
    """
    if not rows:
        return rows
    columns = (map(itemgetter(place), rows) for place, _ in enumerate(rows[0]))
    return rows if all(map(_told_apart, columns)) else numbers


def _told_apart(column: Iterable[Any]) -> bool:
    """Tell whether the values of a column are the same if they are equal."""
    classes = {*map(type, column)}
    return any(classes <= each for each in _TOLD_APART)
