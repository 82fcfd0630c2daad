"""One request followed from asking to done, over HTTP."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.views import View
from weft.app.working.replays import Followed, replay
from weft.store.desk import Desk
from weft.web.params import Named, Word

Id: TypeAlias = Annotated[
    str, QueryParameter(max_length=400, description="the number of a case in the log")
]


@get("/flow/{log:str}/case", sync_to_thread=True, operation="work")
def one(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    shown: NamedDependency[str],
    log: Named,
    case: Id,
    models: Word = "",
) -> Followed:
    """Follow one request: every wait and handoff; models, with commas, beside it."""
    names = [name.strip() for name in models.split(",") if name.strip()]
    return replay(desk, view, shown, case, log, models=names)


HANDLERS = [one]
