"""The moves that are open: which fields may be changed, to what, and at what price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from weft.engines.guardrails.change.members import (
    DROPPING,
    classes,
    matters,
    whole_sets,
)
from weft.engines.guardrails.change.world import Move, Place, World
from weft.engines.guardrails.rules.board import Field, board_of, field_of
from weft.engines.guardrails.rules.cells import (
    NOT_FAR,
    cells_of,
    distance,
    ranking,
    signature,
)
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
    they are of: they say how far apart its values can be. released: words that are
    taken to be free whatever they are, to see whether anything hangs on them.
    """

    freedom: Freedom
    apart: Mapping[Field, Sequence[Any]]
    watchful: frozenset[int]
    spans: Mapping[Field, Sequence[Leaf]]
    released: frozenset[int] = frozenset()


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
        self.board = board_of(tuple(rules))
        self._values: dict[Place, list[tuple[Option, tuple[Any, ...]]]] = {}

    def all_of(
        self, rule: Rule, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give every move on a field that a rule reads."""
        for field in self.board.fields[id(rule)]:
            for place in _places(field, world):
                if self._is_free(place, world):
                    yield from self._every_value(place, world, taken)
        for slot in self.board.lists[id(rule)]:
            for number in world.numbers(slot):
                yield from self.taking_out(Place(slot, number), world, taken)
            yield from self.adding(slot, world)

    def making(
        self,
        leaf: Leaf,
        element: int,
        world: World,
        taken: frozenset[Unit],
        *,
        want: bool,
    ) -> Iterator[Option]:
        """Give the moves that make a leaf true, or false, or bring a set nearer to it.

        taken: the units that earlier moves took up; no field is moved twice.
        """
        slot, within = field_of(leaf, self.base.slots)
        place = Place(slot, element, within)
        if not self._is_free(place, world):
            return
        number, kind = self.board.numbers[id(leaf)], world.prop(place).type
        if leaf.operator == "present" and not want:
            if slot in self.terms.released and (place,) not in taken:
                yield self._option(Move("set", place), ())
        elif kind == "list":
            yield from self.emptying(slot, world) if want else ()
        elif kind != "set":
            if (place,) not in taken:
                for option, new in self._cells_at(place):
                    if new[number] is want:
                        yield option
        elif leaf.operator == "present" or world.typed(place) is None:
            yield from self._told_sets(place, world, taken)
        else:
            yield from self._flips(place, leaf, world, taken, want=want)

    def _is_free(self, place: Place, world: World) -> bool:
        """Tell whether a field may be moved."""
        freedom, prop = self.terms.freedom, world.prop(place)
        if place.slot in self.terms.released:
            return True
        if place.element >= 0 and self.base.slots[place.slot].prop.role == "given":
            return False
        if self._is_new(place):
            return freedom.choices and prop.role != "given"  # it is only planned yet
        if prop.role == "choice" and prop.type != "list":
            return freedom.choices
        unknown = world.typed(place) is None
        return freedom.facts and prop.role != "given" and unknown

    def _every_value(
        self, place: Place, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give all moves of one field."""
        if world.prop(place).type == "list":
            yield from self.emptying(place.slot, world)
        elif world.prop(place).type != "set":
            if (place,) not in taken:
                yield from (option for option, _ in self._cells_at(place))
        elif world.typed(place) is None:
            yield from self._told_sets(place, world, taken)
        else:
            for member in world.prop(place).values:
                if (place, member) not in taken:
                    yield self._option(Move("flip", place, member), (member,))

    # A field that is no set.

    def _cells_at(self, place: Place) -> list[tuple[Option, tuple[Any, ...]]]:
        """Give the values that a field could have, with what the leaves say of them."""
        if place not in self._values:
            self._values[place] = list(self._cells(place))
        return self._values[place]

    def _cells(self, place: Place) -> Iterator[tuple[Option, tuple[Any, ...]]]:
        """Give the nearest value of each cell but the old one's."""
        prop, old = self.base.prop(place), self._old(place)
        leaves = self.board.leaves[_field(place)]
        apart = self.terms.apart.get(_field(place), ())
        order = [] if prop.type in ORDERED else ranking(prop, leaves)
        now = None if old is None else signature(old, leaves, apart)
        for cell in cells_of(self.board, _field(place), prop, apart):
            if cell.signature != now:
                ordered = prop.type in ORDERED
                value = cell.nearest(old) if ordered else cell.values[0]
                known = value in order
                rank = (order.index(value),) if known else (len(order), value)
                yield self._option(Move("set", place, value), rank), cell.signature

    # A field that is a set: it is changed member by member.

    def _flips(
        self,
        place: Place,
        leaf: Leaf,
        world: World,
        taken: frozenset[Unit],
        *,
        want: bool,
    ) -> Iterator[Option]:
        """Give the members to put in, or to take out, to bring a set nearer."""
        now = world.typed(place)
        dropping = (leaf.operator in DROPPING) == want
        for group in self._groups(place):
            there = [member for member in group if member in now]
            if not matters(leaf, group[0]) or bool(there) != dropping:
                continue
            member = there[0] if there else group[0]
            if (place, member) not in taken:
                yield self._option(Move("flip", place, member), (member,))

    def _told_sets(
        self, place: Place, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give the sets that could be told where none is: a choice begins small."""
        if (place,) in taken or world.typed(place) is not None:
            return
        fact = world.prop(place).role == "fact" and not self._is_new(place)
        for told in whole_sets(self._groups(place), most=None if fact else 1):
            yield self._option(Move("set", place, told), tuple(sorted(told)))

    def _groups(self, place: Place) -> list[list[str]]:
        """Group the members that matter at a field."""
        field = _field(place)
        apart = bool(self.terms.apart.get(field))
        return classes(self.base.prop(place), self.board.leaves[field], apart=apart)

    # A list.

    def emptying(self, slot: int, world: World) -> Iterator[Option]:
        """Give the statement that a list of which nothing is known is empty."""
        place = Place(slot)
        if world.row[slot] is None and self._is_free(place, world):
            yield self._option(Move("set", place, ()), ())

    def taking_out(
        self, place: Place, world: World, taken: frozenset[Unit]
    ) -> Iterator[Option]:
        """Give the move that takes an element out, if its list is open to it."""
        used = ("element", place.slot, place.element) in taken
        known = place.element in world.numbers(place.slot)
        if self._is_open(place.slot, "removing") and known and not used:
            at = Place(place.slot, place.element)
            if not self._is_new(at):
                yield self._option(Move("remove", at), ())

    def adding(self, slot: int, world: World) -> Iterator[Option]:
        """Give the move that adds an element, as long as one more could be of use."""
        if self._is_open(slot, "adding") and world.row[slot] is not None:
            before = len(self.base.numbers(slot))
            added = sum(number >= before for number in world.numbers(slot))
            if added < self.board.quantifiers[slot]:
                yield self._option(Move("add", Place(slot, before + added)), ())

    def could_be_new(self, goals: Sequence[tuple[Leaf, bool]]) -> bool:
        """Tell whether a new element could have leaves with the truths given.

        Of sets it is taken for granted: they are brought there step by step. What is
        not to be present is left unsaid.
        """
        fields: dict[Field, list[tuple[int, bool]]] = {}
        unsaid: set[Field] = set()
        for leaf, want in goals:
            field = field_of(leaf, self.base.slots)
            if leaf.operator == "present" and not want:
                unsaid.add(field)
            elif leaf.prop.type != "set":
                number = self.board.numbers[id(leaf)]
                fields.setdefault(field, []).append((number, want))
        return unsaid.isdisjoint(fields) and all(
            any(
                all(told[number] is want for number, want in wanted)
                for _, told in self._cells_at(self._new_place(field))
            )
            for field, wanted in fields.items()
        )

    def _new_place(self, field: Field) -> Place:
        """Give the place of a field in the element that would be added first."""
        slot, within = field
        return Place(slot, len(self.base.numbers(slot)), within)

    def _is_open(self, slot: int, to: str) -> bool:
        """Tell whether elements of a list may be added, or taken out."""
        prop = self.base.slots[slot].prop
        chosen = self.terms.freedom.choices and prop.role == "choice"
        return slot in self.terms.released or (chosen and to in prop.open_to)

    # What all of them have in common.

    def _option(self, move: Move, rank: tuple[Any, ...]) -> Option:
        """Price a move."""
        place, base = move.place, self.base
        far = NOT_FAR
        if move.kind in {"remove", "add"}:
            prop = base.slots[place.slot].prop
            what = "element" if move.kind == "remove" else "add"
            units: set[Unit] = {(what, place.slot, place.element)}
        else:
            prop = base.prop(place)
            units = self._units(move)
        if move.kind == "set" and move.value is not None:
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
        return None if self._is_new(place) else self.base.typed(place)

    def _is_new(self, place: Place) -> bool:
        """Tell whether a place is in an element that was not there before."""
        inside = place.element >= 0
        return inside and place.element >= len(self.base.numbers(place.slot))


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
