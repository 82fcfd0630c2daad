"""The page of what came of a round: planned seats beside those there are."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency

from weft.app.rounds.keeping import round_kept
from weft.web.context import Html, Page

SHOWN = 200
"""So many seats and missions are shown; the command and the API have them all."""


@get("/round/kept", sync_to_thread=True, operation="look")
def show(page: NamedDependency[Page]) -> Html:
    """Show what came of the round of a month."""
    found = round_kept(page.desk, page.view, page.month)
    return page.show("kept.html", found=found, shown=SHOWN)


HANDLERS = [show]
