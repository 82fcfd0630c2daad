"""Every world of a small firm, judged one by one: the slow way to consistency.

It follows the definitions and shares no code with the engine: no cells, no solver, no
bound on elements but one that is larger than what the engine takes. Each word is an
axis of an array, the list is one too; truths are 0, 1, 2 for false, unknown, true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace
from tests.engines.guardrails.conftest import judged_clause, prop
from tests.engines.guardrails.every_edit import domain

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.vocabulary import Property

Truths = npt.NDArray[np.int8]
Found = set[tuple[str, tuple[str, ...]]]
WRONG = ""
LEVELS = {"advise": 0, "must": 1, "veto": 2}
LIST = "copies"
ACT = prop("act", "enum", values=["adopt", "deploy", "run"], role="given")
"""What is asked: it is always known, and a fact."""


def values(word: Property) -> list[Any]:
    """Give every value of a property, those of a set too."""
    if word.type != "set":
        return list(domain(word))
    sizes = range(len(word.values) + 1)
    return [some for size in sizes for some in combinations(word.values, size)]


def lists(inside: Sequence[Property], most: int, *, known: bool) -> Iterator[Any]:
    """Give every list of up to so many elements; their order matters to facts alone."""
    nothing = () if known else (None, WRONG)
    kinds = [(*values(word), *nothing) for word in inside]
    elements = [
        {w.id: told for w, told in zip(inside, each, strict=True) if told is not None}
        for each in product(*kinds)
    ]
    for size in range(most + 1):
        yield from product(elements, repeat=size)


class Everything:
    """The truths of guardrails over all worlds, or over those where all is known."""

    def __init__(
        self,
        firm: Firm,
        words: Sequence[Property],
        inside: Sequence[Property],
        most: int,
        *,
        known: bool,
    ) -> None:
        """Take the words; most: so many elements at most."""
        nothing = [] if known else [None, WRONG]
        self.words, self.inside = (ACT, *words), inside
        vocabulary = firm.vocabulary.set(ACT.id, ACT)
        self.firm = replace(firm, vocabulary=vocabulary)
        self.axes: dict[str, list[Any]] = {ACT.id: [*ACT.values]}
        self.axes |= {word.id: [*values(word), *nothing] for word in words}
        self.axes[LIST] = [*lists(inside, most, known=known), *nothing]
        self.names = list(self.axes)

    def leaf(self, rule: Guardrail, clause: Clause, name: str) -> Truths:
        """Judge a clause about one word, for all values of it."""
        told = [
            "FUT".index(judged_clause(self.firm, rule, clause, facts))
            for value in self.axes[name]
            for facts in [{} if value is None else {name: value}]
        ]
        shape = [1] * len(self.names)
        shape[self.names.index(name)] = -1
        return np.array(told, dtype=np.int8).reshape(shape)

    def clause(self, rule: Guardrail, clause: Clause) -> Truths:
        """Judge a clause for all worlds."""
        if isinstance(clause.any, tuple):
            found = self.leaf(rule, clause.any[0], str(clause.any[0].path))
            for each in clause.any[1:]:
                found = np.maximum(found, self.leaf(rule, each, str(each.path)))
            return found
        path = isinstance(clause.path, str)
        return self.leaf(rule, clause, str(clause.path) if path else LIST)

    def both(self, rule: Guardrail) -> tuple[Truths, Truths]:
        """Judge `when` and `must` for all worlds."""
        shape = tuple(len(axis) for axis in self.axes.values())
        sides = []
        for clauses in (rule.when, rule.must):
            found = np.full(shape, 2, dtype=np.int8)
            for clause in clauses:
                found = np.minimum(found, self.clause(rule, clause))
            sides.append(found)
        return sides[0], sides[1]

    def fact_groups(self) -> list[list[int]]:
        """Group lists by what is a fact of them: their length, and facts inside."""
        facts = [word.id for word in self.inside if word.role != "choice"]
        groups: dict[Any, list[int]] = {}
        for place, elements in enumerate(self.axes[LIST]):
            key = tuple(tuple(each.get(n) for n in facts) for each in elements)
            groups.setdefault(key, []).append(place)
        return list(groups.values())

    def for_facts(self, truths: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Tell for each kind of facts whether there is a choice for which it is so."""
        chosen = tuple(
            axis for axis, word in enumerate(self.words) if word.role == "choice"
        )
        some = np.asarray(truths.any(axis=chosen, keepdims=True))
        return np.stack([some[..., g].any(axis=-1) for g in self.fact_groups()], -1)


def found_by_all(
    firm: Firm, words: Sequence[Property], inside: Sequence[Property], most: int
) -> Found:
    """Find what does not fit together, by the definitions."""
    rules = [firm.guardrails[key] for key in sorted(firm.guardrails)]
    whole = Everything(firm, words, inside, most, known=False)
    sure = Everything(firm, words, inside, 2 * most + 1, known=True)
    alone: dict[str, str] = {}
    failing, met, applies = {}, {}, {}
    for rule in rules:
        when, must = whole.both(rule)
        fails = failing[rule.id] = (when != 0) & (must != 2)
        kind = ""
        if not (when == 2).any():
            kind = "unreachable"
        elif not ((when == 2) & (must == 2)).any():
            kind = "ban"
        elif not fails.any():
            kind = "idle"
        elif not ((when == 2) & (must == 0)).any():
            kind = "asks-to-know"
        if kind:
            alone[rule.id] = kind
        when, must = sure.both(rule)
        applies[rule.id], met[rule.id] = when == 2, (when == 2) & (must == 2)
    found: Found = {(kind, (name,)) for name, kind in alone.items()}
    out = {"unreachable", "ban", "idle"}
    good = [rule for rule in rules if alone.get(rule.id) not in out]
    found |= _implied(good, failing)
    names = [rule.id for rule in good]
    for act in range(len(ACT.values)):
        one = slice(act, act + 1)
        found |= _clashing(
            sure,
            names,
            {name: truths[one] for name, truths in applies.items()},
            {name: truths[one] for name, truths in met.items()},
        )
    return found


def _implied(good: Sequence[Guardrail], failing: Any) -> Found:
    """Find which guardrails one other makes needless."""
    found: Found = set()
    for one, other in product(good, good):
        if one is other or LEVELS[other.level] < LEVELS[one.level]:
            continue
        if (failing[one.id] & ~failing[other.id]).any():
            continue
        same = not (failing[other.id] & ~failing[one.id]).any()
        if not same:
            found.add(("implied", (one.id, other.id)))
        elif LEVELS[other.level] > LEVELS[one.level] or one.id > other.id:
            found.add(("equal", (one.id, other.id)))
    return found


def _clashing(sure: Everything, names: Sequence[str], applies: Any, met: Any) -> Found:
    """Find which guardrails contradict each other, two or more of them."""
    found: Found = set()
    for size in range(2, len(names) + 1):
        for some in combinations(names, size):
            if any(set(ids) < set(some) for _, ids in found):
                continue
            apply = np.logical_and.reduce([applies[n] for n in some])
            every = np.logical_and.reduce([met[n] for n in some])
            fewer = [
                np.logical_and.reduce([apply, *(met[n] for n in some if n != left)])
                for left in some
            ]
            nowhere = not every.any() and all(each.any() for each in fewer)
            if size == 2 and not nowhere:  # for some facts
                one, two = (sure.for_facts(each) for each in fewer)
                nowhere = bool((one & two & ~sure.for_facts(every)).any())
            if nowhere:
                found.add(("contradiction", some))
    return found
