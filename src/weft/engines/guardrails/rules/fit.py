"""Fitting guardrails to the vocabulary: all that does not fit is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, cast

import msgspec
from msgspec import UNSET

from weft.core.guardrails import QUANTIFIERS, Clause, Guardrail
from weft.core.vocabulary import NamedSet, Property
from weft.engines.guardrails.rules.constants import constant
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified, Tree
from weft.engines.guardrails.rules.words import Words
from weft.errors import InputError, UnknownName, Where

MOST_IN_ANY: Final = 8
MOST_IN_QUANTIFIER: Final = 20


class Fitted(msgspec.Struct, frozen=True):
    """A guardrail's tree, or why it has none."""

    tree: Tree | None
    problems: tuple[InputError, ...] = ()


def fit(guardrail: Guardrail, words: Words, sets: Mapping[str, NamedSet]) -> Fitted:
    """Fit one guardrail to the words of the firm; each problem names its place."""
    fitting = _Fitting(guardrail, words, sets)
    when = fitting.branches(guardrail.when, "$.when")
    must = fitting.branches(guardrail.must, "$.must")
    if fitting.problems:
        return Fitted(None, tuple(fitting.problems))
    return Fitted(Tree(when, must))


class _Fitting:
    """One guardrail while it is being fitted, and what was wrong so far."""

    def __init__(
        self, guardrail: Guardrail, words: Words, sets: Mapping[str, NamedSet]
    ) -> None:
        self.guardrail, self.words, self.sets = guardrail, words, sets
        self.problems: list[InputError] = []

    def branches(self, clauses: tuple[Clause, ...], path: str) -> tuple[Branch, ...]:
        """Fit the clauses of `when` or of `must`."""
        found = (
            self.branch(clause, f"{path}[{place}]")
            for place, clause in enumerate(clauses)
        )
        return tuple(branch for branch in found if branch is not None)

    def branch(self, clause: Clause, path: str) -> Branch | None:
        """Fit one clause."""
        if clause.path is not UNSET:
            return self.leaf(clause, path)
        if clause.any is not UNSET:
            self.count(clause.any, MOST_IN_ANY, f"{path}.any")
            leaves = self.leaves(clause.any, f"{path}.any")
            return AnyOf(leaves)
        return self.quantified(clause, path)

    def quantified(self, clause: Clause, path: str) -> Quantified | None:
        """Fit a clause about the elements of a list."""
        word = next(q for q in QUANTIFIERS if getattr(clause, q) is not UNSET)
        quantifier = cast("Literal['every', 'none', 'some']", word)
        where = self.where(f"{path}.{quantifier}")
        try:
            prop = self.words.find(getattr(clause, quantifier), where)
        except UnknownName as problem:
            self.problems.append(problem)
            return None
        if prop.type != "list":
            self.wrong(
                f"{prop.id} is no list: it is of type {prop.type}.",
                f"Use a path and an operator, or `{quantifier}` with a list.",
                f"{path}.{quantifier}",
            )
            return None
        self.count((*clause.where, *clause.must), MOST_IN_QUANTIFIER, path)
        slot = self.words.place(prop)
        return Quantified(
            quantifier,
            prop,
            slot,
            self.leaves(clause.where, f"{path}.where", slot, prop),
            self.leaves(clause.must, f"{path}.must", slot, prop),
        )

    def leaves(
        self,
        clauses: tuple[Clause, ...],
        path: str,
        slot: int = -1,
        within: Property | None = None,
    ) -> tuple[Leaf, ...]:
        """Fit leaves; inside a quantifier those of the list at `slot`."""
        found = (
            self.leaf(clause, f"{path}[{place}]", slot, within)
            for place, clause in enumerate(clauses)
        )
        return tuple(leaf for leaf in found if leaf is not None)

    def leaf(
        self, clause: Clause, path: str, slot: int = -1, within: Property | None = None
    ) -> Leaf | None:
        """Fit one leaf: its path, then its operator and its constant."""
        name, operator = str(clause.path), clause.operator
        where = self.where(f"{path}.path")
        presence = operator == "present"
        try:
            if within is None:
                prop = self.words.find(name, where)
            else:
                prop = self.words.field(within, name, where)
            where = self.where(f"{path}.{operator}")
            told = constant(prop, operator, clause.constant, self.guardrail, self.sets)
        except InputError as problem:
            problem.where = where
            self.problems.append(problem)
            return None
        if within is None:
            slot, field = self.words.place(prop, presence=presence), -1
        else:
            field = self.words.place_in(slot, prop, presence=presence)
        name = within.id if within else ""
        return Leaf(
            prop,
            slot,
            field,
            operator,
            told.typed,
            told.expected,
            told.order,
            name,
        )

    def count(self, clauses: tuple[Clause, ...], most: int, path: str) -> None:
        """Refuse more leaves than can be judged in bounded time."""
        if len(clauses) > most:
            self.wrong(
                f"Here are {len(clauses)} leaves; {most} is the most.",
                "Split the guardrail in two, or name the values in a set.",
                path,
            )

    def wrong(self, what: str, do: str, path: str) -> None:
        """Note a problem."""
        self.problems.append(InputError(what, do=do, where=self.where(path)))

    def where(self, path: str) -> Where:
        """Give a place in this guardrail: the record's address, and the path."""
        return Where(f"guardrails/{self.guardrail.id}", 0, path)
