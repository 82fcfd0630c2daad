"""Student's t by its closed form, against another's numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from weft.engines.outcomes.student import Part, below, probability, quantile


@given(st.floats(-50, 50), st.integers(1, 130))
def test_it_is_that_of_scipy(t: float, freedom: int) -> None:
    assert below(t, freedom) == pytest.approx(student.cdf(t, freedom), abs=1e-10)


@given(
    st.lists(
        st.tuples(st.floats(0.1, 1), st.floats(-9, 9), st.floats(0.01, 9)),
        min_size=1,
        max_size=5,
    ),
    st.floats(0.05, 0.95),
)
def test_a_quantile_is_where_so_much_lies_below(
    told: list[tuple[float, float, float]], wanted: float
) -> None:
    whole = sum(weight for weight, _, _ in told)
    parts = [Part(w / whole, middle, scale, 4) for w, middle, scale in told]
    assert probability(parts, quantile(parts, wanted)) == pytest.approx(
        wanted, abs=2e-4
    )
