"""The audit: what of all that the firm runs does not hold, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app.checking.audit import Narrowed, audit
from weft.interop.sarif import audit_sarif
from weft.web.context import Html, Page
from weft.web.pages.choices import mission_called
from weft.web.pages.paging import part
from weft.web.soon import soon

NOBODY = "-"
"""Stands in the address for what no mission owns."""
MOST = 100
"""So many missions are listed, those that break most."""


@get("/audit", sync_to_thread=True, operation="look")
@soon
def shown(
    page: NamedDependency[Page],
    *,
    guardrail: FromQuery[str] = "",
    mission: FromQuery[str] = "",
    stand: FromQuery[str] = "breaks",
    why: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """Show how many assets break what, and each of them with its reasons."""
    told = audit(page.view, page.now)
    owner = mission_called(page.view.firm, mission)
    narrowed = Narrowed(
        guardrail=guardrail,
        mission="" if owner == NOBODY else owner,
        stand="" if stand == "all" else stand,
        state=why,
    )
    found = narrowed.of(told)
    if owner == NOBODY:
        found = [each for each in found if not each.mission]
    rows, paging = part(
        found, n, stand=stand, guardrail=guardrail, mission=mission, why=why
    )
    asked = {"guardrail": guardrail, "mission": mission, "why": why}
    return page.show(
        "audit.html",
        audit=told,
        rows=rows,
        paging=paging,
        asked={**asked, "stand": stand},
        nobody=NOBODY,
        by_guardrail=_counted(told.guardrails),
        by_mission=_counted(told.missions),
        most=MOST,
    )


@get("/audit/audit.json", sync_to_thread=True, operation="look")
def as_json(page: NamedDependency[Page]) -> Response[bytes]:
    """Give the whole audit as JSON, to be kept."""
    told = msgspec.json.encode(audit(page.view, page.now), order="deterministic")
    return _file(told, "audit.json", "application/json")


@get("/audit/audit.sarif", sync_to_thread=True, operation="look")
def as_sarif(page: NamedDependency[Page]) -> Response[bytes]:
    """Give the whole audit as SARIF, to be kept."""
    told = audit_sarif(audit(page.view, page.now), page.view.firm)
    return _file(msgspec.json.encode(told), "audit.sarif", "application/sarif+json")


def _file(raw: bytes, name: str, media_type: str) -> Response[bytes]:
    """Give bytes as a file."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(raw, media_type=media_type, headers=headers)


def _counted(rows: Sequence[Any]) -> list[Any]:
    """Give those of which something does not hold, what breaks most first."""
    some = [r for r in rows if r.counts.breaks + r.counts.waived + r.counts.told]
    return sorted(some, key=lambda r: (-r.counts.breaking, -r.counts.told))


HANDLERS = [shown, as_json, as_sarif]
