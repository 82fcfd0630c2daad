"""Logs of tickets, event by event, from any tracker: CSV or XES, packed or not."""

from weft.interop.logs.columns import FIELDS, Column
from weft.interop.logs.reading import Log, Said, Told, read_heads, read_log
from weft.interop.logs.states import HOLDINGS

__all__ = [
    "FIELDS",
    "HOLDINGS",
    "Column",
    "Log",
    "Said",
    "Told",
    "read_heads",
    "read_log",
]
