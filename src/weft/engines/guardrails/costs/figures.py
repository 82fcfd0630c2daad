"""The figures of what guardrails cost, as they are shown."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from weft.core.guardrails import Severity
from weft.core.records import Record

SignWord = Literal["dead", "all-waived", "wall", "unproven", "leaky", "renewed"]


class Spread(Record, frozen=True, kw_only=True):
    """Days of several things: how many, their median and their sum.

    median: none where there is nothing.
    """

    n: int = 0
    median: float | None = None
    total: float = 0.0


class Sign(Record, frozen=True, kw_only=True):
    """Something about a guardrail that its owner should look at, and the figures.

    dead: nobody ever met it. all-waived: whoever does not meet it is waived from it.
    wall: it refuses more than half of what it applies to. unproven: more than a
    quarter of what does not meet it lacks a fact. leaky: waivers hold more than a
    fifth of what does not meet it. renewed: a waiver was renewed for the third time.
    """

    sign: SignWord
    why: str


class OfVersion(Record, frozen=True, kw_only=True):
    """What one version of a guardrail did to requests; see Cost for the words."""

    version: int
    judged: int
    asked: int
    met: int
    refused: int
    unproven: int
    waived: int
    advised: int


class Cost(Record, frozen=True, kw_only=True):
    """What a guardrail has cost the firm, all its versions together.

    level: the one that counts now. since, version_since: from when it is there, and
    from when in this version. judged: requests while it was in force. asked: those
    to which it applied, or may have; each of them is met, refused, waived or advised.
    unproven: of those not met, where a fact was missing. turned: refusals that were
    later allowed, with the days. waivers_*: asked for, granted, refused, and live now.
    waits: days from asking for a waiver to the decision. missions: those that did not
    meet it. by_person: requests that needed a waiver of it. freedom: the share of
    those asked that needed none. assets_*: assets as they stand now.
    """

    guardrail: str
    version: int
    level: Severity
    phase: str
    owner: str
    since: datetime | None = None
    version_since: datetime | None = None
    judged: int = 0
    asked: int = 0
    met: int = 0
    refused: int = 0
    unproven: int = 0
    waived: int = 0
    advised: int = 0
    turned: Spread = Spread()
    waivers_asked: int = 0
    waivers_granted: int = 0
    waivers_refused: int = 0
    waivers_live: int = 0
    waits: Spread = Spread()
    missions: tuple[str, ...] = ()
    by_person: int = 0
    freedom: float | None = None
    assets_breaking: int = 0
    assets_waived: int = 0
    assets_advised: int = 0
    challenges: int = 0
    challenges_open: int = 0
    versions: tuple[OfVersion, ...] = ()
    signs: tuple[Sign, ...] = ()


class Costs(Record, frozen=True, kw_only=True):
    """What all guardrails cost the firm, the dearest first.

    upto: the last entry of the journal that was counted. requests: all that were
    answered. by_person: those that needed a waiver: allowed by one, or refused and
    one asked for. freedom: the share that needed no person.
    """

    at: datetime
    upto: int
    requests: int
    refused: int
    by_person: int
    freedom: float | None
    guardrails: tuple[Cost, ...]

    def with_sign(self, word: SignWord) -> list[tuple[Cost, Sign]]:
        """Give the guardrails that show a sign, each with it."""
        return [(c, s) for c in self.guardrails for s in c.signs if s.sign == word]


class Assets(Record, frozen=True, kw_only=True):
    """How many assets do not meet a guardrail as they stand, by what comes of it.

    applies: whether it applies to any asset at all.
    """

    breaking: int = 0
    waived: int = 0
    advised: int = 0
    applies: bool = True
