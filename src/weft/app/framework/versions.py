"""Versions of what holds for all: what changed, when and by whom.

Every version is kept by the journal; where each stands is looked up, not searched.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import msgspec
from immutables import Map
from msgspec import UNSET
from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.records import Record
from weft.core.requests import Decision
from weft.core.vocabulary import NamedSet
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.store.journal.reader import Kept

VERSIONED: Final = ("guardrails", "principles", "adrs", "sets")
"""The kinds of which every version can be looked up."""


class Difference(Record, frozen=True, kw_only=True):
    """A field in which a version is not as the one before; null where not set."""

    field: str
    was: Any = None
    now: Any = None


class Version(Record, frozen=True, kw_only=True):
    """A record as one entry of the journal left it, until the next one did.

    version: as a guardrail counts its own; the others have no number. differences:
    to the version before. until: the entry that ended it, none while it stands.
    decisions: how many were taken while it stood. waivers: how many were asked for
    that are for this version of a guardrail; none for what nobody is waived from.
    """

    seq: int
    at: datetime
    on: date
    actor: str
    deed: str
    note: str
    title: str
    version: int | None = None
    taken_out: bool = False
    differences: tuple[Difference, ...] = ()
    until: int | None = None
    decisions: int
    waivers: int | None = None


class Stood(msgspec.Struct, frozen=True):
    """A version with the record as it then was, and as it was before."""

    version: Version
    record: Record | None
    before: Record | None


class Then(msgspec.Struct, frozen=True):
    """A guardrail as it was when a decision was taken, and as it is now.

    firm: the words and named sets to tell the first one in. since: the entry that it
    came by. now: none where it was taken out.
    """

    guardrail: Guardrail
    firm: Firm
    since: int
    now: Guardrail | None

    @property
    def newer(self) -> bool:
        """Tell whether another version holds by now."""
        return self.now is None or self.now.version != self.guardrail.version


def versions(desk: Desk, view: View, kind: str, key: str) -> list[Stood]:
    """Give every version that a record has had, the newest first."""
    permit(desk.firm(), view.actor, "journal")
    if kind not in VERSIONED:
        raise NotFound("kind with versions", kind, VERSIONED)
    kept = desk.versions(kind, key, view.firm.seq)
    if not kept:
        raise NotFound(kind.removesuffix("s"), key, view.firm.table(kind))
    befores = [*kept[1:], None]
    untils = [None, *(each.entry.seq for each in kept[:-1])]
    return [
        _stood(desk, view, each, before, until)
        for each, before, until in zip(kept, befores, untils, strict=True)
    ]


def _stood(
    desk: Desk, view: View, kept: Kept, before: Kept | None, until: int | None
) -> Stood:
    """Put together what is told of one version."""
    entry, record = kept
    was = before.record if before else None
    shown: Any = record or was
    ended = min(until or view.firm.seq + 1, view.firm.seq + 1)
    number = record.version if isinstance(record, Guardrail) else None
    waived = (w for w in view.firm.waivers.values() if w.guardrail == shown.id)
    version = Version(
        seq=entry.seq,
        at=entry.at,
        on=entry.on,
        actor=entry.actor,
        deed=entry.deed,
        note=entry.note,
        title=shown.title,
        version=number,
        taken_out=record is None,
        differences=differences(was, record) if was and record else (),
        until=until,
        decisions=desk.decided(entry.seq, ended) if record else 0,
        waivers=None if number is None else sum(w.version == number for w in waived),
    )
    return Stood(version, record, was)


def differences(old: Record, new: Record) -> tuple[Difference, ...]:
    """Give the fields in which two versions differ, as plain data."""
    return tuple(
        Difference(field=field, was=_plain(was), now=_plain(now))
        for field in new.__struct_fields__
        if (was := getattr(old, field)) != (now := getattr(new, field))
    )


def _plain(value: Any) -> Any:
    """Give a value of a record as JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def as_decided(desk: Desk, view: View, decision: Decision) -> dict[str, Then]:
    """Give the guardrails that a decision tells of, each as it was at that moment.

    Only those that can still be found: a store of an older Weft, which nobody has
    written to since, gives none.
    """
    found: dict[str, Then] = {}
    for name in dict.fromkeys(each.guardrail for each in decision.findings):
        kept = desk.version_at("guardrails", name, decision.firm)
        if kept and isinstance(kept.record, Guardrail):
            found[name] = Then(
                guardrail=kept.record,
                firm=_worded(desk, view.firm, kept.record, decision.firm),
                since=kept.entry.seq,
                now=view.firm.guardrails.get(name),
            )
    return found


def _worded(desk: Desk, firm: Firm, guardrail: Guardrail, seq: int) -> Firm:
    """Give the firm with the named sets that a guardrail reads, as they once were."""
    sets: dict[str, NamedSet] = {}
    for name in _sets(guardrail):
        kept = desk.version_at("sets", name, seq)
        if kept and isinstance(kept.record, NamedSet):
            sets[name] = kept.record
    return replace(firm, sets=Map({**firm.sets, **sets})) if sets else firm


def _sets(guardrail: Guardrail) -> set[str]:
    """Name the sets that a guardrail reads."""
    waiting: list[Clause] = [*guardrail.when, *guardrail.must]
    found = set()
    for clause in waiting:
        inner = clause.any if clause.any is not UNSET else ()
        waiting += (*inner, *clause.where, *clause.must)
        if clause.path is not UNSET:
            constant = clause.constant
            if isinstance(constant, str) and constant.startswith("@"):
                found.add(constant[1:])
    return found
