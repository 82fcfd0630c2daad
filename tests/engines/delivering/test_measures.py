"""The four measures equal what a hand computes, whatever order the events come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.delivering.deliveries import Delivery
from weft.engines.delivering import FEWEST, measured
from weft.engines.delivering.intervals import median, rate, share
from weft.engines.delivering.past import past

START = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = START + timedelta(weeks=13)


def at(days: float, what: Any, name: str, **more: Any) -> Delivery:
    """Give something that happened so many days after the start."""
    when = START + timedelta(days=days)
    return Delivery(id=name, source="ci", what=what, of="pay", at=when, **more)


def history() -> list[Delivery]:
    """Eight changes, each deployed two hours later; one deployment breaks things."""
    told = []
    for n in range(8):
        revision = f"{n:040d}"
        told.append(at(n * 7 + 1, "change", f"c{n}", revision=revision))
        told.append(at(n * 7 + 1 + 2 / 24, "deployment", f"d{n}", revision=revision))
    told.append(at(8.2, "incident", "i1", incident="1"))
    told.append(at(8.2 + 5 / 24, "restored", "r1", incident="1"))
    return told


def test_the_figures_equal_a_hand_computation() -> None:
    found = measured({"pay": history()}, UNTIL)
    assert found.frequency.value == pytest.approx(8 / 13)
    assert found.lead_time.value == pytest.approx(2)
    assert (found.lead_time.n, found.waiting, found.by_time) == (8, 0, 0)
    assert found.failed.value == pytest.approx(100 / 8)
    assert (found.restore.n, found.restore.value) == (1, None)
    assert sum(found.weeks) == 8


@given(st.permutations(history()), st.data())
def test_order_and_repeats_change_nothing(told: list[Delivery], data: Any) -> None:
    again = data.draw(st.lists(st.sampled_from(told)))
    assert measured({"pay": [*told, *again]}, UNTIL) == measured(
        {"pay": history()}, UNTIL
    )


def test_a_deployment_brings_all_that_landed_before_its_revision() -> None:
    told = [
        at(1, "change", "a", revision="a" * 40),
        at(2, "change", "b", revision="b" * 40),
        at(3, "change", "c", revision="c" * 40),
        at(4, "deployment", "d", revision="b" * 8),
    ]
    found = measured({"pay": told}, UNTIL)
    assert (found.lead_time.n, found.waiting) == (2, 1)


@pytest.mark.parametrize("turned", [False, True])
def test_a_squashed_change_began_when_its_request_was_opened(*, turned: bool) -> None:
    """Both are reported: by the push the commit, by the merge the request."""
    squash, name = {"revision": "a" * 40}, "pay@a"
    told = [
        at(3.01, "change", name, since=START + timedelta(days=3), **squash),
        at(3, "change", name, since=START + timedelta(days=1), **squash),
        at(4, "deployment", "d", **squash),
    ]
    found = past(reversed(told) if turned else told, UNTIL)
    (change,) = found.changes
    assert change.written == START + timedelta(days=1)
    assert change.ran == START + timedelta(days=4)


def test_an_unknown_revision_brings_what_landed_before_and_that_is_told() -> None:
    told = [at(1, "change", "a", revision="a" * 40), at(2, "deployment", "d")]
    found = measured({"pay": told}, UNTIL)
    assert (found.lead_time.n, found.by_time) == (1, 1)


def test_putting_an_older_revision_back_brings_nothing_new() -> None:
    told = history()
    told.append(at(80, "deployment", "back", revision=f"{0:040d}"))
    assert measured({"pay": told}, UNTIL).lead_time.n == 8
    assert measured({"pay": told}, UNTIL).frequency.n == 9


def test_what_was_put_back_and_forth_ran_when_it_first_did() -> None:
    told = history()
    last = f"{7:040d}"
    told.append(at(60, "deployment", "back", revision=f"{0:040d}"))
    told.append(at(61, "deployment", "forth", revision=last))
    assert measured({"pay": told}, UNTIL).lead_time.high == pytest.approx(2)


def test_what_is_reported_again_with_a_later_time_happened_at_the_first() -> None:
    told = history()
    again = [replace(each, at=each.at + timedelta(days=3)) for each in told]
    assert measured({"pay": [*told, *again]}, UNTIL) == measured({"pay": told}, UNTIL)


def test_only_what_reached_production_counts_as_deployed() -> None:
    told = [
        at(1, "deployment", "test", live=False),
        at(1, "deployment", "broken", worked=False),
    ]
    found = measured({"pay": told}, UNTIL)
    assert (found.frequency.n, found.broken_off) == (0, 1)


def test_an_incident_is_blamed_on_what_it_names_or_on_the_last_day() -> None:
    told = [at(n, "deployment", f"d{n}", revision=f"r{n}") for n in range(8)]
    named = [at(7.5, "incident", "i", incident="1", revision="r2")]
    late = [at(9, "incident", "j", incident="2")]
    found = measured({"pay": [*told, *named, *late]}, START + timedelta(days=10))
    assert found.failed.value == pytest.approx(100 / 8)
    assert (found.unblamed, found.open) == (1, 2)


def test_an_incident_opened_again_lasts_until_it_is_closed_for_good() -> None:
    told = [
        at(1, "incident", "i", incident="1"),
        at(2, "restored", "r", incident="1"),
        at(3, "incident", "again", incident="1"),
    ]
    assert measured({"pay": told}, UNTIL).open == 1
    closed = [*told, at(4, "restored", "r2", incident="1")]
    assert measured({"pay": closed}, UNTIL).open == 0


def test_what_came_later_is_not_known_yet() -> None:
    early = measured({"pay": history()}, START + timedelta(days=3))
    assert (early.frequency.n, early.frequency.value) == (1, None)


def test_nothing_reported_is_silent() -> None:
    assert measured({}, UNTIL).silent
    assert not measured({"pay": history()}, UNTIL).silent


@given(st.lists(st.floats(0, 1e6), min_size=FEWEST, max_size=60))
def test_the_interval_of_a_median_is_as_wide_as_a_sign_test_says(
    observed: list[float],
) -> None:
    found, ordered, n = median(observed, "hours"), sorted(observed), len(observed)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    outside = 2 * sum(comb(n, k) for k in range(_skipped(n))) / 2**n
    assert outside + 2 * comb(n, _skipped(n)) / 2**n <= 0.05
    assert ordered[_skipped(n)] == found.low


def _skipped(n: int) -> int:
    """Count by hand how many may be left out at each end."""
    k = 0
    while 2 * sum(comb(n, i) for i in range(k + 2)) / 2**n <= 0.05:
        k += 1
    return k


def test_few_observations_are_too_few_to_say() -> None:
    assert median([1.0] * (FEWEST - 1), "hours").value is None
    assert share(1, FEWEST - 1).value is None
    assert rate([1] * (FEWEST - 1), "a week").value is None


def test_a_share_near_its_ends_stays_inside() -> None:
    none, all_of = share(0, 20), share(20, 20)
    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(16.1, abs=0.1)
    assert all_of.high == 100


def test_clumps_widen_the_interval_of_a_rate() -> None:
    even, clumped = rate([4] * 13, "a week"), rate([52] + [0] * 12, "a week")
    assert even.value == clumped.value == 4
    assert even.high is not None
    assert clumped.high is not None
    assert clumped.high > even.high + 3
