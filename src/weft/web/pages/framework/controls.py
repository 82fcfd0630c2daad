"""Catalogues of controls: what each asks for, and which guardrails work towards it."""

from __future__ import annotations

from typing import cast

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from weft.app import records
from weft.app.permissions import OPERATIONS
from weft.app.published import oscal
from weft.app.published.coverage import coverage, in_order
from weft.core.framework.controls import Control
from weft.interop.oscal import statement
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload


@get("/catalogues", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the catalogues, each with how much of it guardrails work towards."""
    missing = OPERATIONS["import"].lacks(page.desk.firm(), page.actor, "")
    return page.show("catalogues.html", found=coverage(page.view), missing=missing)


@post(
    "/catalogues",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def bring(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Bring in a catalogue, or a newer version of one."""
    brought = oscal.bring(page.desk, page.actor, upload.raw, upload.name, page.now)
    return Redirect(f"/catalogues/{brought.catalogue}", status_code=303)


@get("/catalogues/{key:str}", sync_to_thread=True, operation="look")
def one(
    page: NamedDependency[Page], key: FromPath[str], show: FromQuery[str] = ""
) -> Html:
    """Show one catalogue, family by family."""
    records.record(page.view, "catalogues", key)
    (found,) = coverage(page.view, key)
    return page.show("catalogue.html", found=found, only=show)


@get("/controls", sync_to_thread=True, operation="look")
def controls() -> Redirect:
    """Lead on to the catalogues, in which the controls are."""
    return Redirect("/catalogues", status_code=303)


@get("/controls/{key:str}", sync_to_thread=True, operation="look")
def control(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show what one control asks for, and what works towards it."""
    firm = page.view.firm
    found = cast("Control", records.record(page.view, "controls", key))
    inside = [c for c in firm.controls.values() if c.within == key]
    return page.show(
        "control.html",
        control=found,
        said=statement(firm, found),
        inside=sorted(inside, key=in_order),
        guardrails=sorted(
            (g for g in firm.guardrails.values() if key in g.controls),
            key=lambda g: g.title,
        ),
    )


HANDLERS = [several, bring, one, controls, control]
