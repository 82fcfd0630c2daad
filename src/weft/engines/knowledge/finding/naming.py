"""Skills by the words people have for them: other words and slips of the pen too."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.engines.knowledge.titles import plain, words_of

SHORT, LONGER, LONG = 4, 6, 8
"""Letters of a word from which one slip is forgiven, from which it may be the first
letter where nothing else is near, and from which two slips are forgiven."""
_BEGINNING = 0.5
"""How much farther a mere beginning is than the whole word; a slip is 1."""

Keys = frozenset[str]


class Lexicon(msgspec.Struct, frozen=True):
    """Every name that skills go by: title, synonyms and id.

    names: the skills of each whole name. words: the skills in whose names a word is.
    titles: the title of each skill, for the order of what is as near.
    """

    names: Mapping[str, Keys]
    words: Mapping[str, Keys]
    titles: Mapping[str, str]


def lexicon(firm: Firm) -> Lexicon:
    """Give the names of the skills of a firm."""
    return kept("lexicon", (firm.skills,), lambda: _lexicon(firm))


def skills_named(firm: Firm, text: str) -> list[str]:
    """Find the skills that are called so, or nearly so, the nearest first.

    Every word has to be in one of the names of a skill: whole, as a beginning, or
    with a slip (a letter wrong, missing, too many, or two exchanged): one in words
    of four letters or more, two from eight on; in the first letter from six on, where
    nothing that begins with it is near. A skill of that very name comes
    first; then the fewer slips the better.
    """
    known = lexicon(firm)
    said = words_of(plain(text))
    exact = known.names.get(" ".join(said), frozenset())
    far = _farness(known, said)
    return sorted(
        {*far, *exact},
        key=lambda key: (
            key not in exact,
            far.get(key, 0),
            len(known.titles[key]),
            known.titles[key],
            key,
        ),
    )


def skill_of_name(firm: Firm, text: str) -> str | None:
    """Give the skill that is called so, whatever the case, accents and marks.

    None where no skill is, or several are.
    """
    named = lexicon(firm).names.get(" ".join(words_of(plain(text))), frozenset())
    return next(iter(named)) if len(named) == 1 else None


def _farness(known: Lexicon, said: tuple[str, ...]) -> dict[str, float]:
    """Tell how far each skill is that every word said fits."""
    found: dict[str, float] | None = None
    for word in said:
        near: dict[str, float] = {}
        for other, far in _alike(known, word):
            for key in known.words[other]:
                near[key] = min(far, near.get(key, far))
        if found is not None:
            near = {key: far + found[key] for key, far in near.items() if key in found}
        found = near
    return found or {}


def _alike(known: Lexicon, word: str) -> list[tuple[str, float]]:
    """Give the known words that a word may mean, and how far each is."""
    begun = [
        (other, 0 if other == word else _BEGINNING)
        for other in known.words
        if other.startswith(word)
    ]
    slips = (len(word) >= SHORT) + (len(word) >= LONG)
    if not slips:
        return begun
    near = process.extract(
        word, list(known.words), scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    # What begins with another letter is mostly another word: java is not lava. So it
    # is meant only by a longer word that is near nothing else.
    meant = [(other, float(far)) for other, far, _ in near if other[:1] == word[:1]]
    if not begun and not meant and len(word) >= LONGER:
        meant = [(other, float(far)) for other, far, _ in near]
    return begun + meant


def _lexicon(firm: Firm) -> Lexicon:
    names: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for key, skill in firm.skills.items():
        for name in (skill.title, *skill.synonyms, key):
            said = words_of(plain(name))
            names.setdefault(" ".join(said), set()).add(key)
            for word in said:
                words.setdefault(word, set()).add(key)
    return Lexicon(
        names={name: frozenset(keys) for name, keys in sorted(names.items())},
        words={word: frozenset(keys) for word, keys in sorted(words.items())},
        titles={key: skill.title for key, skill in firm.skills.items()},
    )
