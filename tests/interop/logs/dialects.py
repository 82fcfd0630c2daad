"""A history that is known, written as several trackers write theirs.

Each piece of work is asked for, handed from group to group, waits here and there, and
is done. What a reader must find in every dialect is in the history itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo

START = datetime(2025, 1, 6, 8, tzinfo=UTC)
GROUPS = ("Service desk", "Mail", "Network", "Databases", "Ticketing")
HOUR = 3600


class Step(NamedTuple):
    """From an instant on, a group has it so."""

    at: datetime
    holding: str
    group: str
    person: str


class Piece(NamedTuple):
    """One piece of work as it truly went."""

    id: str
    asker: str
    product: str
    steps: tuple[Step, ...]

    @property
    def lead(self) -> int:
        """Give the seconds from asking to done."""
        done = next(s.at for s in self.steps if s.holding == "done")
        return int((done - self.steps[0].at).total_seconds())

    @property
    def path(self) -> tuple[str, ...]:
        """Give the groups that had it."""
        found: list[str] = []
        for step in self.steps:
            if not found or found[-1] != step.group:
                found.append(step.group)
        return tuple(found)


def history(
    seed: int = 1, cases: int = 200, days: int = 120, onward: float = 0.45
) -> tuple[Piece, ...]:
    """Make a history. onward: how likely a group hands a piece of work on."""
    chance = Random(seed)  # noqa: S311 # it makes examples
    begins = sorted(chance.uniform(0, days * 86_400) for _ in range(cases))
    return tuple(_piece(chance, n, at, onward) for n, at in enumerate(begins))


def _piece(chance: Random, number: int, begins: float, onward: float) -> Piece:
    at = START + timedelta(minutes=int(begins // 60))
    steps: list[Step] = []
    group = GROUPS[0]

    def go(holding: str, hours: float) -> None:
        nonlocal at
        place = GROUPS.index(group)
        steps.append(Step(at, holding, group, f"P{place}{chance.randrange(6)}"))
        at += timedelta(minutes=1 + int(hours * 60))

    while True:
        go("queue", chance.expovariate(1 / 3))
        go("held", chance.lognormvariate(1.5, 1))
        if chance.random() < 0.25:
            go("asker", chance.lognormvariate(2.5, 1))
            go("held", chance.lognormvariate(1, 1))
        if chance.random() >= onward or len(steps) > 30:
            break
        group = chance.choice([g for g in GROUPS if g != group])
    go("done", 5 * 24)
    steps.append(Step(at, "closed", group, ""))
    asker = f"Caller {chance.randrange(90)}"
    return Piece(f"T{number:05}", asker, chance.choice("abc"), tuple(steps))


_SERVICE = {
    "queue": "New",
    "held": "Active",
    "asker": "Awaiting User Info",
    "done": "Resolved",
    "closed": "Closed",
}
_VOLVO = {
    "queue": ("Queued", "Awaiting Assignment"),
    "held": ("Accepted", "In Progress"),
    "asker": ("Accepted", "Wait - User"),
    "done": ("Completed", "Resolved"),
    "closed": ("Completed", "Closed"),
}
_JIRA = {
    "queue": "To Do",
    "held": "In Progress",
    "asker": "Waiting for customer",
    "done": "Done",
    "closed": "Archived",
}
_GERMAN = {
    "queue": "Zugewiesen",
    "held": "In Bearbeitung",
    "asker": "Rückfrage beim Anwender",
    "done": "Gelöst",
    "closed": "Geschlossen",
}
_STEPS = {
    "queue": ("Take care", "assign"),
    "held": ("Take care", "start"),
    "asker": ("Wait for customer", "start"),
    "done": ("Resolved", "complete"),
    "closed": ("Closed", "complete"),
}


def _table(
    head: Sequence[str], rows: Iterator[Sequence[str]], separator: str = ","
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()


def servicenow(pieces: Sequence[Piece]) -> bytes:
    """Write it as an audit log with a counter and final values in every row."""
    head = (
        "number,incident_state,sys_mod_count,caller_id,opened_at,sys_updated_at,"
        "category,priority,assignment_group,assigned_to,resolved_at"
    )
    return _table(
        head.split(","),
        (
            (
                *(p.id, _SERVICE[s.holding], str(n), p.asker),
                *(f"{p.steps[0].at:%d-%m-%Y %H:%M}", f"{s.at:%d-%m-%Y %H:%M}"),
                *(p.product, "3 - Moderate", s.group, s.person or "?", "?"),
            )
            for p in pieces
            for n, s in enumerate(p.steps)
        ),
    )


def volvo(pieces: Sequence[Piece]) -> bytes:
    """Write it as a table of an event log with two levels of status."""
    head = (
        "case:concept:name,concept:name,lifecycle:transition,org:resource,org:group,"
        "time:timestamp,product,impact"
    )
    return _table(
        head.split(","),
        (
            (
                *(p.id, *_VOLVO[s.holding], s.person, s.group),
                *(s.at.isoformat(), p.product, "Medium"),
            )
            for p in pieces
            for s in p.steps
        ),
    )


def xes(pieces: Sequence[Piece]) -> bytes:
    """Write it as the standard of event logs does."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">']
    parts.append(
        '<global scope="event"><string key="concept:name" value="x"/></global>'
    )
    for p in pieces:
        parts.append(f"<trace><string key='concept:name' value={quoteattr(p.id)}/>")
        parts.append(f"<string key='product' value={quoteattr(p.product)}/>")
        for s in p.steps:
            outer, inner = _VOLVO[s.holding]
            told = {
                "concept:name": outer,
                "lifecycle:transition": inner,
                "org:group": s.group,
                "org:resource": s.person,
            }
            values = "".join(
                f"<string key={quoteattr(k)} value={quoteattr(v)}/>"
                for k, v in told.items()
                if v
            )
            at = s.at.isoformat(timespec="milliseconds")
            date = f'<date key="time:timestamp" value="{at}"/>'
            parts.append(f"<event>{values}{date}</event>")
        parts.append("</trace>")
    return "".join([*parts, "</log>"]).encode()


