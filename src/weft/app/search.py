"""Search over everything that the view shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from weft.app.views import View
from weft.core.firm import KINDS
from weft.core.people import Person, Profile
from weft.core.records import Record
from weft.engines.knowledge.kept import kept, kept_each

_TITLED = tuple(
    kind
    for kind, record in KINDS.items()
    if kind != "people" and "title" in record.__struct_fields__
)


class Hit(Record, frozen=True, kw_only=True):
    """Something found: its table and key, and what to show for it."""

    table: str
    key: str
    title: str
    detail: str = ""


def find(view: View, text: str, most: int = 30) -> list[Hit]:
    """Find people by name, title or unit, and all else by title or id.

    Every word has to be found somewhere, whatever the accents and the case;
    whole beginnings come first. A filter, not a ranking of people.
    """
    words = folded(text).split()
    if not words:
        return []
    longest = max(words, key=len)
    likely = [pair for pair in _candidates(view) if longest in pair[0]]
    scored = ((_score(words, told), hit) for told, hit in likely)
    found = sorted(
        ((score, hit) for score, hit in scored if score),
        key=lambda pair: (-pair[0], pair[1].table != "people", pair[1].title),
    )
    return [hit for _, hit in found[:most]]


def folded(text: str) -> str:
    """Fold case and accents away."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = unicodedata.normalize("NFKD", flat.casefold())  # what came apart folds too
    return "".join(c for c in flat if not unicodedata.combining(c))


def _score(words: list[str], text: str) -> int:
    """Count the words found, those at a beginning twice; 0 unless all are."""
    if not all(word in text for word in words):
        return 0
    return sum(2 if re.search(rf"\b{re.escape(word)}", text) else 1 for word in words)


def _candidates(view: View) -> Iterator[tuple[str, Hit]]:
    """Give everything that has a title, each with the text it is found by."""
    people = (view.firm.people, view.profiles)
    yield from kept("people to find", people, lambda: _people(view))
    tables = tuple(map(view.firm.table, _TITLED))
    yield from kept("all else to find", tables, lambda: [*map(_findable, _else(view))])


def _people(view: View) -> list[tuple[str, Hit]]:
    """Give the people, by their names; worked out anew for those who are others."""
    profiles = view.profiles
    people = ((key, (p, profiles.get(key))) for key, p in view.firm.people.items())
    return kept_each("people to find", people, _person)


def _person(person: Person, profile: Profile | None) -> tuple[str, Hit]:
    """Give what a person is found by, and the person."""
    name = profile.name if profile else person.id
    return _findable(
        Hit(table="people", key=person.id, title=name, detail=person.title)
    )


def _else(view: View) -> Iterator[Hit]:
    """Give everything else, by its title."""
    for kind in _TITLED:
        for key, record in view.firm.table(kind).items():
            yield Hit(table=kind, key=key, title=record.title)


def _findable(hit: Hit) -> tuple[str, Hit]:
    """Give what something is found by, and the thing."""
    return folded(f"{hit.title} {hit.key} {hit.detail}"), hit
