"""What a history tells: equal to an independent count, and honest about its edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.interop.logs.dialects import DIALECTS, history, servicenow

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission
from weft.core.people import Unit
from weft.core.work.cases import Case, Grouped, Stretch
from weft.engines.work import cohort, flow, quantile, share, sides_of, spread
from weft.engines.work.boundary import crossings
from weft.engines.work.closing import closing
from weft.engines.work.flow import visits
from weft.engines.work.lane import followed
from weft.interop.logs import read_log

START = datetime(2025, 1, 6, tzinfo=UTC)
DAY = 86_400


def case(
    number: int, day: float, lead: float | None, groups: str = "A", **more: object
) -> Case:
    ended = None if lead is None else int(lead * DAY)
    each = (ended or DAY) // len(groups)
    stretches = [Stretch(n * each, "held", g, "Active") for n, g in enumerate(groups)]
    if ended is not None:
        stretches.append(Stretch(ended, "done", groups[-1], "Resolved"))
    told = {"last": ended or DAY, "events": 2} | more
    return Case(
        log="l",
        id=str(number),
        opened=START + timedelta(days=day),
        stretches=tuple(stretches),
        ended=ended,
        **told,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_handoffs_equal_an_independent_count(dialect: str) -> None:
    pieces = history(3, 150)
    log = read_log("log", DIALECTS[dialect](pieces))
    inside = {"Mail", "Network", "Databases"}
    sides = sides_of([g.title for g in log.groups], sorted(inside), ["*"], Firm(), ())
    found = flow("log", log.cases, log.groups, sides)
    handoffs = [len(piece.path) - 1 for piece in pieces]
    assert found.handed.handoffs.median == median(handoffs)
    assert found.handed.handoffs.p90 == pytest.approx(np.quantile(handoffs, 0.9))
    assert found.handed.moved.part == sum(map(bool, handoffs))
    crossed = [
        sum(
            (a in inside) != (b in inside)
            for a, b in zip(p.path, p.path[1:], strict=False)
        )
        for p in pieces
    ]
    assert found.handed.crossings.mean == pytest.approx(np.mean(crossed))
    assert found.handed.crossings.median == median(crossed)
    assert found.handed.unknown == 0


def test_the_time_of_all_waits_is_the_lead_time() -> None:
    pieces = history(4, 150)
    log = read_log("log", servicenow(pieces))
    found = flow("log", log.cases, log.groups, {})
    assert sum(wait.share for wait in found.waits) == pytest.approx(1)
    within = {c.id for c in log.cases if found.cohort.holds(c)}
    leads = sum(p.lead for p in pieces if p.id in within) / DAY
    assert sum(wait.days for wait in found.waits) == pytest.approx(leads)


def test_closing_days_later_in_bulk_is_no_lead_time() -> None:
    log = read_log("log", servicenow(history(5, 100)))
    told = closing(log.cases)
    assert told.says_done
    assert told.automatic
    assert told.days == pytest.approx(5, abs=0.01)


def test_a_handoff_from_a_group_of_unknown_side_is_not_guessed() -> None:
    one = case(1, 0, 1, "AB")
    assert crossings(one, {"A": "inside"}) is None
    assert crossings(one, {"A": "inside", "B": "outside"}) == 1
    assert crossings(case(1, 0, 1, "ABAB"), {"A": "inside", "B": "inside"}) == 0
    assert crossings(case(1, 0, 1, "A"), {}) == 0
    handed = flow("l", [one], (), {}).handed
    assert (handed.crossings.count, handed.unknown) == (0, 1)


def test_sides_are_said_or_are_those_of_the_firm() -> None:
    units = [
        Unit(id="it", title="Technology"),
        Unit(id="ops", title="Operations", parent="it"),
        Unit(id="law", title="Law"),
    ]
    firm = change(Firm(), [put(u) for u in units])
    firm = change(firm, [put(Mission(id="m", title="Pre-flight", purpose="x"))])
    groups = ["Technology", "OPERATIONS", "law", "pre-flight", "IT mail", "Else"]
    sides = sides_of(groups, ["it *"], ["law"], firm, ["it"])
    assert sides == {
        "Technology": "inside",
        "OPERATIONS": "inside",
        "law": "outside",
        "pre-flight": "outside",
        "IT mail": "inside",
    }


def test_survivors_at_the_start_of_a_log_are_left_out() -> None:
    chance = Random(1)  # noqa: S311 # it makes examples
    leads = [chance.lognormvariate(0.5, 1) for _ in range(2000)]
    every = [case(n, n * 0.1, lead) for n, lead in enumerate(leads)]
    # Cut by closing: only what ended after day 100 is in the log.
    cut = [c for c in every if (c.opened - START).days + (c.ended or 0) / DAY > 100]
    told = cohort(cut)
    assert told.since >= (START + timedelta(days=90)).date()
    assert told.before > 0
    assert "left out" in told.notes[0]
    found = flow("l", cut, (), {})
    assert found.lead.median == pytest.approx(median(leads), rel=0.15)


def test_cases_that_could_not_end_yet_are_left_out() -> None:
    chance = Random(2)  # noqa: S311 # it makes examples
    leads = [chance.lognormvariate(1.5, 1) for _ in range(2000)]
    end = 200.0
    cut = [
        case(
            n,
            n * 0.1,
            lead if n * 0.1 + lead <= end else None,
            last=int(min(lead, end - n * 0.1) * DAY),
        )
        for n, lead in enumerate(leads)
    ]
    told = cohort(cut)
    assert told.until < (START + timedelta(days=195)).date()
    assert told.after > 0
    found = flow("l", cut, (), {})
    assert found.lead.median == pytest.approx(median(leads), rel=0.15)


def test_a_request_that_came_back_is_followed_through_the_time_between() -> None:
    stretches = (
        Stretch(0, "held", "Desk", "Active"),
        Stretch(DAY, "done", "Desk", "Resolved"),
        Stretch(4 * DAY, "held", "Desk", "Active"),
    )
    back = Case(
        log="l",
        id="1",
        opened=START,
        stretches=stretches,
        ended=5 * DAY,
        last=5 * DAY,
        events=4,
    )
    lane = followed(back)
    assert [who for who, _ in lane.rows] == ["Desk", "Resolved, and came back"]
    assert (lane.days, lane.wait, lane.waits) == (5, 3, "60 %")


def test_a_short_log_is_taken_whole_and_says_so() -> None:
    told = cohort([case(n, n * 0.1, 1) for n in range(50)])
    assert told.short
    assert told.cases == 50
    assert "no season" in told.notes[0]


def test_too_many_open_cases_leave_a_quantile_unknown() -> None:
    found = flow("l", [case(n, 0, 1 if n < 8 else None) for n in range(10)], (), {})
    assert found.lead.median == 1
    assert found.lead.p90 is None
    assert found.lead.mean is None
    assert found.open == 2


def test_groups_under_five_are_told_together_alone() -> None:
    cases = [case(n, 0, 1, "AB") for n in range(9)] + [case(10, 0, 1, "C")]
    groups = [Grouped(title=t, people=p, visits=9) for t, p in
              (("A", 7), ("B", None), ("C", None))]  # fmt: skip
    told = flow("l", cases, groups, {}).groups
    assert [(g.title, g.groups, g.visits) for g in told] == [("A", 1, 9), ("", 2, 10)]


def test_work_is_told_before_and_from_a_day() -> None:
    cases = [case(1, 0, 1, "ABAB"), case(2, 5, 1, "A")]
    found = flow("l", cases, (), {}, date(2025, 1, 8))
    assert found.before is not None
    assert found.after is not None
    assert (found.before.handoffs.mean, found.after.handoffs.mean) == (3, 0)


def test_who_asks_in_another_unit_is_counted_by_month() -> None:
    cases = [
        case(1, 0, 1, asker="law", doer="it"),
        case(2, 0, 1, asker="it", doer="it"),
        case(3, 0, 1, asker="it"),
    ]
    [month] = flow("l", cases, (), {}).months
    assert (month.across.part, month.across.whole) == (1, 2)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_quantiles_are_those_of_everybody(values: list[float], at: float) -> None:
    ordered = sorted(values)
    assert quantile(ordered, at) == pytest.approx(np.quantile(ordered, at))


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_in_its_interval(part: int, whole: int) -> None:
    told = share(min(part, whole), whole)
    assert told.low is not None
    assert told.value is not None
    assert told.high is not None
    assert 0 <= told.low <= told.value + 1e-12
    assert told.value - 1e-12 <= told.high <= 1


def test_nothing_has_no_spread_and_no_share() -> None:
    assert spread(()).median is None
    assert share(0, 0).value is None


def test_visits_are_the_stays_of_a_case() -> None:
    assert list(visits(case(1, 0, 3, "ABA"))) == [("A", DAY), ("B", DAY), ("A", DAY)]
