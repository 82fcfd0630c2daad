"""What a list is narrowed down to."""

from __future__ import annotations

from weft.app.search import folded


def matching(q: str, *texts: str) -> bool:
    """Tell whether every word that was typed is somewhere in the texts."""
    told = folded(" ".join(texts))
    return all(word in told for word in folded(q).split())
