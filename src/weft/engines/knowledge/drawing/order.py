"""An order of rows and columns in which the structure of a table shows."""

from __future__ import annotations

import numpy as np

from weft.engines.knowledge.roster import Floats, Ints

MOST_CLUSTERED = 1_000
"""Time and memory of the clustering grow with the square of the columns."""


def columns_by_likeness(table: Floats, lean: Floats) -> Ints:
    """Give an order of columns in which neighbours are alike; the empty ones last.

    table: amounts, at least 0, shape (rows, columns). lean: a number for each
    column, shape (columns,); columns that lean more come later, as far as those
    that are alike stay together.
    More columns than can be clustered in a moment are put in the order of their lean.
    The others are clustered by the cosine of the roots of their amounts, average
    linkage; where two branches meet, the one that leans less, else the one of
    larger columns, else the one of the first column, comes first.
    Source: clustering as M. Eisen et al., PNAS 95 (1998), who turn the branches
    by a mean as here.
    """
    filled = np.flatnonzero(table.any(axis=0))
    empty = np.flatnonzero(~table.any(axis=0))
    if len(filled) == 0:
        return empty
    sizes = table.sum(axis=0)
    if len(filled) > MOST_CLUSTERED:
        ranked = np.lexsort((filled, -sizes[filled], lean[filled].round(9)))
        return np.concatenate((filled[ranked], empty)).astype(np.int64)
    branches = [_Branch([int(at)], float(lean[at]), float(sizes[at])) for at in filled]
    if len(filled) > 1:
        from scipy.cluster.hierarchy import linkage  # noqa: PLC0415, slow to load
        from scipy.spatial.distance import pdist  # noqa: PLC0415

        profiles = np.sqrt(table[:, filled]).T
        for left, right, *_ in linkage(pdist(profiles, "cosine"), "average"):
            branches.append(_joined(branches[int(left)], branches[int(right)]))
    return np.concatenate((branches[-1].columns, empty)).astype(np.int64)


class _Branch:
    """Some columns in their order; the sums of their leans and of their sizes."""

    def __init__(self, columns: list[int], lean: float, size: float) -> None:
        self.columns, self.lean, self.size = columns, lean, size

    def rank(self) -> tuple[float, float, int]:
        """Give what decides which of two branches comes first."""
        count = len(self.columns)
        lean, size = self.lean / count, self.size / count
        return round(lean, 9), -round(size, 9), min(self.columns)


def _joined(one: _Branch, other: _Branch) -> _Branch:
    """Put two branches side by side."""
    first, second = sorted((one, other), key=_Branch.rank)
    return _Branch(
        first.columns + second.columns, one.lean + other.lean, one.size + other.size
    )


def rows_by_place(table: Floats) -> Ints:
    """Give an order of rows by where in the columns their amounts lie on average.

    table: shape (rows, columns), the columns in their order; empty rows last.
    This is one step of reciprocal averaging (M. Hill, J. Ecology 61, 1973).
    """
    total = table.sum(axis=1)
    middle = (table @ np.arange(table.shape[1])) / np.maximum(total, 1e-12)
    return np.argsort(np.where(total > 0, middle, np.inf), kind="stable")
