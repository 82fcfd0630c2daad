"""Checks over HTTP: all assets by all guardrails, and manifests."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from weft.app.checking import audit as auditing
from weft.app.checking import manifests
from weft.app.checking.audit import Narrowed
from weft.app.views import View
from weft.core.manifests import Checked, Manifest
from weft.core.records import Record
from weft.engines.guardrails import Counts, OfGuardrail, OfMission, Unmet
from weft.interop.sarif import audit_sarif
from weft.web.params import Word

SARIF = "application/sarif+json"
Stands: TypeAlias = FromQuery[Literal["", "breaks", "waived", "told"]]
Why: TypeAlias = FromQuery[Literal["", "broken", "unproven", "error"]]
Most: TypeAlias = Annotated[
    int, QueryParameter(ge=0, le=10_000, description="so many rows at most")
]
From: TypeAlias = Annotated[
    int, QueryParameter(ge=0, le=2**53 - 1, description="the first row to give, from 0")
]


class Audited(Record, frozen=True, kw_only=True):
    """An audit, and some of its rows.

    found: how many rows fit what was asked for. next: give it as `start` for the
    next ones; none where there are no more. The counts are of all assets.
    """

    at: datetime
    firm: int
    digest: str
    refusal: str
    total: Counts
    guardrails: tuple[OfGuardrail, ...]
    missions: tuple[OfMission, ...]
    unmet: tuple[Unmet, ...]
    found: int
    next: int | None = None


@get("/audit", sync_to_thread=True, operation="look")
def audit(
    *,
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    guardrail: Word = "",
    mission: Word = "",
    asset: Word = "",
    stand: Stands = "",
    why: Why = "",
    start: From = 0,
    most: Most = 1000,
) -> Audited:
    """Judge all assets as they stand by all guardrails in force, with every reason.

    What does not hold is given in the order of assets, then of guardrails, and can be
    narrowed down. Waivers are considered; nothing is written.
    """
    told = auditing.audit(view, now)
    rows = Narrowed(guardrail, mission, asset, stand, why).of(told)
    after = start + most
    return Audited(
        at=told.at,
        firm=told.firm,
        digest=told.digest,
        refusal=told.refusal,
        total=told.total,
        guardrails=told.guardrails,
        missions=told.missions,
        unmet=tuple(rows[start:after]),
        found=len(rows),
        next=after if after < len(rows) else None,
    )


@get("/audit.sarif", sync_to_thread=True, operation="look", media_type=SARIF)
def sarif(
    view: NamedDependency[View], now: NamedDependency[datetime]
) -> dict[str, Any]:
    """Give the same as SARIF 2.1.0, whole."""
    return audit_sarif(auditing.audit(view, now), view.firm)


@post("/check", status_code=200, sync_to_thread=True, operation="ask")
def check(
    sent: NamedDependency[Manifest],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Checked:
    """Judge what a manifest describes, on a draft too: 200 for a yes and for a no.

    It is the answer that `weft check` gives by the folder of this firm or by a bundle
    of it; nothing is kept.
    """
    return manifests.judge_sent(view.firm, view.actor, sent, now)


HANDLERS = [audit, sarif, check]
