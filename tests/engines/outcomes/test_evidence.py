"""Evidence carries what it carries, whatever grade is claimed for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Evidence, Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.reading import Reading
from weft.engines.outcomes.evidence import Shown, shown

DAY = date(2026, 3, 1)
METRICS = {
    key: Metric(id=key, title=key.capitalize(), unit=unit)
    for key, unit in (("speed", "% of orders"), ("calm", "% of those"), ("cost", "EUR"))
}
WON = Experiment(
    id="bet", title="Bet", mission="m", metric="speed", closed=DAY, verdict="won"
)
BETTER = Improvement(id="i", title="I", mission="m", metric="speed", deployed=DAY)


def read(key: str, step: float, count: int = 6, drift: float = 0.0) -> list[Reading]:
    return [
        Reading(
            metric=key,
            on=DAY + timedelta(days=30 * n + 1),
            value=50 + n % 2 + drift * n + step * (n >= 0),
        )
        for n in range(-count, count)
    ]


def weighed(*, readings: tuple[list[Reading], ...] = (), **e: str) -> Shown:
    improvement = replace(BETTER, evidence=(Evidence(**e),))  # type: ignore[arg-type]
    told = {some[0].metric: some for some in readings}
    return shown(improvement, told, METRICS, {})


def test_before_and_after_are_told_even_without_evidence() -> None:
    found = shown(BETTER, {"speed": read("speed", 10)}, METRICS, {})
    assert (found.before, found.after, found.counts) == (50.5, 60.5, (6, 6))
    assert (found.weighed, found.carries, found.overstated) == ((), None, False)
    planned = replace(BETTER, deployed=None)
    assert shown(planned, {"speed": read("speed", 1)}, METRICS, {}).counts == (0, 0)


def test_b_is_worked_out_from_the_readings() -> None:
    both = (read("speed", 10), read("calm", 1))
    found = weighed(grade="B", control="calm", readings=both)
    assert (found.carries, found.overstated) == ("B", False)
    (told,) = found.weighed
    assert told.effect == pytest.approx(9)
    assert told.low is not None
    assert told.low > 5


@pytest.mark.parametrize(
    ("control", "readings", "why"),
    [
        ("", (read("speed", 10),), "no control is named"),
        ("speed", (read("speed", 10),), "no control of itself"),
        ("cost", (read("speed", 10), read("cost", 0)), "not measured in the same unit"),
        ("calm", (read("speed", 10), read("calm", 0, 3)), "4 readings of “Calm”"),
        ("calm", (read("speed", 10), read("calm", 10)), "no change is shown"),
        ("calm", (read("speed", 0), read("calm", 10)), "got worse"),
        ("calm", (read("speed", 10, drift=4), read("calm", 0)), "moved apart before"),
    ],
)
def test_what_does_not_carry_b_is_a_claim_and_says_why(
    control: str, readings: tuple[list[Reading], ...], why: str
) -> None:
    more = {"control": control} if control else {}
    found = weighed(grade="B", readings=readings, **more)
    assert (found.carries, found.overstated) == ("D", True)
    assert found.weighed[0].says.startswith("Does not carry B: ")
    assert why in found.weighed[0].says


def test_less_is_better_where_the_metric_says_so() -> None:
    down = METRICS | {"speed": replace(METRICS["speed"], direction="down")}
    told = {"speed": read("speed", -10), "calm": read("calm", 0)}
    evidence = (Evidence(grade="B", control="calm"),)
    assert shown(replace(BETTER, evidence=evidence), told, down, {}).carries == "B"


def test_a_needs_an_experiment_that_ended_and_won() -> None:
    evidence = (Evidence(grade="A", experiment="bet"),)
    found = shown(replace(BETTER, evidence=evidence), {}, METRICS, {"bet": WON})
    assert found.carries == "A"


@pytest.mark.parametrize(
    ("bet", "why"),
    [
        (replace(WON, closed=None, verdict=None), "has not ended"),
        (replace(WON, verdict="lost"), "ended lost"),
        (replace(WON, metric="calm"), "judged by another metric"),
    ],
)
def test_what_does_not_carry_a_is_a_claim(bet: Experiment, why: str) -> None:
    evidence = (Evidence(grade="A", experiment="bet"), Evidence(grade="A"))
    found = shown(replace(BETTER, evidence=evidence), {}, METRICS, {"bet": bet})
    assert [each.carries for each in found.weighed] == ["D", "D"]
    assert why in found.weighed[0].says
    assert "no experiment is named" in found.weighed[1].says


def test_an_estimate_can_be_looked_up_or_is_a_claim() -> None:
    assert weighed(grade="C", source="The study of May").carries == "C"
    assert weighed(grade="C").overstated
    assert weighed(grade="D", says="We think so.").carries == "D"
