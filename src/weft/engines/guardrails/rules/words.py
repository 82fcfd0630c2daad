"""The words that guardrails may read: the firm's vocabulary and what is given.

A word that some guardrail reads has a slot: its place in the row of typed values
into which a request is turned once, and which all guardrails then read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

import msgspec
from msgspec.structs import replace

from weft.core.assets import AssetType
from weft.core.firm import Firm
from weft.core.missions import MissionType
from weft.core.vocabulary import SPEND, Act, Property, PropertyType
from weft.engines.guardrails.rules.kinds import Reader, is_list, reader
from weft.errors import InputError, UnknownName, Where

RUN: Final = "run"
"""The act under which an asset is judged as it stands: nobody asks, it runs."""
RUNNING: Final = "Keep running"
SIGNED, UNSIGNED, NO_MANDATE = "signed", "unsigned", "none"


def given(acts: Mapping[str, Act], currency: str) -> dict[str, Property]:
    """Give the words that Weft itself fills in, so that no request states them.

    But for `asset.type`, which may be told of a thing that the firm does not know.
    """
    states = (SIGNED, UNSIGNED, NO_MANDATE)
    words = (
        _given("act", "What is asked", "enum", tuple(sorted({*acts, RUN}))),
        _given("mission", "The mission", "text"),
        _given("mission.type", "Type of the mission", "enum", get_args(MissionType)),
        _given("asset", "The asset", "text"),
        Property(
            id="asset.type",
            title="What kind of thing it is",
            type="enum",
            values=get_args(AssetType),
            role="fact",
        ),
        _given("mandate", "The mandate", "enum", states),
        Property(
            id="mandate.limit",
            title="The limit of the mandate",
            type="money",
            unit=currency,
            role="given",
        ),
    )
    return {word.id: word for word in words}


def _given(
    name: str, title: str, of: PropertyType, values: tuple[str, ...] = ()
) -> Property:
    """Make a word that is given."""
    return Property(id=name, title=title, type=of, values=values, role="given")


def words_of(firm: Firm) -> dict[str, Property]:
    """Give every word that a guardrail of a firm may read, by its name.

    Acts have their titles as labels, for people to choose by.
    """
    words = {**firm.vocabulary, **Words(firm.vocabulary, firm.acts).given}
    titles = {RUN: RUNNING, **{act.id: act.title for act in firm.acts.values()}}
    words["act"] = replace(words["act"], labels=titles)
    return words


class Slot(msgspec.Struct):
    """A word that is read, and for a list the fields of its elements that are.

    presence_of: where only its presence is kept, the slot of the word itself;
    presence_at: the other way round.
    """

    prop: Property
    presence_of: int | None = None
    presence_at: int | None = None
    fields: list[Slot] = []

    def reader(self) -> Reader:
        """Give the function that turns a plain value into what the row holds."""
        read = reader(self.prop)
        if self.presence_of is not None:
            return lambda raw: _presence(raw, read(raw))
        if self.prop.type != "list":
            return read
        return _elements([(slot.prop.id, slot.reader()) for slot in self.fields])


def _elements(readers: Sequence[tuple[str, Reader]]) -> Reader:
    """Give what turns a list into a row for each of its elements."""
    unknown = (None,) * len(readers)

    def read_all(raw: Any) -> tuple[tuple[Any, ...], ...] | None:
        if not is_list(raw):
            return None
        return tuple(
            [
                tuple([read(each.get(name)) for name, read in readers])
                if each.__class__ is dict
                else unknown
                for each in raw
            ]
        )

    return read_all


def _presence(raw: Any, typed: Any) -> bool | None:
    """Tell whether a value is there: unknown where what is there cannot be read."""
    if typed is not None:
        return True
    return False if raw is None else None


class Words:
    """All words, and the slots of those that were read so far."""

    def __init__(
        self, vocabulary: Mapping[str, Property], acts: Mapping[str, Act]
    ) -> None:
        """Take the vocabulary; what is given stands over it."""
        spend = vocabulary.get(SPEND)
        self.spend = spend if spend and spend.type == "money" else None
        self.vocabulary = vocabulary
        self.given = given(acts, self.spend.unit if self.spend else "")
        self.slots: list[Slot] = []
        self._readers: dict[str, Reader] = {}
        self._places: dict[tuple[str, str, bool], int] = {}
        for name in ("act", "mandate", "mandate.limit"):
            self.place(self.given[name])
        if self.spend:
            self.place(self.spend)

    def find(self, name: str, where: Where | None = None) -> Property:
        """Find a word by its name; raise UnknownName with the nearest ones."""
        found = self.given.get(name) or self.vocabulary.get(name)
        if found is None:
            known = {*self.vocabulary, *self.given}
            raise UnknownName("property", name, known, where)
        return found

    def field(self, of: Property, name: str, where: Where | None = None) -> Property:
        """Find a field of the elements of a list."""
        if name not in of.fields or name not in self.vocabulary:
            raise UnknownName(f"field of {of.id}", name, of.fields, where)
        found = self.vocabulary[name]
        if found.type == "list":
            raise InputError(
                f"{name} is a list inside the list {of.id}.",
                do="Give the elements of a list fields of other types.",
                where=where,
            )
        return found

    def reader(self, prop: Property) -> Reader:
        """Give the function that reads a value of one of these words strictly."""
        if prop.id not in self._readers:
            self._readers[prop.id] = reader(prop)
        return self._readers[prop.id]

    def place(self, prop: Property, *, presence: bool = False) -> int:
        """Give the slot of a word; it gets one if it has none."""
        return self._place(self.slots, "", prop, presence=presence)

    def place_in(self, slot: int, prop: Property, *, presence: bool = False) -> int:
        """Give the place of a field in the elements of the list at a slot."""
        within = self.slots[slot]
        return self._place(within.fields, within.prop.id, prop, presence=presence)

    def _place(
        self, slots: list[Slot], within: str, prop: Property, *, presence: bool
    ) -> int:
        of = self._place(slots, within, prop, presence=False) if presence else None
        key = (within, prop.id, presence)
        if key not in self._places:
            self._places[key] = len(slots)
            slots.append(Slot(prop, of))
            if of is not None:
                slots[of].presence_at = self._places[key]
        return self._places[key]


def word_of(slots: Sequence[Slot], slot: int) -> int:
    """Give the slot of the word itself, where a slot keeps only its presence."""
    of = slots[slot].presence_of
    return slot if of is None else of
