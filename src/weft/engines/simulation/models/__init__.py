"""Operating models: parameters, and the routes that the same firm takes under each."""

from weft.engines.simulation.models.compiled import Compiled, compile_model
from weft.engines.simulation.models.demand import Demand, draw_demand
from weft.engines.simulation.models.model import Model, Shape
from weft.engines.simulation.models.parameters import (
    KNOWN,
    Known,
    Parameter,
    bounds,
)
from weft.engines.simulation.models.setting import FACTS, Setting, setting_of

__all__ = [
    "FACTS",
    "KNOWN",
    "Compiled",
    "Demand",
    "Known",
    "Model",
    "Parameter",
    "Setting",
    "Shape",
    "bounds",
    "compile_model",
    "draw_demand",
    "setting_of",
]
