"""The firm over HTTP: each kind of record listed, read, put and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Generic, TypeAlias, TypeVar

from litestar import Response, delete, get, put
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler

from weft.app import drafts, records, search
from weft.app.knowing import looking
from weft.app.search import Hit
from weft.app.views import View
from weft.core import entries
from weft.core.entries import Change
from weft.core.firm import KINDS
from weft.core.people import Person, Profile
from weft.core.records import Record
from weft.core.roles import Actor
from weft.errors import InputError, Where
from weft.store.desk import Desk
from weft.web.params import Draft, Idempotency, Key, Most, Seen, Word

R = TypeVar("R", bound=Record)
Kind: TypeAlias = Record
"""Stands for the kind of each route; Litestar is given the real one."""


class Listing(Record, Generic[R], frozen=True, kw_only=True):
    """Some records of a kind in the order of their keys.

    total: how many there are in all. next: give it as `after` for the next ones;
    empty where there are no more.
    """

    records: list[R]
    total: int
    next: str = ""


class Summary(Record, frozen=True, kw_only=True):
    """The firm at a glance: its last entry, and how many records of each kind."""

    title: str
    seq: int
    head: int
    at: datetime | None
    on: date | None
    counts: dict[str, int]


class Written(Record, frozen=True, kw_only=True):
    """What became of a change.

    entry: its number in the journal; draft: the draft it was put into instead.
    Neither where the record was like that already.
    """

    entry: int | None = None
    draft: str = ""


@get("/firm", sync_to_thread=True, operation="look")
def summary(view: NamedDependency[View]) -> Summary:
    """Give the firm at a glance."""
    firm = view.firm
    return Summary(
        title=firm.title,
        seq=firm.seq,
        head=view.head,
        at=firm.at,
        on=firm.on,
        counts={kind: len(firm.table(kind)) for kind in KINDS},
    )


@get("/search", sync_to_thread=True, operation="look")
def find(view: NamedDependency[View], q: Word, most: Most = 30) -> list[Hit]:
    """Find people by name, title or unit, and all else by title or id."""
    return search.find(view, q, most)


@get("/profiles", sync_to_thread=True, operation="look")
def profiles(
    view: NamedDependency[View], most: Most = 1000, after: Word = ""
) -> Listing[Profile]:
    """List what is personal about people: their names and addresses."""
    found = sorted(view.profiles.values(), key=lambda profile: profile.id)
    return _listing(found, most, after)


def _listing(found: list[R], most: int, after: str) -> Listing[R]:
    """Give one page of a list that is in the order of its keys."""
    rest = [record for record in found if record.key > after]
    return Listing(
        records=rest[:most],
        total=len(found),
        next=rest[most - 1].key if len(rest) > most else "",
    )


_DEEDS: Final = frozenset(
    {
        *("waivers", "challenges", "rollouts", "baseline", "rounds", "moves"),
        *("tranches", "asks", "moneyrounds", "moneymoves"),
    }
)
"""Kinds that come about by deeds of their own, and are never written."""


def _handlers(kind: type[Record]) -> Iterator[HTTPRouteHandler]:
    """Give the four routes of a kind, typed by its record."""
    name, names = kind.kind, {"Kind": kind}

    @get(
        f"/firm/{name}",
        sync_to_thread=True,
        signature_namespace=names,
        name=f"{name}.list",
        summary=f"List the records of {name}.",
        operation="look",
    )
    def several(
        view: NamedDependency[View], most: Most = 1000, after: Word = ""
    ) -> Listing[Kind]:
        return _listing(records.records(view, name), most, after)

    @get(
        f"/firm/{name}/{{key:str}}",
        sync_to_thread=True,
        signature_namespace=names,
        name=f"{name}.get",
        summary=f"Give one record of {name}; its ETag goes into If-Match.",
        operation="look",
    )
    def one(
        desk: NamedDependency[Desk],
        view: NamedDependency[View],
        now: NamedDependency[datetime],
        key: Key,
    ) -> Response[Kind]:
        if name == Person.kind and key in view.firm.people:
            looking.looked(desk, view.actor, [key], now)
        headers = {"etag": f'"{view.head}"'} if view.now else {}
        return Response(records.record(view, name, key), headers=headers)

    yield several
    yield one
    if name not in _DEEDS:
        yield _put(kind)
        yield _drop(kind)


def _put(kind: type[Record]) -> HTTPRouteHandler:
    """Give the route that puts a record in its place."""
    name = kind.kind

    @put(
        f"/firm/{name}/{{key:str}}",
        sync_to_thread=True,
        signature_namespace={"Kind": kind},
        name=f"{name}.put",
        summary=f"Put a record of {name} in its place, or into a draft.",
        operation="change",
    )
    def write(
        *,
        desk: NamedDependency[Desk],
        actor: NamedDependency[Actor],
        now: NamedDependency[datetime],
        sent: NamedDependency[Kind],
        key: Key,
        seen: Seen,
        draft: Draft = "",
        idempotency_key: Idempotency = "",
    ) -> Written:
        if sent.key != key:
            raise InputError(
                f"The address says {key!r}, the record {sent.key!r}.",
                do="Make them the same.",
                where=Where("body", 0, "$"),
            )
        if not draft and desk.firm().table(name).get(key) == sent:
            return Written()
        return _write(
            desk,
            actor,
            entries.put(sent),
            now=now,
            seen=seen,
            draft=draft,
            key=idempotency_key,
        )

    return write


def _drop(kind: type[Record]) -> HTTPRouteHandler:
    """Give the route that takes a record out."""
    name = kind.kind

    @delete(
        f"/firm/{name}/{{key:str}}",
        status_code=200,
        sync_to_thread=True,
        name=f"{name}.drop",
        summary=f"Take a record of {name} out, or do so in a draft.",
        operation="change",
    )
    def drop(
        *,
        desk: NamedDependency[Desk],
        actor: NamedDependency[Actor],
        now: NamedDependency[datetime],
        view: NamedDependency[View],
        key: Key,
        seen: Seen,
        idempotency_key: Idempotency = "",
    ) -> Written:
        records.record(view, name, key)
        draft = view.draft.id if view.draft else ""
        change = Change(name, key)
        return _write(
            desk,
            actor,
            change,
            now=now,
            seen=seen,
            draft=draft,
            key=idempotency_key,
        )

    return drop


def _write(
    desk: Desk,
    actor: Actor,
    change: Change,
    *,
    now: datetime,
    seen: int | None,
    draft: str,
    key: str,
) -> Written:
    """Write one change as a deed of its own, or put it into a draft."""
    if draft:
        drafts.add(desk, actor, draft, [change])
        return Written(draft=draft)
    name = "put" if change.record else "drop"
    entry = records.write(desk, actor, [change], name=name, at=now, seen=seen, key=key)
    return Written(entry=entry.seq)


HANDLERS = [
    summary,
    find,
    profiles,
    *(handler for kind in KINDS.values() for handler in _handlers(kind)),
]
