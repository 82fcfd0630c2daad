"""Every handler names its operation, or the server does not start."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from weft.app.permissions import OPERATIONS
from weft.errors import InputError


def handlers(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Give every handler with its path; not those that only list the verbs."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.http_methods != {"OPTIONS"}:
                yield route.path, handler


def check_operations(app: Litestar) -> None:
    """Raise for each handler that has no rule for who may call it."""
    bare = [
        f"{'/'.join(sorted(handler.http_methods))} {path}"
        for path, handler in handlers(app)
        if handler.opt.get("operation") not in OPERATIONS
    ]
    if bare:
        raise InputError(
            f"Nothing says who may call {', '.join(bare)}.",
            do=f"Give each `operation=`, one of: {', '.join(OPERATIONS)}.",
        )
