"""What people ask of a round: where they would like to sit, and when they are away."""

from __future__ import annotations

from typing import ClassVar

from weft.core.records import Record
from weft.core.scalars import Month, Name, Percent


class Wish(Record, frozen=True, kw_only=True):
    """What a person would like of the rounds; nobody else reads or writes it.

    moves: may be asked to move; who may not keeps the seats there are. likes, leaves:
    missions that the person would like to sit in, or would rather not.
    """

    kind: ClassVar[str] = "wishes"

    person: Name
    moves: bool = True
    likes: tuple[Name, ...] = ()
    leaves: tuple[Name, ...] = ()

    @property
    def key(self) -> str:
        """One record of wishes for each person."""
        return self.person


class Absence(Record, frozen=True, kw_only=True, gc=False):
    """A person is away in a month, or until another; why is nobody's business.

    share: how much of their own time they are away, in hundredths.
    """

    kind: ClassVar[str] = "absences"

    person: Name
    month: Month
    until: Month | None = None
    share: Percent = 100

    @property
    def key(self) -> str:
        """One absence for each person and month in which one begins."""
        return f"{self.person}:{self.month}"

    def away_in(self, month: Month) -> bool:
        """Tell whether it covers a month, its ends included."""
        return self.month <= month <= (self.until or self.month)
