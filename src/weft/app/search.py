"""Search over everything that the view shows."""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any

from immutables import Map

from weft.app.views import View
from weft.core.firm import KINDS
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.people import Person, Profile
from weft.core.records import Record
from weft.engines.knowledge import skills_named

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
    whole beginnings come first. A filter, not a ranking of people. Skills are found
    by other words for them too, and with a slip of the pen, after all else.
    """
    words = folded(text).split()
    if not words:
        return []
    longest = max(words, key=len)
    beginnings = [re.compile(rf"\b{re.escape(word)}") for word in words]
    likely = (e for e in chain.from_iterable(_candidates(view)) if longest in e[0])
    scored = (
        (len(words) + sum(bool(each.search(found[0])) for each in beginnings), found)
        for found in likely
        if all(word in found[0] for word in words)
    )
    # Not sorted whole: of one letter that is all that the firm has.
    nearest = heapq.nsmallest(most, scored, key=_in_order)
    hits = [
        Hit(table=table, key=key, title=title, detail=detail)
        for _, (_, table, key, title, detail) in nearest
    ]
    return [*hits, *_meant(view, text, hits)][:most]


def _meant(view: View, text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Give the skills that may be meant and are not among the hits."""
    told = {hit.key for hit in hits if hit.table == "skills"}
    for key in skills_named(view.firm, text):
        skill = view.firm.skills[key]
        if key not in told:
            also = ", ".join(skill.synonyms)
            yield Hit(table="skills", key=key, title=skill.title, detail=also)


def folded(text: str) -> str:
    """Fold case and accents away."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = unicodedata.normalize("NFKD", flat.casefold())  # what came apart folds too
    return "".join(c for c in flat if not unicodedata.combining(c))


Found = tuple[str, str, str, str, str]
"""What something is found by; its table, key and title, and what to show beside it."""


def _in_order(scored: tuple[int, Found]) -> tuple[int, bool, str, str]:
    """Sort what was found: the nearest first, then people, then by title."""
    score, (_, table, key, title, _) = scored
    return -score, table != "people", title, key


def ready(view: View) -> None:
    """Work out what finding rests on, before somebody searches."""
    _candidates(view)


def _candidates(view: View) -> list[Collection[Found]]:
    """Give everything that has a title, kind by kind, with the text it is found by.

    After a change only what it touches is looked at again.
    """
    people, profiles = view.firm.people, view.profiles

    def everybody() -> dict[str, Found]:
        return {key: _person(p, profiles.get(key)) for key, p in people.items()}

    def others(before: dict[str, Found], *changes: Changes) -> dict[str, Found]:
        found = dict(before)
        for key in set().union(*changes):
            found.pop(key, None)
            if person := people.get(key):
                found[key] = _person(person, profiles.get(key))
        return found

    persons = kept("people to find", (people, profiles), everybody, others)
    titled = (_titled(kind, view.firm.table(kind)) for kind in _TITLED)
    return [each.values() for each in (persons, *titled)]


def _titled(kind: str, table: Map[str, Any]) -> Mapping[str, Found]:
    """Give the records of a kind, each by its title."""

    def every() -> dict[str, Found]:
        return {key: _found(kind, key, each.title) for key, each in table.items()}

    def amend(before: dict[str, Found], changes: Changes) -> dict[str, Found]:
        found = dict(before)
        for key, (_, record) in changes.items():
            found.pop(key, None)
            if record is not None:
                found[key] = _found(kind, key, record.title)
        return found

    return kept(("to find", kind), (table,), every, amend)


def _person(person: Person, profile: Profile | None) -> Found:
    """Give a person by name and title."""
    name = profile.name if profile else person.id
    return _found("people", person.id, name, person.title)


def _found(table: str, key: str, title: str, detail: str = "") -> Found:
    """Give what something is found by, and the thing."""
    return folded(f"{title} {key} {detail}"), table, key, title, detail
