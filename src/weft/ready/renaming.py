"""A ready set in the words of a firm: what it calls otherwise is called so there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from weft.core.guardrails import Clause, Guardrail, Param
from weft.core.vocabulary import Act, NamedSet, Property
from weft.errors import InputError, UnknownName, Where
from weft.ready.texts import ReadySet
from weft.ready.walking import leaves, named_set, rewritten, with_constant

Renames = Mapping[str, str]
"""`roles/security` or `vocabulary/data.class:personal`, each to the firm's own word."""
KINDS = ("roles", "acts", "vocabulary", "sets", "principles", "guardrails")


def renamed(ready: ReadySet, renames: Renames) -> ReadySet:
    """Give a ready set in which some words are the firm's own.

    Raises UnknownName for a word that the set does not have.
    """
    return _Renaming(ready, renames).whole() if renames else ready


class _Renaming:
    """One ready set, and what its words become."""

    def __init__(self, ready: ReadySet, renames: Renames) -> None:
        self.ready, self.renames = ready, renames
        known = {f"{r.kind}/{r.key}" for r in ready.records()}
        for prop in ready.vocabulary:
            known |= {f"vocabulary/{prop.id}:{value}" for value in prop.values}
        for word in renames:
            if word not in known:
                raise UnknownName("word of this set", word, known, Where("map"))

    def name(self, kind: str, old: str) -> str:
        """Give the new name of a record."""
        return self.renames.get(f"{kind}/{old}", old)

    def value(self, prop: str, old: Any) -> Any:
        """Give the new word for a value of a property; acts are such values too."""
        if prop == "act":
            return self.name("acts", str(old))
        return self.renames.get(f"vocabulary/{prop}:{old}", old)

    def whole(self) -> ReadySet:
        """Give the set."""
        ready, name = self.ready, self.name
        principles = (
            replace(p, id=name("principles", p.id), owner=name("roles", p.owner or ""))
            for p in ready.principles
        )
        return replace(
            ready,
            roles=tuple(replace(r, id=name("roles", r.id)) for r in ready.roles),
            acts=tuple(map(self.act, ready.acts)),
            vocabulary=tuple(map(self.property, ready.vocabulary)),
            sets=tuple(map(self.set, ready.sets)),
            principles=tuple(principles),
            guardrails=tuple(map(self.guardrail, ready.guardrails)),
            controls={name("guardrails", g): c for g, c in ready.controls.items()},
        )

    def act(self, act: Act) -> Act:
        """Give an act."""
        asks = tuple(self.name("vocabulary", each) for each in act.asks)
        return replace(act, id=self.name("acts", act.id), asks=asks)

    def property(self, prop: Property) -> Property:
        """Give a property; two values that become one are one."""
        values = dict.fromkeys(str(self.value(prop.id, v)) for v in prop.values)
        labels = {str(self.value(prop.id, v)): t for v, t in prop.labels.items()}
        return replace(
            prop,
            id=self.name("vocabulary", prop.id),
            values=tuple(values),
            labels=labels,
            fields=tuple(self.name("vocabulary", f) for f in prop.fields),
        )

    def set(self, named: NamedSet) -> NamedSet:
        """Give a named set, its values in the words of the properties that use it."""
        properties = set(uses(self.ready, named.id))
        values: dict[Any, None] = {}
        for value in named.values:
            values |= dict.fromkeys(self.value(p, value) for p in sorted(properties))
        return replace(named, id=self.name("sets", named.id), values=tuple(values))

    def guardrail(self, guardrail: Guardrail) -> Guardrail:
        """Give a guardrail."""
        params = dict(guardrail.params)
        for leaf in leaves(guardrail):
            if isinstance(leaf.constant, Param):
                name = leaf.constant.param
                params[name] = self.value(str(leaf.path), guardrail.params[name])
        waiver = guardrail.waiver
        if waiver and waiver.approver:
            waiver = replace(waiver, approver=self.name("roles", waiver.approver))
        changed = rewritten(guardrail, self.leaf, lambda n: self.name("vocabulary", n))
        return replace(
            changed,
            id=self.name("guardrails", guardrail.id),
            principle=self.name("principles", guardrail.principle),
            owner=self.name("roles", guardrail.owner),
            waiver=waiver,
            params=params,
        )

    def leaf(self, leaf: Clause) -> Clause:
        """Give a leaf."""
        path, constant = str(leaf.path), leaf.constant
        if named := named_set(leaf):
            constant = f"@{self.name('sets', named)}"
        elif isinstance(constant, tuple):
            constant = tuple(dict.fromkeys(self.value(path, v) for v in constant))
        elif not isinstance(constant, Param):
            constant = self.value(path, constant)
        changed = with_constant(leaf, constant)
        return replace(changed, path=self.name("vocabulary", path))


def uses(ready: ReadySet, named: str) -> Iterator[str]:
    """Give the properties that a named set is compared with."""
    for guardrail in ready.guardrails:
        for leaf in leaves(guardrail):
            if named_set(leaf) == named:
                yield str(leaf.path)


def read_renames(words: Mapping[str, str]) -> Renames:
    """Check what words are to become; raise what is not of the form KIND/NAME."""
    for word in words:
        if word.partition("/")[0] not in KINDS or not words[word]:
            raise InputError(
                f"{word}={words[word]} names no word of a set and its new name.",
                do="Write roles/security=information-security, or for a value "
                "vocabulary/data.class:personal=staff.",
                where=Where("map"),
            )
    return words
