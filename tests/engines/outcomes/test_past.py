"""On time and on budget against the outcome: told by ranks, or that it is too few."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from weft.core.outcomes.past import PastWork
from weft.engines.outcomes.past import how_well, kept, report
from weft.errors import InputError

START = date(2025, 1, 1)


def work(n: int, late: int = 0, over: int = 0, met: int | None = 1) -> PastWork:
    return PastWork(
        id=f"w{n}",
        start=START,
        due=START + timedelta(days=100),
        ended=START + timedelta(days=100 + late),
        planned_cost="1000.00 EUR",
        cost=f"{1000 + over}.00 EUR",
        goals=None if met is None else 4,
        met=met,
    )


def many(count: int, met: Callable[[int], int]) -> list[PastWork]:
    """Give work of which each piece is a day later than the one before."""
    return [work(n, n - 10, n % 7, met(n)) for n in range(count)]


def test_how_well_a_promise_was_kept() -> None:
    late = work(1, 50, 250)
    assert how_well(late, "time") == -0.5
    assert how_well(late, "budget") == -0.25
    assert [kept(late, p) for p in ("time", "budget", "specification")] == [
        *(False, False, None),
    ]
    assert kept(work(1, -5, 0), "time")
    assert kept(work(1), "all")
    assert not kept(replace(work(1), to_spec=False), "all")
    assert kept(replace(work(1), due=None, cost=None), "all") is None


def test_under_twenty_it_is_too_few() -> None:
    found = report(many(19, lambda n: n % 5))
    assert [link.correlation for link in found.links] == [None] * 4
    assert found.links[0].says.startswith("Too few to say: it takes 20")
    assert found.links[2].says == "Nothing is known of it."
    assert report(many(20, lambda n: n % 5)).links[0].correlation is not None


def test_many_pieces_for_few_outcomes_are_too_few() -> None:
    works = [
        replace(w, outcome=f"o{n % 14}") for n, w in enumerate(many(60, lambda _: 1))
    ]
    (time, *_) = report(works).links
    assert (time.items, time.outcomes, time.correlation) == (60, 14, None)


def test_what_goes_together_is_said_and_so_is_what_goes_against() -> None:
    good = report(many(40, lambda n: 4 - n // 10)).links[0]
    assert good.correlation is not None
    assert good.correlation > 0.8
    assert good.says == "The better it was kept, the more of the outcome was reached."
    bad = report(many(40, lambda n: n // 10)).links[0]
    assert bad.says == "The better it was kept, the less of the outcome was reached."
    assert (
        "being on time and keeping every promise went with"
        in report(many(40, lambda n: 4 - n // 10)).says
    )


def test_what_is_not_shown_is_not_denied() -> None:
    dice = random.Random(4)  # noqa: S311 # a simulation
    found = report(many(40, lambda _: dice.randrange(5)))
    assert found.links[0].says.startswith("No link is shown: anything from ")
    assert "no kept promise can be shown" in found.says


def test_work_of_which_nobody_said_what_came_of_it_does_not_count() -> None:
    found = report([*many(30, lambda n: n % 5), *[work(99, met=None)] * 3])
    assert (found.works, found.unjudged) == (33, 3)
    assert found.links[0].items == 30


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"goals": 3, "met": 4}, "4 of 3 goals"),
        ({"goals": None, "met": 1}, "one is told"),
        ({"due": START - timedelta(days=1)}, "before it was to begin"),
        ({"cost": "3.00 USD"}, "EUR and USD"),
        ({"cost": "-3.00 EUR"}, "less than nothing"),
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object], says: str) -> None:
    plain = {f: getattr(work(1), f) for f in PastWork.__struct_fields__}
    with pytest.raises(InputError, match=says):
        PastWork(**(plain | wrong))
