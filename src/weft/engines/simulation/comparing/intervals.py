"""Means of few runs, with the interval of Student's t."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from weft.engines.simulation.comparing.report import Figure


def figure(values: Sequence[float]) -> Figure:
    """Give the mean of two or more runs and its 95 % interval, to six digits."""
    from scipy.special import stdtrit  # noqa: PLC0415, slow to load

    found = np.asarray(values, np.float64)
    mean, count = float(found.mean()), len(found)
    half = float(stdtrit(count - 1, 0.975) * found.std(ddof=1) / np.sqrt(count))
    return Figure(mean=short(mean), low=short(mean - half), high=short(mean + half))


def short(value: float) -> float:
    """Give a figure to six digits: the same whichever processor took the logarithm."""
    return float(f"{value:.6g}")


def paired(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """Give how much ours is above theirs, run by run on the same demand."""
    return figure([a - b for a, b in zip(ours, theirs, strict=True)])
