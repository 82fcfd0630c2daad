"""Which groups stand inside the IT unit, and how often work crosses its edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Literal

from weft.core.firm import Firm
from weft.core.work.cases import Case

Side = Literal["inside", "outside"]


def sides_of(
    groups: Iterable[str],
    inside: Sequence[str],
    outside: Sequence[str],
    firm: Firm,
    boxes: Iterable[str],
) -> dict[str, Side]:
    """Tell of groups whether they are in the IT unit; of some it is not known.

    As said by patterns such as `IT *`, else as the firm's unit or mission of that name
    lies: a unit is inside where it or one above it is an IT box; a mission is outside,
    as it is no department's. boxes: the units that are IT boxes.
    """
    within = _within(firm, frozenset(boxes))
    known: dict[str, Side] = {}
    for unit in firm.units.values():
        told: Side = "inside" if unit.id in within else "outside"
        known[_fold(unit.title)] = known[_fold(unit.id)] = told
    for mission in firm.missions.values():
        known[_fold(mission.title)] = known[_fold(mission.id)] = "outside"
    found: dict[str, Side] = {}
    for group in groups:
        if _matches(group, inside):
            found[group] = "inside"
        elif _matches(group, outside):
            found[group] = "outside"
        elif side := known.get(_fold(group)):
            found[group] = side
    return found


def crossings(case: Case, sides: Mapping[str, Side]) -> int | None:
    """Count the handoffs of a case that cross the edge of the IT unit.

    None where a handoff leads from or to a group of which it is not known.
    """
    path = case.path()
    if len(path) > 1 and any(group not in sides for group in path):
        return None
    return sum(sides[a] != sides[b] for a, b in pairwise(path))


def _matches(group: str, patterns: Sequence[str]) -> bool:
    """Tell whether a group is called as one of some patterns say, in any case."""
    told = _fold(group)
    return any(fnmatchcase(told, _fold(pattern)) for pattern in patterns)


def _fold(text: str) -> str:
    """Give a text as it is compared."""
    return " ".join(text.casefold().split())


def _within(firm: Firm, boxes: frozenset[str]) -> set[str]:
    """Give the units that are IT boxes or lie in one."""
    found: set[str] = set()
    for unit in firm.units.values():
        above: str | None = unit.id
        seen: set[str] = set()
        while above is not None and above not in seen:
            seen.add(above)
            if above in boxes:
                found.add(unit.id)
                break
            parent = firm.units.get(above)
            above = parent.parent if parent else None
    return found
