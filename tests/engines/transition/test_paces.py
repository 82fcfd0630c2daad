"""Intervals of a pace hold as often as they say, and what is open is never quick."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import comb, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.planning.baseline import Pace, Quantile
from weft.engines.transition import Span, apart, begun, pace

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
UNTIL = START + timedelta(days=365)
MISSED = (1 - sqrt(0.95)) / 2

lengths = st.lists(
    st.one_of(st.none(), st.floats(0, 400, allow_nan=False)), min_size=1, max_size=80
)


def told(days: list[float | None]) -> Pace:
    """Measure things that took so many days; none for one that is open."""
    spans = [
        Span(START, None if each is None else START + timedelta(days=each))
        for each in days
    ]
    return pace("lead", "log desk", spans, START, UNTIL)


def below(k: int, n: int, share: float) -> float:
    """Give how probable it is that at most k of n lie below a quantile."""
    return sum(comb(n, j) * share**j * (1 - share) ** (n - j) for j in range(k + 1))


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_an_interval_holds_with_so_much_and_no_narrower_one_does(share: float) -> None:
    for n in range(1, 160):
        found = told([float(day) for day in range(n)])  # a value is its own rank
        each = found.median if share == 0.5 else found.slowest
        if each.few:
            assert below(0, n, share) > MISSED or share**n > MISSED
            continue
        assert each.low is not None
        assert each.high is not None
        low, high = round(each.low), round(each.high)
        assert below(low, n, share) <= MISSED < below(low + 1, n, share)
        above = 1 - below(high, n, share)
        assert above <= MISSED + 1e-12
        assert 1 - below(high - 1, n, share) > MISSED - 1e-12


def test_under_seven_no_median_is_told_and_under_forty_no_slowest_tenth() -> None:
    assert told([1.0] * 6).median == Quantile(few=True)
    assert told([1.0] * 7).median == Quantile(value=1.0, low=1.0, high=1.0)
    least = next(n for n in range(1, 100) if not told([1.0] * n).slowest.few)
    assert 0.9**least <= MISSED < 0.9 ** (least - 1)


@given(lengths, st.integers(0, 2**32))
def test_the_order_in_which_things_are_on_record_has_no_part(
    days: list[float | None], seed: int
) -> None:
    mixed = Random(seed).sample(days, len(days))  # noqa: S311, an order
    assert told(mixed) == told(days)


@given(lengths, st.data())
def test_what_is_still_open_makes_nothing_faster(
    days: list[float | None], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(days) - 1))
    before, after = told(days), told([*days[:place], None, *days[place + 1 :]])
    assert after.n == before.n
    assert after.open >= before.open
    for old, new in ((before.median, after.median), (before.slowest, after.slowest)):
        assert old.few == new.few
        for one, other in (
            (old.value, new.value),
            (old.low, new.low),
            (old.high, new.high),
        ):
            assert other is None or (one is not None and one <= other)


@given(lengths, lengths)
def test_then_and_now_turned_round_is_the_opposite(
    one: list[float | None], other: list[float | None]
) -> None:
    for a, b in (
        (told(one).median, told(other).median),
        (told(one).slowest, told(other).slowest),
    ):
        there, back = apart(a, b), apart(b, a)
        turned = {"shorter": "longer", "longer": "shorter"}
        assert back.says == turned.get(there.says, there.says)
        assert apart(a, a).says in {"alike", "unknown"}
        if there.low is not None and there.high is not None:
            assert there.low <= there.high
        if there.says == "shorter":
            assert a.low is not None
            assert b.high is not None
            assert b.high < a.low


def test_faster_is_said_once_no_interval_reaches_the_other() -> None:
    slow, quick = told([float(n) for n in range(20, 60)]), told([1.0] * 40)
    found = apart(slow.median, quick.median)
    assert found.says == "shorter"
    assert found.days == pytest.approx(1.0 - 39.5)
    assert apart(slow.median, slow.median).says == "alike"
    assert apart(slow.median, told([None] * 40).median).says == "unknown"


def test_what_began_too_late_to_be_over_is_left_out_quick_and_open_alike() -> None:
    def span(day: float, days: float | None) -> Span:
        began = START + timedelta(days=day)
        return Span(began, None if days is None else began + timedelta(days=days))

    whole = [span(day, 10.0) for day in range(300)]
    late = [span(360, 1.0), span(361, None), span(364, 0.0)]
    kept = begun([*whole, *late, span(200, None)], START, UNTIL)
    assert kept == [*whole, span(200, None)]
    assert begun([span(-1, 1.0), span(365, 1.0)], START, UNTIL) == []
