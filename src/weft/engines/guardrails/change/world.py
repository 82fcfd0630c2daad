"""A request while it is being changed: its row, its facts, and the edits on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.kinds import plain
from weft.engines.guardrails.rules.words import Slot


class Place(msgspec.Struct, frozen=True, order=True):
    """A field: of the request, or of one element of a list.

    slot: of the field, or of its list; then `element` tells which one, and `field`
    its place in there. An element keeps its number when others are taken out.
    """

    slot: int
    element: int = -1
    field: int = -1


class Move(msgspec.Struct, frozen=True):
    """One edit: set a field, put in or take out one member, one element.

    value: the typed value, none where nothing is known any more; the member of a
    set for `flip`.
    """

    kind: Literal["set", "flip", "remove", "add"]
    place: Place
    value: Any = None


class World(msgspec.Struct, frozen=True):
    """What is judged after some edits.

    elements: for each list that was edited, the numbers of the elements it has now.
    """

    slots: list[Slot]
    row: tuple[Any, ...]
    facts: Mapping[str, Any]
    elements: Mapping[int, tuple[int, ...]] = {}

    def numbers(self, slot: int) -> tuple[int, ...]:
        """Give the numbers of the elements of a list."""
        known = self.elements.get(slot)
        return tuple(range(len(self.row[slot] or ()))) if known is None else known

    def typed(self, place: Place) -> Any:
        """Give the typed value at a place."""
        if place.element < 0:
            return self.row[place.slot]
        at = self.numbers(place.slot).index(place.element)
        return self.row[place.slot][at][place.field]

    def raw(self, place: Place) -> Any:
        """Give the plain value at a place, as it was put."""
        raw: Any = self.facts.get(self.slots[place.slot].prop.id)
        if place.element < 0:
            return raw
        element = raw[self.numbers(place.slot).index(place.element)]
        known = element.__class__ is dict
        return element.get(self.prop(place).id) if known else element

    def has(self, place: Place) -> bool:
        """Tell whether there is such a place: its element may be new, or gone."""
        return place.element < 0 or place.element in self.numbers(place.slot)

    def prop(self, place: Place) -> Property:
        """Give the property that a place holds a value of."""
        slot = self.slots[place.slot]
        return slot.prop if place.field < 0 else slot.fields[place.field].prop

    def path(self, place: Place) -> str:
        """Write where a place is, by the numbers that elements had at first."""
        slot = self.slots[place.slot]
        if place.element < 0:
            return slot.prop.id
        path = f"{slot.prop.id}[{place.element}]"
        return path if place.field < 0 else f"{path}.{self.prop(place).id}"

    def after(self, move: Move) -> World:
        """Give the world after one more edit."""
        if move.kind == "remove":
            return self._without(move.place)
        if move.kind == "add":
            return self._with_new(move.place)
        value = move.value
        if move.kind == "flip":
            value = self.typed(move.place) ^ {value}
        if move.place.element < 0:
            return self._with_value(move.place.slot, value)
        return self._with_field(move.place, value)

    def _with_value(self, slot: int, value: Any) -> World:
        """Set a field of the request."""
        prop = self.slots[slot].prop
        row = list(self.row)
        row[slot] = value
        _note_presence(self.slots[slot], row, value)
        return self._with(row, prop.id, _plain(prop, value))

    def _with_field(self, place: Place, value: Any) -> World:
        """Set a field of one element."""
        fields = self.slots[place.slot].fields
        prop = fields[place.field].prop
        at = self.numbers(place.slot).index(place.element)
        name = self.slots[place.slot].prop.id
        raws, rows = list(self.facts[name]), list(self.row[place.slot])
        raw = raws[at] if raws[at].__class__ is dict else {}
        raws[at] = {**raw, prop.id: _plain(prop, value)}
        element = list(rows[at])
        element[place.field] = value
        _note_presence(fields[place.field], element, value)
        rows[at] = tuple(element)
        return self._with_list(place.slot, raws, rows, self.numbers(place.slot))

    def _without(self, place: Place) -> World:
        """Take an element out of a list."""
        numbers = self.numbers(place.slot)
        name = self.slots[place.slot].prop.id
        kept = [at for at, number in enumerate(numbers) if number != place.element]
        raws = [self.facts[name][at] for at in kept]
        rows = [self.row[place.slot][at] for at in kept]
        left = tuple(numbers[at] for at in kept)
        return self._with_list(place.slot, raws, rows, left)

    def _with_new(self, place: Place) -> World:
        """Add an element of which nothing is stated yet."""
        slot = self.slots[place.slot]
        blank = tuple(
            None if field.presence_of is None else False for field in slot.fields
        )
        raws = [*self.facts[slot.prop.id], {}]
        rows = [*self.row[place.slot], blank]
        numbers = (*self.numbers(place.slot), place.element)
        return self._with_list(place.slot, raws, rows, numbers)

    def _with_list(
        self, slot: int, raws: list[Any], rows: list[Any], numbers: tuple[int, ...]
    ) -> World:
        """Put a list in place of another."""
        row = list(self.row)
        row[slot] = tuple(rows)
        changed = self._with(row, self.slots[slot].prop.id, tuple(raws))
        return msgspec.structs.replace(
            changed, elements={**self.elements, slot: numbers}
        )

    def _with(self, row: list[Any], name: str, raw: Any) -> World:
        """Put a new row and one new fact in place."""
        facts = {**self.facts, name: raw}
        return World(self.slots, tuple(row), facts, self.elements)


def _plain(prop: Property, value: Any) -> Any:
    """Give the plain value that reads as a typed one; none for none."""
    return None if value is None else plain(prop, value)


def _note_presence(slot: Slot, row: list[Any], value: Any) -> None:
    """Note whether a value is there now, where a rule asks for that alone."""
    if slot.presence_at is not None:
        row[slot.presence_at] = value is not None
