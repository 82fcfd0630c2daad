"""What a list is narrowed down to."""

from __future__ import annotations

from weft.app.search import folded
from weft.core.firm import Firm


def matching(q: str, *texts: str) -> bool:
    """Tell whether every word that was typed is somewhere in the texts."""
    if not q:  # as for each of forty thousand assets on a page that is not narrowed
        return True
    told = folded(" ".join(texts))
    return all(word in told for word in folded(q).split())


def mission_called(firm: Firm, text: str) -> str:
    """Give the mission that is called so, by its id or by words of its title.

    Where there is none, the text itself, which then finds nothing.
    """
    if not text or text in firm.missions:
        return text
    named = (m for m in firm.missions.values() if matching(text, m.title))
    return min(((len(m.title), m.id) for m in named), default=(0, text))[1]
