"""Every handler names its operation, or the server does not start."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from weft.app.permissions import OPERATIONS
from weft.errors import InputError
from weft.web.actors import enter
from weft.web.queries import enter_api, enter_page


def handlers(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Give every handler with its path; not those that only list the verbs."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.http_methods != {"OPTIONS"}:
                yield route.path, handler


def check_operations(app: Litestar) -> None:
    """Raise for each handler that has no rule for who may call it.

    And for each that brings its own way in, past the check of who calls.
    """
    bare = [_told(*each) for each in handlers(app) if not _ruled(each[1])]
    if bare:
        raise InputError(
            f"Nothing says who may call {', '.join(bare)}.",
            do=f"Give each `operation=`, one of: {', '.join(OPERATIONS)}.",
        )
    past = [_told(*each) for each in handlers(app) if not _entered(each[1])]
    if past:
        raise InputError(
            f"Nobody looks at who calls {', '.join(past)}.",
            do="Leave `before_request` to the router it stands in.",
        )


def _ruled(handler: HTTPRouteHandler) -> bool:
    """Tell whether a handler names an operation that has a rule."""
    return handler.opt.get("operation") in OPERATIONS


def _entered(handler: HTTPRouteHandler) -> bool:
    """Tell whether a call of it is looked at before it runs."""
    return handler.resolve_before_request() in {enter, enter_api, enter_page}


def _told(path: str, handler: HTTPRouteHandler) -> str:
    """Write down which handler is meant."""
    return f"{'/'.join(sorted(handler.http_methods))} {path}"
