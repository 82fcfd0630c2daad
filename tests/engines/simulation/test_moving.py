"""A move month by month: what must hold of it whatever the firm, and what it says."""

from __future__ import annotations

from functools import cache
from typing import get_args

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.conftest import many
from tests.engines.simulation.firms import setting, small

from weft.core.records import show
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.models import Model, Setting
from weft.engines.simulation.models.compiled import (
    compile_model,
    effort_of,
    staffing_of,
)
from weft.engines.simulation.models.demand import Demand, draw_demand
from weft.engines.simulation.models.laying import Purpose
from weft.engines.simulation.models.setting import MONTH
from weft.engines.simulation.moving import Ask, Order, Transition, check, transition
from weft.engines.simulation.moving.move import both_of
from weft.engines.simulation.moving.plan import Wave
from weft.engines.simulation.moving.walk import taken_over, walk
from weft.engines.simulation.moving.ways import Both, Steps, ways_of
from weft.errors import InputError
from weft.interop.models import library

LIBRARY = library()
OLD, NEW = LIBRARY["partnership"], LIBRARY["pervasive"]
_EXAMPLES = many(20)
FREE = {"onboarding": 0.0, "dip": 0.0, "takeover": 0.0}


def ask(place: Setting | None = None, before: Model = OLD, **values: float) -> Ask:
    return Ask(before, NEW, place or small(), values, runs=4, years=1.0)


def free(asked: Ask) -> Ask:
    """Have a move cost nobody any time."""
    return asked._replace(values={**asked.values, **FREE})


@cache
def moved(*values: tuple[str, float], runs: int = 4) -> Transition:
    busy = ask(small(people=40, missions=6, load=0.6))
    *_, found = transition(busy._replace(values=dict(values), runs=runs, years=3.0))
    return found


def uneven(**values: float) -> Ask:
    """Ask for a firm of few people, most of whom one mission needs."""
    domains = (("A", 0.7), ("B", 0.1), ("C", 0.1), ("D", 0.1))
    place = replace(small(people=12, missions=4, load=0.3), domains=domains)
    return ask(place, LIBRARY["lean"], **values)._replace(years=3.0)


def plain(model: Model, place: Setting, demand: Demand, days: float) -> Floats:
    """Run a model by itself, as a comparison does."""
    staffing = staffing_of(model, place, days)
    made = compile_model(model, place, demand, staffing, days=days, start=np.inf)
    return made.run().done


@pytest.mark.parametrize("before", ["partnership", "lean", "bimodal"])
def test_a_move_of_no_wave_is_staying_bit_for_bit(before: str) -> None:
    asked = ask(before=LIBRARY[before], missions=0)
    demand = draw_demand(asked.setting, 3, asked.days)
    done = walk(both_of(asked), demand, asked.days).done
    stays = plain(asked.before, asked.setting, demand, asked.days)
    assert done.tobytes() == stays.tobytes()


@pytest.mark.parametrize("firm", ["airline", "bank"])
def test_one_wave_on_the_first_day_for_nothing_is_the_target_bit_for_bit(
    firm: str,
) -> None:
    asked = free(ask(setting(firm), apart=0))
    demand = draw_demand(asked.setting, 3, asked.days)
    done = walk(both_of(asked, begins=0.0), demand, asked.days).done
    there = plain(NEW, asked.setting, demand, asked.days)
    assert done.tobytes() == there.tobytes()


def test_long_after_one_wave_for_nothing_it_is_the_target() -> None:
    asked = free(ask(apart=0))
    demand = draw_demand(asked.setting, 3, asked.days)
    done = walk(both_of(asked), demand, asked.days).done
    there = plain(NEW, asked.setting, demand, asked.days)
    late = demand.arrival > asked.days - 115
    lead, target = (np.mean((x - demand.arrival)[late]) for x in (done, there))
    assert lead == pytest.approx(target, rel=0.05)


