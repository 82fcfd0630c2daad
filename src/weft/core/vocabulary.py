"""The words in which a firm asks and rules: acts, properties, named sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.errors import InputError

Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]  # exact wherever JSON is read
Scalar = bool | Whole | Annotated[str, Meta(max_length=4000)]
Element = Mapping[Name, Scalar | tuple[Scalar, ...]]
# One tuple: msgspec does not tell two kinds of list apart.
Value = Scalar | tuple[Scalar | Element, ...]

PropertyType = Literal[
    "bool",
    "enum",
    "rank",
    "int",
    "decimal",
    "money",
    "date",
    "text",
    "set",
    "list",
]


SPEND: Final = "spend"
"""The property that a mandate limits."""


class Act(Record, frozen=True, kw_only=True):
    """Something a mission may ask to do: adopt, deploy, buy ...

    asks: the properties that the page asks for, in order.
    """

    kind: ClassVar[str] = "acts"

    id: Name
    title: Line
    example: Line = ""
    asks: tuple[Name, ...] = ()


class Property(Record, frozen=True, kw_only=True):
    """One property of a thing that requests and assets have and guardrails read.

    values: for enum, set and (in rising order) rank. fields: for list, the
    names of the properties that each element has, which are properties too.
    lowest, highest: bounds of int, decimal and money, in `unit`; a money is in
    the whole currency named by `unit`. places: decimals of a decimal.
    role: a `choice` may be changed by who asks, a `fact` is true or not, what is
    `given` is neither asked nor changed. weight: how hard a choice is to change.
    open_to: what may be done to a list to turn a no into a yes.

    One name has a meaning of its own: `spend`, a money, is what the request will
    cost. The mandate of the mission limits it. It counts in one currency alone:
    an amount in another is never converted, and so never shown to be within.
    """

    kind: ClassVar[str] = "vocabulary"

    id: Name
    title: Line
    type: PropertyType
    help: Line = ""
    values: tuple[Name, ...] = ()
    labels: Mapping[Name, Line] = {}
    fields: tuple[Name, ...] = ()
    unit: Line = ""
    lowest: int | None = None
    highest: int | None = None
    places: Annotated[int, Meta(ge=0, le=6)] = 0
    role: Literal["choice", "fact", "given"] = "choice"
    weight: Annotated[int, Meta(ge=1, le=100)] = 1
    open_to: tuple[Literal["adding", "removing"], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a type without what it needs."""
        if self.type in {"enum", "rank", "set"} and not self.values:
            raise InputError(
                f"{self.id} is of type {self.type} and has no values.",
                do="List its values.",
            )
        if self.type == "list" and not self.fields:
            raise InputError(
                f"{self.id} is a list and has no fields.",
                do="Name the properties that each element has.",
            )


class NamedSet(Record, frozen=True, kw_only=True):
    """Values that several guardrails share: `@languages.strategic`."""

    kind: ClassVar[str] = "sets"

    id: Name
    title: Line = ""
    values: tuple[Scalar, ...]
