"""How a firm moves: in which waves, in which order, and what it costs its people."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Final, Literal, NamedTuple

import numpy as np

from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.parameters import (
    DAYS,
    ILLUSTRATIVE,
    SHARE,
    Known,
    Parameter,
)
from weft.engines.simulation.models.setting import MONTH, Setting
from weft.errors import InputError, Where

Order = Literal["listed", "busiest", "calmest"]
"""Whose turn it is first: as the missions are listed, or by what is asked of them."""

KNOWN: Final[dict[str, Known]] = {
    "missions": Known("missions", "that move in all; 0: everybody stays", 0, 0, 10_000),
    "size": Known("missions", "that move in one wave", 1, 1, 10_000),
    "apart": Known("months", "from one wave to the next; 0: all at once", 1, 0, 60),
    "onboarding": Known(DAYS, "in which each person who moves does no work", 5, 0, 230),
    "dip": Known(SHARE, "of effort that comes on top while much is new", 0.25, 0, 2),
    "dip_months": Known("months", "until that has worn off, evenly", 6, 0, 60),
    "takeover": Known(DAYS, "of work to take over what others had begun", 0.5, 0, 20),
}
"""What a move is told by; a default holds where nobody says otherwise."""
_RANGES: Final = {
    "onboarding": (1.0, 12.0),
    "dip": (0.1, 0.5),
    "dip_months": (3.0, 12.0),
    "takeover": (0.1, 1.5),
}
_WAVES: Final = 12
"""So many waves at most where nobody says how large one is."""
Facts = Mapping[str, Parameter]


def facts_of(teams: int, after: Model, values: Mapping[str, float]) -> Facts:
    """Give every figure of a move, with its unit and where it is from.

    values: those that somebody gave. Raises InputError for one that cannot be.
    """
    for name in values:
        if name not in KNOWN:
            raise InputError(
                f"Nothing of a move is called {name!r}.",
                do=f"Use one of: {', '.join(KNOWN)}.",
                where=Where(path=f"values.move.{name}"),
            )
    told = {
        "missions": (teams, "the firm: all missions of the model it moves to"),
        "size": (ceil(teams / _WAVES), f"{ILLUSTRATIVE}: {_WAVES} waves at most"),
        "onboarding": (after.value("onboarding"), _source(after, "onboarding")),
    }
    found = {}
    for name, known in KNOWN.items():
        value, source = told.get(name, (known.value, ILLUSTRATIVE))
        low, high = _RANGES.get(name, (None, None))
        if name in values:
            value, source, low, high = values[name], "given", None, None
        if not known.least <= value <= known.most:
            raise InputError(
                f"{name} is {value:g}, not from {known.least:g} to {known.most:g}.",
                do=f"It is the {known.unit} {known.means}.",
                where=Where(path=f"values.move.{name}"),
            )
        found[name] = Parameter(
            value=float(value), unit=known.unit, source=source, low=low, high=high
        )
    return found


def _source(model: Model, name: str) -> str:
    found = model.parameters.get(name)
    return f"{found.source if found else ILLUSTRATIVE}: as in {model.title}"


class Wave(NamedTuple):
    """A day on which missions move together."""

    day: float
    teams: tuple[int, ...]


def weights_of(setting: Setting, teams: int) -> list[float]:
    """Give the share of all changes that each mission takes, by its domains."""
    found = np.zeros(teams)
    for domain, (_, weight) in enumerate(setting.domains):
        found[domain * teams // len(setting.domains)] += weight
    return [float(share) for share in found]


def turns(weights: list[float], order: Order) -> list[int]:
    """Give the missions in the order in which they move."""
    sign = {"listed": 0, "busiest": -1, "calmest": 1}[order]
    return sorted(range(len(weights)), key=lambda i: (sign * weights[i], i))


def waves_of(turn: list[int], facts: Facts, begins: float) -> tuple[Wave, ...]:
    """Give who moves when. begins: the day of the first wave."""
    most = min(round(facts["missions"].value), len(turn))
    size, apart = round(facts["size"].value), facts["apart"].value * MONTH
    if not apart:
        size = max(most, 1)
    return tuple(
        Wave(begins + at // size * apart, tuple(turn[at : min(at + size, most)]))
        for at in range(0, most, size)
    )
