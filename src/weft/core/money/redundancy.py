"""The same thing bought or built twice, where the firm says that this is all right."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from weft.core.money.reckoning import known
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Name, minor


class Redundancy(Record, frozen=True, kw_only=True):
    """So much a year the firm is prepared to pay for having something more than once.

    id: of what is there twice, as `weft money redundancies` lists it. limit: what all
    but the dearest of them may cost in a year. accepted_by: the role that answers for
    it. until: then it is asked again.
    """

    kind: ClassVar[str] = "redundancies"

    id: Name
    limit: Amount
    accepted_by: Name
    until: date
    why: Line

    def __post_init__(self) -> None:
        """Refuse what is no money."""
        known(minor(self.limit)[1])
