"""Who pulls against whom: every planted pair is found, and none where there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Aim, Outcome
from weft.core.people import Unit
from weft.engines.outcomes.conflicts import conflicts, of_mission

BY = date(2027, 6, 30)


def goal(target: float, metric: str = "nps", began: float | None = 50) -> Outcome:
    return Outcome(metric=metric, baseline=began, target=target, by=BY)


def aim(unit: str, **more: Any) -> Aim:
    return replace(Aim(unit=unit, metric="nps", target=70, by=BY), **more)


def firm(*records: Any) -> Firm:
    told = [
        Metric(id="nps", title="Recommend", unit="points", against=("cost",)),
        Metric(id="cost", title="Cost", unit="EUR", direction="down"),
        *(Unit(id=u, title=u.upper()) for u in ("a", "b")),
        *records,
    ]
    return change(Firm(), map(put, told))


def mission(key: str, outcome: Outcome | None, *units: str) -> Mission:
    return Mission(id=key, title=key.upper(), outcome=outcome, from_units=units)


def test_two_missions_that_want_the_same_do_not_pull() -> None:
    told = firm(mission("one", goal(70)), mission("two", goal(60)), mission("x", None))
    assert conflicts(told) == []


def test_two_missions_pull_one_metric_both_ways() -> None:
    found = conflicts(firm(mission("one", goal(70)), mission("two", goal(40))))
    assert [(c.sort, c.one, c.other) for c in found] == [("direction", "one", "two")]
    assert found[0].says == "Of “Recommend” ONE wants more, and TWO wants less."


def test_two_metrics_known_to_go_against_each_other_pull() -> None:
    one, two = mission("one", goal(70)), mission("two", goal(3, "cost", 9))
    found = conflicts(firm(one, two))
    assert [(c.one, c.other) for c in found] == [("one", "two")]
    assert conflicts(firm(one, mission("two", goal(12, "cost", 9)))) == []


def test_members_of_a_mission_differ_in_target_timeline_budget_and_priority() -> None:
    brought = (
        aim("a", budget="10.00 EUR", priority="first"),
        aim("b", target=80, by=date(2027, 1, 1), budget="20.00 EUR", priority="last"),
    )
    found = of_mission(firm(mission("one", goal(70), "a", "b"), *brought), "one")
    assert sorted((c.sort, c.one, c.other) for c in found) == [
        ("budget", "a", "b"),
        ("priority", "a", "b"),
        ("target", "a", "b"),
        ("target", "b", "one"),
        ("timeline", "a", "b"),
        ("timeline", "b", "one"),
    ]
    assert of_mission(firm(mission("one", goal(70), "a"), *brought), "one") == []


def test_what_was_settled_stays_and_comes_last() -> None:
    one = mission("one", goal(70), "a", "b")
    brought = (aim("a", target=60, settled="It follows."), aim("b", target=50))
    found = conflicts(firm(one, *brought))
    settled = [c.settled for c in found]
    assert settled == sorted(settled, key=bool)
    assert "It follows." in settled
