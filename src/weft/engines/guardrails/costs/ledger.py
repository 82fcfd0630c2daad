"""Past answers counted, one after the other: what each guardrail did to them.

A ledger that has come to an answer can be kept and gone on with; it is then equal to
one that counted all of them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from struct import iter_unpack
from typing import Any

import msgspec

from weft.core.guardrails import Guardrail
from weft.core.requests import MANDATE, REQUEST, State, Verdict
from weft.engines.guardrails.rules.compiled import Rules

DAY = 86_400


class Question(msgspec.Struct, frozen=True):
    """What tells two requests apart: asked again, it is the same one."""

    mission: str
    act: str
    asset: str | None = None
    title: str = ""


class Found(msgspec.Struct, frozen=True):
    """What of a finding is counted."""

    guardrail: str
    version: int
    state: State
    blocks: bool
    waiver: str | None = None


class Past(msgspec.Struct, frozen=True):
    """What of a past answer is counted; the rest of it need not be read."""

    request: Question
    at: datetime
    verdict: Verdict
    judged: int = 0
    findings: tuple[Found, ...] = ()
    facts: Mapping[str, Any] = {}


class Numbers(msgspec.Struct):
    """Numbers of answers in their order, in four bytes each, as there are very many.

    A server that answers all day holds one for each answer and each guardrail that
    applied to it.
    """

    raw: bytearray = bytearray()

    def append(self, number: int) -> None:
        """Add the number of an answer."""
        self.raw += number.to_bytes(4, "little")

    def __len__(self) -> int:
        """Count them."""
        return len(self.raw) // 4

    def __getitem__(self, place: int) -> int:
        """Give one of them, the first at 0."""
        return int.from_bytes(self.raw[4 * place : 4 * place + 4], "little")

    def __iter__(self) -> Iterator[int]:
        """Give them as they were at this instant."""
        return (number for (number,) in iter_unpack("<I", bytes(self.raw)))


class Tally(msgspec.Struct):
    """What one version of a guardrail did to requests.

    judged: requests while it was in force. asked: the numbers of those to which it
    applied, or may have. refused, waived, advised: of those that did not meet it, by
    what came of it; unproven: of these, those where a fact was missing. turned: by
    the days after which a request that it refused was allowed, how often that was.
    missions: those that did not meet it.
    """

    judged: int = 0
    asked: Numbers = msgspec.field(default_factory=Numbers)
    refused: Numbers = msgspec.field(default_factory=Numbers)
    waived: Numbers = msgspec.field(default_factory=Numbers)
    advised: Numbers = msgspec.field(default_factory=Numbers)
    unproven: Numbers = msgspec.field(default_factory=Numbers)
    turned: dict[int, int] = {}
    missions: set[str] = set()

    @property
    def unmet(self) -> int:
        """Give how many did not meet it."""
        return len(self.refused) + len(self.waived) + len(self.advised)

    @property
    def met(self) -> int:
        """Give how many met it."""
        return len(self.asked) - self.unmet


class Standing(msgspec.Struct):
    """Since when a guardrail is there, and since when in its version."""

    since: datetime
    version: int
    version_since: datetime


class Refusal(msgspec.Struct):
    """A no that has not become a yes yet, and the versions that stood against it."""

    at: datetime
    by: tuple[tuple[str, int], ...]


class Ledger(msgspec.Struct):
    """All that is counted up to an entry of the journal.

    requests: how many were answered. waived: the numbers of those allowed by a waiver;
    refused: of those refused. standing: by guardrail. tallies: by guardrail and
    version. waiting: refusals that have not become a yes, by what was asked.
    """

    upto: int = 0
    requests: int = 0
    refused: Numbers = msgspec.field(default_factory=Numbers)
    waived: Numbers = msgspec.field(default_factory=Numbers)
    standing: dict[str, Standing] = {}
    tallies: dict[str, dict[int, Tally]] = {}
    waiting: dict[str, list[Refusal]] = {}

    def tally(self, guardrail: str, version: int) -> Tally:
        """Give the counts of one version, to be counted on."""
        versions = self.tallies.setdefault(guardrail, {})
        if version not in versions:
            versions[version] = Tally()
        return versions[version]

    def put(self, guardrail: Guardrail, at: datetime) -> None:
        """Note that a guardrail was put in its place."""
        known = self.standing.get(guardrail.id)
        if known is None:
            self.standing[guardrail.id] = Standing(at, guardrail.version, at)
        elif known.version != guardrail.version:
            known.version, known.version_since = guardrail.version, at

    def drop(self, guardrail: str) -> None:
        """Note that a guardrail was taken out."""
        self.standing.pop(guardrail, None)

    def add(self, number: int, past: Past, rules: Rules) -> None:
        """Count one answer. rules: the guardrails by which it was judged."""
        self.requests += 1
        if past.verdict == "refused":
            self.refused.append(number)
        elif any(f.waiver for f in past.findings):
            self.waived.append(number)
        if past.judged:
            self._apply(number, past, rules)
        for found in past.findings:
            if found.guardrail not in {MANDATE, REQUEST} and found.state != "holds":
                self._unmet(number, past, found)
        self._turn(past)

    def _apply(self, number: int, past: Past, rules: Rules) -> None:
        """Count for each guardrail that it was in force, and whether it applied."""
        for rule in rules.all:
            self.tally(rule.guardrail.id, rule.guardrail.version).judged += 1
        for rule in rules.applying({**rules.blank, **past.facts}):
            self.tally(rule.guardrail.id, rule.guardrail.version).asked.append(number)

    def _unmet(self, number: int, past: Past, found: Found) -> None:
        """Count what came of a guardrail that was not met."""
        tally = self.tally(found.guardrail, found.version)
        effect = tally.advised
        if found.blocks:
            effect = tally.refused
        elif found.waiver:
            effect = tally.waived
        effect.append(number)
        if found.state == "unproven":
            tally.unproven.append(number)
        tally.missions.add(past.request.mission)

    def _turn(self, past: Past) -> None:
        """Note a refusal, or count those that the same request now turns into a yes."""
        asked = past.request
        key = "\0".join((asked.mission, asked.act, asked.asset or "", asked.title))
        if past.verdict == "refused":
            blocking = ((f.guardrail, f.version) for f in past.findings if f.blocks)
            by = tuple(each for each in blocking if each[0] not in {MANDATE, REQUEST})
            waiting = self.waiting.setdefault(key, [])
            if waiting and waiting[-1].by == by:
                by = waiting[-1].by  # kept once, however often the same is asked
            waiting.append(Refusal(past.at, by))
            return
        for refusal in self.waiting.pop(key, ()):
            days = int((past.at - refusal.at).total_seconds()) // DAY
            for guardrail, version in refusal.by:
                turned = self.tally(guardrail, version).turned
                turned[days] = turned.get(days, 0) + 1
