"""Every move is on record with all it came from, apart from comparisons."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.app.conftest import OWNER, START
from tests.engines.simulation.firms import small

from weft.app.comparing.keeping import Kept, comparisons, moves, repeated
from weft.app.moving.keeping import (
    ask_of_move,
    keep_move,
    move_called,
    moving_again,
    opened_move,
)
from weft.app.moving.moving import Moving, move_asked_for
from weft.core.roles import Actor
from weft.engines.simulation.moving import Ask, Transition, transition
from weft.errors import Forbidden, InputError, NotFound
from weft.interop.models import library
from weft.store.desk import Desk
from weft.store.verify import verify

LIBRARY = library()
ASK = Ask(
    LIBRARY["partnership"],
    LIBRARY["pervasive"],
    small(),
    {"size": 2.0},
    order="busiest",
    seed=5,
    runs=2,
    years=1.0,
)


def made(ask: Ask = ASK) -> Transition:
    *_, found = transition(ask)
    return found


@pytest.fixture
def kept(quick: Desk) -> Kept:
    return keep_move(quick, OWNER, ASK, made(), at=START)


def test_a_move_is_kept_with_all_it_came_from(quick: Desk, kept: Kept) -> None:
    assert moves(quick, OWNER) == [kept]
    assert comparisons(quick, OWNER) == []
    only = move_called(quick, OWNER, "")
    assert ask_of_move(only) == ASK
    assert opened_move(quick, only).report == made()
    asked = moving_again(only)
    assert (asked.values, asked.order) == ({"move.size": 2.0}, "busiest")
    assert verify(quick).bad is None


def test_simulated_again_it_is_identical_and_stands_once(
    quick: Desk, kept: Kept
) -> None:
    again = made(ask_of_move(move_called(quick, OWNER, kept.compared.id)))
    assert repeated(kept, again).identical
    twice = keep_move(quick, OWNER, ASK, again, at=START)
    assert twice == replace(kept, identical=True)
    other = keep_move(quick, OWNER, ASK._replace(order="calmest"), again, at=START)
    assert other.compared.id != kept.compared.id


def test_what_is_no_move_is_refused(quick: Desk) -> None:
    with pytest.raises(InputError, match=r"Nothing is called 'lean\.rework'"):
        move_asked_for(quick, OWNER, Moving(values={"lean.rework": 0.1}))
    with pytest.raises(InputError, match="from a model to itself"):
        move_asked_for(quick, OWNER, Moving(after="partnership"))


def test_a_stranger_sees_no_move_and_a_wrong_name_is_told(
    quick: Desk, kept: Kept
) -> None:
    with pytest.raises(NotFound, match="There is no transition called 'gone'"):
        move_called(quick, OWNER, "gone")
    with pytest.raises(Forbidden):
        moves(quick, Actor(person="nobody"))
    assert kept.compared.names == ("partnership", "pervasive")
