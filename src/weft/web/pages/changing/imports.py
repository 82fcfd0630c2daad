"""Bringing a firm in from a table: sent, understood, looked at, applied.

Nothing is written before somebody has seen what would change. The columns are
guessed and can be put right; the address holds the corrections, so that a page
can be gone back to and each step works without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from weft.app import tables
from weft.app.permissions import OPERATIONS
from weft.app.tables import Bringing
from weft.errors import InputError, Malformed, Where
from weft.interop.tables import Layout, Table, corrected, read_table
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.changing.uploads import waiting

SEVERAL = {"name": 2, "unit": 4}
"""The fields that may take more than one column, and how many are offered."""
FIELDS: Mapping[str, str] = {
    "name": "Name",
    "unit": "Unit, from the outermost to the innermost",
    "title": "Title",
    "manager": "Whom they report to",
    "skills": "Skills",
    "level": "Level of the skills",
    "partner": "Employer, where it is not the firm",
    "mission": "Mission",
    "location": "Place",
    "zone": "Time zone",
    "email": "E-mail",
    "id": "What tells people apart in the source",
    "cost_centre": "Cost centre",
    "post": "Post",
    "second": "Says that a row is a further post",
}
SHOWN_ROWS = 4
MOST_FINDINGS = 200


@get("/import", sync_to_thread=True, operation="look")
def choose(page: NamedDependency[Page]) -> Html:
    """Show the form for a file."""
    missing = OPERATIONS["import"].lacks(page.desk.firm(), page.actor, "")
    return page.show("import.html", missing=missing)


@post(
    "/import",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def send(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Read a file, and go on to what it seems to say."""
    table = read_table(upload.name, upload.raw)
    name = waiting(page, "tables").keep(table, page.actor.person, page.now)
    asked = {k: upload.fields.get(k, "") for k in ("on", "partial")}
    query = "&".join(f"{k}={v}" for k, v in asked.items() if v.isascii() and v)
    return Redirect(f"/import/{name}{f'?{query}' if query else ''}", status_code=303)


@get("/import/{name:str}", sync_to_thread=True, operation="import", any_query=True)
def look(page: NamedDependency[Page], name: FromPath[str]) -> Html:
    """Show what a table says, column by column, and what it would change."""
    table = _table(page, name)
    query = page.call.query_params
    told = {key: value for key in query if isinstance(value := query[key], str)}
    layout, wrong = _layout(table, told)
    shown = None
    if wrong is None:
        try:
            shown = tables.preview(
                page.desk, page.actor, _bringing(table, layout, told), page.now
            )
        except InputError as error:
            wrong = error
    return page.show(
        "import-look.html",
        table=table,
        name=name,
        told=told,
        fields=_fields(layout),
        sheet=_sheet(table, layout),
        layout=layout,
        guesses={(g.field, g.column): g for g in layout.guesses},
        shown=shown,
        wrong=wrong,
        names=_names(shown),
        most=MOST_FINDINGS,
        rows=SHOWN_ROWS,
    )


@get(
    "/import/{name:str}/unread",
    sync_to_thread=True,
    operation="import",
    any_query=True,
)
def unread(page: NamedDependency[Page], name: FromPath[str]) -> Response[bytes]:
    """Give the rows that could not be read, each with its reason, as CSV."""
    table = _table(page, name)
    query = dict(page.call.query_params.items())
    layout, _ = _layout(table, query)
    shown = tables.preview(
        page.desk, page.actor, _bringing(table, layout, query), page.now
    )
    return Response(
        shown.understood.unread.encode(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="not-read.csv"'},
    )


@post("/import/{name:str}/apply", sync_to_thread=True, operation="import")
def apply(
    page: NamedDependency[Page],
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Html:
    """Bring a table in as one deed."""
    table = _table(page, name)
    layout, wrong = _layout(table, data)
    if wrong is not None:
        raise wrong
    done = tables.apply(
        page.desk, page.actor, _bringing(table, layout, data), page.now, key=name
    )
    waiting(page, "tables").drop(name)
    return page.show("imported.html", table=table, done=done)


def _table(page: Page, name: str) -> Table:
    """Find a table that the actor has sent."""
    found: Table = waiting(page, "tables").find(name, page.actor.person, page.now)
    return found


def _layout(table: Table, told: Mapping[str, Any]) -> tuple[Layout, InputError | None]:
    """Guess the columns, with what somebody has put right; and what is wrong then."""
    guessed = tables.layout(table)
    columns = {
        field: ",".join(
            column
            for at in range(SEVERAL.get(field, 1))
            if (column := str(told.get(f"{field}.{at}", "")))
        )
        for field in FIELDS
        if f"{field}.0" in told
    }
    try:
        return corrected(guessed, table, columns), None
    except InputError as error:
        return guessed, error


def _bringing(table: Table, layout: Layout, told: Mapping[str, Any]) -> Bringing:
    """Put together what is to be brought in."""
    text = str(told.get("on", ""))
    try:
        on = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Malformed(
            f"{text!r} is no day.",
            do="Write it as 2026-11-21.",
            where=Where("form", 0, "on"),
        ) from error
    return Bringing(
        table=table, layout=layout, on=on, partial=bool(told.get("partial"))
    )


class Chosen(msgspec.Struct, frozen=True):
    """A field of people, and the columns that it is taken from."""

    field: str
    title: str
    columns: tuple[str, ...]

    @property
    def shown(self) -> bool:
        """Tell whether it is needed, or found in the table."""
        return self.field in SEVERAL or any(self.columns)


def _fields(layout: Layout) -> list[Chosen]:
    """Give each field with its columns, and room for one more where several may be."""
    found = []
    for field, title in FIELDS.items():
        told = getattr(layout.people, field, "") if layout.people else ""
        columns = (told,) if isinstance(told, str) else tuple(told)
        room = SEVERAL.get(field, 1)
        wanted = min(room, len(columns) + 1) if room > 1 else 1
        padded = (*columns, *("",) * room)[: max(wanted, len(columns))]
        found.append(Chosen(field, title, padded))
    return found


def _sheet(table: Table, layout: Layout) -> Any:
    """Find the sheet of the people."""
    name = layout.people.sheet if layout.people else ""
    return table.sheet(name) or table.sheets[0]


def _names(shown: tables.Preview | None) -> Mapping[str, str]:
    """Give the names that the table would bring in."""
    profiles = shown.understood.profiles if shown else ()
    return {p.id: p.name for p in profiles}


HANDLERS = [choose, send, look, unread, apply]
