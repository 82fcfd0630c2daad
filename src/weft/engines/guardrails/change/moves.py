"""The moves that are open: which fields may be changed, to what, and at what price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from weft.engines.guardrails.change.board import Board, Field
from weft.engines.guardrails.change.cells import cells, distance, ranking, signature
from weft.engines.guardrails.change.members import classes, flips, matters, whole_sets
from weft.engines.guardrails.change.world import Move, Place, World
from weft.engines.guardrails.rules.kinds import ORDERED
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import Leaf

Unit = tuple[Any, ...]
"""What an edit takes up: rules whose moves share no unit cannot share an edit."""


class Freedom(msgspec.Struct, frozen=True):
    """What may be moved: the choices, and the facts that nobody has stated."""

    choices: bool = True
    facts: bool = False


class Terms(msgspec.Struct, frozen=True):
    """What holds for a search and all its parts.

    apart: values of a field that waivers name, told from all others; watchful: the
    rules that those waivers are about. spans: all leaves on a field, whatever rule
    they are of: they say how far apart its values can be.
    """

    freedom: Freedom
    apart: Mapping[Field, Sequence[Any]]
    watchful: frozenset[int]
    spans: Mapping[Field, Sequence[Leaf]]


class Option(msgspec.Struct, frozen=True):
    """A move, the units it takes up, and what it costs beside being an edit.

    order: where it stands among those that cost the same.
    """

    move: Move
    units: frozenset[Unit]
    weight: int
    distance: Fraction
    order: tuple[Any, ...]

    @property
    def cost(self) -> tuple[int, Fraction, tuple[Any, ...]]:
        """Give what options are sorted by."""
        return self.weight, self.distance, self.order


class Moves:
    """The moves that could matter to some rules, in one world and all after it."""

    def __init__(self, base: World, rules: Sequence[Rule], terms: Terms) -> None:
        """Take the world before any edit."""
        self.base, self.terms = base, terms
        self.board = Board(rules, base.slots)
        self._values: dict[Place, list[tuple[Option, tuple[Any, ...]]]] = {}

    def of(self, rule: Rule, world: World, taken: frozenset[Unit]) -> Iterator[Option]:
        """Give the moves that alter the truth of a leaf of a rule.

        taken: the units that earlier moves took up; no field is moved twice.
        """
        for field, mine in self.board.fields[id(rule)].items():
            for place in _places(field, world):
                if not self._is_free(place, world):
                    continue
                if world.prop(place).type == "set":
                    yield from self._of_set(place, rule, world, taken)
                elif (place,) not in taken:
                    yield from self._of_value(place, rule, mine)
        for slot in self.board.lists[id(rule)]:
            yield from self._of_list(slot, world, taken)

    def _is_free(self, place: Place, world: World) -> bool:
        """Tell whether a field may be moved."""
        freedom, prop = self.terms.freedom, world.prop(place)
        if place.element >= 0 and self.base.slots[place.slot].prop.role == "given":
            return False
        if place.element >= len(self.base.numbers(place.slot)):
            return freedom.choices and prop.role != "given"  # it is only planned yet
        if prop.role == "choice" and prop.type != "list":
            return freedom.choices
        unknown = world.typed(place) is None
        return freedom.facts and prop.role != "given" and unknown

    # A field that is no set.

    def _of_value(
        self, place: Place, rule: Rule, mine: Sequence[int]
    ) -> Iterator[Option]:
        """Give the values of a field that some leaf of a rule tells from the old."""
        if place not in self._values:
            self._values[place] = list(self._cells(place))
        watchful = id(rule) in self.terms.watchful
        leaves = self.board.leaves[_field(place)]
        old = signature(self._old(place), leaves)
        for option, new in self._values[place]:
            if watchful or any(new[at] != old[at] for at in mine):
                yield option

    def _cells(self, place: Place) -> Iterator[tuple[Option, tuple[Any, ...]]]:
        """Give the nearest value of each cell but the old one's."""
        prop, old = self.base.prop(place), self._old(place)
        leaves = self.board.leaves[_field(place)]
        apart = self.terms.apart.get(_field(place), ())
        if prop.type == "list":  # all that can be told of it at once: it is empty
            yield self._option(Move("set", place, ()), ()), (True,) * len(leaves)
            return
        order = [] if prop.type in ORDERED else ranking(prop, leaves)
        now = None if old is None else signature(old, leaves, apart)
        for cell in cells(prop, leaves, apart):
            if cell.signature != now:
                ordered = prop.type in ORDERED
                value = cell.nearest(old) if ordered else cell.values[0]
                rank = order.index(value) if value in order else value
                yield self._option(Move("set", place, value), rank), cell.signature

    # A field that is a set: it is changed member by member.

    def _of_set(
        self, place: Place, rule: Rule, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give the members to put in or take out, or the sets that could be told."""
        prop, now = world.prop(place), world.typed(place)
        watchful = id(rule) in self.terms.watchful
        field = _field(place)
        leaves = self.board.leaves[field]
        mine = [leaves[at] for at in self.board.fields[id(rule)][field]]
        groups = classes(prop, leaves, apart=bool(self.terms.apart.get(field)))
        groups = [
            g for g in groups if watchful or any(matters(leaf, g[0]) for leaf in mine)
        ]
        if now is not None:
            for member in flips(groups, now):
                if (place, member) not in taken:
                    yield self._option(Move("flip", place, member), (member,))
        elif (place,) not in taken:
            planned = place.element >= len(self.base.numbers(place.slot))
            stated = not planned and prop.role == "fact"
            for told in whole_sets(groups, most=None if stated else 1):
                yield self._option(Move("set", place, told), tuple(sorted(told)))

    # A list that is open to adding or removing elements.

    def _of_list(
        self, slot: int, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give the elements to take out, and the one to add next."""
        prop = self.base.slots[slot].prop
        open_to = prop.open_to if prop.role == "choice" else ()
        if world.row[slot] is None or not self.terms.freedom.choices:
            return
        before = len(self.base.numbers(slot))
        numbers = world.numbers(slot)
        if "removing" in open_to:
            for number in numbers:
                if number < before and ("element", slot, number) not in taken:
                    yield self._option(Move("remove", Place(slot, number)), ())
        added = sum(number >= before for number in numbers)
        if "adding" in open_to and added < self.board.quantifiers[slot]:
            yield self._option(Move("add", Place(slot, before + added)), ())

    # What all of them have in common.

    def _option(self, move: Move, rank: Any) -> Option:
        """Price a move."""
        place, base = move.place, self.base
        far = Fraction(0)
        if move.kind in {"remove", "add"}:
            prop = base.slots[place.slot].prop
            what = "element" if move.kind == "remove" else "add"
            units: set[Unit] = {(what, place.slot, place.element)}
        else:
            prop = base.prop(place)
            units = self._units(move)
        if move.kind == "set":
            spans = self.terms.spans.get(_field(place), ())
            far = distance(prop, spans, self._old(place), move.value)
        order = (base.path(place), move.kind, rank)
        return Option(move, frozenset(units), prop.weight, far, order)

    def _units(self, move: Move) -> set[Unit]:
        """Give what the setting of a field, or of a member, takes up."""
        place, units = move.place, set[Unit]()
        if move.kind == "flip":
            units.add((place, move.value))
        else:
            units.add((place,))
            if isinstance(move.value, frozenset):
                units |= {(place, member) for member in move.value}
        slot = self.base.slots[place.slot].prop
        if place.element >= 0 and "removing" in slot.open_to:
            units.add(("element", place.slot, place.element))
        return units

    def _old(self, place: Place) -> Any:
        """Give the value of a field before any edit; none where it is new."""
        if place.element >= len(self.base.numbers(place.slot)):
            return None
        return self.base.typed(place)


def _field(place: Place) -> Field:
    """Give the field that a place is one case of."""
    return place.slot, place.field


def _places(field: Field, world: World) -> Iterator[Place]:
    """Give the places of a field: one, or one in each element of its list."""
    slot, within = field
    if within < 0:
        yield Place(slot)
    elif world.row[slot] is not None:
        for number in world.numbers(slot):
            yield Place(slot, number, within)
