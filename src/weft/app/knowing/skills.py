"""Skills by the words that people have for them."""

from __future__ import annotations

from weft.app.views import View
from weft.core.skills import Skill
from weft.engines.knowledge import skill_of_name, skills_named
from weft.errors import NotFound

OFFERED = 3
"""So many skills are offered instead of one that is not there."""


def the_skill(view: View, word: str) -> Skill:
    """Find a skill by its id, its title or another word for it.

    Where there is none, those are offered that the words fit, slips and all.
    """
    known = view.firm.skills
    key = word if word in known else skill_of_name(view.firm, word)
    if key is not None:
        return known[key]
    near = [f"{each.id} ({each.title})" for each in called(view, word)[:OFFERED]]
    do = f"Did you mean {', '.join(near)}?" if near else ""
    raise NotFound("skill", word, known, do=do)


def called(view: View, text: str) -> list[Skill]:
    """Find skills by words of their names, the nearest first; slips are forgiven."""
    return [view.firm.skills[key] for key in skills_named(view.firm, text)]
