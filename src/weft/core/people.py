"""People and the boxes and firms they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.rounds.rules import RoundRules
from weft.core.scalars import Line, Name, Percent, Zone
from weft.errors import InputError

WHOLE = 100


class About(Record, frozen=True, kw_only=True):
    """The firm itself, in one record.

    challenge_days: within so many days the owner of a guardrail answers an objection.
    rounds: how it wants its monthly rounds of seats.
    """

    kind: ClassVar[str] = "about"

    id: Name
    title: Line
    summary: Line = ""
    currency: str = "EUR"
    model: Literal["partnership", "bimodal", "platform", "pervasive", ""] = ""
    invented: bool = False
    challenge_days: Annotated[int, Meta(ge=1, le=90)] = 14
    rounds: RoundRules = RoundRules()


class Unit(Record, frozen=True, kw_only=True):
    """A box of the org chart: the starting point, not the destination.

    it_box: somebody said that it is an IT box, or that it is none; empty where
    Weft is to find out.
    """

    kind: ClassVar[str] = "units"

    id: Name
    title: Line
    parent: Name | None = None
    head: Name | None = None
    cost_centre: Line = ""
    it_box: bool | None = None


class Partner(Record, frozen=True, kw_only=True):
    """Another organisation in the network, whose people may sit in missions."""

    kind: ClassVar[str] = "partners"

    id: Name
    title: Line
    type: Literal["vendor", "supplier", "consultancy", "platform", "other"] = "vendor"
    summary: Line = ""


class Post(Record, frozen=True, kw_only=True):
    """A further post that one person holds beside the main one.

    source_id: the post in the source it came from. reports_to: the post there
    that it reports to, which may be another of the same person.
    """

    title: Line
    unit: Name | None = None
    manager: Name | None = None
    source_id: Line = ""
    reports_to: Line = ""


class Person(Record, frozen=True, kw_only=True, gc=False):
    """Somebody who works in or with the firm, known here by id alone.

    The name, the e-mail and all else that is personal is in Profile, which can
    be erased. partner: the employer, where that is not the firm itself.
    disciplines: shares of the role that add to 100; empty where not known, and
    then told from the title by those who need it, and shown as such. source_id,
    post: the person and the main post in the source they came from. reports_to:
    the post there that it reports to, as a manager may hold several. capacity: the
    share of a full-time month that the person works, in hundredths. zone: the time zone
    that the person's working day goes by.
    """

    kind: ClassVar[str] = "people"

    id: Name
    unit: Name | None = None
    title: Line = ""
    manager: Name | None = None
    partner: Name | None = None
    disciplines: Mapping[Name, Percent] = {}
    location: Line = ""
    zone: Zone = ""
    capacity: Percent = 100
    posts: tuple[Post, ...] = ()
    source_id: Line = ""
    post: Line = ""
    reports_to: Line = ""

    def __post_init__(self) -> None:
        """Refuse shares that do not make one whole role."""
        total = sum(self.disciplines.values())
        if self.disciplines and total != WHOLE:
            raise InputError(
                f"The disciplines of {self.id} add up to {total}, not 100.",
                do="Give each discipline its share of the role, 100 in all.",
            )


class Profile(Record, frozen=True, kw_only=True, gc=False):
    """What is personal about a person: kept apart from the journal, erasable.

    told: what a document says of a person whom it names, as JSON of that part of it.
    """

    kind: ClassVar[str] = "profiles"

    id: Name
    name: Line
    email: Line = ""
    told: Annotated[str, Meta(max_length=500_000)] = ""
