"""The way work goes today, fitted to a log, and judged on cases it has not seen."""

from weft.engines.simulation.fitting.checking import Checked
from weft.engines.simulation.fitting.fit import Fit, Loaded, Part, fit

__all__ = ["Checked", "Fit", "Loaded", "Part", "fit"]
