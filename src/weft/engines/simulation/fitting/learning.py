"""What is learnt from past cases: where they begin, where they go next, how long.

A case begins with a group, stays there, and goes on or is done: by chances counted for
each group at its first, second and later visits. A stay is one that was seen, with all
its waits together, as they hang on each other: of the same group and turn, or of all
groups where too few were seen. So no shape of waits is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.core.work.cases import Case

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Stay = tuple[str, tuple[float, float, float]]
"""A group, and the days it had a case: by itself, waiting for who asked, for others."""

END: Final = -1
TURNS: Final = 3
_FEW: Final = 20
_DAY: Final = 86_400
_PART: Final = {"queue": 0, "held": 0, "asker": 1, "other": 2, "done": 2, "closed": 2}


class Chances(NamedTuple):
    """What comes next: each with the chance of it or of one before it."""

    next: Ints
    upto: Floats


class Learnt(NamedTuple):
    """What is known of how cases go.

    onward: by group and turn. stays: days of stays that were seen, [n, 3], by group,
    turn and whether it was the last; by group -1 those of all groups.
    """

    groups: tuple[str, ...]
    first: Chances
    onward: dict[tuple[int, int], Chances]
    stays: dict[tuple[int, int, bool], Floats]


def stays_of(case: Case) -> tuple[Stay, ...]:
    """Give the stays of a case up to when it was done; at least one, if of no time.

    What no group had is of the first that did.
    """
    at_once = next(iter(case.path()), "")
    found: list[tuple[str, list[float]]] = [] if case.ended else [(at_once, [0.0] * 3)]
    for each, since, until in case.spans():
        if not found or (each.group and found[-1][0] and each.group != found[-1][0]):
            found.append((each.group, [0.0, 0.0, 0.0]))
        group, days = found[-1]
        days[_PART[each.holding]] += (until - since) / _DAY
        found[-1] = group or each.group, days
    return tuple((group, (d[0], d[1], d[2])) for group, d in found)


def learn(cases: Iterable[Case]) -> Learnt:
    """Learn from cases that are done."""
    paths = [path for case in cases if (path := stays_of(case))]
    groups = tuple(sorted({group for path in paths for group, _ in path}))
    place = {group: at for at, group in enumerate(groups)}
    onward: dict[tuple[int, int], list[int]] = {}
    stays: dict[tuple[int, int, bool], list[tuple[float, float, float]]] = {}
    for path in paths:
        for at, (group, days) in enumerate(path):
            here, turn = place[group], min(at, TURNS - 1)
            last = at + 1 == len(path)
            after = END if last else place[path[at + 1][0]]
            onward.setdefault((here, turn), []).append(after)
            stays.setdefault((here, turn, last), []).append(days)
            stays.setdefault((-1, turn, last), []).append(days)
    return Learnt(
        groups,
        _chances([place[path[0][0]] for path in paths]),
        {key: _chances(told) for key, told in onward.items()},
        {
            key: np.array(told, np.float64)
            for key, told in stays.items()
            if key[0] < 0 or len(told) >= _FEW
        },
    )


def _chances(told: Sequence[int]) -> Chances:
    """Count what came next into chances."""
    values, counts = np.unique(np.array(told, np.int64), return_counts=True)
    return Chances(values, np.cumsum(counts) / len(told))
