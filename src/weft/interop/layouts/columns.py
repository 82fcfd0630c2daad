"""A column seen from outside, and what speaks for taking it for this or that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from weft.interop.layouts.words import HEADS, plain
from weft.interop.sheets import Sheet

_LOOKED_AT = 5_000  # rows by whose values a column is judged
_SURE, _ADDRESS, _LIKELY, _PERHAPS, _WEAK, _WEAKEST = 95, 97, 80, 60, 40, 35
_MOST, _MANY, _HALF, _FEW = 0.9, 0.7, 0.5, 0.3
_SHORTEST = 3  # letters of a word that is looked for inside a head

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_NAME = re.compile(r"[^\W\d_][^\d@]*[ ,][^\d@]*[^\W\d_]\.?")
_WORD = re.compile(r"\S+")
_LIST = re.compile(r"[^;|\n]+[;|\n].+|[^,]+(?:,[^,]+){2,}", re.DOTALL)
_WORDS = re.compile(r"[^@;|]*[^\W\d_][^@;|]*")
_NUMBER = re.compile(r"[\d.,]+")
_COPY = re.compile(r" \(\d+\)$")


class Claim(msgspec.Struct, frozen=True):
    """A reason to take a column for a field; how strong it is, in percent."""

    confidence: int
    field: str
    column: str
    reason: str


class Column:
    """A column: its head made plain, the texts that stand in its first rows."""

    def __init__(self, name: str, texts: tuple[str, ...], rows: int) -> None:
        self.name, self.texts, self.rows = name, texts, rows
        self.head = plain(_COPY.sub("", name))

    @cached_property
    def different(self) -> frozenset[str]:
        """The different texts."""
        return frozenset(self.texts)

    @property
    def varied(self) -> bool:
        """Tell whether nearly every row has a value of its own."""
        return len(self.different) > len(self.texts) * _MOST

    @property
    def repeated(self) -> bool:
        """Tell whether few values stand in many rows."""
        return 1 < len(self.different) <= len(self.texts) * _HALF

    @property
    def of_one_word(self) -> bool:
        """Tell whether most of its texts are single words."""
        return self.share(_WORD) > _MANY

    def share(self, form: re.Pattern[str]) -> float:
        """Give the share of its texts that have a form."""
        fits = sum(form.fullmatch(text) is not None for text in self.texts)
        return fits / len(self.texts) if self.texts else 0.0


def seen(sheet: Sheet) -> list[Column]:
    """Look at each column of a sheet from outside."""
    columns = []
    rows = sheet.rows[:_LOOKED_AT]
    for place, name in enumerate(sheet.columns):
        cells = (row[place] for row in rows)
        texts = (c if isinstance(c, str) else "; ".join(c) for c in cells)
        columns.append(Column(name, tuple(filter(None, texts)), len(rows)))
    return columns


def by_head(columns: Sequence[Column]) -> Iterator[Claim]:
    """Claim columns by the words over them."""
    for column in columns:
        for field, words in HEADS.items():
            if column.head in words:
                reason = f"The head {column.name!r} says so."
                yield Claim(_SURE, field, column.name, reason)
                continue
            inside = [w for w in words if f" {w} " in f" {column.head} "]
            longest = max(inside, key=len, default="")
            if len(longest) >= _SHORTEST:
                # The more of the head a word is, the more it says.
                part = (_LIKELY - _PERHAPS) * len(longest) // len(column.head)
                reason = f"The head {column.name!r} holds {longest!r}."
                yield Claim(_PERHAPS + part, field, column.name, reason)


def by_values(columns: Sequence[Column]) -> Iterator[Claim]:
    """Claim columns by what stands in them."""
    for column in columns:
        if column.varied and (share := column.share(_MAIL)) > _MANY:
            reason = f"{share:.0%} of its values are addresses, all different."
            yield Claim(_ADDRESS, "email", column.name, reason)
        elif column.varied and column.share(_NAME) > _MANY:
            reason = "Its values look like names of people, all different."
            yield Claim(_WEAK, "name", column.name, reason)
        if column.share(_LIST) > _HALF and not column.varied:
            yield Claim(_WEAK, "skills", column.name, "Its values are lists.")
        if column.repeated:
            yield from _managers(column, columns)
            if column.share(_WORDS) > _MOST and column.share(_MAIL) < _FEW:
                count = len(column.different)
                reason = f"Its {count} different values come back in many rows."
                yield Claim(_WEAKEST, "unit", column.name, reason)


def _managers(column: Column, columns: Sequence[Column]) -> Iterator[Claim]:
    """Claim a column whose values are those of a column that tells people apart."""
    for other in columns:
        counted = other.share(_NUMBER) > _HALF and "id" not in other.head.split()
        if other is not column and other.varied and not counted:
            there = len(column.different & other.different) / len(column.different)
            if there > _HALF:
                reason = f"{there:.0%} of its values stand in {other.name!r} too."
                yield Claim(_LIKELY, "manager", column.name, reason)
