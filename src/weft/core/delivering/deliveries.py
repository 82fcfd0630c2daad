"""Deliveries: what the tools report of changes, deployments and incidents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar, Literal

from weft.core.facts.fact import Fact
from weft.core.scalars import Line, Name
from weft.errors import InputError, Where

Happened = Literal["change", "deployment", "incident", "restored"]
Format = Literal["cdevents", "github", "gitlab"]
"""In whose words a tool reports."""


class Delivery(Fact, frozen=True, kw_only=True, gc=False):
    """Something that happened to what the firm delivers, as a tool reported it.

    id: made of what happened, so that it comes once however often it is reported.
    of: the service or repository, in the tool's own words; assets say whose it is.
    at: when it happened, in UTC; for a change, when it landed in the main branch.
    since: when a change was written; where that is not told, it is when it landed.
    revision: the change itself, what was deployed, or what an incident is blamed on.
    environment: where it was deployed. live: it is the one that customers meet.
    worked: the deployment came through. incident: which one began or ended.
    """

    kind: ClassVar[str] = "deliveries"
    noun: ClassVar[str] = "delivery"

    id: Line
    source: Name
    what: Happened
    of: Line
    at: datetime
    since: datetime | None = None
    revision: Line = ""
    environment: Line = ""
    live: bool = True
    worked: bool = True
    incident: Line = ""

    @property
    def key(self) -> str:
        """Give what a repeat is known by; another tool may report the same."""
        return f"{self.source} {self.id} {self.when}"

    @property
    def subject(self) -> str:
        """It is about its service or repository, whatever its capitals."""
        return self.of.lower()

    @property
    def when(self) -> str:
        """It happened at its instant."""
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"

    def __post_init__(self) -> None:
        """Refuse times without a zone, which could be any."""
        if any(t is not None and t.tzinfo is None for t in (self.at, self.since)):
            raise InputError(
                "A time of the delivery has no zone.",
                do="Write times in UTC: 2026-11-28T09:00:00Z.",
                where=Where(path="at"),
            )