def test_to_stop_and_go_on_where_nobody_moves_changes_nothing() -> None:
    asked = ask(missions=0)
    both = both_of(asked)
    pools = both.crews.pools[0]
    days = (33.3, 230.0, 471.7, 500.0)
    stops = both.crews._replace(
        waves=tuple(Wave(day, ()) for day in days),
        pools=(pools,) * 5,
        moved=(0.0,) * 5,
    )
    demand = draw_demand(asked.setting, 3, asked.days)
    whole = walk(both, demand, asked.days).done
    parts = walk(both._replace(crews=stops), demand, asked.days).done
    np.testing.assert_allclose(parts, whole, rtol=0, atol=1e-6)


def test_the_order_of_equal_missions_that_share_nothing_does_not_matter() -> None:
    place = small(people=31, missions=4, platform_share=0, specialist_work=0)
    alone = NEW.with_values({"redeployment": 0})
    asked = ask(place)._replace(after=alone)
    both = both_of(asked)
    assert set(both.crews.teams) == {7}
    demand = draw_demand(place, 3, asked.days)
    other = np.array([2, 0, 3, 1])
    swapped = both.crews._replace(
        waves=tuple(
            wave._replace(teams=tuple(int(other[i]) for i in wave.teams))
            for wave in both.crews.waves
        )
    )
    done = walk(both, demand, asked.days).done
    same = walk(
        both._replace(crews=swapped),
        demand._replace(domain=other[demand.domain]),
        asked.days,
    ).done
    assert done.tobytes() == same.tobytes()


@settings(max_examples=_EXAMPLES)
@given(
    size=st.integers(1, 5),
    apart=st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    order=st.sampled_from(get_args(Order)),
    onboarding=st.sampled_from([0.0, 5.0, 30.0]),
    missions=st.sampled_from([0.0, 1.0, 2.0, 4.0]),
)
@example(size=1, apart=1.0, order="listed", onboarding=5.0, missions=4.0)
def test_nobody_and_no_change_is_lost_on_the_way(
    size: int, apart: float, order: Order, onboarding: float, missions: float
) -> None:
    asked = ask(
        size=size, apart=apart, onboarding=onboarding, missions=missions
    )._replace(order=order)
    both = both_of(asked)
    crews = both.crews
    people = sum(crews.old.people.values())
    gone = 0
    for wave, pools in zip(crews.waves, crews.pools[1:], strict=True):
        gone += sum(crews.teams[i] for i in wave.teams)
        assert sum(pools.values()) + gone == people
    demand = draw_demand(asked.setting, 5, 600.0)
    done = walk(both, demand, 600.0).done
    assert np.all(done >= demand.arrival)


@pytest.mark.parametrize("load", [0.35, 0.5])
def test_the_platform_is_manned_for_both_sides_all_the_way(load: float) -> None:
    place = small(
        people=60, missions=4, load=load, platform_share=0.8, platform_days=2.5
    )
    crews = both_of(ask(place)).crews
    asked = place.arrivals * 0.8 * (2.5 + NEW.value("handoff"))
    there = "platform" in crews.pools[0]  # else development does its work so far
    assert there == (load < 0.5)
    for pools, moved in list(zip(crews.pools, crews.moved, strict=True))[1:]:
        assert pools["platform"] > asked * (1 if there else moved)


def test_what_is_new_wears_off_evenly_in_its_months() -> None:
    asked = ask(dip=0.5, dip_months=4, missions=4)
    both = both_of(asked)
    demand = draw_demand(asked.setting, 3, asked.days)
    slower = ways_of(both, demand, asked.days).slower
    months = (demand.arrival - both.since(demand)) / MONTH
    more = slower / (demand.effort.sum(axis=0) * steady(both, demand))
    assert np.all(more[months >= 4] == 0)
    assert np.allclose(more[months < 0], 0.5)
    new = (months >= 0) & (months < 4)
    assert np.allclose(more[new], 0.5 * (1 - months[new] / 4))


