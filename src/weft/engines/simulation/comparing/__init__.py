"""The same firm under several operating models: what differs, and what would turn."""

from weft.engines.simulation.comparing.compare import Ask, check, compare
from weft.engines.simulation.comparing.mapping import Mapper, Sized, in_turn
from weft.engines.simulation.comparing.measures import MEASURES, Measure
from weft.engines.simulation.comparing.report import (
    Break,
    Figure,
    Finding,
    Point,
    Report,
    Swing,
    Told,
)
from weft.engines.simulation.comparing.verdict import short_of

__all__ = [
    "MEASURES",
    "Ask",
    "Break",
    "Figure",
    "Finding",
    "Mapper",
    "Measure",
    "Point",
    "Report",
    "Sized",
    "Swing",
    "Told",
    "check",
    "compare",
    "in_turn",
    "short_of",
]
