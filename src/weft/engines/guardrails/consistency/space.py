"""Guardrails over all worlds: what each says, and whether a world is possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from weft.core.guardrails import Guardrail
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails.consistency.field import Field
from weft.engines.guardrails.consistency.formula import YES
from weft.engines.guardrails.consistency.world import At, World, lists_of
from weft.engines.guardrails.rules.rule import Rule, rule_of
from weft.engines.guardrails.rules.tree import Tree
from weft.engines.guardrails.rules.words import Words


class Says(msgspec.Struct, frozen=True, eq=False):
    """What one guardrail says of a world, as literals.

    words: the names of what it reads. applies: surely. met: it surely applies and is
    surely met. broken: it surely applies and is surely not met. holds: as the one
    judgement has it.
    """

    rule: Rule
    tree: Tree
    words: frozenset[str]
    applies: int
    met: int
    broken: int
    holds: int

    @property
    def guardrail(self) -> Guardrail:
        """Give the guardrail itself."""
        return self.rule.guardrail


class Space:
    """All guardrails that are looked at, over every world that there could be.

    unfit: those that do not fit the words, and so say nothing that could be read.
    whole: no search was ended early.
    """

    whole = True

    def __init__(
        self,
        words: Words,
        sets: Mapping[str, NamedSet],
        guardrails: Iterable[Guardrail],
        act: str = "",
    ) -> None:
        """Fit guardrails, and put what they say into one formula.

        act: look at worlds alone in which this is asked.
        """
        self._sets, self._act = sets, act
        rules = [rule_of(guardrail, words, sets) for guardrail in guardrails]
        self.unfit = tuple(rule for rule in rules if rule.tree is None)
        fitting = [rule for rule in rules if rule.tree is not None]
        self.words = words
        self.world = World(fitting, words.slots, (act,) if act else ())
        self.formula = self.world.formula
        if act:
            self.formula.add(self.world.cell("act", act))
        self.all = tuple(self._says(rule) for rule in fitting)
        self.by_id = {says.guardrail.id: says for says in self.all}

    def of(self, some: Iterable[Says]) -> Space:
        """Give a space of some of the guardrails alone: it is searched much faster."""
        guardrails = [says.guardrail for says in some]
        return Space(self.words, self._sets, guardrails, self._act)

    def _says(self, rule: Rule) -> Says:
        """Put into literals what a rule says."""
        tree = rule.tree or Tree((), ())
        when, must = self.world.told(tree.when), self.world.told(tree.must)
        every = self.formula.every
        return Says(
            rule,
            tree,
            frozenset(self.words.slots[slot].prop.id for slot in rule.reads),
            when.yes,
            every([when.yes, must.yes]),
            every([when.yes, must.no]),
            self.formula.one([when.no, must.yes]),
        )

    def possible(
        self,
        of: Sequence[Says],
        *literals: int,
        known: bool = True,
        facts: bool = False,
    ) -> bool:
        """Tell whether there is a world of some guardrails in which this is so.

        known: only worlds in which all is known that can be. facts: as many elements
        of lists as a question about facts needs.
        """
        apart = self.world.apart_from((says.rule for says in of), facts=facts)
        asked = self.world.known if known else YES
        return self.formula.possible([*literals, asked, *apart])

    def true(self, literal: int) -> bool:
        """Tell whether something is so in the world that was found last."""
        return self.formula.true(literal)

    def fields_of(self, says: Says) -> Iterator[tuple[At, Field]]:
        """Give the fields that a guardrail reads, elements among them."""
        rule, words = says.rule, says.words
        inside = {(b.slot, leaf.prop.id) for b in lists_of(rule) for leaf in b.must}
        inside |= {(b.slot, leaf.prop.id) for b in lists_of(rule) for leaf in b.where}
        for at, field in self.world.fields.items():
            if self.words.slots[at[0]].prop.id in words and (
                at[1] < 0 or (at[0], field.prop.id) in inside
            ):
                yield at, field

    def example(
        self,
        of: Sequence[Says],
        *literals: int,
        known: bool = True,
        facts: bool = False,
    ) -> dict[str, Any]:
        """Give the plain facts of a world in which this is so: one that reads well.

        It is the first one in a fixed order, so it does not hang on the solver.
        Only the words that these guardrails read are told; None is not known.
        """
        fields = {at: field for says in of for at, field in self.fields_of(says)}
        rules = [says.rule for says in of]
        held = [*literals, *self.world.apart_from(rules, facts=facts)]
        if known and self.formula.possible([*held, self.world.known]):
            held.append(self.world.known)
        elif not self.formula.possible(held):
            return {}
        there = self.world.there
        lists = sorted({at[0] for at in fields if at[0] in there})
        wishes: list[tuple[int, ...]]
        wishes = [(-literal,) for slot in lists for literal in there[slot]]
        wishes += [wish for at in sorted(fields) for wish in fields[at].wishes()]
        for wish in wishes:
            self._hold(held, wish)
        return self._facts(fields)

    def _hold(self, held: list[int], wish: tuple[int, ...]) -> None:
        """Hold the first that is possible of what is wished; the last model has it."""
        for literal in wish:
            if self.true(literal) or self.formula.possible([*held, literal]):
                held.append(literal)
                return
            held.append(-literal)  # as it is in the world found last

    def _facts(self, fields: Mapping[At, Field]) -> dict[str, Any]:
        """Read the plain facts of the world found last."""
        facts: dict[str, Any] = {}
        for at in sorted(fields):
            prop = self.world.slots[at[0]].prop
            if at[1] < 0:
                listed = prop.type == "list" and self.true(fields[at].known)
                facts[prop.id] = (
                    self._elements(at[0], fields) if listed else fields[at].value()
                )
        return facts

    def _elements(
        self, slot: int, fields: Mapping[At, Field]
    ) -> tuple[dict[str, Any], ...]:
        """Read the elements of a list; what is not known is left out of them."""
        found = []
        for element, there in enumerate(self.world.there.get(slot, ())):
            if self.true(there):
                values = {
                    field.prop.id: field.value()
                    for at, field in sorted(fields.items(), key=lambda each: each[0])
                    if at[:2] == (slot, element)
                }
                found.append({k: v for k, v in values.items() if v is not None})
        return tuple(found)
