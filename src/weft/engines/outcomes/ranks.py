"""Whether two things go together: Kendall's rank correlation, and how sure it is.

Ranks alone count, so one delay of eight years weighs no more than one of a year. Tau-b
allows for ties. Rows of one group (pieces of work that served one outcome) say one
thing together: each counts for its part of the group, and the interval is that of a
jackknife that leaves out one group at a time, on the scale of Fisher's z, with
Student's t of as many degrees of freedom as there are groups, less one.

After Kendall, Rank Correlation Methods (1948), and Newson, Parameters behind
"nonparametric" statistics: Kendall's tau, Somers' D and median differences (2002).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.outcomes.student import Part, quantile

_SURE = 0.975
_MOST = 0.9999  # z of a perfect one is beyond all numbers
_BLOCK = 512  # rows compared with all others at once


class Tau(NamedTuple):
    """A rank correlation from -1 to 1, and where it lies with 95 %."""

    value: float
    low: float
    high: float


def together(
    x: Sequence[float], y: Sequence[float], groups: Sequence[Hashable]
) -> Tau | None:
    """Tell how far two figures of each row go together; None where one never varies.

    groups: to which each row belongs.
    """
    numbers = {each: at for at, each in enumerate(dict.fromkeys(groups))}
    group = np.array([numbers[each] for each in groups])
    k = len(numbers)
    whole, without = _pairs(np.array(x, float), np.array(y, float), group, k)
    if k == 1 or not (whole[1] > 0 and whole[2] > 0):
        return None
    value = float(_tau(whole))
    # one by one: NumPy's own differs in its last digits from processor to processor
    z = np.array([_z(each) for each in _tau(without).tolist()])
    error = math.sqrt((k - 1) / k * float(((z - z.mean()) ** 2).sum()))
    reach = quantile([Part(1.0, 0.0, 1.0, k - 1)], _SURE) * error
    middle = _z(value)
    return Tau(value, math.tanh(middle - reach), math.tanh(middle + reach))


def _z(tau: float) -> float:
    """Give Fisher's z of a correlation."""
    return math.atanh(min(max(tau, -_MOST), _MOST))


def _pairs(
    x: NDArray[Any], y: NDArray[Any], group: NDArray[Any], k: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weigh the pairs of rows: that agree, that differ in x, that differ in y.

    Gives the three sums over all pairs, and a column of them without each group.
    """
    weight = 1 / np.bincount(group, minlength=k)[group]
    whole, mine, within = np.zeros(3), np.zeros((3, k)), np.zeros((3, k))
    for start in range(0, len(x), _BLOCK):
        some = slice(start, start + _BLOCK)
        apart = np.sign(x[some, None] - x), np.sign(y[some, None] - y)
        weighed = weight[some, None] * weight
        same = group[some, None] == group
        for at, (a, b) in enumerate(((0, 1), (0, 0), (1, 1))):
            told = apart[a] * apart[b] * weighed
            whole[at] += told.sum()
            mine[at] += np.bincount(group[some], told.sum(axis=1), k)
            inside = (told * same).sum(axis=1)
            within[at] += np.bincount(group[some], inside, k)
    return whole, whole[:, None] - 2 * mine + within


def _tau(sums: NDArray[Any]) -> NDArray[Any]:
    """Give tau-b of pairs that agree, differ in x, and differ in y; 0 where none do."""
    size = np.sqrt(np.maximum(sums[1], 0) * np.maximum(sums[2], 0))
    told: NDArray[Any] = np.zeros_like(size)
    np.divide(sums[0], size, out=told, where=size > 0)
    return told
