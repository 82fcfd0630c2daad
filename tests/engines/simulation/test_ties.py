"""What happens in which order at one instant, and when gates and shifts take effect.

At one instant: people who come and leave, then the sharing of people, then arrivals,
then what ends, in the order in which it began.
"""

from __future__ import annotations

import numpy as np

from weft.engines.simulation.kernel import Routes, Sharing, Shift, Station, simulate


def routes(*changes: tuple[float, int, list[tuple[int, float]]]) -> Routes:
    """Make routes of changes: when each comes, its class, its steps."""
    steps = [step for _, _, each in changes for step in each]
    return Routes(
        np.array([arrival for arrival, _, _ in changes]),
        np.array([priority for _, priority, _ in changes]),
        np.cumsum([0, *(len(each) for _, _, each in changes)]),
        np.array([station for station, _ in steps]),
        np.array([time for _, time in steps]),
    )


def test_who_comes_as_another_leaves_waits_already() -> None:
    made = routes((0, 0, [(0, 5)]), (1, 1, [(0, 1)]), (5, 0, [(0, 1)]))
    run = simulate([Station("desk")], made)
    assert run.started.tolist() == [0, 6, 5]
    assert run.events == 6


def test_what_began_first_ends_first() -> None:
    """All ask twice and are answered at 20; who came last asked first."""
    made = routes(
        *[(float(i), 0, [(0, 10.0 - 2 * i), (0, 10.0 + i), (1, 1.0)]) for i in range(5)]
    )
    run = simulate([Station("answers", "delay"), Station("desk")], made)
    assert run.done.tolist() == [25, 24, 23, 22, 21]


def test_who_leaves_at_an_instant_takes_up_nothing_at_it() -> None:
    run = simulate(
        [Station("desk")],
        routes((3, 0, [(0, 1)])),
        shifts=[Shift(3.0, 0, -1), Shift(10.0, 0, 1)],
    )
    assert run.started.tolist() == [10]


def test_people_are_shared_before_what_comes_at_the_same_instant() -> None:
    made = routes(*[(5.0, 0, [(0, 3.0)])] * 6)
    teams = [Station("one"), Station("two", people=2)]
    run = simulate(teams, made, sharing=Sharing((0, 1), 5.0))
    assert run.moves[0].tolist() == [10, 1, 0]


def test_what_happens_at_the_end_of_a_run_is_in_it() -> None:
    made = routes((0, 0, [(0, 300)]), (300, 0, [(0, 1)]))
    run = simulate([Station("desk")], made, until=300.0)
    assert run.done[0] == 300
    assert np.isnan(run.done[1])
    assert run.started[1] == 300


def test_each_gate_opens_by_its_own_times() -> None:
    gates = [
        Station("often", "gate", openings=(2.0, 4.0, 6.0, 8.0)),
        Station("seldom", "gate", openings=(7.0, 3.0)),  # in whatever order
    ]
    made = routes(
        (1, 0, [(0, 0)]), (1.5, 0, [(1, 0)]), (4.5, 0, [(0, 0)]), (5, 0, [(1, 0)])
    )
    assert simulate(gates, made).done.tolist() == [2.0, 3.0, 6.0, 7.0]


def test_gates_that_open_together_let_through_as_all_came() -> None:
    """None passes, with all of its own gate, who came before it at another."""
    gates = [Station(name, "gate", openings=(10.0,)) for name in ("one", "other")]
    turns = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1]
    made = routes(*[(0.5 * i, 0, [(g, 0), (2, 1.0)]) for i, g in enumerate(turns)])
    run = simulate([*gates, Station("team")], made)
    assert run.done.tolist() == [11.0 + i for i in range(len(turns))]


def test_who_comes_as_a_gate_opens_goes_through_behind_who_waited() -> None:
    gate = Station("board", "gate", openings=(10.0, 20.0))
    made = routes(*[(at, 0, [(0, 0), (1, 1.0)]) for at in (3.0, 4.0, 10.0, 10.5)])
    run = simulate([gate, Station("team")], made)
    assert run.done.tolist() == [11.0, 12.0, 13.0, 21.0]


def test_a_gate_makes_wait_for_half_its_period_on_average() -> None:
    draw = np.random.default_rng(8)
    arrival = np.cumsum(draw.exponential(0.5, 40_000))
    gate = Station("board", "gate", openings=tuple(np.arange(0, 25_000, 5.0)))
    alike = np.zeros(40_000, int)
    made = Routes(arrival, alike, np.arange(40_001), alike, np.zeros(40_000))
    wait = simulate([gate], made).lead
    error = wait.std(ddof=1) / 200
    assert abs(wait.mean() - 2.5) < 4 * error
    assert 1.96 * error < 0.01 * 2.5


def test_shifts_are_taken_by_their_time_in_whatever_order_they_are_told() -> None:
    made = routes(*[(0.0, 0, [(0, 4.0)])] * 6)
    shifts = [Shift(9.0, 0, -1), Shift(3.0, 0, 1), Shift(2.0, 0, 1)]
    run = simulate([Station("team", people=1)], made, shifts=shifts)
    assert run.started.tolist() == [0.0, 2.0, 3.0, 4.0, 6.0, 7.0]
