"""What a ready set is made of: the records of a framework, and situations to try it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weft.core.guardrails import Guardrail, Principle
from weft.core.records import Record
from weft.core.requests import Verdict
from weft.core.roles import Role
from weft.core.scalars import Line, Name, Text
from weft.core.vocabulary import Act, NamedSet, Property, Value


class Situation(Record, frozen=True, kw_only=True):
    """Something a team may ask, with the answer that the set gives to it.

    like: the situation that it is the same as, but for what is told here. unknown:
    what nobody knows in it. because: the guardrails that say no. advice: those that
    only advise against it.
    """

    id: Name | None = None
    title: Line
    like: Name | None = None
    act: Name | None = None
    properties: Mapping[Name, Value] = {}
    unknown: tuple[Name, ...] = ()
    answer: Verdict
    because: tuple[Name, ...] = ()
    advice: tuple[Name, ...] = ()


class Common(Record, frozen=True, kw_only=True):
    """The words that the ready sets share."""

    roles: tuple[Role, ...]
    acts: tuple[Act, ...]
    vocabulary: tuple[Property, ...]
    sets: tuple[NamedSet, ...]


class Written(Record, frozen=True, kw_only=True):
    """A ready set as it is written: its own records, without the common words.

    controls: for a guardrail, the controls of NIST SP 800-53 that it works towards.
    """

    title: Line
    summary: Text
    why: Text
    principles: tuple[Principle, ...]
    guardrails: tuple[Guardrail, ...]
    controls: Mapping[Name, tuple[Name, ...]] = {}
    situations: tuple[Situation, ...]


class ReadySet(Record, frozen=True, kw_only=True):
    """A ready set with every word that its guardrails need, and nothing else."""

    id: Name
    title: Line
    summary: Text
    why: Text
    roles: tuple[Role, ...]
    acts: tuple[Act, ...]
    vocabulary: tuple[Property, ...]
    sets: tuple[NamedSet, ...]
    principles: tuple[Principle, ...]
    guardrails: tuple[Guardrail, ...]
    controls: Mapping[Name, tuple[Name, ...]]
    situations: tuple[Situation, ...]

    def records(self) -> Iterator[Record]:
        """Give its records in the order in which they build on another."""
        for part in (self.roles, self.acts, self.vocabulary, self.sets):
            yield from part
        yield from self.principles
        yield from self.guardrails
