"""Who answers for what across the firm, and who is acting."""

from __future__ import annotations

from typing import ClassVar

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text


class Role(Record, frozen=True, kw_only=True):
    """A duty that some people hold for the whole firm, such as security.

    administers: holders may change the firm itself: load, import, drafts, roles.
    """

    kind: ClassVar[str] = "roles"

    id: Name
    title: Line
    summary: Text = ""
    holders: tuple[Name, ...] = ()
    administers: bool = False


class Actor(Record, frozen=True, kw_only=True):
    """Who does a deed: a person of the firm, or the owner of this machine.

    person: the id in the firm, or the name of an account that is nobody's.
    owner: acts with every right, as on one's own machine in single-user mode.
    behalf: the person for whom it is done, where that is another.
    """

    person: Name
    owner: bool = False
    behalf: Name | None = None
