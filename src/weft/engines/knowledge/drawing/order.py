"""An order of rows and columns in which the structure of a table shows."""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import leaves_list, linkage

from weft.engines.knowledge.roster import Floats, Ints

_BEST_UP_TO = 600
"""Above this many columns the best order would take seconds, a good one does not."""


def columns_by_likeness(table: Floats, lean: Floats) -> Ints:
    """Give an order of columns in which neighbours are alike; the empty ones last.

    table: amounts, at least 0, shape (rows, columns). lean: a number for each
    column, shape (columns,); the end that leans less comes first. Columns are
    clustered by the cosine of the roots of their amounts, average linkage, and
    the tree is turned so that neighbours are as alike as can be.
    Source: Z. Bar-Joseph et al., Bioinformatics 17 (2001), optimal leaf ordering.
    """
    filled = np.flatnonzero(table.any(axis=0))
    empty = np.flatnonzero(~table.any(axis=0))
    if len(filled) > 2:  # noqa: PLR2004 - two are in order, but for their lean
        profiles = np.sqrt(table[:, filled]).T
        best = len(filled) <= _BEST_UP_TO
        tree = linkage(profiles, "average", "cosine", optimal_ordering=best)
        filled = filled[leaves_list(tree)]
    half = len(filled) // 2
    if lean[filled[:half]].sum() > lean[filled[len(filled) - half :]].sum():
        filled = filled[::-1]
    return np.concatenate((filled, empty))


def rows_by_place(table: Floats) -> Ints:
    """Give an order of rows by where in the columns their amounts lie on average.

    table: shape (rows, columns), the columns in their order; empty rows last.
    This is one step of reciprocal averaging (M. Hill, J. Ecology 61, 1973).
    """
    total = table.sum(axis=1)
    middle = (table @ np.arange(table.shape[1])) / np.maximum(total, 1e-12)
    return np.lexsort((np.where(total > 0, middle, np.inf),))
