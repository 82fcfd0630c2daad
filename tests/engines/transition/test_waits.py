"""Who still waits counts as waiting: nobody looks quick for having no end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.engines.transition import Lasted, Span, Within, lasted
from weft.engines.transition.waits import interval

UNTIL = datetime(2026, 11, 29, 9, tzinfo=UTC)
Wait = tuple[int, bool]
"""Days, and whether it is over; else it has lasted so long and goes on."""

waits = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=60)


def told(each: list[Wait], until: datetime = UNTIL) -> Lasted:
    """Measure things of so many days."""
    spans = []
    for days, over in each:
        began = UNTIL - timedelta(days=days)
        spans.append(Span(began, UNTIL if over else None))
    return lasted(spans, until)


def later(one: float | None, other: float | None) -> bool:
    """Tell whether one is no sooner than another; what is not known is the latest."""
    return one is None or (other is not None and one >= other)


def left(each: list[Wait], day: int) -> Fraction:
    """Give the share that is left after a day: Kaplan and Meier's, from its formula."""
    found = Fraction(1)
    for at in sorted({days for days, over in each if over and days <= day}):
        risk = sum(days >= at for days, _ in each)
        ends = each.count((at, True))
        found *= Fraction(risk - ends, risk)
    return found


def test_published_remissions_have_their_published_medians() -> None:
    """Of Freireich and others (Blood 21, 1963), the first example of most textbooks."""
    over = (6, 6, 6, 7, 10, 13, 16, 22, 23)
    still = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    treated = told([*((day, True) for day in over), *((day, False) for day in still)])
    assert (treated.n, treated.waiting, treated.median.value) == (21, 12, 23)
    assert treated.median.high is None
    placebo = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
    assert told([(day, True) for day in placebo]).median.value == 8


@given(waits)
def test_a_quantile_is_where_so_much_is_left(each: list[Wait]) -> None:
    for found, at in ((told(each).median, 2), (told(each).slowest, 10)):
        if found.few:
            assert len(each) < at
            continue
        ends = sorted({days for days, over in each if over})
        below = [day for day in ends if left(each, day) < Fraction(1, at)]
        level = [day for day in ends if left(each, day) == Fraction(1, at)]
        if below:
            assert found.value == (below[0] + (level or below)[0]) / 2
        else:
            assert found.value is None


@given(waits, st.data())
def test_to_go_on_waiting_makes_nothing_quicker(
    each: list[Wait], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(each) - 1))
    days, _ = each[place]
    more = data.draw(st.integers(days, 90))
    before, after = told(each), told([*each[:place], (more, False), *each[place + 1 :]])
    assert after.n == before.n
    for old, new in ((before.median, after.median), (before.slowest, after.slowest)):
        assert old.few == new.few
        assert later(new.value, old.value)
        assert later(new.low, old.low)
        assert later(new.high, old.high)


@given(waits)
def test_to_leave_out_who_waits_would_never_look_slower(each: list[Wait]) -> None:
    over = [one for one in each if one[1]]
    whole, some = told(each), told(over)
    for all_, part in ((whole.median, some.median), (whole.slowest, some.slowest)):
        if not part.few:
            assert later(all_.value, part.value)


@given(waits, st.integers(0, 2**32))
def test_the_order_of_the_record_has_no_part(each: list[Wait], seed: int) -> None:
    mixed = Random(seed).sample(each, len(each))  # noqa: S311, an order
    assert told(mixed) == told(each)


@given(waits)
def test_an_interval_holds_its_value(each: list[Wait]) -> None:
    for found in (told(each).median, told(each).slowest):
        if found.low is not None:
            assert later(found.value, found.low)
            assert later(found.high, found.value)


def test_too_few_say_nothing_and_some_more_no_interval() -> None:
    assert told([]).median == told([(1, True)]).median == Within(few=True)
    assert told([(1, True), (3, True)]).median == Within(value=2)
    assert told([(1, True)] * 5).median == Within(value=1)
    assert told([(1, True)] * 6).median == Within(value=1, low=1, high=1)
    assert told([(1, True)] * 9).slowest == Within(few=True)
    assert told([(1, True)] * 35).slowest == Within(value=1)
    assert told([(1, True)] * 36).slowest == Within(value=1, low=1, high=1)
    assert told([(9, False)] * 40).median.value is None
    assert told([(0, True), (1, False)]).median.value is None


@pytest.mark.parametrize("at", [0.5, 0.9])
def test_an_interval_holds_as_often_as_it_says_with_many_still_waiting(
    at: float,
) -> None:
    draw = np.random.default_rng(7)
    true, held, runs = -np.log(1 - at), 0, 400
    for _ in range(runs):
        ends, seen = draw.exponential(1.0, 40), draw.uniform(0.0, 6.0, 40)
        pairs = sorted(
            (min(end, until), end > until)
            for end, until in zip(ends, seen, strict=True)
        )
        found = interval([d for d, _ in pairs], [not w for _, w in pairs], at, 0.025)
        assert found is not None
        held += found[0] <= true <= found[1]
    assert 0.95 - 3 * (0.95 * 0.05 / runs) ** 0.5 < held / runs < 0.999
