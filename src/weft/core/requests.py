"""Requests and decisions: "may we?" and the Answer on record.

A request passes the gate; what Weft says of it is its own text, of any length: an
answer is never lost for being long, nor each word of it checked when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

import msgspec

from weft.core.guardrails import OPERATOR_WORDS, Cover, Harm, Severity
from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.core.vocabulary import Value

Verdict = Literal["allowed", "allowed-with-duties", "refused"]
State = Literal["holds", "broken", "unproven", "error"]
Stand = Literal["holds", "told", "waived", "breaks"]
"""How a guardrail stands to a thing. told: not met, and it blocks nothing, as it
only advises or is on trial. waived: not met, and a waiver holds it."""
Truth = Literal["false", "unknown"]
MANDATE: Final = "mandate"
"""What a finding of the mission's own mandate has in the place of a guardrail."""
REQUEST: Final = "request"
"""The same where the request or the framework is such that nothing can be judged."""


class Request(Record, frozen=True, kw_only=True):
    """What a mission wants to do, in the firm's own vocabulary.

    asset: the thing it is about, where the firm knows it: its properties count
    as facts, and those given here stand over them.
    """

    mission: Name
    act: Name
    asset: Name | None = None
    title: Line = ""
    properties: Mapping[Name, Value] = {}


class Reason(Record, frozen=True, kw_only=True, gc=False):
    """One leaf that does not hold: where, what was expected, what is there.

    path: with the index of the element, such as `data.copies[1].region`.
    expected, actual: as people read them; actual is `missing` where it is.
    part: `must`; `one-of` where another of its group would do; `applies` where
    it is not known whether the guardrail applies. waiver: the one that covers
    this path and value; a guardrail is held once each of its reasons is covered.
    """

    path: str
    operator: str
    expected: str
    actual: str
    part: Literal["must", "one-of", "applies"] = "must"
    truth: Truth = "false"
    waiver: str | None = None

    @property
    def said(self) -> str:
        """Say it in one sentence, in the names of the vocabulary."""
        there = f"{self.path} is {self.actual}"
        if self.part == "applies":
            return f"{there}, so it may apply"
        operator = self.operator.removeprefix("not ")
        denied = "" if operator == self.operator else "not "
        words = f"{denied}{OPERATOR_WORDS.get(operator, '')} {self.expected}"
        return f"{there}; it has to be {words.strip()}"


class DeadWaiver(Record, frozen=True, kw_only=True):
    """A waiver that is there and does not count, and why."""

    waiver: str
    why: str


class Finding(Record, frozen=True, kw_only=True):
    """What one guardrail says of a request, told whole.

    guardrail: its id, or MANDATE or REQUEST; the owner is then the mission.
    blocks: it alone would turn the answer into a no. waiver: the one that holds
    it, with its end; of several the one that ends first. A guardrail that holds
    is a finding only if it has a duty. trial: it is shown and does not block yet.
    level: the one that counts at the instant. binds: the day from which its own
    level counts, where until then it only advises. unanswered: the day since when it
    only advises, as nobody answered an objection to it. tried: the last day on which
    it only advises, as its owner tries it so after an objection.
    """

    guardrail: str
    version: int
    title: str
    level: Severity
    state: State
    blocks: bool
    principle: str
    owner: str
    harm: Harm | None = None
    remedy: str = ""
    duty: str = ""
    reasons: tuple[Reason, ...] = ()
    waiver: str | None = None
    waived_until: datetime | None = None
    dead_waivers: tuple[DeadWaiver, ...] = ()
    error: str = ""
    trial: bool = False
    binds: date | None = None
    unanswered: date | None = None
    tried: date | None = None


class Edit(Record, frozen=True, kw_only=True):
    """One change of one property.

    path: in the request as it was asked; an element that is added has the next
    index. value: what to put there; none for an element that is taken out or
    added. accepted: every value that would do there, as people read it.
    """

    path: str
    old: str
    new: str
    value: Value | None = None
    accepted: str = ""


class WayOut(Record, frozen=True, kw_only=True):
    """A set of edits after which the answer is yes.

    proved: no smaller set would do; else it works and may not be the smallest.
    """

    edits: tuple[Edit, ...]
    proved: bool = True


class Question(Record, frozen=True, kw_only=True):
    """A fact that is missing, with the verdict for each answer to it.

    also: further facts that have to be told with it; an answer then has one part
    for each. after: where an answer leaves a no, the change that would be left.
    """

    path: str
    title: str
    answers: Mapping[str, Verdict]
    also: tuple[str, ...] = ()
    after: Mapping[str, WayOut] = {}


class Offer(Record, frozen=True, kw_only=True):
    """A waiver that could be asked for, filled in as far as it can be.

    approver: the role that may grant it. holders: who holds that role now.
    latest: the last instant that its terms allow as its end.
    """

    guardrail: str
    version: int
    approver: str
    holders: tuple[str, ...]
    covers: tuple[Cover, ...]
    latest: datetime


class CoreRule(Record, frozen=True, kw_only=True):
    """A guardrail of a core, in the version that was judged by.

    readable: false where it did not fit the vocabulary, so that nothing meets it.
    """

    guardrail: str
    version: int
    title: str
    owner: str
    readable: bool = True


class Core(Record, frozen=True, kw_only=True):
    """Guardrails and facts that cannot be met together, whatever else is chosen.

    Without any one of the guardrails the others can be met; and so can all, if any one
    of the facts were another. facts: by path, as people read them; of a list how many
    elements it has. proved: nothing more can be left out; else the search was ended.
    """

    guardrails: tuple[CoreRule, ...]
    facts: Mapping[str, str] = {}
    proved: bool = True

    @property
    def told(self) -> str:
        """Say it in a sentence that goes with the list of its guardrails."""
        if not self.facts:
            alone = len(self.guardrails) == 1
            what = "this guardrail" if alone else f"these {self._count} together"
            return f"Nothing meets {what}, whatever the facts are."
        *most, last = (f"{path}: {told}" for path, told in self.facts.items())
        facts = (
            f"the facts {', '.join(most)} and {last}" if most else f"the fact {last}"
        )
        return f"{self._named} and {facts} cannot be met together."

    @property
    def _count(self) -> str:
        count = len(self.guardrails)
        return {2: "two", 3: "three"}.get(count, str(count))

    @property
    def _named(self) -> str:
        many = len(self.guardrails) > 1
        return f"These {self._count} guardrails" if many else "This guardrail"


class Recorded(msgspec.Struct, frozen=True):
    """Of a past decision what it takes to judge again: the request, and the facts."""

    request: Request
    facts: Mapping[str, Value] = {}


class Asked(msgspec.Struct, frozen=True, gc=False):
    """Of a past decision what it takes to tell how long who asked waited.

    number: its entry in the journal. refused_by: the guardrails that made it a no, or
    what stands in their place.
    """

    number: int
    at: datetime
    mission: str
    act: str
    asset: str | None
    title: str
    yes: bool
    refused_by: tuple[str, ...] = ()


class Decision(Record, frozen=True, kw_only=True):
    """The answer to a request at an instant, with all that it rests on.

    firm: the sequence of the firm it was decided on. facts: what was judged.
    ways: the smallest changes that turn a no into a yes, ties included; if there
    are none, `no_way` says why. guardrails: the digest of all that were judged.
    """

    request: Request
    asked_by: str
    at: datetime
    firm: int
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    facts: Mapping[str, Value] = {}
    judged: int = 0
    guardrails: str = ""
    ways: tuple[WayOut, ...] = ()
    no_way: str = ""
    questions: tuple[Question, ...] = ()
    offers: tuple[Offer, ...] = ()
