"""The decision records: all of them, brought in, and one with what replaced what."""

from __future__ import annotations

from typing import cast, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.framework.adrs import bring as brought_in
from weft.app.records import record
from weft.core.framework.adrs import ADR, Status
from weft.engines.guardrails.grounds import (
    lineage,
    newest_first,
    rested_on,
    resting,
    shaken,
)
from weft.errors import Malformed, Where
from weft.interop.madr import write_madr
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Uploads
from weft.web.pages.choices import matching

CARRIED = "text:"
"""A file that was looked at goes on in the form, as a field `text:NAME`."""


@get("/adrs", sync_to_thread=True, operation="look")
def several(
    page: NamedDependency[Page], q: FromQuery[str] = "", status: FromQuery[str] = ""
) -> Html:
    """List the decision records, the newest first."""
    found = [
        each
        for each in newest_first(page.view.firm.adrs.values())
        if matching(q, each.title, each.context, each.outcome)
        and status in {"", each.status}
    ]
    return page.show(
        "adrs.html",
        adrs=found,
        counts=rested_on(page.view.firm),
        q=q,
        stands=status,
        statuses=get_args(Status),
    )


@get("/adrs/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one decision record, and the guardrails that rest on it."""
    firm = page.view.firm
    found = cast("ADR", record(page.view, "adrs", key))
    return page.show(
        "adr.html",
        record=found,
        chain=lineage(firm, found),
        shaken=shaken(firm, found),
        guardrails=resting(firm, key),
    )


@get(
    "/adrs/{key:str}/markdown",
    sync_to_thread=True,
    media_type="text/markdown",
    operation="look",
)
def markdown(page: NamedDependency[Page], key: FromPath[str]) -> Response[str]:
    """Give one decision record as a Markdown file."""
    found = cast("ADR", record(page.view, "adrs", key))
    headers = {"content-disposition": f'attachment; filename="{found.id}.md"'}
    text = write_madr(found)
    return Response(text, media_type="text/markdown", headers=headers)


@post(
    "/adrs",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="change",
)
def bring(page: NamedDependency[Page], uploads: NamedDependency[Uploads]) -> Html:
    """Show what Markdown files would bring; or bring it in, where that was asked for.

    They go on in the form, so that what was looked at is what is brought in.
    """
    texts = {
        name.removeprefix(CARRIED): text.replace("\r\n", "\n").encode()
        for name, text in uploads.fields.items()
        if name.startswith(CARRIED)
    }
    files = {name: raw for name, raw in uploads.files.items() if name} or texts
    if not files:
        raise Malformed(
            "No file was chosen.",
            do="Choose the Markdown files of your decision records.",
            where=Where("form", 0, "file"),
        )
    done = uploads.fields.get("step") == "apply"
    found = brought_in(page.desk, page.view, files, page.now, dry_run=not done)
    carried = {CARRIED + name: raw.decode("utf-8-sig") for name, raw in files.items()}
    return page.show("adrs-brought.html", found=found, done=done, carried=carried)


HANDLERS = [several, one, markdown, bring]
