"""A strategic plan or performance report: vision, mission, values, goals, indicators.

The records are the elements of StratML, Part 1 and Part 2, and their fields what these
hold, in the order that the standard asks for. A text is None where its element is
absent and empty where the element is: who wrote the plan gets it back as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.outcomes.metric import Stage
from weft.core.planning.measures import Measure
from weft.core.records import Record
from weft.core.scalars import Name
from weft.errors import InputError, Where

Words = Annotated[str, Meta(max_length=200_000)]
Text = Words | None


class Beside(Record, frozen=True, kw_only=True):
    """What a document holds that has no place here, kept to be written back.

    at: before which child of its element, counted from 0. xml: as it stood there.
    """

    at: Annotated[int, Meta(ge=0)]
    xml: Words


class Element(Record, frozen=True, kw_only=True):
    """Base of all parts of a plan, with what of it has no place here."""

    attributes: Mapping[str, Words] = {}
    beside: tuple[Beside, ...] = ()


class StakeholderRole(Element, frozen=True, kw_only=True):
    """What a stakeholder has to do with it."""

    name: Text = None
    description: Text = None
    types: tuple[Words, ...] = ()


class Stakeholder(Element, frozen=True, kw_only=True):
    """Somebody with a stake in it.

    profile: where all else is that is told of a person, so that it can be erased; the
    other fields are absent then.
    """

    type: Literal["Person", "Organization", "Generic_Group"] | None = None
    profile: Name | None = None
    name: Text = None
    description: Text = None
    roles: tuple[StakeholderRole, ...] = ()


class Organization(Element, frozen=True, kw_only=True):
    """Whose plan it is."""

    name: Text = None
    acronym: Text = None
    identifier: Text = None
    description: Text = None
    stakeholders: tuple[Stakeholder, ...] = ()


class Statement(Element, frozen=True, kw_only=True):
    """A vision or a mission, in the plan's sense of the word."""

    description: Text = None
    identifier: Text = None


class Value(Element, frozen=True, kw_only=True):
    """What the organisation holds dear."""

    name: Text = None
    description: Text = None


class Descriptor(Element, frozen=True, kw_only=True):
    """A result that is a word, not a number."""

    name: Text = None
    value: Text = None


class Result(Element, frozen=True, kw_only=True):
    """What is to be reached, or was, between two days."""

    start: Text = None
    end: Text = None
    units: Text = None
    descriptor: Descriptor | None = None
    description: Text = None


class Place(Element, frozen=True, kw_only=True):
    """Where it was measured."""

    name: Text = None
    identifier: Text = None


class Measurement(Element, frozen=True, kw_only=True):
    """Targets, and what came of them."""

    place: Place | None = None
    targets: tuple[Result, ...] = ()
    actuals: tuple[Result, ...] = ()


class Relationship(Element, frozen=True, kw_only=True):
    """How an indicator stands to others."""

    type: Literal["Broader_Than", "Peer_To", "Narrower_Than"] | None = None
    identifier: Text = None
    referents: tuple[Words, ...] = ()
    name: Text = None
    description: Text = None


class Indicator(Element, frozen=True, kw_only=True):
    """A performance indicator: what is measured, in which unit, with its results."""

    stage: Stage | None = None
    type: Literal["Quantitative", "Qualitative"] | None = None
    sequence: Text = None
    dimension: Text = None
    unit: Text = None
    identifier: Text = None
    relationships: tuple[Relationship, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    other: Text = None


class Objective(Element, frozen=True, kw_only=True):
    """A part of a goal.

    measures: figures of Weft that tell how it stands. missions: those that pursue it.
    """

    name: Text = None
    description: Text = None
    identifier: Text = None
    sequence: Text = None
    stakeholders: tuple[Stakeholder, ...] = ()
    other: Text = None
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()
    missions: tuple[Name, ...] = ()


class Goal(Element, frozen=True, kw_only=True):
    """Something that the organisation sets out to do.

    measures: figures of Weft that tell how it stands. missions: those that pursue it.
    """

    name: Text = None
    description: Text = None
    identifier: Text = None
    sequence: Text = None
    stakeholders: tuple[Stakeholder, ...] = ()
    other: Text = None
    objectives: tuple[Objective, ...] = ()
    measures: tuple[Measure, ...] = ()
    missions: tuple[Name, ...] = ()


class Core(Element, frozen=True, kw_only=True):
    """What a plan is about."""

    organizations: tuple[Organization, ...] = ()
    vision: Statement | None = None
    mission: Statement | None = None
    values: tuple[Value, ...] = ()
    goals: tuple[Goal, ...] = ()


class Contact(Element, frozen=True, kw_only=True):
    """Who handed the document in.

    profile: where all that is told of them is, so that it can be erased.
    """

    profile: Name | None = None
    given_name: Text = None
    surname: Text = None
    phone: Text = None
    email: Text = None


class Administrative(Element, frozen=True, kw_only=True):
    """From when to when a plan holds, when it came out and where it is from."""

    identifier: Text = None
    start: Text = None
    end: Text = None
    published: Text = None
    source: Text = None
    submitter: Contact | None = None


class Form(Record, frozen=True, kw_only=True):
    """How the document was written, so that it can be written so again.

    namespaces: by prefix; the empty one is the default. indent: what a level is set in
    by; None where it stood on one line. prolog, epilog: what stood around it.
    """

    part: Literal[1, 2] = 2
    namespaces: Mapping[str, Words] = {}
    indent: Words | None = "  "
    prolog: tuple[Words, ...] = ()
    epilog: tuple[Words, ...] = ()


class Sought(Record, frozen=True, kw_only=True):
    """What one of the firm's own figures is to be, in its unit, and until when."""

    measure: Measure
    value: float
    by: date


class Plan(Element, frozen=True, kw_only=True):
    """A strategic plan, performance plan or performance report.

    sought: what figures of Weft are to be; at most one target for each.
    """

    kind: ClassVar[str] = "plans"

    id: Name
    type: Words = ""
    name: Text = None
    description: Text = None
    other: Text = None
    core: Core
    administrative: Administrative | None = None
    submitter: Contact | None = None
    form: Form = Form()
    sought: tuple[Sought, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two targets for one figure."""
        twice = [m for m, n in Counter(s.measure for s in self.sought).items() if n > 1]
        if twice:
            raise InputError(
                f"The plan has several targets for {twice[0]}.",
                do="Keep one: what it is to be, and by which day.",
                where=Where(path="sought"),
            )

    def target(self, measure: Measure) -> Sought | None:
        """Give what a figure is to be; none where nobody said."""
        return next((s for s in self.sought if s.measure == measure), None)

    @property
    def title(self) -> str:
        """What the plan calls itself, on one line."""
        return " ".join((self.name or self.id).split())[:400]
