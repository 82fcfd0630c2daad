"""The board of a round: people dragged from mission to mission, and what that does.

What is tried stands in the address, so that a step back undoes it and nothing is kept.
"""

from __future__ import annotations

import time
from urllib.parse import quote

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.permissions import leads
from weft.app.rounds import deciding
from weft.app.rounds.arranging import Arrangement, Held, arrange, weigh
from weft.app.rounds.dragging import Drag, dragged, read_seats, seat_words
from weft.app.rounds.working_out import Patience
from weft.core.records import read_texts
from weft.core.scalars import Month
from weft.web.context import Html, Page, link

Form = URLEncodedBody[dict[str, str]]
COLUMNS, BENCH = 6, 12
"""So many missions are shown where nothing says which, and so many people with time."""
WEIGHING = 4.0
"""Seconds that the bound of a month may take, once for a firm as it stands."""


@get("/round/board", sync_to_thread=True, operation="round")
def show(
    page: NamedDependency[Page],
    seats: FromQuery[str] = "",
    missions: FromQuery[str] = "",
    more: FromQuery[str] = "",
    card: FromQuery[str] = "",
) -> Html:
    """Show people by mission as they would sit, and what comes of it."""
    firm = page.view.firm
    asked = _asked(page.month, seats)
    columns = _columns(page, asked, [*missions.split(","), more])
    until = time.monotonic() + WEIGHING
    patience = Patience(lambda: max(until - time.monotonic(), 0.0))
    found = weigh(
        page.desk,
        page.actor,
        asked,
        now=page.now,
        patience=patience,
        beside=columns,
    )
    moves = {m.person for m in deciding.moves(page.view, page.month)}
    tried = [person for person in found.people if person.person in asked.shares]
    return page.show(
        "board.html",
        asked=asked,
        found=found,
        columns=[each for each in found.missions if each.mission in columns],
        others=[m for m in sorted(firm.missions) if m not in columns],
        free=dict(list(found.free.items())[:BENCH]),
        tried=tried,
        back=[p.person for p in tried if not p.tried and p.person in moves],
        seats=seats,
        missions=",".join(columns),
        card=card,
        put=page.month in firm.rounds,
        by_change=_by_change,
    )


@get("/round/board/drag", sync_to_thread=True, operation="round")
def drag(
    page: NamedDependency[Page],
    *,
    person: FromQuery[str],
    seats: FromQuery[str] = "",
    missions: FromQuery[str] = "",
    source: FromQuery[str] = "",
    to: FromQuery[str] = "",
    share: FromQuery[str] = "",
) -> Redirect:
    """Take somebody to another mission, or to none, on the board alone."""
    told = {"person": person, "source": source, "to": to, "share": share}
    seat = read_texts(Drag, {k: v for k, v in told.items() if v}, "form")
    asked = dragged(page.view.firm, _asked(page.month, seats), seat)
    words = ",".join(seat_words(asked))
    where = link(
        page.call, "/round/board", month=page.month, seats=words, missions=missions
    )
    at = f"card-{seat.person}-{seat.to}" if seat.to else "bench"
    return Redirect(f"{where}#{quote(at)}", status_code=303)


@post("/round/board/put", sync_to_thread=True, operation="round.answer")
def put_forward(page: NamedDependency[Page], data: Form) -> Redirect:
    """Put what was tried before people, in one entry."""
    asked = _asked(data.get("month", ""), data.get("seats", ""), data.get("why", ""))
    arrange(page.desk, page.actor, asked, page.now)
    return Redirect(f"/round?month={asked.month}#moves", status_code=303)


def _by_change(held: tuple[Held, ...]) -> list[Held]:
    """Give who would sit there: first those whose share changes."""
    there = [each for each in held if each.tried]
    return sorted(there, key=lambda h: (h.tried == h.proposed, h.proposed == h.now))


def _asked(month: Month, seats: str, why: str = "") -> Arrangement:
    plain = {"month": month, "shares": read_seats([w for w in seats.split(",") if w])}
    return read_texts(Arrangement, plain | ({"why": why} if why else {}), "seats")


def _columns(page: Page, asked: Arrangement, named: list[str]) -> list[str]:
    """Give the missions to show: those named, else one's own and some that change."""
    firm = page.view.firm
    touched = [m for shares in asked.shares.values() for m in shares]
    found = [m for m in dict.fromkeys((*named, *touched)) if m in firm.missions]
    if any(named):
        return found
    own = sorted(m for m in firm.missions if leads(firm, page.actor, m))
    moves = deciding.moves(page.view, page.month)
    mine = [m for m in moves if not own or {p.mission for p in m.parts} & set(own)]
    change = [part.mission for move in mine for part in move.parts]
    return list(dict.fromkeys((*found, *own, *change, *sorted(firm.missions))))[
        : max(COLUMNS, len(found) + len(own))
    ]


HANDLERS = [show, drag, put_forward]
