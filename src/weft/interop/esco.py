"""ESCO, the European list of skills, as CSV: each skill with its address and words.

Two forms are read. The one that the Commission publishes has the preferred label and
the other labels in columns of their own. The other has them run together with the
definition in one text; from it a label is cut only where the text itself says twice
where it ends, and what cannot be cut is listed, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import msgspec

from weft.core.records import Record
from weft.errors import InputError, Where
from weft.interop.sheets.table import Sheet, Table

_PUBLISHED = ("conceptUri", "preferredLabel", "altLabels")
_TOGETHER = ("id", "description")
_SKILL = "/esco/skill/"
_DEFINES = re.compile(r" (?:The|A|An) ")
"""Where the definition of a name begins."""
_BEFORE = 6
"""So many small words may stand in a definition before the name: `computer program`."""
_BRACKETS = re.compile(r" \([^()]*\)$")
_TITLECASE = re.compile(r"[A-Z][a-z]+[,;]?$")
_MOST_WORDS = 8
_UNENDED = frozenset(
    "a an and at by for from in of on or the to with".split()  # noqa: SIM905 # words
)
"""No label ends in one of these."""
_STEM = 4
"""Words of more than two letters that begin with the same four are taken for one."""


class EscoSkill(Record, frozen=True, kw_only=True):
    """A skill of ESCO: its address, label and other words. row: in the file."""

    uri: str
    label: str
    synonyms: tuple[str, ...] = ()
    row: int


class Uncut(Record, frozen=True, kw_only=True):
    """A row whose label cannot be told from the rest; text: as it begins."""

    row: int
    uri: str
    text: str


class Esco(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of ESCO says: the skills, and the rows that cannot be cut."""

    skills: tuple[EscoSkill, ...]
    uncut: tuple[Uncut, ...]


def read_esco(table: Table) -> Esco:
    """Read ESCO's skills from a table, in either form; occupations are left out."""
    for sheet in table.sheets:
        told = Esco(skills=(), uncut=())
        if set(_PUBLISHED) <= set(sheet.columns):
            told = Esco(skills=tuple(_published(sheet)), uncut=())
        elif set(_TOGETHER) <= set(sheet.columns):
            told = _together(sheet)
        if told.skills or told.uncut:
            return told
    raise InputError(
        "There is no skill of ESCO in it.",
        do="Give a CSV with the columns conceptUri, preferredLabel and altLabels, as "
        "ESCO publishes it, or with id and description.",
        where=Where(table.name),
    )


def _published(sheet: Sheet) -> Iterator[EscoSkill]:
    """Read the form with a column for each: the other labels are one on a line."""
    columns = [sheet.column(name) for name in _PUBLISHED]
    for row, uri, label, others in zip(sheet.numbers, *columns, strict=True):
        key, title = _text(uri), _text(label)
        if _SKILL in key and title:
            told = others if isinstance(others, tuple) else re.split(r"[\n|]", others)
            words = dict.fromkeys(word for each in told if (word := _text(each)))
            other = tuple(word for word in words if word != title)
            yield EscoSkill(uri=key, label=title, synonyms=other, row=row)


def _together(sheet: Sheet) -> Esco:
    """Read the form in which label, other labels and definition are one text."""
    skills: list[EscoSkill] = []
    uncut: list[Uncut] = []
    columns = [sheet.column(name) for name in _TOGETHER]
    texts = [" ".join(_text(told).split()) for told in columns[1]]
    begins = frozenset(text.split(" ")[0] for text in texts)
    for row, uri, text in zip(sheet.numbers, columns[0], texts, strict=True):
        key = _text(uri)
        if _SKILL not in key:
            continue
        if label := cut(text, begins):
            bare = without_brackets(label)
            other = (bare,) if bare != label else ()
            skills.append(EscoSkill(uri=key, label=label, synonyms=other, row=row))
        else:
            uncut.append(Uncut(row=row, uri=key, text=text))
    return Esco(skills=tuple(skills), uncut=tuple(uncut))


def without_brackets(label: str) -> str:
    """Give a label without what ESCO explains it by: `Java (computer programming)`."""
    return _BRACKETS.sub("", label) or label


def cut(text: str, begins: AbstractSet[str]) -> str:
    """Give the label that a text begins with; nothing where its end is not sure.

    begins: the first words of all texts. Sure is a name that the definition repeats; a
    single word before a definition; words after which the same come again behind
    another first word (`sell software trade software`) or behind the same one; and a
    doing in which no word comes twice and none but the first could begin a label. The
    other labels cannot be told from each other, and are left out.
    """
    words = text.split()
    return (
        _named(text)
        or _alone(text)
        or _twice(words, begins)
        or _again(words, begins)
        or _doing(words, begins)
    )


