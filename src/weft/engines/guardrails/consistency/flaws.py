"""What was found where guardrails do not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from weft.core.guardrails import Severity
from weft.core.records import Record
from weft.core.scalars import Name
from weft.core.vocabulary import Value

Kind = Literal[
    "contradiction",
    "unreachable",
    "misfit",
    "evaded",
    "implied",
    "equal",
    "idle",
    "asks-to-know",
    "idle-condition",
    "unused-param",
    "unused-set",
    "unused-member",
    "unsupplied",
    "ban",
    "two-way-param",
    "unread-property",
]

TO_LOOK_AT: Final = frozenset({"ban", "two-way-param", "unread-property"})
"""Kinds that may well be meant: they are told, and are nothing to mend."""


class Want(Record, frozen=True, kw_only=True):
    """What one guardrail asks for, in the words of the vocabulary."""

    guardrail: Name
    level: Severity
    asks: str


class Flaw(Record, frozen=True, kw_only=True):
    """One thing that does not fit, with what it is about and an example.

    guardrails: those that it takes; of `implied` and `equal` the one that could go
    comes first. about: a property, a set, a threshold, or a place in the guardrail.
    example: facts of which it is so, None for what is not known; empty where it is so
    of all. wants: what each of the guardrails asks for there.
    """

    flaw: Kind
    guardrails: tuple[Name, ...] = ()
    about: str = ""
    what: str
    example: Mapping[Name, Value | None] = {}
    wants: tuple[Want, ...] = ()

    @property
    def to_mend(self) -> bool:
        """Tell whether it is a fault, and not what may well be meant."""
        return self.flaw not in TO_LOOK_AT


class Consistency(Record, frozen=True, kw_only=True):
    """All that was found, the gravest first, and how many guardrails were looked at.

    whole: nothing was left out; else the search for more than two guardrails that
    contradict each other ended early. All else is always looked through.
    """

    guardrails: int
    flaws: tuple[Flaw, ...] = ()
    whole: bool = True
