"""Missions: long-lived teams that own one outcome, and who sits in them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.outcomes.outcome import Outcome
from weft.core.records import Record
from weft.core.scalars import Amount, Level, Line, Month, Name, Percent, Text, Zone

MissionType = Literal["stream-aligned", "platform", "enabling", "complicated-subsystem"]


class Mission(Record, frozen=True, kw_only=True):
    """A long-lived team of business and technology people that owns one outcome.

    from_units: the boxes of the org chart whose work it took in.
    capabilities: what others can count on it for; a platform has them. weight: what it
    costs the firm to leave a need of it open, in hundredths of what that time costs.
    most_people: so many sit in it at once, at most. zone, zone_hours: the time zone its
    day goes by, and how many hours from it others may work who are to sit in it; with
    no zone, any.
    """

    kind: ClassVar[str] = "missions"

    id: Name
    title: Line
    type: MissionType = "stream-aligned"
    purpose: Text = ""
    customer: Line = ""
    outcome: Outcome | None = None
    capabilities: tuple[Line, ...] = ()
    from_units: tuple[Name, ...] = ()
    since: date | None = None
    weight: Annotated[int, Meta(ge=1, le=1000)] = 100
    most_people: Annotated[int, Meta(ge=1, le=1000)] | None = None
    zone: Zone = ""
    zone_hours: Annotated[int, Meta(ge=0, le=12)] = 3
    source_id: Line = ""


class Mandate(Record, frozen=True, kw_only=True):
    """What a mission may decide alone; holds once both leads have signed it.

    limit: the most that one request may spend. acts: what it may ask for; empty
    for all. signed_by: who signed this version; a change of the mandate voids it.
    """

    kind: ClassVar[str] = "mandates"

    mission: Name
    business_lead: Name | None = None
    technology_lead: Name | None = None
    limit: Amount | None = None
    acts: tuple[Name, ...] = ()
    version: Annotated[int, Meta(ge=1)] = 1
    signed_by: tuple[Name, ...] = ()

    @property
    def key(self) -> str:
        """One mandate for each mission."""
        return self.mission

    @property
    def holds(self) -> bool:
        """Both leads are there and both have signed."""
        leads = {self.business_lead, self.technology_lead}
        return None not in leads and leads <= set(self.signed_by)


class Seat(Record, frozen=True, kw_only=True, gc=False):
    """A share of one person on a mission, from a month until another or for good."""

    kind: ClassVar[str] = "seats"

    person: Name
    mission: Name
    share: Percent = 100
    start: Month
    end: Month | None = None
    part: Line = ""

    @property
    def key(self) -> str:
        """A person can come back to a mission in another month."""
        return f"{self.person}:{self.mission}:{self.start}"

    def held_in(self, month: Month) -> bool:
        """Tell whether the seat is taken in a month, its ends included."""
        return self.start <= month and (self.end is None or month <= self.end)


class Need(Record, frozen=True, kw_only=True):
    """What a mission wants in a month, or until another: so much of a skill.

    Needs tell all that a mission wants, what its people do today included; those of
    one skill and level that overlap add up. Where it states none for a month, its
    seats stay as they are.
    """

    kind: ClassVar[str] = "needs"

    mission: Name
    skill: Name
    level: Level = 3
    share: Annotated[int, Meta(ge=1, le=10000, description="hundredths of a person")]
    month: Month
    until: Month | None = None

    @property
    def key(self) -> str:
        """One need for each mission, skill, level and month in which one begins."""
        return f"{self.mission}:{self.skill}:{self.level}:{self.month}"

    def wanted_in(self, month: Month) -> bool:
        """Tell whether it is wanted in a month, its ends included."""
        return self.month <= month <= (self.until or self.month)
