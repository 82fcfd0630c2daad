"""A catalogue in a firm: families become principles, and each control has its name.

The ids of the catalogue are the names, in small letters. Where the firm has such a name
for something else, the name of the catalogue stands before it. Brought in again, each
control and each principle keeps its name, and words that the firm gave a principle
stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.framework.controls import Catalogue, Control
from weft.core.guardrails import Principle
from weft.core.scalars import slug
from weft.interop.oscal.reading import Found, Group, Told

_LONGEST: Final = 400
_LONGEST_TEXT: Final = 4000
_NAME: Final = 80


class Understood(msgspec.Struct, frozen=True):
    """What a catalogue is called in the firm, and what bringing it in changes."""

    catalogue: Catalogue
    changes: tuple[Change, ...]


def understand(told: Told, firm: Firm, name: str = "") -> Understood:
    """Make records of a catalogue, and tell what differs from what the firm has.

    name: what the firm calls the catalogue. Where none is given it is the one most
    controls of which it has already, or else it is called after its title.
    """
    return _Naming(told, firm, name or _same(told, firm) or _new(told, firm)).whole()


def original(control: Control) -> str:
    """Give the id that a control has in its catalogue."""
    return str(control.told.get("id", control.id))


def _same(told: Told, firm: Firm) -> str:
    """Find the catalogue of the firm of which this is another version."""
    ids = {found.id for found in told.controls}
    shared: dict[str, int] = {}
    for control in firm.controls.values():
        if original(control) in ids:
            shared[control.catalogue] = shared.get(control.catalogue, 0) + 1
    likely = max(sorted(shared), key=lambda c: shared[c], default="")
    return likely if shared.get(likely, 0) * 2 >= len(ids) else ""


def _new(told: Told, firm: Firm) -> str:
    """Name a catalogue after its title."""
    first = slug(told.title, _NAME // 2) or "catalogue"
    names = (first if n == 1 else f"{first}-{n}" for n in range(1, 10**6))
    return next(name for name in names if name not in firm.catalogues)


class _Naming:
    """One catalogue while its records are named."""

    def __init__(self, told: Told, firm: Firm, name: str) -> None:
        self.told, self.firm, self.name = told, firm, name
        self.held = {c.id: c for c in firm.controls.values() if c.catalogue == name}
        self.mine = {c.principle for c in self.held.values()}
        self.keys = self.controls()
        self.beliefs = self.principles()

    def controls(self) -> Mapping[str, str]:
        """Name each control."""
        known = {original(c): c.id for c in self.held.values()}
        taken = {k for k in self.firm.controls if k not in self.held}
        keys: dict[str, str] = {}
        for found in self.told.controls:
            if found.id in known:
                keys[found.id] = known[found.id]
        used = {*taken, *keys.values()}
        for found in self.told.controls:
            if found.id not in keys:
                keys[found.id] = self.free(found.id, used)
                used.add(keys[found.id])
        return keys

    def principles(self) -> Mapping[Group, Principle]:
        """Give the principle of each group that has controls."""
        used = {k for k in self.firm.principles if k not in self.mine}
        titles = self.titles()
        beliefs: dict[Group, Principle] = {}
        for group in dict.fromkeys(found.group for found in self.told.controls):
            key = self.free(group.id or self.name, used)
            used.add(key)
            title = _line(group.title) or key
            held = self.firm.principles.get(key)
            if held is None:
                reason = group.overview[:_LONGEST_TEXT]
                beliefs[group] = Principle(id=key, title=title, reason=reason)
            elif held.title == titles.get(key):  # the firm's own words stay
                beliefs[group] = replace(held, title=title)
            else:
                beliefs[group] = held
        return beliefs

    def titles(self) -> Mapping[str, str]:
        """Give the titles that the last version gave to what became principles."""
        held = self.firm.catalogues.get(self.name)
        if held is None:
            return {}
        groups = _groups(held.document)
        told = {self.key(g.get("id") or g["title"]): _line(g["title"]) for g in groups}
        return {**told, **{f"{self.name}.{k}": t for k, t in told.items()}}

    def free(self, told: str, used: set[str]) -> str:
        """Give the name for an id that nobody else has."""
        key = self.key(told)
        longer = f"{self.name}.{key}"[:_NAME]
        more = (f"{longer[: _NAME - 7]}-{n}" for n in range(2, 10**6))
        return next(k for k in chain((key, longer), more) if k not in used)

    def key(self, told: str) -> str:
        """Write an id as a name."""
        plain = re.sub(r"[^a-z0-9._-]+", "-", told.lower())[:_NAME].strip("-._")
        return plain or "control"

    def whole(self) -> Understood:
        """Give the records, and what they change."""
        catalogue = Catalogue(
            id=self.name,
            title=_line(self.told.title) or self.name,
            version=_line(self.told.version),
            document=self.renamed(self.told.document),
        )
        wanted = [catalogue, *self.beliefs.values()]
        wanted += [self.control(found) for found in self.told.controls]
        keys = set(self.keys.values())
        gone = [Change("controls", key) for key in self.held if key not in keys]
        kept = {p.id for p in self.beliefs.values()}
        spoken = {g.principle for g in self.firm.guardrails.values()}
        gone += [Change("principles", key) for key in sorted(self.mine - kept - spoken)]
        changes = [
            put(record)
            for record in wanted
            if self.firm.table(record.kind).get(record.key) != record
        ]
        return Understood(catalogue, (*changes, *sorted(gone, key=_order)))

    def control(self, found: Found) -> Control:
        """Make the record of one control."""
        key, title = self.keys[found.id], _line(found.title)
        told = self.renamed(found.told)
        if key != found.id:
            told["id"] = found.id
        if title != found.title:
            told["title"] = found.title
        return Control(
            id=key,
            title=title or key,
            catalogue=self.name,
            principle=self.beliefs[found.group].id,
            within=self.keys[found.within] if found.within else None,
            label=_line(_property(found.told, "label")),
            withdrawn=_property(found.told, "status").lower() == "withdrawn",
            told=told,
        )

    def renamed(self, node: dict[str, Any]) -> dict[str, Any]:
        """Give a node in which controls stand by their names in the firm."""
        told = dict(node)
        if "controls" in told:
            told["controls"] = [self.keys[each] for each in told["controls"]]
        if "groups" in told and all(isinstance(g, dict) for g in told["groups"]):
            told["groups"] = [self.renamed(group) for group in told["groups"]]
        return told


def _groups(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give every group of a document."""
    for group in node.get("groups", ()):
        yield group
        yield from _groups(group)


def _order(change: Change) -> tuple[str, str]:
    return change.kind, change.key


def _line(text: str) -> str:
    """Give a text on one line, no longer than a line may be."""
    flat = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    return flat[:_LONGEST].strip()


def _property(told: Mapping[str, Any], name: str) -> str:
    """Give the value of a property of a control, the plainest where there are two."""
    props = told.get("props")
    found = [
        p
        for p in (props if isinstance(props, list) else ())
        if isinstance(p, dict)
        and p.get("name") == name
        and isinstance(p.get("value"), str)
    ]
    plain = [p for p in found if not p.get("class")]
    return str((plain or found)[0]["value"]) if found else ""
