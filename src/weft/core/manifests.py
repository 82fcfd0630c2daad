"""A thing as its mission describes it, in a file beside its code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from weft.core.assets import AssetType
from weft.core.records import Record
from weft.core.requests import Finding, Question, Verdict, WayOut
from weft.core.scalars import Line, Name
from weft.core.sources import Source
from weft.core.vocabulary import Value


class Manifest(Record, frozen=True, kw_only=True):
    """What a mission wants to put into service, in the firm's own vocabulary.

    It says all that there is to say of the thing: of an asset that the firm has, only
    what is given counts beside it. act: what the mission asks for with it. asset: the
    id under which the firm has it, or will have it; waivers are found by it.
    """

    mission: Name
    act: Name = "deploy"
    asset: Name | None = None
    type: AssetType = "service"
    title: Line = ""
    properties: Mapping[Name, Value] = {}


class Checked(Record, frozen=True, kw_only=True):
    """What the guardrails say of a manifest; nothing of it is kept.

    file: that it came from. firm: the sequence of the firm; 0 where it came from a
    folder. guardrails: the digest of all that it was judged by. findings, ways,
    no_way, questions: as in an answer.
    """

    file: str = ""
    mission: str
    act: str
    asset: str | None = None
    at: datetime
    firm: int
    guardrails: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    ways: tuple[WayOut, ...] = ()
    no_way: str = ""
    questions: tuple[Question, ...] = ()


_BESIDE = {
    "act": "act",
    "asset": "asset",
    "asset.type": "type",
    "mission": "mission",
    "mission.type": "mission",
    "mandate": "mission",
    "mandate.limit": "mission",
}
"""Where a manifest says what is no property of the thing."""


def place_of(source: Source, fact: str) -> tuple[int, int]:
    """Give the line and column of a fact in a manifest, or of what would hold it."""
    path = source.find(_BESIDE.get(fact, f"properties.{fact}"))
    return source.where(path).line or 1, source.column(path) or 1
