"""Search over everything that the view shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from weft.app.views import View
from weft.core.firm import KINDS
from weft.core.records import Record

_TITLED = tuple(
    kind for kind, record in KINDS.items() if "title" in record.__struct_fields__
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
    scored = (
        (_score(words, folded(f"{h.title} {h.key} {h.detail}")), h)
        for h in _candidates(view)
    )
    found = sorted(
        ((score, hit) for score, hit in scored if score),
        key=lambda pair: (-pair[0], pair[1].table != "people", pair[1].title),
    )
    return [hit for _, hit in found[:most]]


def folded(text: str) -> str:
    """Fold case and accents away."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = unicodedata.normalize("NFKD", flat.casefold())  # what came apart folds too
    return "".join(c for c in flat if not unicodedata.combining(c))


def _score(words: list[str], text: str) -> int:
    """Count the words found, those at a beginning twice; 0 unless all are."""
    total = 0
    for word in words:
        if word not in text:
            return 0
        total += 2 if re.search(rf"\b{re.escape(word)}", text) else 1
    return total


def _candidates(view: View) -> Iterator[Hit]:
    """Give everything that has a title."""
    for person in view.firm.people.values():
        yield Hit(
            table="people",
            key=person.id,
            title=view.name(person.id),
            detail=person.title,
        )
    for kind in _TITLED:
        if kind != "people":
            for key, record in view.firm.table(kind).items():
                yield Hit(table=kind, key=key, title=record.title)
