"""Queues whose answer is known exactly: formulas, and routes through them."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

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
from weft.engines.simulation.kernel.routes import Kind

GAP, CLASS, SERVICE, ENTRY, ROUTE = range(5)

# The 20-station network of the literature's size: people, rate of each, the exact
# wait, and where a job goes next with which probability; it leaves with the rest, .18.
Row = tuple[int, float, float, dict[int, float]]
NETWORK: tuple[Row, ...] = (
    (6, 1.477001, 0.02615, {1: 0.083047, 5: 0.304933, 13: 0.18014, 18: 0.25188}),
    (2, 2.992762, 0.18954, {2: 0.215087, 4: 0.184248, 7: 0.144162, 12: 0.276503}),
    (7, 0.766074, 0.460924, {3: 0.177883, 9: 0.361184, 10: 0.149016, 18: 0.131917}),
    (3, 2.089589, 0.279465, {4: 0.218579, 14: 0.178569, 15: 0.218067, 17: 0.204785}),
    (2, 4.156269, 0.150625, {4: 0.172649, 5: 0.154074, 10: 0.211962, 18: 0.281316}),
    (7, 1.009845, 0.026521, {6: 0.251632, 9: 0.258913, 13: 0.095568, 18: 0.213887}),
    (6, 0.403557, 0.803291, {0: 0.224735, 6: 0.131964, 7: 0.286431, 12: 0.17687}),
    (6, 0.591692, 0.056145, {1: 0.162054, 2: 0.177123, 8: 0.240049, 12: 0.240774}),
    (8, 0.458943, 0.046727, {5: 0.141159, 9: 0.130315, 13: 0.220038, 17: 0.328488}),
    (4, 0.892041, 1.260672, {3: 0.305768, 8: 0.131618, 10: 0.121692, 18: 0.260922}),
    (7, 0.514555, 0.52064, {6: 0.247587, 11: 0.242701, 14: 0.218643, 15: 0.111069}),
    (3, 0.451943, 2.457978, {1: 0.314502, 4: 0.183918, 12: 0.082166, 18: 0.239413}),
    (5, 0.779819, 0.251983, {5: 0.266309, 11: 0.159734, 12: 0.291902, 13: 0.102054}),
    (5, 0.774261, 0.110454, {0: 0.20784, 7: 0.088158, 10: 0.125861, 14: 0.398142}),
    (2, 1.723918, 0.518178, {2: 0.226572, 4: 0.181632, 10: 0.170883, 15: 0.240913}),
    (2, 1.425352, 0.510663, {2: 0.174837, 3: 0.294183, 5: 0.277801, 16: 0.07318}),
    (2, 0.12153, 3.702283, {0: 0.102489, 2: 0.305442, 17: 0.264028, 19: 0.148042}),
    (6, 0.474806, 0.119712, {2: 0.194469, 7: 0.336565, 14: 0.065271, 18: 0.223695}),
    (5, 1.816385, 0.06031, {0: 0.270677, 1: 0.11011, 8: 0.210835, 19: 0.228378}),
    (8, 0.187406, 2.061198, {0: 0.194187, 3: 0.175662, 9: 0.213961, 13: 0.23619}),
)
ARRIVALS, HIGH = 10.0, 0.2
"""Jobs in a unit of time; they start at one of the first five stations. The share."""


def erlang_c(people: int, load: float) -> float:
    """Give the probability to wait, by the recursion of Erlang B."""
    blocked = 1.0
    for k in range(1, people + 1):
        blocked = load * blocked / (k + load * blocked)
    used = load / people
    return blocked / (1 - used * (1 - blocked))


def wait(people: int, arrivals: float, rate: float = 1.0) -> float:
    """Give the mean wait of M/M/c."""
    return erlang_c(people, arrivals / rate) / (people * rate - arrivals)


def waits(people: int, arrivals: float, high: float) -> tuple[float, float]:
    """Give the mean wait of two classes that do not interrupt each other (Cobham)."""
    base = erlang_c(people, arrivals) / people
    first, used = arrivals * high / people, arrivals / people
    return base / (1 - first), base / ((1 - first) * (1 - used))


def one_queue(
    seed: int,
    jobs: int,
    people: int,
    arrivals: float,
    *,
    high: float = 0.0,
    service: str = "M",
) -> Run:
    """Run jobs through one station, and give the run: service M, D, E4 or G."""
    of = np.arange(jobs)
    gaps = exponential(uniform(seed, GAP, of)) / arrivals
    drawn = uniform(seed, SERVICE, of)
    if service == "M":
        times = exponential(drawn)
    elif service == "D":
        times = np.ones(jobs)
    elif service == "G":
        times = lognormal(drawn, 4.0)
    else:
        each = [
            exponential(uniform(seed, SERVICE, of, np.full(jobs, k))) for k in range(4)
        ]
        times = np.sum(each, axis=0) / 4
    routes = Routes(
        np.cumsum(gaps),
        (uniform(seed, CLASS, of) >= high).astype(np.int64),
        np.arange(jobs + 1),
        np.zeros(jobs, np.int64),
        times,
    )
    return simulate([Station("desk", people=people)], routes)


def network_routes(seed: int, jobs: int, network: tuple[Row, ...] = NETWORK) -> Routes:
    """Draw the routes of jobs through the network, all passes of all jobs at once."""
    to = np.zeros((len(network), len(network)))
    for i, (_, _, _, onward) in enumerate(network):
        for j, share in onward.items():
            to[i, j] = share
    reach = np.cumsum(to, axis=1)
    of = np.arange(jobs)
    at = (uniform(seed, ENTRY, of) * 5).astype(np.int64)
    who, where = [], []
    step = 0
    while len(of):
        who.append(of)
        where.append(at)
        drawn = uniform(seed, ROUTE, of, np.full(len(of), step))
        at = (drawn[:, None] >= reach[at]).sum(axis=1)
        stays = at < len(network)
        of, at, step = of[stays], at[stays], step + 1
    whose, place = np.concatenate(who), np.concatenate(where)
    steps = np.concatenate([np.full(len(w), k) for k, w in enumerate(who)])
    order = np.lexsort((steps, whose))
    whose, place, steps = whose[order], place[order], steps[order]
    rate = np.array([row[1] for row in network])
    return Routes(
        np.cumsum(exponential(uniform(seed, GAP, np.arange(jobs)))) / ARRIVALS,
        (uniform(seed, CLASS, np.arange(jobs)) >= HIGH).astype(np.int64),
        np.concatenate(([0], np.cumsum(np.bincount(whose, minlength=jobs)))),
        place,
        exponential(uniform(seed, SERVICE, whose, steps)) / rate[place],
    )


def network_stations(network: tuple[Row, ...] = NETWORK) -> list[Station]:
    return [Station(f"station {i}", people=row[0]) for i, row in enumerate(network)]


def network_time(network: tuple[Row, ...] = NETWORK) -> float:
    """Give the exact mean time in the network: each station is an M/M/c (Jackson)."""
    size = len(network)
    to = np.zeros((size, size))
    for i, row in enumerate(network):
        for j, share in row[3].items():
            to[i, j] = share
    first = np.array([ARRIVALS / 5 if i < 5 else 0.0 for i in range(size)])
    visits = np.linalg.solve(np.eye(size) - to.T, first)
    there = [
        v * (wait(c, v, mu) + 1 / mu)
        for (c, mu, _, _), v in zip(network, visits, strict=True)
    ]
    return float(sum(there) / ARRIVALS)


GATE = tuple(float(t) for t in range(0, 4000, 5))


World = tuple[list[Station], Routes]


def world(seed: int, jobs: int, kinds: list[Kind], *, grid: bool = False) -> World:
    """Make stations of some kinds, and routes; on a grid, so that much ties."""
    draw = np.random.default_rng(seed)
    stations = [
        Station(
            f"{kind} {i}",
            kind,
            int(draw.integers(1, 4)),
            GATE if kind == "gate" else (),
        )
        for i, kind in enumerate(kinds)
    ]
    lengths = draw.integers(0, 6, jobs)
    start = np.concatenate(([0], np.cumsum(lengths)))
    place = draw.integers(0, len(kinds), start[-1])
    gaps, work = draw.exponential(1.0, jobs), draw.exponential(0.8, start[-1])
    if grid:
        gaps, work = np.round(gaps), np.round(work)
    gates = np.array([kind == "gate" for kind in kinds])[place]
    work[gates] = 0.0
    classes = draw.integers(0, 3, jobs)
    return stations, Routes(np.cumsum(gaps), classes, start, place, work)


def digest() -> str:
    """Give what came of a run with all there is in it, to the last bit."""
    made, routes = world(3, 400, ["queue", "delay", "gate", "queue", "queue"])
    shifts = [Shift(50.0, 0, 2), Shift(90.0, 0, -1)]
    run = simulate(made, routes, sharing=Sharing((3, 4), 7.0, 2.0), shifts=shifts)
    net = simulate(network_stations(), network_routes(1, 300))
    parts = (run.entered, run.started, run.done, run.moves, net.done)
    return f"{run.events} {sha256(b''.join(p.tobytes() for p in parts)).hexdigest()}"
