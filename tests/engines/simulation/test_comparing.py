"""The comparison: who wins, by how much, and what would turn it, said honestly."""

from __future__ import annotations

import csv
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from msgspec.structs import replace
from tests.engines.simulation.firms import setting, small

from weft.app.comparing.processes import on_processes
from weft.engines.simulation.comparing import Ask, Report, Swing, compare, in_turn
from weft.engines.simulation.comparing.breaks import crossing
from weft.engines.simulation.comparing.files import csv_of
from weft.engines.simulation.comparing.intervals import figure, paired
from weft.engines.simulation.comparing.picture import svg_of
from weft.engines.simulation.comparing.trials import Trial, Trials
from weft.engines.simulation.comparing.verdict import findings
from weft.engines.simulation.models import Model
from weft.errors import InputError
from weft.interop.models import library

LIBRARY = library()


def models(*names: str) -> tuple[Model, ...]:
    return tuple(LIBRARY[name] for name in names)


def compared(ask: Ask) -> Report:
    *_, report = compare(ask)
    return report


def said(report: Report, about: str) -> str:
    return " ".join(f.says for f in report.findings if f.about == about)


def test_small_steady_demand_and_scarce_split_specialists_make_pervasive_lose() -> None:
    place = small(
        people=16,
        missions=8,
        load=0.5,
        variation=0.2,
        specialists=3,
        specialist_work=2.0,
        specialist_days=2.0,
    )
    split = LIBRARY["pervasive"].with_values({"embedded": 1, "switching": 0.25})
    report = compared(
        Ask((*models("partnership", "lean"), split), place, runs=6, deep=False)
    )
    assert report.theirs == "lean"
    assert report.difference is not None
    assert report.difference.low > 0
    assert "Pervasive loses" in said(report, "verdict")
    costs = said(report, "cost")
    for line in ("redundancy", "coordination", "specialists switching", "moves"):
        assert line in costs


def test_a_yearly_budget_and_a_monthly_board_lose_to_pervasive() -> None:
    report = compared(
        Ask(models("partnership", "pervasive"), small(), runs=4, deep=False)
    )
    assert report.difference is not None
    assert report.difference.high < 0
    assert "faster" in said(report, "verdict")


def test_a_fast_team_stalls_on_the_slow_core_and_nowhere_without_one() -> None:
    ask = Ask(models("partnership", "bimodal"), small(core_share=0.5), runs=2)
    stalled = compared(ask._replace(deep=False))
    assert "fast changes wait longest at: board" in said(stalled, "queue")
    loose = small(core_share=0.0, platform_share=0.0)
    free = compared(ask._replace(deep=False, setting=loose))
    assert "no fast change waits for the slow rest" in said(free, "queue")


def test_effort_is_told_in_money_at_the_rate_of_the_firm() -> None:
    ask = Ask(models("lean", "pervasive"), small(), runs=2, years=0.2, deep=False)
    priced = compared(ask._replace(setting=replace(small(), rate="11500.00 EUR")))
    days = priced.of("pervasive").figures["cost"].mean
    told = f"{days * 11_500 * 12 / 230:,.0f} EUR under Pervasive ("
    assert told in said(priced, "cost")
    unpriced = compared(ask._replace(setting=replace(small(), rate=None)))
    assert "In money" not in said(unpriced, "cost")
    assert "cost" not in unpriced.of("pervasive").money


def test_delay_is_told_in_money_with_its_paired_interval_or_is_not_known() -> None:
    ask = Ask(models("lean", "pervasive"), small(), runs=3, years=0.2, deep=False)
    silent = compared(ask._replace(setting=replace(small(), worth=None)))
    assert "in money is not known" in said(silent, "cost")
    assert (silent.delay, silent.delay_difference) == (None, None)
    assert "delay in money" not in csv_of(silent)

    given = compared(ask._replace(setting=replace(small(), delay="40.00 EUR")))
    ours, days = given.of("pervasive"), given.of("pervasive").differences["delay"]
    money = ours.money["delay"]
    assert money.unit == "EUR a change"
    assert money.figure.mean == pytest.approx(40 * ours.figures["delay"].mean, 1e-5)
    assert money.difference.low == pytest.approx(40 * days.low, 1e-5)
    assert money.difference.high == pytest.approx(40 * days.high, 1e-5)
    assert given.delay_difference == money.difference  # lean is the base here
    says = said(given, "cost")
    assert f"{money.figure.mean:,.0f} EUR under Pervasive" in says
    assert "costs 40.00 EUR: given" in says
    row = next(r for r in csv_of(given).splitlines() if r.startswith("pervasive,delay"))
    assert "pervasive,delay in money,EUR a change" in csv_of(given)
    assert row.startswith("pervasive,delay,days a change")


def test_charging_costs_time_and_effort() -> None:
    report = compared(
        Ask(
            models("partnership", "partnership-chargeback"), small(), runs=4, deep=False
        )
    )
    charged = report.of("partnership-chargeback")
    assert charged.differences["lead"].low > 0
    assert charged.differences["effort"].low > 0
    assert charged.lines["charging"] == pytest.approx(0.4)


def test_money_by_the_month_is_sooner_than_by_the_year() -> None:
    report = compared(
        Ask(models("partnership", "partnership-monthly"), small(), runs=4, deep=False)
    )
    assert report.of("partnership-monthly").differences["delay"].high < 0


def test_what_cannot_keep_up_is_called_unstable_and_no_steady_state() -> None:
    report = compared(
        Ask(models("partnership", "pervasive"), small(load=0.95), runs=2, deep=False)
    )
    told = report.of("partnership")
    assert told.unstable
    assert "cannot keep up" in said(report, "unstable")
    assert "grow with every year more" in said(report, "unstable")


