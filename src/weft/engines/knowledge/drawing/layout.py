"""Positions for a network, in which what is tied together lies together."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.fft import irfft2, rfft2
from scipy.spatial import cKDTree

from weft.engines.knowledge.roster import Floats, Ints, summed

_GRIDS = {300: 32, 1500: 64}  # cells of a side, by the most nodes it is fine for
_FINEST = 96
_COARSE_STEPS, _FINE_STEPS, _APART_STEPS = 160, 70, 12
_SAME = 1e-9
_GRAVITY = 0.5
"""Draws all to the middle: about _GRAVITY / pi nodes on a unit of room."""
_GOLDEN = np.pi * (3 - np.sqrt(5))


def layout(size: int, ties: Ints, weight: Floats, anchor: Ints) -> Floats:
    """Give a position to each node, in the square from -1 to 1.

    ties: two places for each tie, shape (ties, 2). weight: of each tie. anchor:
    for each node the one it belongs to, or itself; anchors are laid out first,
    and the rest is begun around them. Returns shape (size, 2).
    Ties pull, nodes push each other off with a force that falls with distance,
    and all is cooled down (T. Fruchterman, E. Reingold, Software: Practice and
    Experience 21, 1991); the push is taken from a grid of masses by convolution,
    so that a step takes the same time for few and many. No chance in it: the
    same network gives the same picture.
    """
    if size == 0:
        return np.zeros((0, 2))
    hubs, hub = np.unique(anchor, return_inverse=True)
    members = np.bincount(hub).astype(np.float64)
    place = _settled(
        _sunflower(len(hubs)), hub[ties], weight, members, steps=_COARSE_STEPS
    )
    if len(hubs) < size:
        place = _settled(
            _around(place, hub, members), ties, weight, np.ones(size), _FINE_STEPS
        )
    return _fitted(_apart(place))


def _sunflower(size: int) -> Floats:
    """Give points that fill a disc evenly, each of the same room of 1."""
    at = np.arange(size)
    radius = np.sqrt((at + 0.5) / np.pi)
    turn = np.stack((np.cos(at * _GOLDEN), np.sin(at * _GOLDEN)), axis=1)
    points: Floats = radius[:, None] * turn
    return points


def _around(place: Floats, hub: Ints, members: Floats) -> Floats:
    """Begin each node beside its anchor, those of one anchor as a sunflower."""
    order = np.argsort(hub, kind="stable")
    first = np.concatenate(([0], np.cumsum(members)[:-1])).astype(np.int64)
    rank = np.empty(len(hub), np.int64)
    rank[order] = np.arange(len(hub)) - first[hub[order]]
    return place[hub] + _sunflower(int(members.max()))[rank]


def _settled(
    place: Floats, ties: Ints, weight: Floats, mass: Floats, steps: int
) -> Floats:
    """Let nodes push and ties pull until they hardly move.

    A unit of length is the room of one person, so that the picture of n people
    is about the root of n wide.
    """
    source, target = ties[ties[:, 0] != ties[:, 1]].T
    strength = weight[ties[:, 0] != ties[:, 1]]
    degree = summed(source, strength, len(place)) + summed(target, strength, len(place))
    # A lone node is held fast by its one tie, a hub by none of its many.
    pull = (strength / np.minimum(degree[source], degree[target]))[:, None]
    room = np.sqrt(mass.sum())
    side = next((c for most, c in _GRIDS.items() if len(place) <= most), _FINEST)
    for step in range(steps):
        along = (place[target] - place[source]) * pull
        force = _pushed(place, mass, side)
        for axis in (0, 1):
            force[:, axis] += summed(source, along[:, axis], len(place))
            force[:, axis] -= summed(target, along[:, axis], len(place))
        force -= _GRAVITY * mass[:, None] * place
        force /= np.sqrt(mass)[:, None]
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), _SAME)[:, None]
        heat = 0.1 * room * (1 - step / steps) ** 2 + 0.01
        place = place + force / length * np.minimum(length, heat)
    centred: Floats = place - place.mean(axis=0)
    return centred


def _pushed(place: Floats, mass: Floats, side: int) -> Floats:
    """Give the push of all nodes on each, from their masses spread over a grid.

    side: how many cells the grid has each way.
    """
    low, wide = place.min(axis=0), np.ptp(place, axis=0).max() + 1e-9
    at = (place - low) / wide * (side - 2)
    cell = np.minimum(at.astype(np.int64), side - 3)
    part = at - cell
    corners = [
        (
            (cell[:, 0] + i) * side + cell[:, 1] + j,
            np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1]),
        )
        for i in (0, 1)
        for j in (0, 1)
    ]
    grid = sum(summed(corner, mass * share, side**2) for corner, share in corners)
    seen = rfft2(np.reshape(grid, (side, side)), s=(2 * side, 2 * side))
    force = np.empty_like(place)
    for axis, kernel in enumerate(_kernels(side)):
        field = irfft2(seen * kernel)[:side, :side].ravel()
        force[:, axis] = sum(field[corner] * share for corner, share in corners)
    force *= mass[:, None] * (side - 2) / wide
    return force


@lru_cache
def _kernels(side: int) -> tuple[Floats, Floats]:
    """Give the push of a mass in a cell on all others, transformed for convolving."""
    step = np.fft.fftfreq(2 * side, 1 / (2 * side))
    x, y = np.meshgrid(step, step, indexing="ij")
    square = x**2 + y**2 + 0.5
    return rfft2(x / square), rfft2(y / square)


def _apart(place: Floats) -> Floats:
    """Push nodes that lie on one another apart, as far as a node is wide."""
    for _ in range(_APART_STEPS):
        pairs = cKDTree(place).query_pairs(0.7, output_type="ndarray")
        if not len(pairs):
            break
        first, second = pairs.T
        way = place[second] - place[first]
        far = np.hypot(way[:, 0], way[:, 1])
        same = far < _SAME
        way[same] = np.stack((np.cos(first[same]), np.sin(first[same])), axis=1)
        push = (0.35 * (0.7 - far) / np.maximum(far, 0.05))[:, None] * way
        for axis in (0, 1):
            place[:, axis] -= summed(first, push[:, axis], len(place))
            place[:, axis] += summed(second, push[:, axis], len(place))
    return place


def _fitted(place: Floats) -> Floats:
    """Fit positions into the square from -1 to 1, to four decimals."""
    middle = (place.max(axis=0) + place.min(axis=0)) / 2
    reach = np.abs(place - middle).max()
    fitted: Floats = np.round((place - middle) / max(reach, _SAME), 4)
    return fitted
