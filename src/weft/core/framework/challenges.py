"""Challenges: objections to a guardrail, which its owner has to answer by a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text
from weft.errors import InputError

AnswerWord = Literal["keep", "change", "try", "retire"]
ChallengeWord = Literal["asked", "due", "lapsed", "answered", "withdrawn"]
OPEN: Final = ("asked", "due", "lapsed")
"""The states in which an answer is still owed."""


class Challenge(Record, frozen=True, kw_only=True):
    """An objection to one version of a guardrail, and what became of it.

    by, mission: who objects, and for which mission; others may join. decisions,
    waivers: the evidence, by number and id. draft: the id of a draft that holds the
    guardrail as it should be. due: the last day on which an answer is in time.
    answer: `keep` the guardrail as it is, `change` it to `to_version`, `try` that
    version without its force to the end of `trial_until`, or `retire` it. Its state is
    told from these fields and the clock.
    """

    kind: ClassVar[str] = "challenges"

    id: Name
    guardrail: Name
    version: Annotated[int, Meta(ge=1)]
    by: Name
    mission: Name | None = None
    reason: Text
    decisions: tuple[Annotated[int, Meta(ge=1)], ...] = ()
    waivers: tuple[Name, ...] = ()
    draft: Name | None = None
    raised_at: datetime
    due: date
    joined: tuple[Name, ...] = ()
    answer: AnswerWord | None = None
    answer_reason: Text = ""
    answered_by: Name | None = None
    answered_at: datetime | None = None
    to_version: Annotated[int, Meta(ge=1)] | None = None
    trial_until: date | None = None
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse times without a zone or order, and an answer that is not whole."""
        times = (self.raised_at, self.answered_at, self.withdrawn_at)
        if any(t is not None and t.tzinfo is None for t in times):
            raise InputError(
                f"A time of challenge {self.id} has no zone.",
                do="Write times in UTC: 2026-11-21T09:00:00Z.",
            )
        if self.due < self.raised_at.date():
            raise InputError(
                f"Challenge {self.id} is due before it is raised.",
                do="Give a day after that, such as one 14 days later.",
            )
        told = (self.answer, self.answered_by, self.answered_at)
        if any(told) and not all(told):
            raise InputError(
                f"Challenge {self.id} has half an answer.",
                do="Give all of: answer, answered_by, answered_at; or none.",
            )
        if self.answered_by is not None and self.answered_by in self.objectors:
            raise InputError(
                f"Challenge {self.id} is answered by one of those who raise it.",
                do="Have it answered by another holder of the role.",
            )
        for words, field in _GOES_WITH:
            if (self.answer in words) != (getattr(self, field) is not None):
                raise InputError(
                    f"Challenge {self.id}: `{field}` does not fit its answer.",
                    do=f"Give it with the answer {' or '.join(words)}, and no other.",
                )

    @property
    def objectors(self) -> tuple[str, ...]:
        """Give who objects: the one who raised it, and all who joined."""
        return (self.by, *self.joined)


_GOES_WITH = ((("change", "try"), "to_version"), (("try",), "trial_until"))


class ChallengeState(Record, frozen=True, kw_only=True):
    """How a challenge stands on a day, and why: an open one is owed an answer.

    lapsed: nobody answered in time; the guardrail then only advises, but for a veto.
    """

    state: ChallengeWord
    why: Line = ""
