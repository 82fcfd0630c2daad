"""A fact: one thing that was so at an instant, brought in with many others.

Readings, deliveries, lines of a bill: they come in bulk, so the firm in memory does not
hold them, and no entry spells them out. The entry that brought a batch says how many
there were and what their digest is; `weft verify` compares.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import msgspec

from weft.core.records import Record


class Fact(Record, frozen=True, kw_only=True):
    """Base of all kinds of facts; each says what it is about and when it was so.

    noun: what one is called in a sentence. final: another never takes its place.
    """

    noun: ClassVar[str] = "fact"
    final: ClassVar[bool] = False

    @property
    def key(self) -> str:
        """Give what no two facts of the kind share; empty where any may come twice.

        What a repeat is known by: the identifier that its sender gave it, or what it
        is about and when.
        """
        return ""

    @property
    @abstractmethod
    def subject(self) -> str:
        """Give what it is about, by which it is looked up: the id of a metric."""

    @property
    @abstractmethod
    def when(self) -> str:
        """Give the day or the instant in UTC, so written that later is greater."""


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry says of the facts of one kind that it brought.

    count: how many were new. digest: SHA-256 over them, in hexadecimal. repeats: how
    many were there already, word for word, and were not kept twice.
    """

    kind: str
    count: int
    digest: str
    repeats: int = 0
