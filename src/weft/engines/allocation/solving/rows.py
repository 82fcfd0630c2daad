"""The rows of a linear programme, gathered as triples and given to HiGHS at once."""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.problem import Floats, Ints

_Number = Floats | Ints | float


class Rows:
    """Rows of the programme, collected as triples."""

    def __init__(self) -> None:
        self.row: list[Ints] = []
        self.column: list[Ints] = []
        self.value: list[Floats] = []
        self.least: list[Floats] = []
        self.most: list[Floats] = []
        self.count = 0

    def add(self, size: int, least: _Number, most: _Number) -> int:
        """Begin `size` rows; give the first."""
        first, self.count = self.count, self.count + size
        self.least.append(np.broadcast_to(np.asarray(least, float), (size,)))
        self.most.append(np.broadcast_to(np.asarray(most, float), (size,)))
        return first

    def put(self, row: Ints, column: Ints, value: _Number) -> None:
        """Add value times column to the rows."""
        self.row.append(row.ravel())
        self.column.append(column.ravel())
        self.value.append(np.broadcast_to(np.asarray(value, float), row.shape).ravel())

    def limits(self, size: int) -> object:
        """Give the rows of a programme of so many columns, as scipy takes them."""
        from scipy.optimize import LinearConstraint  # noqa: PLC0415, only a round pays
        from scipy.sparse import coo_array  # noqa: PLC0415

        triples = (np.concatenate(part) for part in (self.row, self.column))
        value = np.concatenate(self.value)
        matrix = coo_array((value, tuple(triples)), shape=(self.count, size))
        least, most = np.concatenate(self.least), np.concatenate(self.most)
        return LinearConstraint(matrix.tocsc(), least, most)
