"""An OSCAL catalogue as it is read: its controls one by one, and all around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from weft.core.records import read_plain
from weft.errors import InputError, Malformed, Where

MOST_BYTES: Final = 64 * 1024 * 1024
"""So large may a catalogue be: all of NIST SP 800-53 is a sixth of it."""
_OTHER: Mapping[str, str] = {
    "profile": "A profile only chooses controls. Bring in the catalogue that it "
    "resolves to.",
    "system-security-plan": "Bring in the catalogue that it imports.",
}


class Group(msgspec.Struct, frozen=True):
    """A group that has controls; the catalogue itself where they are in no group."""

    id: str
    title: str
    overview: str


class Found(msgspec.Struct, frozen=True):
    """A control as it was found. within: the id of the one that it adds to.

    told: all that the catalogue says of it, but for its id, its title and the controls
    inside it, which stand there by their ids.
    """

    id: str
    title: str
    group: Group
    within: str | None
    told: dict[str, Any]


class Told(msgspec.Struct, frozen=True):
    """A catalogue as it is told; in `document` controls stand by their ids."""

    title: str
    version: str
    document: dict[str, Any]
    controls: tuple[Found, ...]


def read_catalogue(raw: bytes, file: str) -> Told:
    """Read an OSCAL catalogue in JSON; raise what it lacks, with the place."""
    if len(raw) > MOST_BYTES:
        raise InputError(
            f"{file} has {len(raw) >> 20} MiB; {MOST_BYTES >> 20} can be read.",
            do="Bring in a part of it.",
            where=Where(file),
        )
    return _Reader(file).whole(read_plain(raw, file))


class _Reader:
    """One catalogue while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Found] = []
        self.known: set[str] = set()

    def whole(self, plain: Any) -> Told:
        """Read the file."""
        catalog = plain.get("catalog") if isinstance(plain, dict) else None
        if not isinstance(catalog, dict):
            other = [k for k in plain if k in _OTHER] if isinstance(plain, dict) else []
            what = f"This is a {other[0]}." if other else "Here is no OSCAL catalogue."
            do = _OTHER[other[0]] if other else "Give a JSON file with a `catalog`."
            raise Malformed(what, do=do, where=Where(self.file, 0, "$"))
        metadata = self.of(catalog, "metadata", dict, "$.catalog")
        title = self.of(metadata, "title", str, "$.catalog.metadata")
        version = metadata.get("version", "")
        group = Group("", title, "")
        document = self.emptied(catalog, group, None, "$.catalog")
        if not self.found:
            self.refuse("The catalogue has no control.", "Give one that has.", "$")
        return Told(title, str(version), document, tuple(self.found))

    def emptied(
        self, node: dict[str, Any], group: Group, within: str | None, path: str
    ) -> dict[str, Any]:
        """Give a node with ids in the place of its controls, which are kept apart."""
        left = dict(node)
        if "controls" in node:
            left["controls"] = [
                self.control(each, group, within, place)
                for each, place in self.each(node, "controls", path)
            ]
        if "groups" in node and within is None:
            left["groups"] = [
                self.emptied(each, self.group(each, place), None, place)
                for each, place in self.each(node, "groups", path)
            ]
        return left

    def group(self, node: dict[str, Any], path: str) -> Group:
        """Read what a group is called, and what it says of itself."""
        title = self.of(node, "title", str, path)
        parts = node.get("parts", [])
        overview = ""
        if isinstance(parts, list):
            proses = (p.get("prose") for p in parts if isinstance(p, dict))
            overview = next((p for p in proses if isinstance(p, str)), "")
        return Group(str(node.get("id") or title), title, overview)

    def control(
        self, node: dict[str, Any], group: Group, within: str | None, path: str
    ) -> str:
        """Keep one control, and those inside it after it; give its id."""
        name: str = self.of(node, "id", str, path)
        title = self.of(node, "title", str, path)
        if name in self.known:
            self.refuse(f"{name} comes twice.", "Give each its own id.", f"{path}.id")
        self.known.add(name)
        place = len(self.found)
        left = self.emptied(node, group, name, path)
        told = {k: v for k, v in left.items() if k not in {"id", "title"}}
        self.found.insert(place, Found(name, title, group, within, told))
        return name

    def each(
        self, node: dict[str, Any], field: str, path: str
    ) -> Iterator[tuple[dict[str, Any], str]]:
        """Give the objects of a list, each with its place."""
        for number, each in enumerate(self.of(node, field, list, path)):
            place = f"{path}.{field}[{number}]"
            if not isinstance(each, dict):
                self.refuse("Here is no object.", "Give one.", place)
            yield each, place

    def of(self, node: dict[str, Any], field: str, kind: type, path: str) -> Any:
        """Give a field that has to be there and of a kind."""
        value = node.get(field)
        if not isinstance(value, kind) or value == "":
            words = (
                "a text" if kind is str else "an object" if kind is dict else "a list"
            )
            what = (
                f"{field} is missing." if value is None else f"{field} is not {words}."
            )
            self.refuse(what, f"Give {field} as {words}.", f"{path}.{field}")
        return value

    def refuse(self, what: str, do: str, path: str) -> None:
        """Say what cannot be read, and where."""
        raise Malformed(what, do=do, where=Where(self.file, 0, path))
