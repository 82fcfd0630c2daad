"""Files that people keep tables in: read cell by cell, understood elsewhere."""

from weft.interop.sheets.reading import read_table
from weft.interop.sheets.table import Cell, Finding, Sheet, Table

__all__ = ["Cell", "Finding", "Sheet", "Table", "read_table"]
