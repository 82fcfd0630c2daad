"""Who knows what, where it sits, and what the firm looks like because of it."""

from weft.engines.knowledge.boxes import Box, it_boxes
from weft.engines.knowledge.camps import Side, camps
from weft.engines.knowledge.diagnosis import Diagnosis, diagnose
from weft.engines.knowledge.figures import Cell, Column, Figure, Link

__all__ = [
    "Box",
    "Cell",
    "Column",
    "Diagnosis",
    "Figure",
    "Link",
    "Side",
    "camps",
    "diagnose",
    "it_boxes",
]
