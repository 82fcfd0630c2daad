"""Which sheet and which column of a table hold what: guessed, read, corrected."""

from weft.interop.layouts.guessing import guess
from weft.interop.layouts.layout import (
    Assets,
    Guess,
    Layout,
    Missions,
    People,
    corrected,
    read_layout,
    write_layout,
)

__all__ = [
    "Assets",
    "Guess",
    "Layout",
    "Missions",
    "People",
    "corrected",
    "guess",
    "read_layout",
    "write_layout",
]