def _named(text: str) -> str:
    """Give the longest beginning that the definition names again, after small words."""
    for found in _DEFINES.finditer(text):
        head, rest = text[: found.start()].split(" "), text[found.end() :].split(" ")
        for size in range(len(head), 0, -1):
            name = head[:size]
            bare = name[:-2] if name[-2:] == ["(computer", "programming)"] else name
            told = _proper(bare) and (_defined(bare, rest) or _practised(bare, rest))
            brackets = _in_brackets(head[size:])
            if told and (bare != name or brackets or _ends(bare, head[size:])):
                return " ".join((*name, *brackets))
    return ""


def _proper(name: list[str]) -> bool:
    """Tell whether a name is one of its own: `hardware` and `ICT` come in any text."""
    told = " ".join(name)
    return told not in {"", "ICT", "IT"} and told.lower() != told


def _ends(name: list[str], rest: list[str]) -> bool:
    """Tell whether a label ends with a name: nothing follows, or another label does.

    Another one begins with a word of the name again, or is made of its first letters.
    """
    letters = "".join(word[:1] for word in name)
    return not rest or rest[0] in name or rest[0] == letters


def _in_brackets(rest: list[str]) -> list[str]:
    """Give what stands in brackets right behind a name: it belongs to the label."""
    if rest and rest[0].startswith("("):
        for place, word in enumerate(rest):
            if word.endswith(")"):
                return rest[: place + 1]
    return []


def _defined(name: list[str], rest: list[str]) -> bool:
    """Tell whether a definition is of a name: `The computer program NAME is ...`."""
    for place in range(_BEFORE):
        if rest[place : place + len(name)] == name and place:
            follows = rest[place + len(name) : place + len(name) + 1]
            return bool(follows) and follows[0][:1].islower()
        if place < len(rest) and not rest[place][:1].islower():
            return False
    return False


def _practised(name: list[str], rest: list[str]) -> bool:
    """Tell whether a definition ends in a name: `The techniques ... in NAME`."""
    ends = " ".join(rest).rstrip(".").endswith(f" in {' '.join(name)}")
    return ends and rest[:3] == ["techniques", "and", "principles"]


def _alone(text: str) -> str:
    """Give a single word that stands before a definition: it is all of the label."""
    word, _, rest = text.partition(" ")
    return word if _DEFINES.match(f" {rest}") else ""


def _twice(words: list[str], begins: AbstractSet[str]) -> str:
    """Give a label that another follows which differs in its first word alone.

    Not `design data models data models`, where the first would end too early.
    """
    for size in range(min(len(words) // 2, _MOST_WORDS) - 1, 0, -1):
        label, other = words[: size + 1], words[size + 1 : 2 * size + 2]
        after = words[2 * size + 2 : 2 * size + 3]
        if (
            label[1:] == other[1:]
            and _another(label[0], other[0], begins)
            and after != other[:1]
            and _one(label)
        ):
            return " ".join(label)
    return ""


def _another(first: str, word: str, begins: AbstractSet[str]) -> bool:
    """Tell whether a word begins another label: `selling`, `trade` after `sell`."""
    same = word.endswith("ing") and word[:3] == first[:3]
    return word != first and (same or word in begins)


def _again(words: list[str], begins: AbstractSet[str]) -> str:
    """Give the one or two words after which the first one comes again."""
    for size in (1, 2):
        label = words[:size]
        again = len(words) > size and words[size] == words[0]
        again = again and not begins & set(label[1:])
        if again and _one(label):
            return " ".join(label)
    return ""


def _doing(words: list[str], begins: AbstractSet[str]) -> str:
    """Give a doing, such as `forecast sales`, that is the only label there is."""
    head = _head(words, begins)
    one = 1 < len(head) <= _MOST_WORDS and not begins & set(head[1:])
    return " ".join(head) if one and _one(head) and head[-1].islower() else ""


def _one(label: list[str]) -> bool:
    """Tell whether words can be one label: small, none twice, and not cut short."""
    stems = [word[:_STEM].casefold() for word in label if len(word) > 2]  # noqa: PLR2004
    small = label[0][:1].islower() and label[-1] not in _UNENDED
    return small and len(set(stems)) == len(stems)


def _head(words: list[str], begins: AbstractSet[str]) -> list[str]:
    """Give the words before the definition; none where its beginning is not sure.

    A doing begins small, and its definition with a doing that begins large: some other
    text begins with the same word, small, and the next word is small.
    """
    if not words or not words[0][:1].islower():
        return []
    for place, word in enumerate(words):
        if _TITLECASE.match(word):
            doing = word.rstrip(",;").lower() in begins
            small = words[place + 1 : place + 2] and words[place + 1][:1].islower()
            return words[:place] if doing and small else []
    return []


def _text(cell: str | tuple[str, ...]) -> str:
    """Give a cell as one text, no longer than a line of a record may be."""
    return ("\n".join(cell) if isinstance(cell, tuple) else cell).strip()
