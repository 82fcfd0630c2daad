"""Which column of a log is what: guessed by heads and values, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from weft.core.records import Record
from weft.errors import InputError, Malformed, Where
from weft.interop.layouts.words import plain
from weft.interop.logs.times import looks_like_time


def _words(text: str) -> tuple[str, ...]:
    """Give words that stand with commas between them, made plain."""
    return tuple(plain(each) for each in text.split(","))


HEADS: Mapping[str, tuple[str, ...]] = {
    "case": _words(
        "case concept name, case id, case, caseid, sr number, incident id, "
        "incident number, incident, ticket id, ticket number, ticket, number, "
        "issue key, key, issue id, issue number, issue, request id, request number, "
        "problem number, work order, id, "
        "vorgangsnummer, ticketnummer, vorgang, numero de ticket, numero ticket"
    ),
    "time": _words(
        "time timestamp, timestamp, sys updated at, updated at, complete timestamp, "
        "end timestamp, change date time, change date, datestamp, date time, datetime, "
        "event time, changed at, change time, changed, changed on, sys updated on, "
        "updated on, last updated, update timestamp, updated, last modified, modified, "
        "start timestamp, zeitstempel, geandert am, geandert, zeit, fecha, horodatage, "
        "time, date, created at, created on"
    ),
    "state": _words(
        "incident state, to status, new status, to string, new value, to value, state, "
        "status, concept name, activity, incident activity type, activity name, "
        "activity type, event, action, "
        "zustand, aktivitat, estado, statut, etat, stato"
    ),
    "step": _words(
        "lifecycle transition, sub status, substatus, status detail, transition, "
        "lifecycle, event type, unterstatus"
    ),
    "group": _words(
        "assignment group, org group, assigned group, group, support group, "
        "support team, team, involved st, queue, workgroup, resolver group, "
        "support section, responsible section, owner group, assigned team, gruppe, "
        "zustandige gruppe, equipe, groupe, grupo, gruppo"
    ),
    "person": _words(
        "assigned to, assignee, assignee name, org resource, resource, owner, "
        "owner first name, agent, handled by, "
        "performer, person, user, bearbeiter, zugewiesen an, asignado a, responsable"
    ),
    "asker": _words(
        "caller id, caller, requester, requestor, reporter, requested by, requested "
        "for, asker, customer, opened by, submitter, melder, anwender, demandeur"
    ),
    "product": _words(
        "category, product, case product, cmdb ci, ci name aff, component, service, "
        "configuration item, service component wbs aff, component s, components, "
        "kategorie, produkt, produit"
    ),
    "priority": _words(
        "priority, case priority, impact, sr latest impact, latest impact, "
        "urgency, severity, seriousness, prioritat, "
        "prioridad, priorite"
    ),
    "sort": _words(
        "ticket type, issue type, case type, record type, request type, service type, "
        "category type, vorgangsart, tipo"
    ),
    "opened": _words(
        "opened at, open time, opened, opened on, created at, created, created on, "
        "sys created on, creation date, creation time, "
        "registered at, registration date, reported at, eroffnet am, erstellt am"
    ),
    "done": _words(
        "resolved at, resolved time, resolved on, resolved, resolution date, "
        "resolutiondate, solved at, date resolved, completed at, completed, gelost am, "
        "resolu le"
    ),
    "closed": _words(
        "closed at, close time, closed on, closed, closed date, date closed, "
        "close date, geschlossen am, ferme le"
    ),
    "change": _words("field, field name, changed field, item field, item"),
    "order": _words(
        "sys mod count, incident activity number, sequence, sequence number, seq, "
        "event number, event index, update number"
    ),
}
"""What the columns are called in logs that are much used, the likeliest first."""
NEEDED = ("case", "time", "state")
_TIMES = {"time", "opened", "done", "closed"}
FIELDS = tuple(HEADS)
_MOSTLY = 0.8


class Column(Record, frozen=True, kw_only=True):
    """What one column of a log was taken for, and why."""

    field: str
    head: str
    reason: str


def columns_of(
    heads: Sequence[str],
    first: Sequence[Sequence[str]],
    said: Mapping[str, str],
    name: str,
) -> tuple[Column, ...]:
    """Tell which column is what: as said, else by its head, else by its values.

    first: the first rows. A field said to be nothing (`person=`) stays empty. Raises
    InputError for a column that is not there, and where one that is needed cannot be
    told.
    """
    if wrong := sorted(said.keys() - HEADS.keys()):
        raise InputError(
            f"A log has no field {wrong[0]!r}.", do=f"Use one of: {', '.join(HEADS)}."
        )
    found: dict[str, Column] = {}
    for field, head in said.items():
        if head and head not in heads:
            raise Malformed(
                f"There is no column {head!r}.",
                do=f"Use one of: {', '.join(heads[:20])}.",
                where=Where(name),
            )
        found[field] = Column(field=field, head=head, reason="You said so.")
    taken = {column.head for column in found.values()}
    for field, head in _by_head(heads, _times(heads, first)):
        if field not in found and head not in taken:
            reason = "Its head says so."
            found[field] = Column(field=field, head=head, reason=reason)
            taken.add(head)
    if "time" not in found:
        _by_values(heads, first, taken, found)
    if "time" not in found and "opened" in found:
        reason = "No other column tells when something happened."
        found["time"] = Column(field="time", head=found["opened"].head, reason=reason)
    if missing := [
        field for field in NEEDED if not getattr(found.get(field), "head", "")
    ]:
        field = missing[0]
        raise InputError(
            f"No column is known to hold the {field}.",
            do=f"Say which it is: --column {field}=HEAD; the heads are"
            f" {', '.join(heads[:12])}.",
            where=Where(name),
        )
    return tuple(found[f] for f in FIELDS if f in found and found[f].head)


def _by_head(heads: Sequence[str], times: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Give fields and heads that say so, the likeliest words of each field first.

    A column of times is never taken for a state or a group, nor another for a time.
    """
    dated = set(times)
    told: dict[str, str] = {}
    for head in heads:
        told.setdefault(plain(head), head)
    for field, words in HEADS.items():
        for word in words:
            head = told.get(word, "")
            fits = (head in dated) == (field in _TIMES)
            if head and (fits or (field == "time" and not dated)):
                yield field, head


def _times(heads: Sequence[str], first: Sequence[Sequence[str]]) -> Iterable[str]:
    """Give the columns whose values look like times."""
    for at, head in enumerate(heads):
        cells = [row[at] for row in first if at < len(row) and row[at].strip()]
        looks = sum(looks_like_time(cell.strip()) for cell in cells)
        if cells and looks >= _MOSTLY * len(cells):
            yield head


def _by_values(
    heads: Sequence[str],
    first: Sequence[Sequence[str]],
    taken: set[str],
    found: dict[str, Column],
) -> None:
    """Take for the time the one column of times that is left and seldom empty."""
    full = [
        head
        for at, head in enumerate(heads)
        if sum(at < len(row) and bool(row[at].strip()) for row in first)
        >= _MOSTLY * len(first)
    ]
    left = [head for head in _times(heads, first) if head in full and head not in taken]
    if len(left) == 1:
        reason = "Its values are the only times there are."
        found["time"] = Column(field="time", head=left[0], reason=reason)
