"""The words that are offered while the text of a guardrail is written."""

from __future__ import annotations

from typing import Any

from litestar import post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody

from weft.app.writing.completing import complete
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, Any]]


@post(
    "/write/guardrail/complete", status_code=200, sync_to_thread=True, operation="try"
)
def offers(page: NamedDependency[Page], data: Form) -> Html:
    """Give the words that fit at a place of the text, to be chosen from."""
    text, at = str(data.get("text", "")), str(data.get("at", ""))
    place = int(at) if at.isascii() and at.isdecimal() else len(text)
    return page.show("offers.html", completion=complete(page.view.firm, text, place))


HANDLERS = [offers]
