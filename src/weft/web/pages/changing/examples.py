"""The example firms: one button brings one of them into an empty store."""

from __future__ import annotations

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from weft.app import examples
from weft.app.permissions import permit
from weft.errors import NotFound
from weft.web.context import Page

KNOWN = {
    "bank": "Wherry, a bank in the telephone",
    "airline": "An airline before its journey",
}


@post("/examples/{name:str}", sync_to_thread=True, operation="load")
def load(page: NamedDependency[Page], name: FromPath[str]) -> Redirect:
    """Tell an example firm into a store that is still empty."""
    permit(page.desk.firm(), page.actor, "load")
    if name not in KNOWN:
        raise NotFound("example", name, KNOWN)
    examples.tell(page.desk, name, page.now.date())
    return Redirect("/", status_code=303)


HANDLERS = [load]
