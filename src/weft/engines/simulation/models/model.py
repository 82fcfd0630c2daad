"""An operating model: how work is decided, handed over and done, in figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from msgspec.structs import replace

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text
from weft.engines.simulation.models.parameters import KNOWN, Parameter
from weft.errors import InputError, UnknownName, Where

Shape = Literal["pools", "missions"]
"""How people are grouped: by what they know, or by what they are there for."""


class Model(Record, frozen=True, kw_only=True):
    """A way of organising, as a small text: edit it, and compare it with another.

    source: where the way is described. based_on: a model of which it takes all that
    it does not say itself.
    """

    kind: ClassVar[str] = ""

    id: Name
    title: Line
    summary: Text = ""
    source: Line
    shape: Shape | None = None
    based_on: Name | None = None
    parameters: Mapping[Name, Parameter] = {}

    def __post_init__(self) -> None:
        """Refuse parameters that there are not, and values that cannot be."""
        for name, parameter in self.parameters.items():
            for what, do in _wrong(name, parameter):
                where = Where(path=f"parameters.{name}")
                raise InputError(f"{name}: {what}", do=do, where=where)

    def value(self, name: str) -> float:
        """Give what a parameter is, or what it is where nobody says."""
        found = self.parameters.get(name)
        return KNOWN[name].value if found is None else found.value

    def with_values(self, values: Mapping[str, float]) -> Model:
        """Give the model with other values."""
        told = dict(self.parameters)
        for name, value in values.items():
            if name not in KNOWN:
                raise InputError(
                    f"No parameter is called {name!r}.",
                    do=f"Use one of: {', '.join(KNOWN)}.",
                )
            old = told.get(name)
            source = "given" if old is None or not old.guessed else "illustrative"
            told[name] = Parameter(
                value=float(value), unit=KNOWN[name].unit, source=source
            )
        return replace(self, parameters=told)

    def on(self, base: Model) -> Model:
        """Give the model with what its base says, where it says nothing itself."""
        return replace(
            self,
            shape=self.shape or base.shape,
            based_on=base.based_on,
            parameters={**base.parameters, **self.parameters},
        )


def _wrong(name: str, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a parameter, and what to do."""
    known = KNOWN.get(name)
    if known is None:
        do = (
            f"{UnknownName('parameter', name, KNOWN).do} See: weft models show --every."
        )
        yield "there is no such parameter.", do
        return
    if parameter.unit != known.unit:
        yield f"its unit is {known.unit}.", f'Write unit = "{known.unit}".'
    low, high = parameter.low, parameter.high
    for value in (parameter.value, low, high):
        if value is not None and not known.least <= value <= known.most:
            yield (
                f"{value:g} is not from {known.least:g} to {known.most:g}.",
                f"It is the {known.unit} {known.means}: give one that can be.",
            )
    least = known.least if low is None else low
    if not least <= parameter.value <= (known.most if high is None else high):
        yield (
            f"{parameter.value:g} does not lie between its own low and high.",
            "Give low and high around the value: between which it may well lie.",
        )
