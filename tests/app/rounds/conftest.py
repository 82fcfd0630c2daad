"""A firm in which a round has one move to propose."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.app.conftest import ERIK, NOW, OWNER

from weft.app.rounds import deciding
from weft.app.rounds.deciding import Answering
from weft.app.rounds.working_out import Ask, Patience, work_out
from weft.core.assets import Contract
from weft.core.entries import Deed, put
from weft.core.missions import Need, Seat
from weft.core.people import Person
from weft.core.roles import Actor
from weft.core.rounds.round import Move
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.allocation import Proposal
from weft.store.desk import Desk

MONTH = "2026-12"
ASK = Ask(month=MONTH, months=3)
FRED = Actor(person="fred")
DAY = timedelta(days=1)


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm in which lending wants Rust, which Fred has, who sits in payments."""
    records = [
        Discipline(id="software", title="Software", camp="technology"),
        Skill(id="rust", title="Rust", discipline="software"),
        Person(id="fred", unit="shop"),
        Claim(person="fred", skill="rust", level=4, seen=date(2026, 10, 1)),
        Seat(person="fred", mission="payments", start="2026-01"),
        Contract(id="c1", title="C", partner="acme"),
        Need(mission="payments", skill="python", share=80, month=MONTH),
        Need(mission="lending", skill="rust", share=60, month=MONTH, until="2027-02"),
    ]
    deed = Deed(name="load", changes=tuple(map(put, records)))
    quick.write(lambda _: deed, at=NOW, actor=OWNER)
    return quick


def worked(desk: Desk, actor: Actor = ERIK) -> Proposal:
    """Work the round out."""
    return work_out(desk, actor, ASK, NOW, Patience(lambda: 20.0))


def proposed(desk: Desk) -> Move:
    """Put the round before people, and give Fred's move."""
    deciding.put_forward(desk, ERIK, worked(desk), NOW)
    return desk.firm().moves[f"{MONTH}:fred"]


def says(desk: Desk, actor: Actor, **how: object) -> deciding.Said:
    """Answer a move, a day later."""
    told = Answering(month=MONTH, **how)  # type: ignore[arg-type]
    return deciding.answer(desk, actor, told, NOW + DAY)


def seats(desk: Desk, month: str = MONTH) -> dict[str, int]:
    """Give Fred's shares in a month."""
    held = (s for s in desk.firm().seats.values() if s.person == "fred")
    return {s.mission: s.share for s in held if s.held_in(month)}
