"""A firm from a table that somebody has: read, its columns guessed, understood."""

from weft.interop.layouts import (
    Layout,
    corrected,
    guess,
    read_layout,
    write_layout,
)
from weft.interop.sheets import Finding, Sheet, Table, read_table
from weft.interop.tables.understanding import Understood, understand

__all__ = [
    "Finding",
    "Layout",
    "Sheet",
    "Table",
    "Understood",
    "corrected",
    "guess",
    "read_layout",
    "read_table",
    "understand",
    "write_layout",
]
