"""Logs of tickets brought in as pieces of work; of people only their units are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from weft.app.knowing.tickets import people_called
from weft.app.permissions import permit
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.people import Profile
from weft.core.records import Record, read
from weft.core.roles import Actor
from weft.core.scalars import Name, slug
from weft.core.work.cases import Case, Grouped, LogTaken, StateTaken
from weft.engines.knowledge.figures import FEWEST
from weft.errors import InputError, Where
from weft.examples.requests import requests
from weft.interop.logs import Column, Log, Said, Told, read_heads, read_log
from weft.interop.sheets import Finding
from weft.store.desk import Desk


class Bringing(msgspec.Struct, frozen=True, kw_only=True):
    """A log that is to be brought in, and what somebody said of it.

    log: its name; that of the file where it is empty. A later log of the same name
    takes the place of it; or goes on with it where there is more: then its cases take
    the place of those with the same number. inside, outside: patterns of groups that
    are in the IT unit, and not in it.
    """

    file: str
    raw: bytes
    log: str = ""
    columns: Mapping[str, str] = {}
    states: Mapping[str, str] = {}
    zone: str = ""
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    more: bool = False


class Brought(Record, frozen=True, kw_only=True):
    """What a log says, and what was understood of it.

    asked: cases of which the unit of who asked is known. entry: what it became;
    nothing where it is only shown, or is there already.
    """

    log: str
    file: str
    columns: tuple[Column, ...]
    states: tuple[StateTaken, ...]
    groups: tuple[Grouped, ...]
    cases: int
    open: int
    events: int
    asked: int
    findings: tuple[Finding, ...]
    entry: int | None = None


class _Named(Record, frozen=True, kw_only=True):
    """The name of a log, as it is checked."""

    log: Name


def bring(
    desk: Desk,
    actor: Actor,
    wanted: Bringing,
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> Brought:
    """Bring a log in as facts of one entry, or only show what was understood."""
    firm = desk.firm()
    permit(firm, actor, "import")
    name = _name(wanted)
    said = Said(
        log=name, columns=wanted.columns, states=wanted.states, zone=wanted.zone
    )
    read_in = read_log(wanted.file, wanted.raw, said)
    _check_few(read_in, wanted.file)
    before = desk.facts.of(LogTaken, {name})
    edition = max((log.edition for log in before), default=0) + (not wanted.more)
    taken = _taken(name, max(1, edition), wanted, read_in, at)
    cases = tuple(_placed(firm, desk.profiles(), read_in, taken.edition))
    shown = _shown(name, wanted.file, read_in, cases)
    if dry_run or (before and _same(before[-1], taken)):
        return shown

    def deed(now: Firm) -> Deed:
        permit(now, actor, "import")
        return Deed(
            name="log.import", facts=(taken, *cases), corrects=True, note=wanted.file
        )

    told = repr((said, wanted.inside, wanted.outside, wanted.more))
    intent = sha256(wanted.raw + told.encode()).digest()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    return replace(shown, entry=entry.seq)


def _name(wanted: Bringing) -> str:
    """Give the name of a log, as said or from its file."""
    stem = wanted.file.partition(".")[0]
    told = wanted.log or slug(stem)[:40] or "tickets"
    return read(_Named, {"log": told}).log


def _check_few(log: Log, file: str) -> None:
    """Refuse a log that shows the work of fewer than five people."""
    named = any(column.field == "person" for column in log.columns)
    if named and 0 < log.people < FEWEST:
        raise InputError(
            "The log shows the work of under 5 people: nothing is told of so few.",
            do="Give a log of five people or more, or leave the people out: "
            "--column person=.",
            where=Where(file),
        )


def _placed(
    firm: Firm, profiles: Mapping[str, Profile], log: Log, edition: int
) -> Iterator[Case]:
    """Give the cases with the units of who asked and who had them last."""
    people = people_called(firm, profiles)
    units = {_fold(u.title): u.id for u in firm.units.values()} | {
        u: u for u in firm.units
    }
    known: dict[Told, tuple[str, str]] = {}

    def unit_of(*words: str) -> str:
        for word in words:
            person = firm.people.get(people.get(_fold(word), ""))
            if person is not None and person.unit:
                return person.unit
            if found := units.get(_fold(word)):
                return found
        return ""

    for case, told in zip(log.cases, log.told, strict=True):
        if told not in known:
            known[told] = unit_of(told.asker), unit_of(told.person, told.group)
        asker, doer = known[told]
        yield replace(case, edition=edition, asker=asker, doer=doer)


def _fold(text: str) -> str:
    """Give a text as it is compared."""
    return " ".join(text.split()).casefold()


def _shown(name: str, file: str, log: Log, cases: Iterable[Case]) -> Brought:
    """Tell what was understood."""
    every = tuple(cases)
    return Brought(
        log=name,
        file=file,
        columns=log.columns,
        states=log.states,
        groups=log.groups,
        cases=len(every),
        open=sum(case.ended is None for case in every),
        events=log.events,
        asked=sum(bool(case.asker) for case in every),
        findings=log.findings,
    )


def _taken(
    name: str, edition: int, wanted: Bringing, log: Log, at: datetime
) -> LogTaken:
    """Make the record of a log as it was brought in."""
    return LogTaken(
        id=name,
        edition=edition,
        at=at,
        file=wanted.file[:400],
        digest=sha256(wanted.raw).hexdigest(),
        columns={column.field: column.head for column in log.columns},
        states=log.states,
        groups=log.groups,
        cases=len(log.cases),
        events=log.events,
        zone=wanted.zone,
        inside=wanted.inside,
        outside=wanted.outside,
    )


def _same(before: LogTaken, taken: LogTaken) -> bool:
    """Tell whether a log is just what was brought in last under its name."""
    return replace(before, at=taken.at, edition=taken.edition) == taken


def example(at: datetime) -> Bringing:
    """Give an invented history of requests up to a day, to see what a log tells."""
    units = ("Service desk", "Business engagement", "Applications", "Development")
    return Bringing(
        file="invented-requests.csv",
        raw=requests(at.replace(hour=0, minute=0, second=0, microsecond=0)),
        inside=(*units, "Infrastructure", "Information security"),
        outside=("Project management office",),
    )


def heads(wanted: Bringing) -> tuple[str, ...]:
    """Give the heads of the columns of a log."""
    return read_heads(wanted.file, wanted.raw)
