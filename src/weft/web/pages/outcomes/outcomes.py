"""The outcomes: all of them side by side, and who pulls against whom."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.outcomes import board, signing
from weft.app.outcomes.board import Standing
from weft.core.records import Record, read_texts
from weft.engines.outcomes.trajectory import Standing as Word
from weft.web.context import Html, Page
from weft.web.pages.outcomes.drawing import drawn
from weft.web.pages.paging import part
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]
TONES: dict[Word, tuple[str, str]] = {
    "on course": ("yes", "yes"),
    "reached": ("yes", "yes"),
    "open": ("care", "clock"),
    "off course": ("no", "no"),
    "missed": ("no", "no"),
    "too early": ("", "clock"),
    "no readings": ("", "clock"),
}
"""The colour and the sign of each standing; the word is always beside them."""


class Read(Record, frozen=True, kw_only=True):
    """What the form of a signature says: the entry at which the page was read."""

    seen: int


@get("/outcomes", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page], stands: FromQuery[str] = "", n: FromQuery[int] = 1
) -> Html:
    """Show every outcome with its way to the target, the least likely first."""
    every = board.board(page.desk, page.view, page.now)
    found = [o for o in every.outcomes if stands in {"", o.trajectory.standing}]
    shown, paging = part(found, n, stands=stands)
    counts = dict.fromkeys(TONES, 0)
    for each in every.outcomes:
        counts[each.trajectory.standing] += 1
    return page.show(
        "outcomes.html",
        every=every,
        counts={word: count for word, count in counts.items() if count},
        shown=[(each, drawing(page, each)) for each in shown],
        paging=paging,
        stands=stands,
        tones=TONES,
    )


def drawing(page: Page, each: Standing) -> object:
    """Lay out the way of an outcome to its target."""
    day = board.today(page.view, page.now)
    return drawn(each.readings, each.trajectory, each.outcome, day)


@post("/missions/{key:str}/outcome/sign", sync_to_thread=True, operation="change")
def sign(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Sign the outcome of a mission, as it stood on the page that was read."""
    seen = read_texts(Read, {"seen": data.get("seen", "")}).seen
    signing.sign(page.desk, page.actor, key, page.now, seen)
    return Redirect(f"/missions/{key}#outcome", status_code=303)


HANDLERS = [several, sign]
