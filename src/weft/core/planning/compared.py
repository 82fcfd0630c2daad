"""A comparison of operating models on record: all that it came from, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from weft.core.facts.fact import Fact
from weft.core.scalars import Line, Name, Text


class Compared(Fact, frozen=True, kw_only=True):
    """One comparison that was made, with all that is needed to make it again.

    id: of what was asked; the same ask has the same one. at: when it was made. seq: the
    entry after which the firm was looked at. setting: the firm as every model found it,
    and models: each as it was then, in order; both as JSON. names: of the models.
    move: for a firm that moves from the first model to the second, how it does, as
    JSON; empty where models are compared. versions: of what worked it out. digest:
    SHA-256 of the report, in hexadecimal. verdict: its sentence.
    """

    kind: ClassVar[str] = "comparisons"
    noun: ClassVar[str] = "comparison"

    id: Line
    at: datetime
    seq: int
    draft: Line = ""
    setting: str
    names: tuple[Name, ...]
    models: tuple[str, ...]
    seed: int
    runs: int
    years: float
    base: str
    deep: bool
    move: str = ""
    versions: Mapping[str, str]
    digest: str
    verdict: Text

    @property
    def key(self) -> str:
        """Give what no two share: what was asked, and what worked it out."""
        made = (f"{name} {version}" for name, version in sorted(self.versions.items()))
        return ", ".join((self.id, *made))

    @property
    def subject(self) -> str:
        """Give what was asked."""
        return self.id

    @property
    def when(self) -> str:
        """Give when it was made."""
        return self.at.isoformat()


class ComparedReport(Fact, frozen=True, kw_only=True):
    """The report of a comparison, as JSON: what its digest is of."""

    kind: ClassVar[str] = "comparison_reports"
    noun: ClassVar[str] = "report of a comparison"

    digest: Line
    at: datetime
    report: str

    @property
    def key(self) -> str:
        """Give its digest: equal reports are one."""
        return self.digest

    @property
    def subject(self) -> str:
        """Give its digest, by which a comparison names it."""
        return self.digest

    @property
    def when(self) -> str:
        """Give when it was made."""
        return self.at.isoformat()
