"""A fit tells cases that it has not seen, or says why the log allows none."""

from __future__ import annotations

from collections.abc import Sequence
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
    assert "more than chance: work changed" in found.why


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


@pytest.mark.data
@pytest.mark.skipif(not REAL.exists(), reason="needs the shared data")
def test_the_real_log_is_refused_for_what_came_last_and_the_method_fits_it() -> None:
    found = of(read_log(REAL.name, REAL.read_bytes()))
    assert not found.stands
    assert "more than chance: work changed" in found.why
    assert "What comes in is not the same" in found.why
    assert all(each.within for each in found.mixed if each.judged)
