"""Guardrails tried before they hold: what a draft of one would change.

Nothing is written, and what holds is not touched. Whoever tries one sees what they
may see of the firm, and no more: the rest is not counted either.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from weft.app import requests
from weft.app.views import View
from weft.app.writing.reading import misfits
from weft.core.guardrails import Guardrail
from weft.core.records import Record
from weft.core.vocabulary import Scalar
from weft.engines.guardrails import (
    EXPLAINED,
    Curve,
    Radius,
    as_tried,
    blast_radius,
    curves,
)
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.errors import Problems
from weft.store.desk import Desk

LOOKED_BACK: Final = 10_000
"""So many past requests, the newest, are judged again."""


class Step(Record, frozen=True, kw_only=True):
    """From this value of a limit on, so many assets break."""

    value: Scalar
    breaks: int


class Share(Record, frozen=True, kw_only=True):
    """How many assets of a mission break at a limit as it is, and as it is drafted.

    mission: empty for what no mission owns. present: none where there is no limit yet.
    """

    mission: str
    present: int | None
    drafted: int


class Threshold(Record, frozen=True, kw_only=True):
    """A limit of a drafted guardrail: how many assets break at each of its values.

    Waivers are left out of it. place: where in the guardrail it stands. drafted,
    present: its value in the draft, and in the guardrail that the firm has. never:
    how many break at every value. steps: each value at which the count changes.
    """

    place: str
    property: str
    drafted: Scalar
    breaks: int
    present: Scalar | None = None
    present_breaks: int | None = None
    never: int
    steps: tuple[Step, ...]
    missions: tuple[Share, ...]


class Trial(Record, frozen=True, kw_only=True):
    """All that is found out when a drafted guardrail is tried.

    flaws: how it would not fit together with the others.
    """

    radius: Radius
    thresholds: tuple[Threshold, ...]
    flaws: tuple[Flaw, ...] = ()


class Tried(msgspec.Struct, frozen=True):
    """A drafted guardrail that was tried, with its curves as they are drawn from."""

    radius: Radius
    curves: tuple[Curve, ...]

    def trial(self, flaws: tuple[Flaw, ...] = ()) -> Trial:
        """Give it as a record, with what would not fit together."""
        thresholds = tuple(map(threshold, self.curves))
        return Trial(radius=self.radius, thresholds=thresholds, flaws=flaws)


def try_out(
    desk: Desk,
    view: View,
    draft: Guardrail,
    at: datetime,
    *,
    most: int = LOOKED_BACK,
    explained: int = EXPLAINED,
) -> Tried:
    """Try a drafted guardrail on the firm as the actor may see it.

    most: so many past requests, the newest, are judged again. explained: of so many
    assets that newly break it is told why.
    Raises Problems with everything that is wrong with it.
    """
    firm = view.firm
    if wrong := [*misfits(firm, as_tried(firm, draft))]:
        raise Problems(wrong)
    past = requests.recorded(desk, view.actor, most=most, before=firm.seq + 1)
    radius = blast_radius(firm, draft, at, past, explained=explained)
    return Tried(radius, curves(firm, radius.guardrail))


def threshold(curve: Curve) -> Threshold:
    """Give a curve as a record, its values as they are written in a guardrail."""
    limit = curve.limit
    here, was = limit.typed, curve.present
    drafted = curve.by_mission(here)
    present = None if was is None else curve.by_mission(was)
    names = {*drafted, *(present or ())}
    shares = (
        Share(
            mission=name,
            present=None if present is None else present[name],
            drafted=drafted[name],
        )
        for name in names
    )
    return Threshold(
        place=limit.place,
        property=limit.prop.id,
        drafted=limit.plain(here),
        breaks=curve.at(here),
        present=None if was is None else limit.plain(was),
        present_breaks=None if was is None else curve.at(was),
        never=curve.never,
        steps=tuple(
            Step(value=limit.plain(start), breaks=breaks)
            for start, breaks in zip(curve.starts, curve.breaks, strict=True)
        ),
        missions=tuple(sorted(shares, key=lambda s: (-s.drafted, s.mission))),
    )
