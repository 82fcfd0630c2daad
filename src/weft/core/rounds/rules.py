"""The firm's own rules of the round of seats."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Amount

STEP = 10
"""Seats come in steps of so many hundredths of a person."""


class RoundRules(Record, frozen=True, kw_only=True):
    """How the firm wants its rounds: what holds where nothing else is said.

    least: the smallest seat. missions: 2 where scarce people are shared between two
    missions, 1 where everybody is embedded in one. moves: so many people are asked to
    begin in a mission in one month, at most; none for no cap. joining: what finding
    one's way into a mission costs, in hundredths of the time one has there in a month.
    rate: what a month of a full-time person costs, blended over all; with it points
    are told as money.
    """

    least: Annotated[int, Meta(ge=10, le=100, multiple_of=STEP)] = 20
    missions: Literal[1, 2] = 2
    moves: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    joining: Annotated[int, Meta(ge=0, le=1000)] = 25
    rate: Amount | None = None
