"""What to try first in the example firms, with the answers expected of them."""

from __future__ import annotations

from weft.core.records import Record, read
from weft.core.requests import Request, Verdict
from weft.core.scalars import Line, Name, Text
from weft.examples.texts import toml


class Tour(Record, frozen=True, kw_only=True):
    """A question to ask of a firm as its story leaves it, and what comes of it.

    answer: the verdict. because: the guardrails that say no, in the order of their
    ids; `mandate` where it is the mission's own. then: what to look at, or to try.
    """

    id: Name
    title: Line
    request: Request
    answer: Verdict
    because: tuple[Name, ...] = ()
    then: Text


def tours(firm: str) -> tuple[Tour, ...]:
    """Give the tours of a firm, in the order in which they are best taken."""
    return tuple(read(Tour, plain) for plain in toml(f"{firm}/tours")["tour"])
