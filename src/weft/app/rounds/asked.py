"""What of the rounds waits for somebody's answer: moves of people, and of money."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from weft.app.funding.rounds import may_decide
from weft.app.permissions import leads
from weft.app.rounds.deciding import says_for
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.funding.round import MoneyMove
from weft.core.kept import kept
from weft.core.roles import Actor
from weft.core.rounds.round import Move


def people_asked(view: View, at: datetime) -> tuple[Move, ...]:
    """Give the moves of people that wait for the actor's yes, by month and name."""
    firm, actor = view.firm, view.actor
    every = _asked(firm)
    found = every.all if actor.owner else _own(firm, actor, every)
    waiting = [m for m in found if m.month >= f"{at:%Y-%m}" and _waits(firm, actor, m)]
    waiting.sort(key=lambda move: (move.month, view.name(move.person), move.person))
    return tuple(waiting)


def money_asked(view: View, at: datetime) -> tuple[MoneyMove, ...]:
    """Give the moves of money that wait for the actor's yes, by month and mission."""
    firm, actor = view.firm, view.actor
    waiting = [
        move
        for move in firm.moneymoves.values()
        if move.month >= f"{at:%Y-%m}"
        and not move.refused
        and may_decide(firm, actor, move)
    ]
    return tuple(sorted(waiting, key=lambda move: (move.month, move.mission)))


class _Asked(NamedTuple):
    """The moves of people that nobody has ended, and whom they wait for."""

    all: tuple[Move, ...]
    person: dict[str, list[Move]]
    mission: dict[str, list[Move]]


def _asked(firm: Firm) -> _Asked:
    """Find the moves that wait, once for all who look."""

    def work_out() -> _Asked:
        every = tuple(move for move in firm.moves.values() if move.state == "asked")
        person, mission = defaultdict(list), defaultdict(list)
        for move in every:
            person[move.person].append(move)
            for each in move.heard:
                mission[each].append(move)
        return _Asked(every, person, mission)

    return kept("moves that wait", (firm.moves,), work_out)


def _own(firm: Firm, actor: Actor, every: _Asked) -> tuple[Move, ...]:
    """Give the moves of which the actor is the person, or leads a mission."""
    found = {move.key: move for move in every.person.get(actor.person, ())}
    for mission, moves in every.mission.items():
        if leads(firm, actor, mission):
            found.update((move.key, move) for move in moves)
    return tuple(found.values())


def _waits(firm: Firm, actor: Actor, move: Move) -> bool:
    """Tell whether a move lacks a yes that the actor can give."""
    own, missions = says_for(firm, actor, move) or (False, ())
    given = {mission for reply in move.last for mission in reply.missions}
    said = any(reply.own for reply in move.last)
    return (own and not said) or not given.issuperset(missions)
