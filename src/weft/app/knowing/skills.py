"""Skills by the words that people have for them."""

from __future__ import annotations

from weft.app.search import folded
from weft.app.views import View
from weft.core.skills import Skill
from weft.errors import NotFound


def the_skill(view: View, word: str) -> Skill:
    """Find a skill by its id, its title or another word for it."""
    known = view.firm.skills
    if word in known:
        return known[word]
    wanted = folded(word)
    for skill in _in_order(view):
        if wanted in map(folded, (skill.title, *skill.synonyms)):
            return skill
    raise NotFound("skill", word, known)


def called(view: View, text: str) -> list[Skill]:
    """Find skills by words of their titles or of other words for them."""
    words = folded(text).split()
    return [
        skill
        for skill in _in_order(view)
        if words
        and all(
            word in folded(" ".join((skill.title, *skill.synonyms, skill.id)))
            for word in words
        )
    ]


def _in_order(view: View) -> list[Skill]:
    """Give all skills by title."""
    return sorted(view.firm.skills.values(), key=lambda each: (each.title, each.id))