def jira(pieces: Sequence[Piece]) -> bytes:
    """Write it as a change log with American days."""
    head = "Issue key,Status,Team,Assignee,Reporter,Component,Updated"
    return _table(
        head.split(","),
        (
            (
                *(p.id, _JIRA[s.holding], s.group, s.person, p.asker, p.product),
                f"{s.at:%m/%d/%Y %I:%M %p}",
            )
            for p in pieces
            for s in p.steps
        ),
    )


def german(pieces: Sequence[Piece]) -> bytes:
    """Write it with semicolons, umlauts and the days of its country."""
    head = "Ticketnummer;Zustand;Gruppe;Bearbeiter;Melder;Kategorie;Zeitstempel"
    return _table(
        head.split(";"),
        (
            (
                *(p.id, _GERMAN[s.holding], s.group, s.person, p.asker, p.product),
                f"{s.at:%d.%m.%Y %H:%M:%S}",
            )
            for p in pieces
            for s in p.steps
        ),
        ";",
    )


def lifecycle(pieces: Sequence[Piece]) -> bytes:
    """Write it with the steps of activities that the standard names."""
    head = "Case ID,Activity,lifecycle:transition,Resource,Group,Timestamp"
    return _table(
        head.split(","),
        (
            (
                *(p.id, *_STEPS[s.holding], s.person, s.group),
                f"{s.at:%Y/%m/%d %H:%M:%S.000}",
            )
            for p in pieces
            for s in p.steps
        ),
    )


_RABO = {
    "queue": "Reassignment",
    "held": "Operator Update",
    "asker": "Pending customer",
    "done": "Resolved",
    "closed": "Closed",
}


def rabobank(pieces: Sequence[Piece]) -> bytes:
    """Write it as a service desk's activities, with numbers that order nothing."""
    head = (
        "Incident ID;DateStamp;IncidentActivity_Number;IncidentActivity_Type;"
        "Assignment Group;KM number;Interaction ID"
    )
    return _table(
        head.split(";"),
        (
            (
                *(p.id, f"{s.at:%d-%m-%Y %H:%M:%S}", f"001A{9999 - n}"),
                *(_RABO[s.holding], s.group, "KM0000553", "SD0000007"),
            )
            for p in pieces
            for n, s in enumerate(p.steps)
        ),
        ";",
    )


def vinst(pieces: Sequence[Piece]) -> bytes:
    """Write it as the table of a help desk over three lines, zones by the season."""
    head = (
        "SR Number;Change Date+Time;Status;Sub Status;Involved ST Function Div;"
        "Involved Org line 3;Involved ST;SR Latest Impact;Product;Country;"
        "Owner Country;Owner First Name"
    )
    return _table(
        head.split(";"),
        (
            (
                *(p.id, s.at.astimezone(ZoneInfo("Europe/Stockholm")).isoformat()),
                *(*_VOLVO[s.holding], "A2_4", "Org line A2", s.group, "Medium"),
                *(p.product, "se", "Sweden", s.person),
            )
            for p in pieces
            for s in p.steps
        ),
        ";",
    )


def zendesk(pieces: Sequence[Piece]) -> bytes:
    """Write it as changes of fields, most of which are no state."""
    head = (
        "Ticket ID,Update - Timestamp,Field name,Previous value,New value,"
        "Group,Assignee name,Requester"
    )
    return _table(
        head.split(","),
        (
            (
                *(p.id, f"{s.at:%d %B %Y %I:%M %p}", field, "", value),
                *(s.group, s.person, p.asker),
            )
            for p in pieces
            for s in p.steps
            for field, value in (("status", _JIRA[s.holding]), ("tags", "vip"))
        ),
    )


DIALECTS: Mapping[str, Callable[[Sequence[Piece]], bytes]] = {
    "servicenow": servicenow,
    "volvo": volvo,
    "xes": xes,
    "jira": jira,
    "german": german,
    "lifecycle": lifecycle,
    "rabobank": rabobank,
    "vinst": vinst,
    "zendesk": zendesk,
}