def test_illustrative_figures_that_decide_are_said_first() -> None:
    report = compared(
        Ask(models("lean", "pervasive"), small(), runs=2, years=0.2, deep=False)
    )
    assert "has not been looked at yet" in report.findings[0].says
    swing = Swing(
        of="pervasive",
        name="rework",
        title="of changes that come back",
        unit="share",
        value=0.12,
        low=0.06,
        high=0.25,
        at_low=-1,
        at_high=2,
        turns=True,
        turns_at=0.15,
    )
    turned = findings(replace(report, swings=(swing,)))
    assert turned.findings[0].about == "warning"
    assert turned.findings[0].says.startswith("Illustrative figures decide")
    assert "0.12 share, turns at about 0.15" in turned.findings[0].says
    calm = findings(replace(report, swings=(replace(swing, turns=False),)))
    assert "None of them turns the verdict by itself" in calm.findings[0].says


@pytest.mark.slow
def test_every_illustrative_figure_is_swung_and_four_things_are_moved() -> None:
    place = small(missions=4, people=20)
    report = compared(Ask(models("lean", "pervasive"), place, runs=2, years=0.2))
    assert [s.width for s in report.swings] == sorted(
        (s.width for s in report.swings), reverse=True
    )
    assert {b.name for b in report.breaks} == {
        *("missions", "platform_share", "onboarding", "specialists")
    }
    swung = {(s.of, s.name) for s in report.swings}
    assert {
        ("lean", "rework"),
        ("pervasive", "onboarding"),
        ("firm", "analysis"),
    } <= swung
    for of, name in swung - {("firm", s.name) for s in report.swings}:
        assert LIBRARY[of].parameters[name].guessed


@pytest.mark.slow
@pytest.mark.parametrize("example", ["bank", "airline"])
def test_every_pair_of_models_can_be_compared(example: str) -> None:
    place = setting(example)
    report = compared(
        Ask(tuple(LIBRARY.values()), place, runs=2, years=0.3, deep=False)
    )
    assert {told.model for told in report.told} == set(LIBRARY)
    for pair in list(combinations(LIBRARY, 2))[::7]:
        found = compared(Ask(models(*pair), place, runs=2, years=0.1, deep=False))
        assert found.difference is not None
        assert np.isfinite(found.difference.mean)


@pytest.mark.slow
def test_the_same_ask_gives_the_same_report_on_other_processes_too() -> None:
    ask = Ask(models("lean", "pervasive"), small(people=40), runs=3, years=0.3)
    here = list(compare(ask._replace(deep=False)))
    again = list(compare(ask._replace(deep=False)))
    assert here == again
    with on_processes(2, little=0) as mapper:
        there = list(compare(ask._replace(deep=False), mapper))
    assert there == here


def test_what_is_tried_twice_is_made_once_and_the_same() -> None:
    made: list[int] = []

    def counted(work: Any, items: Any, /) -> Any:
        items = list(items)
        made.append(len(items))
        return in_turn(work, items)

    lean, pervasive = (Trial(small(), m) for m in models("lean", "pervasive"))
    other = Trial(small(load=0.4), pervasive.model)
    trials = Trials(counted, seed=3)
    first = trials.leads([lean, pervasive, lean, other], 2)
    assert first[0] == first[2]
    assert made == [2, 4]  # two firms are staffed, and two demands drawn for each
    assert trials.leads([other, lean], 2) == [first[3], first[0]]
    assert made == [2, 4, 0, 0]
    alone = Trials(in_turn, seed=3)
    assert alone.leads([pervasive], 2) == [first[1]]


def test_another_order_of_models_changes_no_figure() -> None:
    ask = Ask(models("lean", "pervasive"), small(), runs=2, years=0.3, deep=False)
    one = compared(ask)
    other = compared(ask._replace(models=models("pervasive", "lean"), base="lean"))
    for name in ("lean", "pervasive"):
        assert one.of(name).figures == other.of(name).figures


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"models": ()}, "No model"),
        ({"models": models("lean", "lean")}, "are called lean"),
        ({"base": "dbs"}, "not among"),
        ({"runs": 1}, "1 runs"),
        ({"years": 99.0}, "99 years"),
    ],
)
def test_what_makes_no_comparison_is_refused(change: dict[str, Any], says: str) -> None:
    ask = Ask(models("lean", "pervasive"), small())._replace(**change)
    with pytest.raises(InputError, match=says):
        next(compare(ask))


def test_intervals_are_those_of_student() -> None:
    found = figure([1.0, 2.0, 3.0])
    assert found.mean == 2
    assert found.high - found.mean == pytest.approx(4.30265 / 3**0.5, rel=1e-4)
    assert paired([3.0, 5.0], [1.0, 3.0]).mean == 2
    assert paired([3.0, 5.0], [1.0, 3.0]).low == 2


def test_a_line_turns_where_it_goes_through_zero() -> None:
    assert crossing([(0, -1), (10, 1), (20, 3)]) == 5
    assert crossing([(0, 1), (10, 2)]) is None
    assert crossing([(0, 0), (10, 2)]) == 0


def test_the_figures_go_out_as_a_table_and_a_picture() -> None:
    report = compared(
        Ask(models("lean", "pervasive"), small(), runs=2, years=0.3, deep=False)
    )
    rows = list(csv.DictReader(csv_of(report).splitlines()))
    told = report.told[0]
    assert len(rows) == 2 * (len(told.figures) + len(told.money))
    assert rows[0]["measure"] == "lead"
    drawn = ET.fromstring(svg_of(report))  # noqa: S314
    words = " ".join(drawn.itertext())
    assert "Pervasive" in words
    assert "Lean IT department" in words
