"""Ready sets: guardrails with reasons and sources, to be taken and then changed."""

from weft.ready.fitting import Clash, Fit, Note, fitted
from weft.ready.reading import ready_set, ready_sets
from weft.ready.renaming import Renames, read_renames, renamed
from weft.ready.texts import ReadySet, Situation

__all__ = [
    "Clash",
    "Fit",
    "Note",
    "ReadySet",
    "Renames",
    "Situation",
    "fitted",
    "read_renames",
    "ready_set",
    "ready_sets",
    "renamed",
]
