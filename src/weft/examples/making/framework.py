"""The framework of an example firm: its words, principles, guardrails and roles."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from weft.core.framework.adrs import ADR
from weft.core.guardrails import Guardrail, Principle
from weft.core.records import Record, read
from weft.core.roles import Role
from weft.core.vocabulary import Act, NamedSet, Property
from weft.examples.days import Calendar
from weft.examples.making.staff import Staff
from weft.examples.texts import toml

_STORY = {"since", "changed", "was"}


class Ruling(msgspec.Struct, frozen=True):
    """A guardrail that came, or got another version, so many days before today."""

    days: int
    guardrail: Guardrail


class Settling(msgspec.Struct, frozen=True):
    """A decision record that comes with a guardrail, and the one that it replaces."""

    record: ADR
    replaced: ADR | None


def words(firm: str) -> Iterator[Record]:
    """Give the words in which a firm asks and rules, and its principles."""
    yield from (read(Act, p) for p in toml(f"{firm}/rules/acts")["act"])
    for plain in toml(f"{firm}/rules/vocabulary")["property"]:
        yield read(Property, plain)
    yield from (read(NamedSet, p) for p in toml(f"{firm}/rules/sets")["set"])
    for plain in toml(f"{firm}/rules/principles")["principle"]:
        yield read(Principle, plain)


def guardrails(firm: str, calendar: Calendar) -> tuple[list[Guardrail], list[Ruling]]:
    """Give the guardrails with which a story starts, and those that come in it."""
    first: list[Guardrail] = []
    later: list[Ruling] = []
    for plain in _told(firm):
        rule = {key: value for key, value in plain.items() if key not in _STORY}
        since, changed = plain.get("since"), plain.get("changed")
        if since:
            rule["starts"] = calendar.ago(since).isoformat()
        begun = {**rule, **plain["was"]} if changed else rule
        if since:
            later.append(Ruling(since, read(Guardrail, begun)))
        else:
            first.append(read(Guardrail, begun))
        if changed:
            later.append(Ruling(changed, read(Guardrail, rule)))
    return first, later


def adrs(
    firm: str, calendar: Calendar, missions: Container[str]
) -> tuple[list[ADR], dict[str, Settling]]:
    """Give the decision records with which a story starts, and those that come in it.

    One that is replaced says so from the day on which the other one came. missions:
    those that there are; a small firm has not all of them.
    """
    found: dict[str, ADR] = {}
    later: dict[str, Settling] = {}
    for plain in toml(f"{firm}/rules/adrs")["adr"]:
        said = {key: plain[key] for key in plain if key not in {"days", "replaces"}}
        day = calendar.ago(plain["days"]) if "days" in plain else None
        said["missions"] = [m for m in said.get("missions", ()) if m in missions]
        date = day.isoformat() if day else None
        record = read(ADR, {"status": "accepted", **said, "date": date})
        if day is None or day <= calendar.start:
            found[record.id] = record
            continue
        replaced = found.get(plain.get("replaces"))
        if replaced is not None:
            replaced = replace(
                replaced, status="superseded", superseded_by=record.id, date=day
            )
        later[record.id] = Settling(record, replaced)
    return list(found.values()), later


def _told(firm: str) -> Iterator[Mapping[str, Any]]:
    """Give the guardrails as the text tells them."""
    for name in toml(f"{firm}/firm")["rules"]:
        yield from toml(f"{firm}/rules/{name}")["guardrail"]


def roles(staff: Staff) -> Iterator[Role]:
    """Give the roles; each is held by people of the jobs it is taken from.

    Nobody holds two of them while there are others, for whoever asks for an
    exception must not be the only one who may grant it.
    """
    taken: set[str] = set()
    by_job: dict[str, list[str]] = {}
    everybody = [p for p, person in staff.people.items() if not person.partner]
    for person in everybody:
        by_job.setdefault(staff.job(person).id, []).append(person)
    for told in staff.text["role"]:
        fitting = [person for job in told["jobs"] for person in by_job.get(job, ())]
        fitting.sort(key=lambda p: staff.people[p].title.startswith("Junior"))
        free = [p for p in fitting if p not in taken]
        spare = [p for p in everybody if p not in taken]
        holders = [*free, *spare, *everybody][: told["holders"]]
        taken.update(holders)
        yield Role(
            id=told["id"],
            title=told["title"],
            summary=told["summary"],
            holders=tuple(dict.fromkeys(holders)),
            administers=told.get("administers", False),
        )
