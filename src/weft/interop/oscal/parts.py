"""What every OSCAL document that Weft writes has: names, a head, roles and sources.

Equal firms give equal documents: ids are worked out from the firm and from what they
stand for. People are not named: who answers is told by role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from weft.core.firm import Firm
from weft.core.framework.controls import Citation

VERSION: Final = "1.1.2"
"""The version of OSCAL that is written: what most readers know."""
SPACE: Final = "https://weft.example/ns/oscal"
"""The name space of the properties that OSCAL does not have."""
_FIRMS: Final = uuid5(NAMESPACE_URL, SPACE)


class Names(msgspec.Struct, frozen=True):
    """The ids of one firm: the same for the same thing, whoever asks and when."""

    space: UUID

    def of(self, *parts: object) -> str:
        """Give the id of something, which its kind and its names tell apart."""
        return str(uuid5(self.space, "/".join(map(str, parts))))


def names_of(firm: Firm) -> Names:
    """Give the ids of a firm."""
    return Names(uuid5(_FIRMS, next(iter(sorted(firm.about)), firm.title)))


def token(name: str) -> str:
    """Write a name as OSCAL's ids are: never a digit in front."""
    return name if name[:1].isalpha() else f"_{name}"


def prop(name: str, value: object) -> dict[str, Any]:
    """Write a property of Weft's own."""
    return {"name": name, "ns": SPACE, "value": str(value)}


def instant(at: datetime) -> str:
    """Write an instant."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def head(firm: Firm, title: str, at: datetime) -> dict[str, Any]:
    """Write the metadata: the firm and its roles stand as parties, nobody by name."""
    names = names_of(firm)
    party = names.of("firm")
    roles = [firm.roles[key] for key in sorted(firm.roles)]
    return {
        "title": title,
        "last-modified": instant(firm.at or at),
        "version": str(firm.seq),
        "oscal-version": VERSION,
        **some("roles", [{"id": token(r.id), "title": r.title} for r in roles]),
        "parties": [
            {"uuid": party, "type": "organization", "name": firm.title},
            *(
                {
                    "uuid": names.of("role", role.id),
                    "type": "organization",
                    "name": role.title,
                    "member-of-organizations": [party],
                }
                for role in roles
            ),
        ],
        **some(
            "responsible-parties",
            [
                {"role-id": token(r.id), "party-uuids": [names.of("role", r.id)]}
                for r in roles
            ],
        ),
    }


def some(name: str, found: Iterable[Any]) -> dict[str, list[Any]]:
    """Give a field with a list; nothing where the list is empty, as OSCAL has it."""
    listed = list(found)
    return {name: listed} if listed else {}


def resources(firm: Firm, sources: Iterable[Citation]) -> Iterator[dict[str, Any]]:
    """Write published texts as resources, each once."""
    names = names_of(firm)
    for source in dict.fromkeys(sources):
        resource = {
            "uuid": names.of("source", source.title, source.says),
            "title": source.title,
            **({"description": source.says} if source.says else {}),
            "citation": {"text": source.title},
        }
        links = [{"href": source.address}] if source.address else []
        yield {**resource, **some("rlinks", links)}


def link(firm: Firm, source: Citation) -> Mapping[str, str]:
    """Write a link to a published text."""
    return {
        "href": f"#{names_of(firm).of('source', source.title, source.says)}",
        "rel": "reference",
    }
