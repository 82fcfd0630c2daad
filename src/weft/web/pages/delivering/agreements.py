"""How a mission agreed to work: read by all who see it, written by its leads."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec.structs import replace

from weft.app.delivering import agreeing, measuring
from weft.app.delivering.agreeing import Writing
from weft.app.permissions import administers, leads
from weft.app.records import record
from weft.core.delivering.agreements import FeedbackLoop
from weft.core.records import Record, read_texts
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, str]]
MORE = 2
"""So many more loops than there are can be written at once."""


class Read(Record, frozen=True, kw_only=True):
    """What the form says of itself: the entry at which the page was read."""

    seen: int


@get("/missions/{key:str}/working", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show how a mission works and delivers, and let its leads write it anew."""
    firm = page.view.firm
    found = agreeing.agreed(page.desk, page.view, key, page.now.date())
    may = page.view.now and (
        leads(firm, page.actor, key) or administers(firm, page.actor)
    )
    return page.show(
        "agreement.html",
        mission=record(page.view, "missions", key),
        found=found,
        delivered=measuring.of_mission(page.desk, page.view, key, page.now),
        may_write=may,
        rows=MORE + (len(found.agreement.loops) if found.agreement else 0),
    )


@post("/missions/{key:str}/working", sync_to_thread=True, operation="change")
def write(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Write how a mission works."""
    seen = read_texts(Read, {"seen": data.get("seen", "")}).seen
    names = ("says", "cadence", "review_every", "review_since")
    told = {name: data[name] for name in names if data.get(name)}
    said = read_texts(Writing, told, "agreement")
    loops = tuple(
        read_texts(FeedbackLoop, row, f"loop {number + 1}")
        for number in range(len(data))
        if (row := _row(data, number))
    )
    said = replace(said, loops=loops)
    agreeing.agree(page.desk, page.actor, key, said, page.now, seen=seen)
    return Redirect(f"/missions/{key}/working", status_code=303)


def _row(data: dict[str, str], number: int) -> dict[str, str]:
    """Give what was filled in of one row of loops."""
    names = ("title", "every", "since", "with_whom")
    found = {name: data.get(f"loop.{number}.{name}", "") for name in names}
    return {name: text for name, text in found.items() if text}


HANDLERS = [one, write]
