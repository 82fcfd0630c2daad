"""What holds in every run, whatever is drawn: on networks made by hypothesis."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.simulation.queues import GATE, World, one_queue, world

from weft.engines.simulation.kernel import (
    Routes,
    Run,
    Sharing,
    Shift,
    Station,
    exponential,
    lognormal,
    simulate,
    uniform,
)
from weft.errors import InputError

worlds = st.builds(
    world,
    st.integers(0, 2**32),
    st.integers(0, 120),
    st.lists(
        st.sampled_from(["queue", "queue", "delay", "gate"]), min_size=1, max_size=5
    ),
    grid=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_lead_time_is_waiting_and_work_and_nothing_else(made: World) -> None:
    stations, routes = made
    run = simulate(stations, routes)
    parts = run.by_change(run.wait) + run.by_change(routes.service)
    assert np.allclose(run.lead, parts, rtol=1e-9, atol=1e-9)
    assert (run.wait >= 0).all()


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_nobody_overtakes_nobody_idles_and_no_more_work_than_there_are(
    made: World,
) -> None:
    stations, routes = made
    run = simulate(stations, routes)
    whose = np.repeat(np.arange(len(routes.arrival)), np.diff(routes.start))
    for s, station in enumerate(stations):
        here = routes.station == s
        came, began = run.entered[here], run.started[here]
        ended = began + routes.service[here]
        if station.kind == "delay":
            assert (came == began).all()
        if station.kind == "gate":
            assert ((began - came >= 0) & (began - came < 5)).all()
            assert np.isin(began, GATE).all()
        if station.kind != "queue":
            continue
        of = routes.priority[whose[here]]
        for c in set(of):
            order = np.lexsort((began[of == c], came[of == c]))
            assert (np.diff(began[of == c][order]) >= 0).all()
        for now in np.unique(np.concatenate([came, ended])):
            busy = ((began <= now) & (ended > now)).sum()
            waits = ((came <= now) & (began > now)).sum()
            assert busy <= station.people
            assert busy == station.people or not waits
        apart = len(np.unique(np.concatenate([came, ended]))) == 2 * len(came)
        for now in began[began > came] if apart else ():
            [turn] = of[began == now]
            assert turn <= of[(came < now) & (began > now)].min(initial=turn)


@settings(max_examples=40, deadline=None)
@given(worlds, st.integers(0, 99))
def test_other_numbers_of_stations_and_double_times_change_nothing(
    made: World, seed: int
) -> None:
    stations, routes = made
    run = simulate(stations, routes)
    order = np.random.default_rng(seed).permutation(len(stations))
    place = np.argsort(order)
    moved = simulate(
        [stations[i] for i in order], routes._replace(station=place[routes.station])
    )
    assert (moved.done == run.done).all()
    slow = simulate(
        [s._replace(openings=tuple(2 * t for t in s.openings)) for s in stations],
        routes._replace(arrival=2 * routes.arrival, service=2 * routes.service),
    )
    assert (slow.done == 2 * run.done).all()


def test_the_number_there_adds_up_to_the_time_each_was_there() -> None:
    run = one_queue(1, 20_000, 3, 2.5)
    times = np.concatenate([run.routes.arrival, run.done])
    steps = np.concatenate([np.ones(20_000), -np.ones(20_000)])
    order = np.argsort(times, kind="stable")
    area = (np.cumsum(steps[order])[:-1] * np.diff(times[order])).sum()
    assert area == pytest.approx(run.lead.sum(), rel=1e-9)


def test_who_comes_at_an_opening_is_let_through_and_a_shut_gate_holds() -> None:
    gate = Station("board", "gate", openings=(0.0, 5.0, 10.0))
    arrival = np.array([0.0, 0.1, 5.0, 5.1, 10.0, 10.5])
    routes = Routes(
        arrival, np.zeros(6, int), np.arange(7), np.zeros(6, int), np.zeros(6)
    )
    run = simulate([gate], routes)
    assert run.done[:5].tolist() == [0.0, 5.0, 5.0, 10.0, 10.0]
    assert np.isnan(run.done[5])


def test_what_a_gate_lets_go_at_once_is_served_in_the_order_it_came() -> None:
    stations = [Station("board", "gate", openings=(10.0,)), Station("team")]
    count = 50
    routes = Routes(
        np.linspace(0.0, 9.0, count),
        np.zeros(count, int),
        np.arange(0, 2 * count + 1, 2),
        np.tile([0, 1], count),
        np.tile([0.0, 1.0], count),
    )
    assert simulate(stations, routes).done.tolist() == [11.0 + i for i in range(count)]


def shared(
    onboarding: float, hysteresis: float = 1.0, most: int = 100
) -> tuple[Run, Run]:
    jobs = 4_000
    late = uniform(5, 0, np.arange(jobs)) < 0.8
    arrival = np.cumsum(np.full(jobs, 0.2))
    team = np.where((arrival % 400 < 200) == late, 0, 1)
    routes = Routes(
        arrival, np.zeros(jobs, int), np.arange(jobs + 1), team, np.ones(jobs)
    )
    stations = [Station("one", people=4), Station("two", people=3)]
    sharing = Sharing((0, 1), 20.0, onboarding, hysteresis, most)
    return simulate(stations, routes, sharing=sharing), simulate(stations, routes)


def test_people_go_where_the_work_is_and_their_number_stays() -> None:
    moving, fixed = shared(0.0)
    assert moving.lead.mean() < 0.5 * fixed.lead.mean()
    people = {0: 4, 1: 3}
    for _, source, to in moving.moves:
        people[source] -= 1
        people[to] += 1
        assert min(people.values()) >= 1
    assert sum(people.values()) == 7


def test_a_move_costs_time_and_fewer_are_made_where_more_must_be_gained() -> None:
    free, _ = shared(0.0)
    dear, _ = shared(15.0)
    slow, _ = shared(0.0, hysteresis=3.0)
    capped, _ = shared(0.0, most=1)
    assert dear.lead.mean() > free.lead.mean()
    assert len(slow.moves) < len(free.moves)
    assert np.unique(capped.moves[:, 0]).size == len(capped.moves)


def test_people_who_leave_finish_what_they_began() -> None:
    routes = Routes(
        np.zeros(4), np.zeros(4, int), np.arange(5), np.zeros(4, int), np.full(4, 10.0)
    )
    shifts = [Shift(5.0, 0, -1), Shift(25.0, 0, 2)]
    run = simulate([Station("team", people=2)], routes, shifts=shifts)
    assert run.started.tolist() == [0.0, 0.0, 10.0, 20.0]
    late = simulate([Station("team", people=0)], routes, shifts=[Shift(7.0, 0, 4)])
    assert late.done.tolist() == [17.0] * 4


def test_a_run_that_is_cut_short_says_what_was_not_reached() -> None:
    run = one_queue(1, 1_000, 1, 0.9)
    cut = simulate(run.stations, run.routes, until=300.0)
    ended = cut.done <= 300.0
    assert (cut.done[ended] == run.done[ended]).all()
    assert np.isnan(cut.done[~ended]).all()
    assert (run.done[~ended] > 300.0).all()


@settings(max_examples=60, deadline=None)
@given(worlds, st.floats(0, 150))
def test_a_run_that_has_enough_is_whole_for_who_came_before(
    made: World, enough: float
) -> None:
    stations, routes = made
    run, short = simulate(stations, routes), simulate(stations, routes, enough=enough)
    before = routes.arrival < enough
    assert (short.done[before] == run.done[before]).all()
    then = run.started < enough
    assert (short.started[then] == run.started[then]).all()
    assert short.events <= run.events
    last = max(enough, run.done[before].max(initial=0.0))
    assert not (short.started > last).any()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"arrival": np.array([1.0, 0.5])}, "order"),
        ({"station": np.array([0, 7])}, "no station"),
        ({"service": np.array([1.0, np.nan])}, "no time"),
        ({"service": np.array([1.0, -1.0])}, "no time"),
        ({"start": np.array([0, 2])}, "fit"),
        ({"priority": np.array([0, 100])}, "class"),
    ],
)
def test_routes_that_lead_nowhere_are_refused(change: Any, says: str) -> None:
    good = Routes(
        np.array([0.0, 1.0]),
        np.array([0, 0]),
        np.arange(3),
        np.array([0, 0]),
        np.ones(2),
    )
    with pytest.raises(InputError, match=says):
        simulate([Station("team")], good._replace(**change))


def test_what_a_gate_lets_through_takes_no_time_there() -> None:
    none, one = np.zeros(1, int), np.ones(1)
    with pytest.raises(InputError, match="no time"):
        simulate(
            [Station("board", "gate", openings=(5.0,))],
            Routes(np.zeros(1), none, np.arange(2), none, one),
        )


def test_no_change_at_all_is_a_run_too() -> None:
    no, none = np.empty(0), np.empty(0, int)
    routes = Routes(no, none, np.zeros(1, int), none, no)
    assert simulate([Station("team")], routes).events == 0


def test_draws_are_even_never_0_or_1_and_apart_by_purpose() -> None:
    of = np.arange(200_000)
    one, two = uniform(1, 0, of), uniform(1, 1, of)
    assert 0 < one.min() < one.max() < 1
    assert one.mean() == pytest.approx(0.5, abs=0.003)
    assert np.histogram(one, 20, (0, 1))[0].std() < 300
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.01
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.01
    assert (uniform(1, 0, of[:10]) == one[:10]).all()
    assert (uniform(2, 0, of) != one).all()


def test_no_two_of_purpose_change_and_step_share_a_number() -> None:
    change, step = (grid.ravel() for grid in np.indices((12, 12)))
    drawn = [
        *(uniform(1, purpose, change, step) for purpose in range(12)),
        *(uniform(1, purpose, np.arange(12)) for purpose in range(12)),
        *(uniform(seed, 0, np.zeros(1)) for seed in range(2, 12)),
    ]
    every = np.concatenate(drawn)
    assert len(np.unique(every)) == len(every)


def test_waits_and_efforts_are_1_on_average_and_vary_as_asked() -> None:
    drawn = uniform(4, 0, np.arange(400_000))
    waits, efforts = exponential(drawn), lognormal(drawn, 0.5)
    for found, variance in ((waits, 1.0), (efforts, 0.5)):
        assert found.mean() == pytest.approx(1.0, abs=0.01)
        assert found.var() == pytest.approx(variance, rel=0.02)


PLAIN = """
import sys
import numpy as np
sys.path.insert(0, {here!r})
from queues import digest
print(digest())
"""


@pytest.mark.slow
def test_compiled_and_plain_give_the_same_bits_and_so_does_a_second_run() -> None:
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    script = PLAIN.format(here=str(Path(__file__).parent))
    found = []
    for how in ({}, {"NUMBA_DISABLE_JIT": "0"}, {"NUMBA_DISABLE_JIT": "0"}):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script],
            env=env | how,
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(done.stdout)
    assert found[0] == found[1] == found[2]
    assert found[0]
