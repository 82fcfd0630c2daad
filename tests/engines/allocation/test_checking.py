"""The checker counts every rule anew: what is broken on purpose is found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from weft.engines.allocation import Plan, Problem, check, empty, faults, plan_of

ANN, BEN = 0, 1


def round_of_two(**change: object) -> Problem:
    """Ann (technology) does both needs of A, Ben (business) the need of B and A's."""
    problem = Problem(
        people=("ann", "ben"),
        missions=("A", "B", "C"),
        months=("2027-01", "2027-02"),
        needs=((0, "python", 2), (0, "sql", 1), (1, "sales", 1), (2, "sales", 1)),
        capacity=np.array([[10, 10], [10, 6]]),
        camp=np.array([1, 0]),
        demand=np.array([[6, 6], [4, 4], [5, 5], [2, 2]]),
        weight=np.array([100, 50, 30, 20]),
        key=np.array([True, False, False, False]),
        mixed=np.array([True, False, False]),
        team=np.array([2, 1, 1]),
        option_start=np.array([0, 3, 7]),
        option_need=np.array([0, 1, 2, 0, 1, 2, 3]),
        misfit=np.array([1, 2, 3, 4, 1, 1, 1]),
        seats=np.array([[ANN, 0, 10]]),
        closed=empty(3),
        fixed=empty(4),
        join=25,
        missing=70,
    )
    return replace(problem, **change)  # type: ignore[arg-type]


def plan(problem: Problem, *rows: tuple[int, int, int, int]) -> Plan:
    given = np.array(rows, np.int64).reshape(-1, 4)
    return plan_of(problem, given, 0.0, np.zeros(problem.demand.shape), "done")


GOOD = ((ANN, 0, 0, 6), (ANN, 1, 0, 4), (ANN, 0, 1, 6), (BEN, 2, 0, 5), (BEN, 2, 1, 5))


def test_the_cost_of_a_plan_is_its_parts() -> None:
    problem = round_of_two()
    found = plan(problem, *GOOD)
    assert check(problem, found) == ()
    assert found.cost.open == 4 * 50 + 4 * 20
    assert found.cost.misfit == 12 * 1 + 4 * 2 + 10 * 1
    assert found.cost.joining == 5 * 25
    assert found.cost.missing == 2 * 2 * 70  # a second on Python and business in A
    assert found.begun.tolist() == [1, 0]
    assert found.joined == 5


@pytest.mark.parametrize(
    ("rule", "change", "rows"),
    [
        ("option", {}, [(ANN, 3, 0, 2)]),
        ("capacity", {}, [*GOOD, (BEN, 1, 1, 2)]),
        ("coverage", {}, [(ANN, 0, 0, 7)]),
        ("least seat", {}, [(ANN, 0, 0, 1)]),
        (
            "missions",
            {},
            [(BEN, 0, 0, 2), (BEN, 2, 0, 2), (BEN, 3, 0, 2)],
        ),
        (
            "team",
            {"team": np.array([1, 1, 1])},
            [*GOOD[:3], (BEN, 0, 1, 2)],
        ),
        ("closed", {"closed": np.array([[BEN, 1, 1]])}, GOOD),
        ("fixed", {"fixed": np.array([[BEN, 2, 0, 4]])}, GOOD),
        ("fixed", {"fixed": np.array([[ANN, 0, 0, 6]])}, GOOD),
        ("moves", {"moves": np.array([0, 0])}, GOOD),
    ],
)
def test_a_broken_rule_is_found(
    rule: str, change: dict[str, object], rows: list[tuple[int, int, int, int]]
) -> None:
    problem = round_of_two(**change)
    found = {violation.rule for violation in check(problem, plan(problem, *rows))}
    assert rule in found
    assert found - {rule} <= {"capacity", "coverage", "count"}


def test_a_wrong_figure_is_found() -> None:
    problem = round_of_two()
    found = plan(problem, *GOOD)
    cheap = replace(found, cost=replace(found.cost, joining=0))
    assert [v.rule for v in check(problem, cheap)] == ["count"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weight": np.array([1, 2])}, "weight is (2,), not (4,)"),
        ({"demand": np.full((4, 2), -1)}, "demand is below zero"),
        ({"fixed": np.array([[ANN, 3, 0, 2]])}, "ann in 2027-01 has no such option"),
        ({"fixed": np.array([[BEN, 2, 1, 1]])}, "a seat below the smallest"),
        ({"fixed": np.array([[BEN, 2, 1, 7]])}, "ben in 2027-02 gives too much"),
        ({"fixed": np.array([[ANN, 0, 0, 7]])}, "A, python in 2027-01 gets more"),
        (
            {
                "fixed": np.array([[BEN, 2, 0, 2]]),
                "closed": np.array([[BEN, 1, 0]]),
            },
            "sits where it is closed",
        ),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, object], words: str) -> None:
    found = list(faults(round_of_two(**change)))
    assert found
    assert words in found[0]


def test_a_round_without_faults_has_none() -> None:
    assert list(faults(round_of_two(fixed=np.array([[BEN, 2, 0, 4]])))) == []
