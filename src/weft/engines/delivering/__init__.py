"""Delivering: how often, how fast and how safely each mission delivers."""

from weft.engines.delivering.intervals import FEWEST, Figure
from weft.engines.delivering.measures import Measures, measured
from weft.engines.delivering.owners import Owned, owned, whose

__all__ = ["FEWEST", "Figure", "Measures", "Owned", "measured", "owned", "whose"]
