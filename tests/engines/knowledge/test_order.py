"""Orders of a table: alike beside alike, the empty last, nothing lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.engines.knowledge.drawing.order import columns_by_likeness, rows_by_place

Tables = st.integers(1, 6).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(0, 9), min_size=rows, max_size=rows),
        min_size=1,
        max_size=12,
    )
)


@pytest.mark.slow
@given(Tables)
def test_every_column_is_there_once_and_the_empty_ones_last(
    columns: list[list[int]],
) -> None:
    table = np.array(columns, float).T
    order = columns_by_likeness(table, np.zeros(len(columns)))
    assert sorted(order) == list(range(len(columns)))
    filled = [bool(any(columns[at])) for at in order]
    assert filled == sorted(filled, reverse=True)


@given(Tables, st.data())
def test_names_of_columns_decide_nothing_but_ties(
    columns: list[list[int]], data: st.DataObject
) -> None:
    """Two blocks that share no row never come apart."""
    left = [[*column, 0] for column in columns if any(column)]
    right = [[0] * len(columns[0]) + [1 + len(column)] for column in left]
    mixed = data.draw(
        st.permutations([*((c, 0.0) for c in left), *((c, 1.0) for c in right)])
    )
    if not mixed:
        return
    table = np.array([column for column, _ in mixed], float).T
    order = columns_by_likeness(table, np.array([lean for _, lean in mixed]))
    leans = [mixed[at][1] for at in order]
    assert leans == sorted(leans)


def test_columns_that_lean_less_come_first() -> None:
    table = np.array([[9, 0, 5], [0, 9, 5]], float)
    assert columns_by_likeness(table, np.array([1, 0, 0.5])).tolist() == [1, 2, 0]


def test_rows_follow_the_columns() -> None:
    table = np.array([[0, 0, 4], [0, 0, 0], [3, 1, 0], [0, 2, 0]], float)
    assert rows_by_place(table).tolist() == [2, 3, 0, 1]
