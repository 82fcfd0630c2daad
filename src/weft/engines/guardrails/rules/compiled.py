"""All guardrails in force, compiled to judge by at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import fields

from weft.core.guardrails import Guardrail
from weft.core.records import Record
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails.rules.board import Board
from weft.engines.guardrails.rules.code import Code, judging
from weft.engines.guardrails.rules.code.columns import Loop
from weft.engines.guardrails.rules.kinds import MOST_ELEMENTS
from weft.engines.guardrails.rules.levels import Rest
from weft.engines.guardrails.rules.rule import Facts, Rule, rule_of
from weft.engines.guardrails.rules.tree import Quantified, Tree, leaves
from weft.engines.guardrails.rules.words import Words

MOST_GUARDRAILS: Final = 1000
MOST_CHECKS: Final = 10**6

__all__ = ["Facts", "Load", "Outcome", "Rules"]


class Outcome(msgspec.Struct, frozen=True):
    """What the rules say of some facts: which of them do not hold.

    faults: why a rule could not be judged, by the id of its guardrail.
    """

    failing: tuple[Rule, ...]
    faults: Mapping[str, str] = {}


_ALL_HOLD: Final = Outcome(())


class Load(msgspec.Struct, frozen=True):
    """How much there is to judge: guardrails, and leaves checked for each element.

    checks: by the list that the leaves go through; under "" those checked once.
    """

    guardrails: int
    checks: Counter[str]

    def refusal(self, facts: Facts) -> str:
        """Say why nothing is judged at all; empty where all is in order."""
        if not self.guardrails:
            return "No guardrail is in force, so nothing can be shown to be allowed."
        if self.guardrails > MOST_GUARDRAILS:
            return f"More than {MOST_GUARDRAILS} guardrails are in force."
        if self.checks.total() * MOST_ELEMENTS > MOST_CHECKS:
            checks = sum(
                leaves * (_length(facts.get(name)) if name else 1)
                for name, leaves in self.checks.items()
            )
            if checks > MOST_CHECKS:
                return f"Judging this takes {checks} checks; {MOST_CHECKS} is the most."
        return ""


def load_of(rules: Iterable[Rule]) -> Load:
    """Give how much there is to judge by some rules."""
    counted = tuple(rules)
    checks: Counter[str] = Counter()
    for rule in counted:
        for branch in (*rule.tree.when, *rule.tree.must) if rule.tree else ():
            name = branch.prop.id if isinstance(branch, Quantified) else ""
            checks[name] += len(leaves(branch))
    return Load(len(counted), checks)


class Rules:
    """Guardrails ready to judge, all of them at once or each by itself."""

    def __init__(
        self,
        words: Words,
        sets: Mapping[str, NamedSet],
        guardrails: Iterable[Guardrail],
        day: date | None = None,
        among: Sequence[Rest] = (),
    ) -> None:
        """Fit and compile guardrails, as they count on a day.

        Those that do not fit are kept as faults. among: when objections take the
        force from some of them.
        """
        self.words, self.sets, self.day = words, sets, day
        self.all = tuple(rule_of(each, words, sets, day, among) for each in guardrails)
        self.by_id = {rule.guardrail.id: rule for rule in self.all}
        self.fitting = [rule for rule in self.all if rule.tree is not None]
        judged = _trees(self.fitting)
        whole = judging(words.slots, judged, whole=True)
        self.codes = (whole, judging(words.slots, judged))
        self._quickly, self._surely = (code.call for code in self.codes)
        readers = [(slot.prop.id, slot.reader()) for slot in words.slots]
        self.readers = [(name, read, read(None)) for name, read in readers]
        self.unfit = tuple(rule for rule in self.all if rule.tree is None)
        self.faults = {rule.guardrail.id: rule.error for rule in self.unfit}
        read = {slot.prop.id for slot in words.slots}
        self.names = sorted({*words.given, *read})
        self.blank = dict.fromkeys(self.names)
        self.digest = self._digest()
        vocabulary = words.vocabulary.values()
        self.never_stated = [prop.id for prop in vocabulary if prop.role == "given"]
        self.dutiful = [rule for rule in self.fitting if rule.is_duty]
        self.sparing = judging(words.slots, _trees(self.dutiful), "spared")
        self.missions: dict[str, tuple[object, object, Mapping[str, Any]]] = {}
        self.mandates: dict[Any, tuple[object, tuple[Rule, ...]]] = {}
        self.loops: dict[bool, Loop] = {}
        self.load = load_of(self.all)

    @cached_property
    def board(self) -> Board:
        """Give the rules laid out over the fields that they read."""
        return Board(self.all, self.words.slots)

    def judge(self, facts: Facts) -> Outcome:
        """Judge facts by every rule; none is left out, whatever the others say."""
        try:
            found = self._quickly(facts)
        except Exception:  # noqa: BLE001 # the next one takes it slower
            try:
                found = self._surely(facts)
            except Exception:  # noqa: BLE001 # rule by rule
                return self._carefully(facts)
        if self.unfit:
            return Outcome((*found, *self.unfit), self.faults)
        return Outcome(tuple(found)) if found else _ALL_HOLD

    def _carefully(self, facts: Facts) -> Outcome:
        """Judge rule by rule, which takes longer: a fault in one spares no other."""
        failing = tuple(rule for rule in self.all if not rule.holds(facts))
        faults = {rule.guardrail.id: rule.fault(facts) for rule in failing}
        return Outcome(failing, {k: f for k, f in faults.items() if f})

    def duties(self, facts: Facts) -> list[Rule]:
        """Give the rules that bring a duty, but for those that surely spare it."""
        try:
            found: list[Rule] = self.sparing.call(facts)
        except Exception:  # noqa: BLE001 # one by one, which takes longer
            return [rule for rule in self.dutiful if not rule.spares(facts)]
        return found

    @cached_property
    def _applying(self) -> Code:
        """Give the code that tells which rules do not surely spare some facts."""
        return judging(self.words.slots, _trees(self.fitting), "spared")

    def applying(self, facts: Facts) -> list[Rule]:
        """Give the rules that apply to facts, or may; one with a fault always does."""
        try:
            found = self._applying.call(facts)
        except Exception:  # noqa: BLE001 # one by one, which takes longer
            found = [rule for rule in self.fitting if not rule.spares(facts)]
        return [*found, *self.unfit]

    def row(self, facts: Facts) -> tuple[Any, ...]:
        """Give the typed values of facts by slot, None where unknown."""
        return tuple(
            [
                absent if (raw := facts[name]) is None else read(raw)
                for name, read, absent in self.readers
            ]
        )

    def _digest(self) -> str:
        """Sum up all that the rules are made of, in 16 hexadecimal digits.

        What is as it is by default is left out: a field that records get one day
        does not make rules of today into others.
        """
        tables: tuple[Mapping[str, Record], ...]
        tables = (self.sets, self.words.vocabulary, self.words.given)
        shown = [f"{rule.level} {_told(rule.guardrail)}" for rule in self.all]
        shown += [_told(table[key]) for table in tables for key in sorted(table)]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:16]


def _trees(rules: Iterable[Rule]) -> dict[Rule, Tree]:
    """Give the trees of rules that fit."""
    return {rule: rule.tree for rule in rules if rule.tree is not None}


def _told(record: Record) -> str:
    """Write a record as JSON, without what is as it is by default."""
    values = ((n, getattr(record, n), default) for n, default in _fields(type(record)))
    plain = {name: value for name, value, default in values if value != default}
    return msgspec.json.encode(plain, order="deterministic").decode()


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, Any], ...]:
    """Give the fields of a record, each with its default or NODEFAULT."""
    made = ((f.name, f.default, f.default_factory) for f in fields(kind))
    return tuple((n, d if make is NODEFAULT else make()) for n, d, make in made)


def _length(raw: Any) -> int:
    """Give how many elements a list has; none where it is no list."""
    return len(raw) if raw.__class__ in {tuple, list} else 0
