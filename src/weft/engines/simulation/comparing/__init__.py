"""The same firm under several operating models: what differs, and what would turn."""

from weft.engines.simulation.comparing.compare import Ask, apart, check, compare
from weft.engines.simulation.comparing.mapping import Mapper, Sized, in_turn
from weft.engines.simulation.comparing.measures import MEASURES, MONEY, Measure
from weft.engines.simulation.comparing.report import (
    Break,
    Figure,
    Finding,
    Point,
    Priced,
    Report,
    Swing,
    Told,
)
from weft.engines.simulation.comparing.verdict import short_of

__all__ = [
    "MEASURES",
    "MONEY",
    "Ask",
    "Break",
    "Figure",
    "Finding",
    "Mapper",
    "Measure",
    "Point",
    "Priced",
    "Report",
    "Sized",
    "Swing",
    "Told",
    "apart",
    "check",
    "compare",
    "in_turn",
    "short_of",
]
