"""The way work goes today, fitted to a log, and judged on cases it has not seen."""

from weft.engines.simulation.fitting.checking import Checked
from weft.engines.simulation.fitting.fit import Fit, Loaded, Part, fit
from weft.engines.simulation.fitting.measuring import Measured
from weft.engines.simulation.fitting.refusing import After, Refused

__all__ = ["After", "Checked", "Fit", "Loaded", "Measured", "Part", "Refused", "fit"]
