"""Read an operating model from TOML, and write one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from weft.core.records import read
from weft.core.sources import Source
from weft.engines.simulation.models import KNOWN, Model
from weft.errors import InputError, UnknownName, Where
from weft.interop.toml import read_toml

_LIBRARY: Final = files("weft.interop.models").joinpath("library")
_BEGIN: Final = "Begin from one of the library: weft models show lean --text."
_HEAD: Final = ("id", "title", "summary", "source", "based_on", "shape")


@cache
def library() -> Mapping[str, Model]:
    """Give the models that come with Weft, whole, by name."""
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in _LIBRARY.iterdir()
        if file.name.endswith(".toml")
    }
    said = {
        name: _parsed(read_toml(text, f"{name}.toml", do=_BEGIN))
        for name, text in texts.items()
    }
    return {name: _whole(said[name], said) for name in sorted(said)}


def library_text(name: str) -> str:
    """Give a model of the library as it is written, to start one's own from."""
    if name not in library():
        raise UnknownName("operating model", name, library())
    return _LIBRARY.joinpath(f"{name}.toml").read_text(encoding="utf-8")


def read_model(text: str, name: str) -> Model:
    """Read a model of one's own, which may build on one of the library."""
    found = read_toml(text, name, do=_BEGIN)
    return _whole(_parsed(found), library(), found.where(("based_on",)))


def write_model(model: Model) -> str:
    """Write a model as text that reads back to the same."""
    lines = [
        f"{field} = {_quoted(str(value))}"
        for field in _HEAD
        if (value := getattr(model, field))
    ]
    lines += ["", "[parameters]"]
    for name in KNOWN:
        found = model.parameters.get(name)
        if found is not None:
            parts = [f"value = {found.value:g}", f"unit = {_quoted(found.unit)}"]
            ends = {"low": found.low, "high": found.high}
            parts += [f"{end} = {x:g}" for end, x in ends.items() if x is not None]
            parts.append(f"source = {_quoted(found.source)}")
            lines.append(f"{name} = {{ {', '.join(parts)} }}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _parsed(found: Source) -> Model:
    try:
        return read(Model, found.plain, found)
    except InputError as error:
        error.move(found.located)
        raise


def _whole(
    model: Model, known: Mapping[str, Model], where: Where | None = None
) -> Model:
    """Give a model with all that it takes from those it is based on, said at a place.

    Raises UnknownName for one that there is not, or that is based on itself.
    """
    seen = {model.id}
    while model.based_on is not None:
        base = known.get(model.based_on)
        if base is None or base.id in seen:
            raise UnknownName("operating model", model.based_on, known, where)
        seen.add(base.id)
        model = model.on(base)
    return model
