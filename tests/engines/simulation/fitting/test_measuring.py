"""What a log measures equals a count by hand, and only what was measured is used."""

from __future__ import annotations

from random import Random

import pytest
from msgspec.structs import replace
from tests.engines.work.test_flow import case

from weft.app.comparing.models import the_models
from weft.app.comparing.past import as_measured
from weft.core.work.cases import Case, Stretch
from weft.engines.simulation.fitting import fit
from weft.engines.simulation.fitting.measuring import measured

DAY = 86_400


def asked(number: int, days: float, *, changed: int = 0) -> Case:
    """Give a case of 20 days of which so many wait for an answer."""
    one = case(number, number / 4, 20, "AB", changed=changed)
    back = int((1 + days) * DAY)
    waits = (
        Stretch(0, "held", "A", "Active"),
        Stretch(DAY, "asker", "A", "Awaiting User Info"),
        Stretch(back, "held", "A", "Active"),
        Stretch(15 * DAY, "held", "B", "Active"),
        Stretch(20 * DAY, "done", "B", "Resolved"),
    )
    return replace(one, stretches=waits)


def test_an_answer_and_a_change_are_measured_as_they_were() -> None:
    days = [2 + n % 5 for n in range(400)]  # 4 in the mean
    cases = [asked(n, d, changed=int(n % 10 == 0)) for n, d in enumerate(days)]
    told = {each.name: each for each in measured(cases, 1)}
    assert told["ask_back"].value == pytest.approx(4 * 230 / 365)
    assert told["ask_back"].low < told["ask_back"].value < told["ask_back"].high
    assert told["ask_back"].cases == 400
    # One in ten changed, in twenty days each.
    assert told["volatility"].value == pytest.approx(0.1 / (20 / (365 / 12)))
    assert measured(cases[:29], 1) == ()


def test_what_is_measured_takes_the_place_of_what_is_illustrative() -> None:
    chance = Random(4)  # noqa: S311 # it makes examples
    cases = [
        replace(asked(n, chance.uniform(1, 9)), ended=int(chance.uniform(16, 24) * DAY))
        for n in range(600)
    ]
    stands = fit("desk", cases, ())
    assert stands.stands, stands.why
    [answer] = stands.measured
    names = ("partnership", "lean", "pervasive")
    models = the_models(names, {})
    told = {model.id: model for model in as_measured(models, (stands,))}
    found = told["partnership"].parameters["ask_back"]
    assert (found.value, found.low, found.high) == (
        answer.value,
        answer.low,
        answer.high,
    )
    assert found.source.startswith(
        f"the log desk, {answer.cases} cases; off on cases not seen: median lead time"
    )
    assert told["lean"] == models[1]
    assert told["pervasive"] == models[2]
    assert as_measured(models, (replace(stands, stands=False),)) == models
    assert as_measured(models, ()) == models
