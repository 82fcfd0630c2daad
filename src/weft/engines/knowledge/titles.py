"""Told from a job title: the disciplines it speaks of, and by which word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from weft.engines.knowledge.words import business, technology

OCCUPATION, FIELD, HINT = 3, 2, 1
Phrase = tuple[str, ...]
_ALIASES = {
    "c++": "cplusplus",
    "c#": "csharp",
    ".net": "dotnet",
    "node.js": "nodejs",
    "assistant to": "executive assistant,",
    "&": " and ",
    "\u2019": "'",
}
_PARTS_OF_TITLE = re.compile(
    r"[,;:/|()\[\]\u2013\u2014\u2022]|\s-\s|\s(?:to|for|pour)\s"
)
_RANK = re.compile(r"^(vp|vice president|director|head|manager|lead)\s*,")
_WORD = re.compile(r"\w+")


class Told(msgspec.Struct, frozen=True):
    """What a title tells: shares of disciplines that add to 100, and the words.

    sure: an occupation or a field was named; else it is only hinted at.
    """

    disciplines: Mapping[str, int]
    words: str
    sure: bool


class _Entry(msgspec.Struct, frozen=True):
    """What a phrase tells: how surely, and which disciplines in equal parts."""

    level: int
    disciplines: tuple[str, ...]


def plain(text: str) -> str:
    """Give a text in small letters without accents."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def words_of(text: str) -> Phrase:
    """Give the words of a plain text, each without the -s of a plural."""
    return tuple(map(_singular, _WORD.findall(text)))


def _singular(word: str) -> str:
    """Take a plural's ending off; what is no plural loses it as surely."""
    if len(word) <= len("ops") or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def phrases(table: str) -> Iterator[Phrase]:
    """Give each phrase of a table such as `data engineer; data scientist`."""
    return (words_of(plain(phrase)) for phrase in table.split(";"))


def hundred(weights: Mapping[str, float]) -> dict[str, int]:
    """Give whole shares that add to 100, the largest remainders rounded up."""
    total = sum(weights.values())
    exact = {key: 100 * weight / total for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    by_rest = sorted(exact, key=lambda key: (shares[key] - exact[key], key))
    for key in by_rest[: 100 - sum(shares.values())]:
        shares[key] += 1
    return {key: share for key, share in sorted(shares.items()) if share}


@lru_cache(maxsize=1 << 16)
def told_by_title(title: str) -> Told | None:
    """Tell the disciplines of a job title by its words; None where none is known.

    A title is read part by part, as commas and brackets divide it; the first
    part that names an occupation or a field decides. In a part the last
    occupation decides ("data centre facilities engineer"), else all fields in
    equal shares ("technology and operations"), else all hints.
    """
    found = [_found(part) for part in _parts(title)]
    sure = [part for part in found if part and max(e.level for e, _ in part) > HINT]
    part = next(iter(sure or filter(None, found)), None)
    if part is None:
        return None
    top = max(entry.level for entry, _ in part)
    deciding = [each for each in part if each[0].level == top]
    if top == OCCUPATION:
        deciding = deciding[-1:]
    weights: dict[str, float] = {}
    for entry, _ in deciding:
        for discipline in entry.disciplines:
            weight = 1 / len(entry.disciplines)
            weights[discipline] = weights.get(discipline, 0) + weight
    words = ", ".join(words for _, words in deciding)
    return Told(hundred(weights), words, sure=top > HINT)


def _parts(title: str) -> list[str]:
    """Give the parts of a title, as its commas, brackets and dashes divide it.

    A rank alone is no part: `VP, Engineering` is a vice president of engineering.
    """
    text = plain(title)
    for alias, word in _ALIASES.items():
        text = text.replace(alias, word)
    return _PARTS_OF_TITLE.split(_RANK.sub(r"\1 ", text))


def _found(part: str) -> list[tuple[_Entry, str]]:
    """Find the phrases of the table in a part of a title, the longest first."""
    spelt = _WORD.findall(part)
    words = tuple(map(_singular, spelt))
    found, at = [], 0
    while at < len(words):
        size, entry = _longest(words[at : at + _LONGEST])
        if entry is not None and entry.disciplines:
            found.append((entry, " ".join(spelt[at : at + size])))
        at += size
    return found


def _longest(words: Phrase) -> tuple[int, _Entry | None]:
    """Give the size of the longest phrase that the words begin with, and it."""
    for size in range(len(words), 0, -1):
        if words[:size] in _TABLE:
            return size, _TABLE[words[:size]]
    return 1, _compound(words[0])


def _compound(word: str) -> _Entry | None:
    """Find a word by how it ends or begins, as compounds of some languages ask."""
    for stem, entry in _ENDS.items():
        if word.endswith(stem):
            return entry
    for stem, entry in _STARTS.items():
        if word.startswith(stem) and len(word) > len(stem):
            return entry
    return None


def _compiled(level: int, *tables: Mapping[str, str]) -> dict[Phrase, _Entry]:
    """Make one mapping of tables that give phrases by discipline."""
    return {
        phrase: _Entry(level, tuple(disciplines.split("+")))
        for table in tables
        for disciplines, text in table.items()
        for phrase in phrases(text)
    }


def _stems(*tables: Mapping[str, str]) -> dict[str, _Entry]:
    """Make one mapping of stems, the longest first."""
    found = {phrase[0]: entry for phrase, entry in _compiled(FIELD, *tables).items()}
    return {stem: found[stem] for stem in sorted(found, key=len, reverse=True)}


_TABLE: dict[Phrase, _Entry] = {
    **_compiled(HINT, business.HINTS, technology.HINTS),
    **_compiled(FIELD, business.FIELDS, technology.FIELDS),
    **_compiled(OCCUPATION, business.OCCUPATIONS, technology.OCCUPATIONS),
    **{phrase: _Entry(HINT, ()) for phrase in phrases(business.SILENT)},
}
_LONGEST = max(map(len, _TABLE))
_ENDS = _stems(business.ENDS, technology.ENDS)
_STARTS = _stems(business.STARTS, technology.STARTS)
