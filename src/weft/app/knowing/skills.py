"""Skills by the words that people have for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from weft.app.views import View
from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.references import REFERENCES
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


def canonical(firm: Firm, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give changes in which every skill stands by its id, by whatever word it came.

    So a claim of `k8s` is one of Kubernetes. A word that names no skill, or several,
    stays, for the checks to tell of.
    """
    return tuple(
        each if each.record is None else _by_id(firm, each, each.record)
        for each in changes
    )


def _by_id(firm: Firm, change: Change, record: Record) -> Change:
    """Give a change with the ids of the skills that its record names."""
    told: dict[str, Any] = {}
    for reference in REFERENCES:
        if reference.kind == change.kind and reference.to == "skills":
            value = getattr(record, reference.field)
            one = isinstance(value, str)
            named = tuple(_id(firm, word) for word in ((value,) if one else value))
            if named != ((value,) if one else value):
                told[reference.field] = named[0] if one else named
    return put(replace(record, **told)) if told else change


def _id(firm: Firm, word: str) -> str:
    """Give the id of the skill that a word names; the word, where none is named."""
    if word in firm.skills:
        return word
    return skill_of_name(firm, word) or word
