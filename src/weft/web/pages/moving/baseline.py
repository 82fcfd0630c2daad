"""The page of the baseline: what would be frozen, or then and now."""

from __future__ import annotations

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from weft.app.moving.baseline import freeze, paces
from weft.app.permissions import OPERATIONS
from weft.web.context import Html, Page
from weft.web.soon import soon

TITLES: Final = {
    "decision": ("Speed", "From asking to the answer that counts"),
    "lead": ("Agility", "From wanted to there"),
    "course": ("Flexibility", "From a change of course proposed to it holding"),
}


@get("/baseline", sync_to_thread=True, operation="compare")
@soon
def baseline(page: NamedDependency[Page]) -> Html:
    """Show how fast the firm was when its baseline was frozen, and is now."""
    lacks = OPERATIONS["baseline.freeze"].lacks(page.desk.firm(), page.actor, "")
    return page.show(
        "baseline.html",
        found=paces(page.desk, page.view, page.now),
        titles=TITLES,
        may_freeze=not lacks and page.view.now,
    )


@post("/baseline", sync_to_thread=True, operation="baseline.freeze")
def freeze_it(page: NamedDependency[Page]) -> Redirect:
    """Freeze how fast the firm is today, for good."""
    freeze(page.desk, page.actor, page.now)
    return Redirect("/baseline", status_code=303)


HANDLERS = [baseline, freeze_it]
