"""The page of a round's money: before and after, why, and the answers of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.funding import rounds
from weft.app.funding.rounds import Deciding, MoneyAsk
from weft.app.permissions import OPERATIONS
from weft.core.funding.months import after
from weft.core.funding.round import MoneyMove
from weft.core.records import read_texts
from weft.core.scalars import minor
from weft.engines.funding.rounds import MoneyLine, MoneyProposal
from weft.web.context import Html, Page
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]
SHOWN = 200
"""So many missions are shown; the command and the API have them all."""
ORDER = ("stop", "shrink", "grow", "continue")


@get("/round/money", sync_to_thread=True, operation="money")
@soon
def show(page: NamedDependency[Page], work: FromQuery[str] = "") -> Html:
    """Show the money of a month: as it was put before people, or as it would be."""
    month = _month(page)
    firm = page.view.firm
    past = month < f"{page.now:%Y-%m}"
    moves = rounds.moves(page.view, month)
    found = None
    if page.view.now and firm.funds and not past and (work or not moves):
        asked = MoneyAsk(month=month)
        found = rounds.work_out(page.desk, page.actor, asked, page.now)
    cannot = OPERATIONS["money.propose"].lacks(firm, page.actor, "")
    every = [] if found else moves
    mine = [m for m in moves if rounds.may_decide(firm, page.actor, m)]
    return page.show(
        "round-money.html",
        asked=month,
        around=(after(month, -1), after(month, 1)),
        past=past,
        found=found,
        round=firm.moneyrounds.get(month),
        groups=_groups(found, every),
        most=_most(found.lines if found else every),
        mine=[move.key for move in mine],
        waits=sum(not move.refused for move in mine),
        cannot=cannot,
        shown=SHOWN,
    )


@post("/round/money/propose", sync_to_thread=True, operation="money.propose")
def propose(page: NamedDependency[Page], data: Form) -> Redirect:
    """Put the money of a month before those who decide."""
    asked = read_texts(MoneyAsk, {"month": data.get("month", "")}, "form")
    rounds.put_forward(page.desk, page.actor, asked, page.now)
    return _to(asked.month)


@post("/round/money/answer/{word:str}", sync_to_thread=True, operation="money.answer")
def answer(page: NamedDependency[Page], word: FromPath[str], data: Form) -> Redirect:
    """Accept, change or refuse the money of one mission, or accept all."""
    plain: dict[str, Any] = {
        "month": data.get("month", ""),
        "answer": word,
        "missions": [data["mission"]] if data.get("mission") else [],
        "why": data.get("why", ""),
    }
    if word == "change":
        plain["amount"] = data.get("amount", "")
    said = read_texts(Deciding, plain, "form")
    rounds.decide(page.desk, page.actor, said, page.now)
    return _to(said.month, f"m-{data['mission']}" if data.get("mission") else "")


def _groups(
    found: MoneyProposal | None, moves: Sequence[MoneyMove]
) -> list[tuple[str, list[MoneyLine | MoneyMove]]]:
    """Give what is proposed, by word, the words that change most first."""
    every: Sequence[MoneyLine | MoneyMove] = found.lines if found else moves
    groups = ((word, [e for e in every if e.word == word]) for word in ORDER)
    return [(word, lines) for word, lines in groups if lines]


def _most(every: Sequence[MoneyLine | MoneyMove]) -> int:
    """Give the most that any mission has, before or after, in minor units."""
    return max((minor(a)[0] for e in every for a in (e.before, e.after)), default=0)


def _month(page: Page) -> str:
    """Give the month of the round: as asked for, else the next one."""
    if page.call.query_params.get("month"):
        return page.month
    return after(page.month, 1)


def _to(month: str, place: str = "") -> Redirect:
    where = f"#{place}" if place else ""
    return Redirect(f"/round/money?month={month}{where}", status_code=303)


HANDLERS = [show, propose, answer]
