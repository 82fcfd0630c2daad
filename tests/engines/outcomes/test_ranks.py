"""Whether two things go together: against scipy, by laws, and covered as promised."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from weft.engines.outcomes.ranks import Tau, together

LONG = bool(os.environ.get("WEFT_LONG"))
few = st.integers(-3, 3)
pairs = st.lists(st.tuples(few, few), min_size=2, max_size=30)


def of(rows: Sequence[tuple[float, float]]) -> Tau | None:
    """Tell how far two figures go together, each row for itself."""
    x, y = zip(*rows, strict=True)
    return together(x, y, range(len(rows)))


@settings(max_examples=40)
@given(pairs)
def test_it_is_kendalls_tau_b(rows: list[tuple[int, int]]) -> None:
    found, told = of(rows), kendalltau(*zip(*rows, strict=True)).statistic
    if found is None:
        assert np.isnan(told)
    else:
        assert found.value == pytest.approx(told)
        assert -1 <= found.low <= found.high <= 1


@settings(max_examples=40)
@given(pairs)
def test_ranks_alone_count_and_turning_one_round_turns_it(
    rows: list[tuple[int, int]],
) -> None:
    found = of(rows)
    assert found == of([(x**3, y) for x, y in rows])
    turned = of([(-x, y) for x, y in rows])
    if found and turned:
        assert turned.value == pytest.approx(-found.value)
        assert turned.low == pytest.approx(-found.high)


@settings(max_examples=40)
@given(pairs, st.integers(2, 4))
def test_the_same_row_again_in_its_group_says_nothing_new(
    rows: list[tuple[int, int]], times: int
) -> None:
    x, y = zip(*rows, strict=True)
    groups = list(range(len(rows)))
    once = together(x, y, groups)
    again = together(x * times, y * times, groups * times)
    if once is None:
        assert again is None
    else:
        assert again is not None
        assert again == pytest.approx(once)


def missed(seed: int, runs: int, k: int, size: int) -> float:
    """Give how often 95 % leave out what is so: here, nothing."""
    dice = np.random.default_rng(seed)
    left = 0
    for _ in range(runs):
        sizes = dice.integers(1, 2 * size, size=k) if size > 1 else np.ones(k, int)
        groups = np.repeat(np.arange(k), sizes)
        own, shared = dice.normal(size=len(groups)), dice.normal(size=k)[groups]
        late = np.maximum(0, own + 0.7 * shared - 0.5)
        reached = (dice.integers(0, 5, size=k) / 4)[groups]
        found = together(late.tolist(), reached.tolist(), groups.tolist())
        left += found is None or not found.low <= 0 <= found.high
    return left / runs


@pytest.mark.parametrize(("k", "size"), [(17, 6), (20, 1), (60, 1)])
def test_its_interval_holds_as_often_as_it_says(k: int, size: int) -> None:
    assert missed(1, 4_000 if LONG else 250, k, size) < (0.075 if LONG else 0.1)
