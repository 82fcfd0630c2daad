"""Words that fit where one writes in the text of a guardrail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, get_args

import msgspec

from weft.app.writing.place import Place, place_at
from weft.core.firm import Firm
from weft.core.guardrails import (
    OPERATORS,
    QUANTIFIERS,
    Guardrail,
    Harm,
    Phase,
    Severity,
    WaiverTerms,
)
from weft.core.vocabulary import Property
from weft.engines.guardrails import FITTING, MANY, words_of
from weft.interop.yaml import write_yaml

MOST: Final = 12
_WORDS: Final = frozenset(OPERATORS.values())
_LEAVES: Final = frozenset({"when", "must", "where", "any"})
_PARAMS: Final = re.compile(r"^params:.*\n(?: +.*\n)*", re.MULTILINE)
_NAME: Final = re.compile(r"([\w.-]+):")


class Offer(msgspec.Struct, frozen=True):
    """A word that fits: as it is shown, as it is written, and what it means."""

    word: str
    insert: str
    says: str


class Completion(msgspec.Struct, frozen=True):
    """What fits at a place, and how many characters before it that replaces."""

    back: int = 0
    offers: tuple[Offer, ...] = ()


def complete(firm: Firm, text: str, at: int) -> Completion:
    """Give the words of a firm that fit at a place of a text, best first."""
    place = place_at(text, at)
    if not place.known:
        return Completion()
    typed = place.typed.lstrip("\"'").lower()
    found = [
        offer
        for offer in _Offering(firm, place, text).offers()
        if typed in offer.word.lower() or typed in offer.says.lower()
    ]
    found.sort(key=lambda offer: not offer.word.lower().startswith(typed))
    if len(found) == 1 and found[0].insert.strip() == place.typed:
        found = []  # it is there already
    return Completion(len(place.typed), tuple(found[:MOST]))


class _Offering:
    """One place, and the words that fit there."""

    def __init__(self, firm: Firm, place: Place, text: str) -> None:
        self.firm, self.place = firm, place
        block = _PARAMS.search(text)
        self.params = _NAME.findall(block[0].partition(":")[2]) if block else []
        self.words = words_of(firm)

    def offers(self) -> Iterator[Offer]:
        """Give all that fits."""
        place = self.place
        key = place.key
        if not key and place.inside in _WORDS:  # an element of a list of values
            key = place.inside
        if not key:
            yield from self.keys()
        elif key in _WORDS:
            yield from self.constants(key)
        elif key in {"path", *QUANTIFIERS}:
            yield from self.properties(lists=key != "path")
        elif key in _VALUES:
            yield from _VALUES[key](self.firm)
        elif key == "param":
            yield from (_offer(name, "limit with a name") for name in self.params)

    def keys(self) -> Iterator[Offer]:
        """Give the keys that fit."""
        place = self.place
        mine: Mapping[str, str] = place.around[0] if place.around else {}
        if place.inside == "waiver":
            yield from _keys(WaiverTerms.__struct_fields__, mine, "terms of exceptions")
        elif "path" in mine:
            prop = self.words.get(mine["path"])
            if prop is not None and not _WORDS & set(mine):
                for word in FITTING[prop.type]:
                    yield Offer(word, f"{word}: ", f"for {prop.title}")
        elif set(QUANTIFIERS) & set(mine):
            yield from _keys(("where", "must"), mine, "conditions on its elements")
        elif place.inside in _LEAVES:
            yield Offer("path", "path: ", "one property compared with a constant")
            if not self.list_around() and place.inside != "any":
                yield Offer("any", "any: ", "one of several is enough")
                for word in QUANTIFIERS:
                    yield Offer(word, f"{word}: ", "about the elements of a list")
        elif len(place.around) <= 1 and not place.inside:
            yield from _keys(Guardrail.__struct_encode_fields__, mine, "")

    def properties(self, *, lists: bool) -> Iterator[Offer]:
        """Give the words that can be read here: those of the list, inside one."""
        of = None if lists else self.list_around()
        inner = {name for word in self.words.values() for name in word.fields}
        for name in sorted(self.words, key=lambda name: (name in inner, name)):
            word = self.words[name]
            if (of is None or name in of.fields) and (word.type == "list" or not lists):
                yield _offer(name, f"{word.title}, {word.type}")

    def list_around(self) -> Property | None:
        """Find the list of which an element is looked at here."""
        for mapping in self.place.around[1:]:
            for quantifier in QUANTIFIERS:
                if quantifier in mapping:
                    return self.words.get(mapping[quantifier])
        return None

    def constants(self, operator: str) -> Iterator[Offer]:
        """Give the values that the property may be compared with."""
        near = self.place.around[:2]
        path = next((mapping["path"] for mapping in near if "path" in mapping), "")
        prop = self.words.get(path)
        if prop is None:
            return
        if operator == "present" or prop.type == "bool":
            for word in ("true",) if operator == "present" else ("true", "false"):
                yield Offer(word, word, prop.title)
            return
        for value in prop.values:
            yield _offer(value, prop.labels.get(value, prop.title))
        if operator in MANY:
            for name, each in sorted(self.firm.sets.items()):
                if prop.type == "text" or set(each.values) <= set(prop.values):
                    yield _offer(f"@{name}", each.title or "named set")
        if prop.unit and prop.type in {"int", "decimal", "money"}:
            low = "" if prop.lowest is None else str(prop.lowest)
            if low:
                yield Offer(low, low, f"the lowest, in {prop.unit}")


def _offer(word: str, says: str) -> Offer:
    """Offer a value, written as YAML wants it."""
    return Offer(word, write_yaml({"x": word}).removeprefix("x:").strip(), says)


def _keys(names: Iterable[str], taken: Mapping[str, str], says: str) -> Iterator[Offer]:
    """Offer keys that are not there yet."""
    for name in names:
        if name not in taken:
            yield Offer(name, f"{name}: ", says or _SAYS.get(name, ""))


def _words(names: Iterable[str], says: str) -> Callable[[Firm], Iterator[Offer]]:
    """Offer one of a few words, whatever the firm."""
    return lambda _: (_offer(name, says) for name in names)


_VALUES: Final[Mapping[str, Callable[[Firm], Iterator[Offer]]]] = {
    "level": _words(get_args(Severity), "level"),
    "phase": _words(get_args(Phase), "phase"),
    "harm": _words(get_args(Harm), "whom it protects"),
    "principle": lambda firm: (_offer(p.id, p.title) for p in firm.principles.values()),
    "owner": lambda firm: (_offer(r.id, r.title) for r in firm.roles.values()),
    "approver": lambda firm: (_offer(r.id, r.title) for r in firm.roles.values()),
}
_SAYS: Final = {
    "when": "whom it concerns",
    "must": "what has to hold",
    "params": "limits with a name",
    "waiver": "terms of exceptions",
    "remedy": "how to do it right",
    "duty": "what whoever it applies to takes on",
    "harm": "whom a veto protects",
    "starts": "the day on which it begins",
    "binds": "the day from which its level counts",
    "ends": "the day on which it ends",
}
