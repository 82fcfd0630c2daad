"""A fit tells cases that it has not seen, or says why the log allows none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from tests.engines.work.test_flow import case
from tests.interop.logs.dialects import DIALECTS, Piece, history, volvo

from weft.core.work.cases import Case
from weft.engines.simulation.fitting import Fit, fit
from weft.engines.simulation.fitting.drawing import draw
from weft.engines.simulation.fitting.learning import learn, stays_of
from weft.engines.simulation.kernel import simulate
from weft.errors import InputError
from weft.interop.logs import Log, read_log

REAL = (
    Path(__file__).parents[5]
    / "shared/data/servicenow-uci-slice/incident_event_log.csv"
)


@cache
def pieces() -> tuple[Piece, ...]:
    return history(11, 2000, 240)


def of(log: Log) -> Fit:
    return fit("log", log.cases, log.groups)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["servicenow", "lifecycle"])
def test_a_history_is_told_again(dialect: str) -> None:
    found = of(read_log("log", DIALECTS[dialect](pieces())))
    assert found.stands, found.why
    told = {each.name: each for each in found.checked}
    # The truth is what the whole history does, of which two thirds were learnt from.
    leads = [piece.lead / 86_400 for piece in pieces()]
    moved = np.mean([len(piece.path) > 1 for piece in pieces()])
    assert told["median lead time"].fitted == pytest.approx(np.median(leads), rel=0.1)
    p90 = np.quantile(leads, 0.9)
    assert told["p90 of lead time"].fitted == pytest.approx(p90, rel=0.15)
    assert told["cases with a handoff"].fitted == pytest.approx(moved, rel=0.1)
    assert all(each.within for each in found.checked if each.judged)


@pytest.mark.slow
def test_work_that_changed_is_no_fit_and_the_reason_is_told() -> None:
    early, late = history(12, 400, 120, onward=0.1), history(13, 200, 60, onward=0.8)
    moved = [
        piece._replace(
            id=f"L{piece.id}",
            steps=tuple(
                s._replace(at=s.at + (early[-1].steps[0].at - late[0].steps[0].at))
                for s in piece.steps
            ),
        )
        for piece in late
    ]
    found = of(read_log("log", volvo([*early, *moved])))
    assert not found.stands
    assert "cases with a handoff is" in found.why
    assert "more than chance among as many cases" in found.why
    assert found.refused is not None
    assert "what it learnt from is steady" in found.refused.causes[0]
    # The change is found to the week in which it came, and the part after it is told.
    begins = min(c.opened.date() for c in read_log("l", volvo(moved)).cases)
    after = found.refused.after
    assert after is not None
    assert abs((after.since - begins).days) <= 7
    told = {each.name: each for each in after.checked}
    assert told["cases with a handoff"].within, after.why


def test_a_log_of_few_days_that_differ_says_so_and_how_long_one_is_needed() -> None:
    cases = [
        case(
            n,
            n / 100,
            (1 + n % 7) * (5 if n // 100 in {1, 3} else 1),
            "AB"[: 1 + n % 2],
        )
        for n in range(400)
    ]
    found = fit("l", cases, ())
    assert not found.stands
    assert found.refused is not None
    told = found.refused.periods
    assert [(p.cases, p.median, p.moved) for p in told] == [
        (100, 4, 0.5), (100, 20, 0.5), (100, 4, 0.5), (100, 20, 0.5)
    ]  # fmt: skip
    assert "By day, the median lead time goes from 4 to 20" in found.refused.causes[0]
    assert "differ by more than chance" in found.refused.causes[0]
    # By hand: log 5 apart, four pieces; s = .929; 1.5 (1.96 s / log 1.15)^2 = 254.6.
    assert f"over some {3 * 255:,} days" in found.refused.allows
    assert "has 4 days" in found.refused.allows


def test_what_came_in_is_told_apart_from_how_long_alike_cases_took() -> None:
    def day(n: int, slow: float) -> Case:
        hard = n % 10 < (2 if n < 200 else 6)
        one = case(n, n / 10, (40.0 if hard else 2.0) * slow + n % 7 / 10, "AB")
        return replace(one, product="hard" if hard else "easy")

    found = fit("l", [day(n, 1) for n in range(300)], ())
    assert found.refused is not None
    told = {each.name: each for each in found.refused.changes}
    hard = told["hard"]
    assert (hard.of, hard.early, hard.late) == ("product", 40, 60)
    assert (hard.early_share, hard.late_share) == (0.2, 0.6)
    causes = " ".join(found.refused.causes)
    assert "That tells it." in causes
    slower = fit("l", [day(n, 1 if n < 200 else 3) for n in range(300)], ())
    assert slower.refused is not None
    assert "That alone does not tell it" in " ".join(slower.refused.causes)


def test_a_selection_and_a_log_that_is_cut_off_are_named() -> None:
    cases = [
        replace(
            case(n, n / 30, 1 + n % 7 * (9 if n > 200 else 1), "AB"), id=f"INC{no:05}"
        )
        for n, no in enumerate([*range(0, 400, 2), *range(400, 500)])
    ]
    found = fit("l", cases, ())
    assert found.refused is not None
    causes = " ".join(found.refused.causes)
    assert "51 % are in it on" in causes
    assert "100 % on" in causes
    assert "Being cut off" in found.refused.ruled_out[0]
    short = [replace(c, last=0, ended=c.ended if n < 280 else None)
             for n, c in enumerate(cases)]  # fmt: skip
    cut = fit("l", short, ())
    assert cut.refused is not None
    assert "The log ends 0 days after its last case" in " ".join(cut.refused.causes)


@pytest.mark.slow
def test_only_what_was_opened_from_a_day_on() -> None:
    cases = read_log("l", volvo(pieces())).cases
    day = sorted(c.opened for c in cases)[1000].date()
    found = fit("l", cases, (), since=day)
    assert found.stands, found.why
    assert found.train is not None
    assert found.train.since == day
    assert found.cohort.before == 0
    with pytest.raises(InputError, match="No case was opened on 2031"):
        fit("l", cases, (), since=date(2031, 1, 1))


def test_too_few_cases_are_refused() -> None:
    found = of(read_log("log", volvo(pieces()[:100])))
    assert not found.stands
    assert "It takes 150 cases" in found.why
    assert found.checked == ()


def test_logs_that_show_no_groups_or_no_end_are_refused() -> None:
    nobody = [
        replace(
            c,
            stretches=tuple(type(s)(s.at, s.holding, "", s.state) for s in c.stretches),
        )
        for c in read_log("log", volvo(pieces()[:300])).cases
    ]
    assert "No case names a group" in fit("l", nobody, ()).why
    alone = [case(n, n * 0.1, 1 + n % 5) for n in range(200)]
    assert "No case was ever handed on" in fit("l", alone, ()).why
    assert "the log has 1." in fit("l", alone[:1], ()).why
    still = [case(n, n * 0.1, None if n % 3 else 1, "AB") for n in range(200)]
    assert "are still open" in fit("l", still, ()).why


def test_other_sorts_of_cases_are_not_pooled() -> None:
    some = read_log("log", volvo(pieces()[:400])).cases
    mixed = [replace(c, sort="problem" if n % 4 == 0 else "incident")
             for n, c in enumerate(some)]  # fmt: skip
    found = fit("l", mixed, ())
    assert found.sort == "incident"
    assert "Only incident: 300 of 400 cases." in found.notes


def test_a_share_that_changes_after_it_was_taken_up_lies_in_its_interval() -> None:
    cases: Sequence[Case] = [
        case(n, n * 0.1, 1 + n % 7, "AB"[: 1 + n % 2], changed=int(n % 10 < 3))
        for n in range(300)
    ]
    changed = fit("l", cases, ()).changed
    assert changed.low is not None
    assert changed.high is not None
    assert changed.low <= 0.3 <= changed.high


def test_stays_add_up_to_the_lead_time() -> None:
    for one in read_log("log", volvo(pieces()[:200])).cases:
        stays = stays_of(one)
        days = sum(sum(told) for _, told in stays)
        assert days == pytest.approx((one.ended or 0) / 86_400)
        assert [group for group, _ in stays] == list(one.path())


def test_what_is_drawn_is_the_same_for_a_seed_and_of_what_was_seen() -> None:
    learnt = learn(read_log("log", volvo(pieces())).cases)
    arrival = np.arange(500, dtype=np.float64)
    first, again = draw(learnt, arrival, 7), draw(learnt, arrival, 7)
    assert (first.routes.service == again.routes.service).all()
    assert not (draw(learnt, arrival, 8).visits == first.visits).all()
    run = simulate(first.stations, first.routes)
    sums = run.by_change(first.routes.service)
    assert run.lead == pytest.approx(sums)
    groups = {station.name for station in first.stations}
    assert set(learnt.groups) < groups


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.skipif(not REAL.exists(), reason="needs the shared data")
def test_the_real_log_is_refused_and_the_causes_can_be_counted() -> None:
    found = of(read_log(REAL.name, REAL.read_bytes()))
    assert not found.stands
    assert all(each.within for each in found.mixed if each.judged)
    why = found.refused
    assert why is not None
    # Counted in another way, by what its description says of it (207, 315, 368 a day,
    # of which two of the first day were never said to be done).
    assert [p.cases for p in why.periods] == [205, 315, 368]
    assert "differ by more than chance" in why.causes[0]
    assert (why.changes[0].name, why.changes[0].early, why.changes[0].late) == (
        *("Category 45", 96, 108),
    )
    assert "That alone does not tell it" in why.causes[2]
    assert "50 % are in it on 2016-02-29 and 75 % on 2016-03-02" in why.causes[3]
    assert "Being cut off" in why.ruled_out[0]
    assert "Closing by the machine: 61 %" in why.ruled_out[1]
    assert why.after is not None
    assert (why.after.since, why.after.cases) == (date(2016, 3, 2), 368)
    assert not why.after.stands
