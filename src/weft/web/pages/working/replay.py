"""One request followed from asking to done, drawn to scale."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from weft.app.working.replays import replay
from weft.engines.work.picture import SAYS, picture
from weft.web.context import Html, Page
from weft.web.soon import soon

Id = Annotated[str, QueryParameter(max_length=400)]


@get("/flow/{log:str}/case", sync_to_thread=True, operation="work")
@soon
def one(
    page: NamedDependency[Page],
    log: FromPath[str],
    id: Id,  # noqa: A002 # as it stands in the address
    models: FromQuery[str] = "",
) -> Html:
    """Show one request: every wait and handoff, to scale; models beside it."""
    found = replay(page.desk, page.view, page.month, id, log, models=_names(models))
    there = {piece.tone for lane in found.lanes for piece in lane.pieces}
    longest = max(lane.days for lane in found.lanes) or 1.0
    return page.show(
        "followed.html",
        found=found,
        longest=longest,
        models=models,
        tones=[(tone, says) for tone, says in SAYS.items() if tone in there],
    )


@get("/flow/{log:str}/case.svg", sync_to_thread=True, operation="work")
def drawn(
    page: NamedDependency[Page],
    log: FromPath[str],
    id: Id,  # noqa: A002 # as it stands in the address
    models: FromQuery[str] = "",
) -> Response[bytes]:
    """Give the picture of one request as a file, with what stands beside it."""
    found = replay(page.desk, page.view, page.month, id, log, models=_names(models))
    return Response(
        picture(found.lanes, f"Request {found.case}").encode(),
        media_type="image/svg+xml",
        headers={"content-disposition": 'attachment; filename="request.svg"'},
    )


def _names(models: str) -> list[str]:
    """Give the models that an address names."""
    return [name.strip() for name in models.split(",") if name.strip()]


HANDLERS = [one, drawn]
