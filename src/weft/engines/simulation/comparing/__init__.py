"""The same firm under several operating models: what differs, and what would turn."""

from weft.engines.simulation.comparing.compare import Ask, Mapper, compare, in_turn
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
from weft.engines.simulation.comparing.sample import Sample, Task, sample
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
    "Sample",
    "Swing",
    "Task",
    "Told",
    "compare",
    "in_turn",
    "sample",
    "short_of",
]
