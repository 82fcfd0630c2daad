"""The ready sets, read from the texts beside this file, with the words they need."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

from msgspec.structs import replace

from weft.core.guardrails import Guardrail
from weft.core.records import Record, read
from weft.core.vocabulary import Act
from weft.errors import NotFound
from weft.interop.yaml import read_yaml
from weft.ready.texts import Common, ReadySet, Situation, Written
from weft.ready.walking import asked, constants, leaves, lists, named_set

NAMES: Final = (
    "security-protocols",
    "programming-languages",
    "architecture-blueprint",
    "data-residency-and-contracts",
    "low-code-apps",
    "vendor-adoption",
)
_COMMON: Final = "common"
_HERE = files("weft.ready") / "written"
R = TypeVar("R", bound=Record)


def ready_sets() -> tuple[ReadySet, ...]:
    """Give every ready set."""
    return tuple(map(ready_set, NAMES))


@cache
def ready_set(name: str) -> ReadySet:
    """Find a ready set, with the roles, acts, words and sets that it needs."""
    if name not in NAMES:
        raise NotFound("ready set", name, NAMES)
    told, common = _read(Written, name), _read(Common, _COMMON)
    words = _words(told, common)
    named = {named_set(leaf) for g in told.guardrails for leaf in leaves(g)}
    answering = {p.owner for p in told.principles}
    answering |= {guardrail.owner for guardrail in told.guardrails}
    return ReadySet(
        id=name,
        title=told.title,
        summary=told.summary,
        why=told.why,
        roles=tuple(r for r in common.roles if r.id in answering),
        acts=tuple(_acts(told, common)),
        vocabulary=tuple(p for p in common.vocabulary if p.id in words),
        sets=tuple(s for s in common.sets if s.id in named),
        principles=told.principles,
        guardrails=told.guardrails,
        controls=told.controls,
        situations=tuple(_spelt_out(told.situations)),
    )


def _read(kind: type[R], name: str) -> R:
    """Read one of the texts."""
    file = f"{name}.yaml"
    source = read_yaml((_HERE / file).read_text("utf-8"), file)
    return read(kind, source.plain, source)


def _words(told: Written, common: Common) -> Collection[str]:
    """Name the properties that the guardrails read, and the fields of their lists."""
    names = {str(leaf.path) for g in told.guardrails for leaf in leaves(g)}
    names |= {name for g in told.guardrails for name in lists(g)}
    for prop in common.vocabulary:
        if prop.id in names:
            names |= {*prop.fields}
    return names


def _acts(told: Written, common: Common) -> Iterator[Act]:
    """Give the acts that the guardrails are about, each with what has to be told."""
    for act in common.acts:
        about = [g for g in told.guardrails if act.id in _acts_of(g)]
        names = {name for g in about for name in asked((*g.when, *g.must))}
        if about:
            asks = tuple(p.id for p in common.vocabulary if p.id in names)
            yield replace(act, asks=asks)


def _acts_of(guardrail: Guardrail) -> set[str]:
    """Name the acts that a guardrail is about."""
    about = (leaf for leaf in leaves(guardrail) if leaf.path == "act")
    return {str(name) for leaf in about for name in constants(guardrail, leaf)}


def _spelt_out(situations: tuple[Situation, ...]) -> Iterator[Situation]:
    """Give the situations with all that each takes over from another."""
    known = {s.id: s for s in situations if s.id}
    for each in situations:
        base = known[each.like] if each.like else each
        told = {**base.properties, **each.properties}
        for name in each.unknown:
            told.pop(name)
        yield replace(each, act=each.act or base.act, properties=told)
