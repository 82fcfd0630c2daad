"""Which mission a cloud charge belongs to: the rules by which the firm tells."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.errors import InputError


class CostRule(Record, frozen=True, kw_only=True):
    """Charges that look so belong to this mission; the rule of the lowest rank wins.

    All that is given must hold: the provider, the service, the id of the sub-account,
    the value of a tag. Letters count the same in upper and lower case, and blanks at
    the ends do not count. mission: None where the value of the tag is the mission's id;
    a rule that has a value and no mission maps nothing.
    """

    kind: ClassVar[str] = "cost_rules"

    id: Name
    rank: Annotated[int, Meta(ge=1, le=10_000)] = 100
    provider: Line = ""
    service: Line = ""
    sub_account: Line = ""
    tag: Line = ""
    value: Line = ""
    mission: Name | None = None
    why: Line = ""

    def __post_init__(self) -> None:
        """Refuse a rule that tells nothing, or nobody."""
        if not (self.provider or self.service or self.sub_account or self.tag):
            raise InputError(
                f"The rule {self.id} does not say which charges it is about.",
                do="Give a provider, a service, a sub-account or a tag.",
            )
        if self.value and not self.tag:
            raise InputError(
                f"The rule {self.id} has a value and no tag.",
                do="Name the tag whose value it is.",
            )
