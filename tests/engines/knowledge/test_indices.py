"""Laws of the indices: their ends, their closed forms, what leaves them as they are."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from weft.engines.knowledge.indices import dilution, schism, spread

Amounts = st.lists(st.integers(0, 50), min_size=2, max_size=12)
Sizes = st.lists(st.integers(1, 90), min_size=2, max_size=12)


def of(amounts: list[int] | list[float], sizes: list[int] | list[float]) -> float:
    found = spread(np.array(amounts, float), np.array(sizes, float))
    assert found is not None
    return found


# Spread


@given(st.integers(2, 12), st.data())
def test_spread_is_0_where_all_sits_in_one_unit(
    units: int, data: st.DataObject
) -> None:
    sizes = data.draw(st.lists(st.integers(1, 90), min_size=units, max_size=units))
    amounts = [0] * units
    amounts[data.draw(st.integers(0, units - 1))] = 7
    assert of(amounts, sizes) == pytest.approx(0, abs=1e-9)


@given(Sizes, st.integers(1, 9))
def test_spread_is_1_where_each_unit_has_as_much_as_of_the_people(
    sizes: list[int], times: int
) -> None:
    assert of([times * size for size in sizes], sizes) == pytest.approx(1)


@given(st.integers(2, 12), st.data())
def test_spread_is_blaus_index_where_units_are_of_one_size(
    units: int, data: st.DataObject
) -> None:
    amounts = data.draw(st.lists(st.integers(0, 50), min_size=units, max_size=units))
    assume(sum(amounts) > 0)
    s = np.array(amounts) / sum(amounts)
    blau = (1 - (s**2).sum()) / (1 - 1 / units)
    assert of(amounts, [13] * units) == pytest.approx(blau)


@pytest.mark.slow
@given(Amounts, st.data())
def test_a_claim_that_moves_to_a_unit_with_two_fewer_never_lowers_it(
    amounts: list[int], data: st.DataObject
) -> None:
    sizes = [10] * len(amounts)
    giver = data.draw(st.integers(0, len(amounts) - 1))
    taker = data.draw(st.integers(0, len(amounts) - 1))
    assume(amounts[giver] >= amounts[taker] + 2)
    before = of(amounts, sizes)
    amounts[giver] -= 1
    amounts[taker] += 1
    assert of(amounts, sizes) >= before - 1e-12


@given(st.data(), st.integers(2, 10))
def test_spread_keeps_within_0_and_1_and_is_1_for_the_even_alone(
    data: st.DataObject, units: int
) -> None:
    amounts = data.draw(st.lists(st.integers(0, 50), min_size=units, max_size=units))
    sizes = data.draw(st.lists(st.integers(1, 50), min_size=units, max_size=units))
    assume(sum(amounts) > 0)
    found = of(amounts, sizes)
    assert 0 <= found <= 1
    even = np.allclose(np.array(amounts) * sum(sizes), np.array(sizes) * sum(amounts))
    assert (found > 1 - 1e-9) == even


@given(st.data(), st.integers(2, 10), st.integers(2, 9))
def test_neither_order_nor_scale_nor_an_empty_unit_matters(
    data: st.DataObject, units: int, times: int
) -> None:
    amounts = data.draw(st.lists(st.integers(0, 50), min_size=units, max_size=units))
    sizes = data.draw(st.lists(st.integers(1, 50), min_size=units, max_size=units))
    assume(sum(amounts) > 0)
    order = data.draw(st.permutations(range(units)))
    found = of(amounts, sizes)
    assert of([amounts[i] for i in order], [sizes[i] for i in order]) == pytest.approx(
        found, abs=1e-9
    )
    assert of([times * a for a in amounts], sizes) == pytest.approx(found, abs=1e-9)
    assert of(amounts, [times * s for s in sizes]) == pytest.approx(found, abs=1e-9)
    assert of([*amounts, 0], [*sizes, 0]) == pytest.approx(found, abs=1e-9)


def test_spread_by_hand() -> None:
    # Units of 10 and 30 people; 3 of 4 claims in the small one: s = 3/4, 1/4 and
    # h = 1/4, 3/4. uneven = 3/4*2 - 1/4*2/3 = 4/3; one unit = 3/4*3 + 1/4/3 = 7/3.
    assert of([3, 1], [10, 30]) == pytest.approx(1 - 4 / 7)


@pytest.mark.parametrize(
    ("amounts", "sizes"), [([], []), ([3], [9]), ([0, 0], [5, 5]), ([3, 0], [9, 0])]
)
def test_there_is_no_spread_of_nothing_or_over_one_unit(
    amounts: list[float], sizes: list[float]
) -> None:
    assert spread(np.array(amounts, float), np.array(sizes, float)) is None


# Dilution


def test_dilution_at_both_ends_and_between() -> None:
    assert dilution(8, 8) == 0
    assert dilution(0, 8) == 1
    assert dilution(6, 8) == 0.25
    assert dilution(0, 0) is None


# Schism


def between(
    groups: list[list[float]], shares: list[list[float]] | None = None
) -> float:
    """Give the schism of groups, each a list of the technology of its people."""
    shares = shares or [[1.0] * len(group) for group in groups]
    found = schism(
        np.array([at for at, group in enumerate(groups) for _ in group], np.int64),
        np.array([each for group in shares for each in group]),
        np.array([each for group in groups for each in group], float),
        len(groups),
    )
    assert found is not None
    return found


@given(st.lists(st.integers(2, 9), min_size=1), st.lists(st.integers(2, 9), min_size=1))
def test_camps_that_never_meet_have_a_schism_of_1(
    business: list[int], technology: list[int]
) -> None:
    groups = [[0.0] * n for n in business] + [[1.0] * n for n in technology]
    assert between(groups) == pytest.approx(1)


def test_a_pair_of_each_camp_has_a_schism_of_minus_1() -> None:
    assert between([[0, 1]] * 5) == pytest.approx(-1)


@pytest.mark.parametrize("seed", range(20))
def test_random_mixing_has_a_schism_near_0(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a draw, not a secret
    groups: list[list[float]] = [[] for _ in range(100)]
    for _ in range(2000):
        chance.choice(groups).append(float(chance.random() < 0.3))
    assert abs(between([group for group in groups if group])) < 0.06


@pytest.mark.slow
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=2, max_size=6
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_sums_equal_a_count_of_every_pair(
    groups: list[list[tuple[int, int]]],
) -> None:
    """Closed form against the definition, tie by tie."""
    ties = across = technology = 0.0
    for group in groups:
        pairs = [(p * q, s / 4, t / 4) for (s, p), (t, q) in combinations(group, 2)]
        scale = sum(p for _, p in group) / 2 / sum(tie for tie, _, _ in pairs)
        for tie, s, t in pairs:
            ties += scale * tie
            across += scale * tie * (s * (1 - t) + t * (1 - s))
            technology += scale * tie * (s + t) / 2
    expected = 2 * (technology / ties) * (1 - technology / ties)
    assume(expected > 1e-9)
    found = between(
        [[s / 4 for s, _ in group] for group in groups],
        [[float(p) for _, p in group] for group in groups],
    )
    assert found == pytest.approx(1 - across / ties / expected)


@pytest.mark.parametrize("groups", [[[1.0], [0.0]], [[1.0, 1.0], [1.0, 1.0]], []])
def test_there_is_no_schism_where_nobody_meets_or_there_is_one_camp(
    groups: list[list[float]],
) -> None:
    found = schism(
        np.array([at for at, group in enumerate(groups) for _ in group], np.int64),
        np.ones(sum(map(len, groups))),
        np.array([each for group in groups for each in group], float),
        len(groups),
    )
    assert found is None
