"""The web application, joined from its routes; the only place that knows all."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException

from weft.engines.simulation.comparing import compare
from weft.engines.simulation.moving import transition
from weft.errors import WeftError
from weft.store.desk import Desk
from weft.web import api, context, files, gate, pages, params, schema, signing
from weft.web.actors import actor, enter
from weft.web.api.comparing.jobs import Jobs
from weft.web.api.mirror import shown
from weft.web.operations import check_operations
from weft.web.pages.rounds.solving import Solves
from weft.web.problems import explain, explain_http, hide
from weft.web.queries import enter_api, enter_page
from weft.web.replies import Replies
from weft.web.security import add_headers
from weft.web.sending import Told
from weft.web.settings import Settings
from weft.web.soon import Working

HERE = Path(__file__).parent
SHARED = ("base.html", "menu.html", "parts.html", "rows.html", "icons.html")
FIRST = (*SHARED, "home.html", "working.html")
"""Templates made out before the first call: they are in whatever is shown first."""


def make(desk: Desk, settings: Settings) -> Litestar:
    """Make the application for an open firm.

    Raises InputError where a handler does not say who may call it.
    """
    known = files.read_files()
    lasting = {"files": known, "templates": _templates(known)}
    state = State({**lasting, **beginning(desk, settings)})
    app = Litestar(
        route_handlers=[
            Router(
                "/api",
                route_handlers=api.HANDLERS,
                before_request=enter_api,
                response_class=Told,
                dependencies={"shown": Provide(shown, sync_to_thread=False)},
            ),
            Router(
                "/",
                route_handlers=[*signing.HANDLERS, *pages.HANDLERS],
                before_request=enter_page,
                include_in_schema=False,
            ),
            files.static,
            schema.openapi,
        ],
        state=state,
        on_shutdown=[
            state.comparisons.close,
            state.transitions.close,
            state.solves.close,
        ],
        before_request=enter,
        dependencies=_dependencies(state),
        exception_handlers={
            WeftError: explain,
            HTTPException: explain_http,
            Exception: hide,
        },
        before_send=[add_headers],
        request_max_body_size=gate.MOST_BODY,
        openapi_config=None,
        logging_config=None,
    )
    check_operations(app)
    return app


def beginning(desk: Desk, settings: Settings) -> dict[str, Any]:
    """Give what an application begins with for one store, beside its own files."""
    return {
        "desk": desk,
        "settings": settings,
        "replies": Replies(),
        "working": Working(settings.patience),
        "solves": Solves(),
        "comparisons": Jobs(compare, "comparisons"),
        "transitions": Jobs(transition, "moves"),
    }


def _dependencies(state: State) -> dict[str, Provide]:
    """Name what a handler may ask for, each made where it is needed."""

    def now() -> datetime:
        told: datetime = state.settings.clock()
        return told

    return {
        "desk": Provide(lambda: state.desk, sync_to_thread=False),
        "settings": Provide(lambda: state.settings, sync_to_thread=False),
        "now": Provide(now, sync_to_thread=False),
        "actor": Provide(actor, sync_to_thread=False),
        "view": Provide(context.view, sync_to_thread=True),
        "page": Provide(context.page, sync_to_thread=False),
        "sent": Provide(gate.sent),
        "upload": Provide(gate.upload),
        "uploads": Provide(gate.uploads),
        "seen": Provide(params.seen, sync_to_thread=False),
    }


def _templates(known: files.Files) -> Environment:
    """Set up the templates: everything escaped, an unknown name a fault."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # else each call asks the disk about each of its templates
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = lambda name: files.address(known, name)
    environment.filters.update(pages.FILTERS)
    for each in FIRST:
        environment.get_template(each)
    return environment
