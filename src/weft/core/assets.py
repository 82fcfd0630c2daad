"""What the firm runs, and what partners supply on which terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from weft.core.records import Record
from weft.core.scalars import Amount, Line, Name, Text
from weft.core.vocabulary import Value

AssetType = Literal[
    "service",
    "application",
    "low-code-app",
    "data-product",
    "saas",
    "infrastructure",
    "feature",
    "area",
]


class Asset(Record, frozen=True, kw_only=True):
    """Something the firm runs, owned by one mission or still by a unit.

    keepers: the people who can look after it. needs: the skills that takes.
    properties: facts in the firm's own vocabulary, which guardrails read.
    delivered_from: its repositories and services, as the tools that deliver it say.
    """

    kind: ClassVar[str] = "assets"

    id: Name
    title: Line
    type: AssetType = "service"
    mission: Name | None = None
    unit: Name | None = None
    keepers: tuple[Name, ...] = ()
    needs: tuple[Name, ...] = ()
    depends_on: tuple[Name, ...] = ()
    supplier: Name | None = None
    yearly_cost: Amount | None = None
    summary: Text = ""
    properties: Mapping[Name, Value] = {}
    delivered_from: tuple[Line, ...] = ()
    source_id: Line = ""


class Contract(Record, frozen=True, kw_only=True):
    """What a partner supplies, to which missions, on which terms."""

    kind: ClassVar[str] = "contracts"

    id: Name
    title: Line
    partner: Name
    missions: tuple[Name, ...] = ()
    yearly_cost: Amount | None = None
    start: date | None = None
    end: date | None = None
    notice_days: int | None = None
