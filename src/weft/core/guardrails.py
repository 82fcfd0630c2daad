"""Principles, guardrails and waivers: the framework inside which all are free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, Meta, UnsetType

from weft.core.framework.controls import Citation
from weft.core.records import Record
from weft.core.scalars import Line, Name, Text
from weft.core.vocabulary import Scalar
from weft.errors import InputError, Where

Severity = Literal["advise", "must", "veto"]
Phase = Literal["draft", "trial", "enforced", "retired"]
Harm = Literal["customers", "employees", "business"]
WaiverWord = Literal[
    "asked",
    "refused",
    "scheduled",
    "live",
    "expired",
    "revoked",
    "mended",
    "outdated",
    "orphaned",
    "invalid",
]


class Param(Record, frozen=True, kw_only=True):
    """The name of a threshold of the guardrail, in the place of a constant."""

    param: Name


MOST_LISTED = 1000
"""So many values may stand in a guardrail itself; more are named in a set."""
Constant = Scalar | Annotated[tuple[Scalar, ...], Meta(max_length=MOST_LISTED)] | Param

OPERATORS = {
    "is_": "is",
    "is_not": "is_not",
    "in_": "in",
    "not_in": "not_in",
    "below": "below",
    "at_most": "at_most",
    "at_least": "at_least",
    "above": "above",
    "between": "between",
    "starts_with": "starts_with",
    "has": "has",
    "has_not": "has_not",
    "within": "within",
    "has_any": "has_any",
    "has_none": "has_none",
    "present": "present",
}
OPERATOR_WORDS = {
    "is": "",
    "in": "one of:",
    "is_not": "not",
    "not_in": "none of:",
    "below": "below",
    "at_most": "at most",
    "at_least": "at least",
    "above": "above",
    "between": "between",
    "starts_with": "beginning with",
    "has": "with",
    "has_not": "without",
    "within": "nothing but:",
    "has_any": "one of:",
    "has_none": "none of:",
    "present": "",
}
"""What something has to be, with a constant after it, as people say it."""
QUANTIFIERS = ("every", "none", "some")


class Clause(
    Record,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"is_": "is", "in_": "in"},
):
    """One condition, in exactly one of three forms.

    A leaf: `path` and one operator with its constant. Or `any`: a list of
    leaves, one of which is to hold. Or one of `every`, `none`, `some`: the path
    of a list, with leaves `where` (which elements) and `must` (what of them).
    A constant is a value, a list of values, `@name` of a set, or {param: name}.
    """

    path: Name | UnsetType = UNSET
    is_: Constant | UnsetType = UNSET
    is_not: Constant | UnsetType = UNSET
    in_: Constant | UnsetType = UNSET
    not_in: Constant | UnsetType = UNSET
    below: Constant | UnsetType = UNSET
    at_most: Constant | UnsetType = UNSET
    at_least: Constant | UnsetType = UNSET
    above: Constant | UnsetType = UNSET
    between: Constant | UnsetType = UNSET
    starts_with: Constant | UnsetType = UNSET
    has: Constant | UnsetType = UNSET
    has_not: Constant | UnsetType = UNSET
    within: Constant | UnsetType = UNSET
    has_any: Constant | UnsetType = UNSET
    has_none: Constant | UnsetType = UNSET
    present: Literal[True] | UnsetType = UNSET
    any: Annotated[tuple[Clause, ...], Meta(max_length=20)] | UnsetType = UNSET
    every: Name | UnsetType = UNSET
    none: Name | UnsetType = UNSET
    some: Name | UnsetType = UNSET
    where: Annotated[tuple[Clause, ...], Meta(max_length=20)] = ()
    must: Annotated[tuple[Clause, ...], Meta(max_length=20)] = ()

    def __post_init__(self) -> None:
        """Refuse a clause that is none of the three forms, or two at once."""
        told = [f for f in _FORMS if getattr(self, f) is not UNSET]
        operators = [f for f in OPERATORS if getattr(self, f) is not UNSET]
        if len(told) != 1:
            raise InputError(
                f"A clause has {' and '.join(told) or 'no form'}.",
                do="Give it one of: path, any, every, none, some.",
            )
        if (told == ["path"]) != (len(operators) == 1) or len(operators) > 1:
            raise InputError(
                f"A clause with {told[0]} has {len(operators)} operators.",
                do=f"Give a path exactly one of: {', '.join(OPERATORS.values())}.",
            )
        if bool(self.must) != (told[0] in QUANTIFIERS) or (
            self.where and told[0] not in QUANTIFIERS
        ):
            raise InputError(
                f"`where` and `must` do not go with {told[0]}.",
                do="every, none and some need `must`, and may have `where`.",
            )
        inner = (*(self.any or ()), *self.where, *self.must)
        if any(c.path is UNSET for c in inner) or self.any == ():
            raise InputError(
                f"Inside `{told[0]}` stands something else than leaves.",
                do="Give leaves there: a path, an operator and a constant.",
            )

    @property
    def operator(self) -> str:
        """The operator of a leaf, as it is written."""
        return next(w for f, w in OPERATORS.items() if getattr(self, f) is not UNSET)

    @property
    def constant(self) -> Any:
        """The constant of a leaf, as it is written."""
        return next(
            value for f in OPERATORS if (value := getattr(self, f)) is not UNSET
        )


_FORMS = ("path", "any", *QUANTIFIERS)


class Principle(Record, frozen=True, kw_only=True):
    """A belief of the firm, which guardrails make checkable."""

    kind: ClassVar[str] = "principles"

    id: Name
    title: Line
    reason: Text = ""
    owner: Name | None = None


class WaiverTerms(Record, frozen=True, kw_only=True):
    """On what terms exceptions from a guardrail are granted, and by which role."""

    max_days: Annotated[int, Meta(ge=1, le=366)] = 90
    approver: Name | None = None


class Guardrail(Record, frozen=True, kw_only=True):
    """One machine-checked rule: where `when` holds, `must` has to hold.

    rests_on: the architecture decision records that led to it. owner: the role
    that answers for it and, unless `waiver` names another, grants exceptions; a
    veto is lifted by its owner alone. starts, ends: the days on which it begins
    and ceases to hold. binds: the day from which its level counts; before that it
    only advises. harm: whom a veto protects. duty: what whoever it applies to
    takes on with a yes. sources: the published texts that it rests on.
    controls: those of a catalogue that it works towards.
    """

    kind: ClassVar[str] = "guardrails"
    longest: ClassVar[int] = MOST_LISTED
    most_text: ClassVar[int] = 50_000

    id: Name
    title: Line
    version: Annotated[int, Meta(ge=1)] = 1
    level: Severity
    phase: Phase = "enforced"
    principle: Name
    rests_on: tuple[Name, ...] = ()
    owner: Name
    reason: Text = ""
    remedy: Text = ""
    duty: Line = ""
    harm: Harm | None = None
    starts: date | None = None
    binds: date | None = None
    ends: date | None = None
    params: Mapping[Name, Scalar] = {}
    waiver: WaiverTerms | None = None
    sources: Annotated[tuple[Citation, ...], Meta(max_length=20)] = ()
    controls: tuple[Name, ...] = ()
    when: Annotated[tuple[Clause, ...], Meta(max_length=20)] = ()
    must: Annotated[tuple[Clause, ...], Meta(min_length=1, max_length=20)]

    def __post_init__(self) -> None:
        """Refuse a veto that does not say whom it protects, and dates out of order."""
        if self.level == "veto" and self.harm is None:
            raise InputError(
                f"{self.id} is a veto and names no harm.",
                do="Give `harm`: customers, employees or business.",
                where=Where(path="level"),
            )
        if self.binds is not None:
            self._refuse_binding()

    def _refuse_binding(self) -> None:
        """Refuse a day to bind from on which it could not."""
        if self.level == "advise":
            raise InputError(
                f"{self.id} advises and binds from {self.binds}.",
                do="Give the level that it is to have then, must or veto, or no day.",
                where=Where(path="level"),
            )
        if self.starts and self.binds and self.binds < self.starts:
            raise InputError(
                f"{self.id} binds from {self.binds}, before it starts.",
                do=f"Give `binds` a day from {self.starts} on.",
                where=Where(path="binds"),
            )
        if self.ends and self.binds and self.binds >= self.ends:
            raise InputError(
                f"{self.id} binds from {self.binds}, when it has ended.",
                do=f"Give `binds` a day before {self.ends}.",
                where=Where(path="binds"),
            )


class Cover(Record, frozen=True, kw_only=True):
    """What a waiver covers: a path, and if given one value of it alone.

    value: the offending value as the decision told it; `missing` is a value.
    """

    path: Line
    value: Line | None = None


class Waiver(Record, frozen=True, kw_only=True):
    """A dated exception from one version of one guardrail for one subject.

    The subject is a mission and, if given, one of its assets. An empty `covers`
    covers all that offends. Its state is told from these fields and the clock.
    """

    kind: ClassVar[str] = "waivers"

    id: Name
    guardrail: Name
    version: Annotated[int, Meta(ge=1)]
    mission: Name
    asset: Name | None = None
    covers: tuple[Cover, ...] = ()
    reason: Text
    measure: Text = ""
    asked_by: Name
    asked_at: datetime
    starts: datetime
    until: datetime
    granted_by: Name | None = None
    granted_at: datetime | None = None
    refused_by: Name | None = None
    refused_at: datetime | None = None
    revoked_by: Name | None = None
    revoked_at: datetime | None = None
    ended_because: Text = ""
    renews: Name | None = None
    decision: int | None = None

    def __post_init__(self) -> None:
        """Refuse times without a zone or order, and a grant by who asked."""
        times = [self.asked_at, self.starts, self.until, self.granted_at]
        times += [self.refused_at, self.revoked_at]
        if any(t is not None and t.tzinfo is None for t in times):
            raise InputError(
                f"A time of waiver {self.id} has no zone.",
                do="Write times in UTC: 2026-11-21T09:00:00Z.",
            )
        if self.until <= self.starts:
            raise InputError(
                f"Waiver {self.id} ends before it starts.",
                do="Give an end after the start.",
            )
        if self.granted_by is not None and self.granted_by == self.asked_by:
            raise InputError(
                f"Waiver {self.id} is granted by who asked for it.",
                do="Have it granted by another holder of the role.",
            )


class WaiverState(Record, frozen=True, kw_only=True):
    """How a waiver stands at an instant, and why: only a live one counts."""

    state: WaiverWord
    why: Line = ""


class WaiverUse(Record, frozen=True, kw_only=True):
    """Whether a waiver is still used, found by judging with it and without it.

    needed: without it something would be refused. idle: nothing offends any
    more. drifted: something offends, and not with a value that it covers.
    """

    waiver: Name
    use: Literal["needed", "idle", "drifted"]
    why: Line = ""