def steady(both: Both, demand: Demand) -> Floats:
    """Give the factor on a change's own effort once nothing is new any more."""
    effort = effort_of(both.after, demand, both.crews.new.layout, np.inf)
    return np.asarray(effort.factor, np.float64)


def test_work_that_was_begun_is_taken_over_where_it_was_left() -> None:
    work = np.array([Purpose.LIAISON, Purpose.WORK, Purpose.WORK, Purpose.PLATFORM])
    old = steps([1.0, 4.0, 4.0, 2.0], work)
    left = steps([2.0, 2.0], work[2:])  # three quarters of the work are done
    way = np.array([Purpose.DECIDING, Purpose.WORK, Purpose.PLATFORM, Purpose.WORK])
    new = steps([0.0, 6.0, 1.0, 0.4], way)
    over = taken_over(old, left, new, 0.5)
    assert over.handed == 0.5
    assert list(over.share) == [0.25]
    assert list(over.steps.service) == [2.0, 1.0, 0.1]
    waits = taken_over(old, old, new, 0.5)
    assert waits.handed == 0.0
    assert list(waits.steps.service) == list(new.service)


def steps(service: list[float], purpose: np.ndarray) -> Steps:
    """Give the steps of one change, all at one station."""
    there = np.zeros(len(service), np.int64)
    return Steps(
        np.array([0, len(service)]), there, np.array(service), purpose.astype(np.int64)
    )


@pytest.mark.slow
def test_the_same_ask_gives_the_same_figures() -> None:
    first, again = (
        show(list(transition(ask()._replace(runs=2)))[-1]) for _ in range(2)
    )
    assert first == again


@pytest.mark.slow
def test_a_move_has_a_dip_and_says_when_it_is_over() -> None:
    found = moved(runs=8)
    assert found.dip is not None
    assert found.even is not None
    assert found.even > found.dip.last
    assert found.end.apart.high < 0
    says = " ".join(each.says for each in found.findings)
    assert "The dip: of what is asked for from" in says
    assert f"Break-even is month {found.even}" in says
    before = [m for m in found.months if m.month < -6]
    assert all(abs(m.apart["wip"].mean) < 1e-9 for m in before)
    assert found.months[-1].moved == 1.0


@pytest.mark.slow
def test_a_move_that_never_pays_says_so() -> None:
    found = moved(("dip", 2.0), ("dip_months", 60), ("onboarding", 60))
    assert found.even is None
    assert found.regained is None
    says = " ".join(each.says for each in found.findings)
    assert "never comes to three months in a row" in says
    assert "never made good within the 36 months" in says


@pytest.mark.slow
def test_where_nobody_moves_no_dip_is_named() -> None:
    found = moved(("missions", 0))
    assert found.dip is None
    assert [each.says for each in found.findings] == [
        "Nobody moves, and nothing changes."
    ]
    assert all(f.mean == 0 for m in found.months for f in m.apart.values())


def test_every_figure_of_a_move_has_a_unit_and_a_source() -> None:
    found = moved(("missions", 0))
    assert all(each.unit and each.source for each in found.plan.values())
    assert found.plan["dip"].guessed
    assert found.plan["missions"].source == "given"
    assert "Pervasive" in found.plan["onboarding"].source


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (ask(before=NEW), "nobody moves out of pools"),
        (ask()._replace(after=LIBRARY["diluted"]), "nobody moves out of pools"),
        (ask(size=0), "size is 0"),
        (ask(speed=1), "Nothing of a move is called 'speed'"),
        (ask(apart=12), "would come after the 12 months"),
        (ask()._replace(runs=1), "1 runs"),
        (uneven(missions=3), "too few for 3 pools"),
    ],
)
def test_what_is_no_move_is_refused(wrong: Ask, says: str) -> None:
    with pytest.raises(InputError, match=says):
        check(wrong)


def test_who_is_too_few_for_all_pools_moves_with_the_last_wave() -> None:
    both = both_of(uneven())
    assert [wave.teams for wave in both.crews.waves] == [(0,), (1,), (2, 3)]
