"""The page of a round: worked out, put before people, answered move by move."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from weft.app.permissions import OPERATIONS
from weft.app.rounds import deciding
from weft.app.rounds.deciding import Answering
from weft.app.rounds.lending import lending
from weft.app.rounds.working_out import Ask, Patience, work_out
from weft.core.records import read_texts
from weft.core.rounds.round import Move
from weft.core.scalars import Month
from weft.engines.allocation import Proposal, months_from
from weft.errors import InputError
from weft.web.context import Html, Page
from weft.web.pages.rounds.solving import Solves

Form = URLEncodedBody[dict[str, str]]
AGAIN = "2"
"""Seconds after which the browser asks again how far a round is."""
SHOWN = 50
"""So many moves and open needs are shown; the command and the API have them all."""


@get("/round", sync_to_thread=True, operation="look")
def show(page: NamedDependency[Page]) -> Html:
    """Show the round of a month: what is proposed, and what people have said."""
    month = _month(page)
    solve = _solves(page).of(month)
    firm, view = page.view.firm, page.view
    cannot = {
        word: OPERATIONS[word].lacks(firm, page.actor, "")
        for word in ("round", "round.propose")
    }
    moves = deciding.moves(view, month)
    found = solve.proposal if solve and not cannot["round"] else None
    told = page.show(
        "round.html",
        asked=month,
        around=(months_from(month, -2)[1], months_from(month, 2)[1]),
        solve=solve if not cannot["round"] else None,
        found=found,
        stale=found is not None and found.seq != firm.seq,
        round=firm.rounds.get(month),
        moves=moves[:SHOWN],
        count=len(moves),
        mine=[m.key for m in moves if deciding.may_answer(firm, page.actor, m)],
        missions=_by_mission(moves),
        lending=lending(view, month),
        cannot=cannot,
        past=month < f"{page.now:%Y-%m}",
        shown=SHOWN,
    )
    if solve is not None and solve.running and not cannot["round"]:
        told.headers["Refresh"] = AGAIN
    return told


@post("/round/work", sync_to_thread=True, operation="round")
def work(page: NamedDependency[Page], data: Form) -> Redirect:
    """Have a round worked out in the background."""
    ask = read_texts(Ask, _filled(data, Ask), "form")
    if ask.month < f"{page.now:%Y-%m}":
        raise InputError(
            f"{ask.month} is past: seats are proposed for this month or a later one.",
            do=f"Choose {page.now:%Y-%m} or a later month.",
        )
    desk, actor, now = page.desk, page.actor, page.now

    def work_it_out(asked: Ask, patience: Patience) -> Proposal:
        return work_out(desk, actor, asked, now, patience)

    _solves(page).start(ask, work_it_out)
    return _to(ask.month)


@post("/round/stop", sync_to_thread=True, operation="round")
def stop(page: NamedDependency[Page], data: Form) -> Redirect:
    """Stop working a round out; nothing is left of it."""
    month = read_texts(Ask, {"month": data.get("month", "")}, "form").month
    _solves(page).stop(month)
    return _to(month)


@post("/round/propose", sync_to_thread=True, operation="round.propose")
def propose(page: NamedDependency[Page], data: Form) -> Redirect:
    """Put the round that was worked out before people."""
    month = read_texts(Ask, {"month": data.get("month", "")}, "form").month
    solve = _solves(page).of(month)
    found = solve.proposal if solve else None
    if found is None:
        raise InputError(
            f"No round of {month} has been worked out.",
            do="Have it worked out first.",
        )
    deciding.put_forward(page.desk, page.actor, found, page.now)
    _solves(page).stop(month)
    return _to(month, "moves")


@post("/round/answer/{word:str}", sync_to_thread=True, operation="round.answer")
def answer(page: NamedDependency[Page], word: FromPath[str], data: Form) -> Redirect:
    """Accept or refuse the move of one person, or change its shares."""
    plain: dict[str, Any] = {
        "month": data.get("month", ""),
        "answer": word,
        "people": [data["person"]] if data.get("person") else [],
    }
    if word == "refuse":
        plain["why"] = data.get("why", "")
    if word == "change":
        shares = {k[6:]: v for k, v in data.items() if k.startswith("share:") and v}
        plain["shares"] = shares
    said = read_texts(Answering, plain, "form")
    deciding.answer(page.desk, page.actor, said, page.now)
    return _to(said.month, "moves")


def _solves(page: Page) -> Solves:
    found: Solves = page.call.app.state.solves
    return found


def _month(page: Page) -> Month:
    """Give the month of the round: as asked for, else the next one."""
    if page.call.query_params.get("month"):
        return page.month
    return months_from(page.month, 2)[1]


def _by_mission(moves: list[Move]) -> dict[str, list[tuple[Move, int, int]]]:
    """Give the moves of each mission: who, the share before and after."""
    found: dict[str, list[tuple[Move, int, int]]] = {}
    for move in moves:
        for part in move.parts:
            row = (move, part.before, part.after)
            found.setdefault(part.mission, []).append(row)
    return dict(sorted(found.items()))


def _to(month: Month, place: str = "") -> Redirect:
    where = f"#{place}" if place else ""
    return Redirect(f"/round?month={month}{where}", status_code=303)


def _filled(data: dict[str, str], form: type[Ask]) -> dict[str, str]:
    """Give what was filled in of a form, without what a browser adds."""
    names = form.__struct_fields__
    return {name: text for name, text in data.items() if name in names and text}


HANDLERS = [show, work, stop, propose, answer]
