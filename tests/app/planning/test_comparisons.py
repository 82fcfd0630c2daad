"""Every comparison is on record with all it came from, and can be made again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.app.conftest import OWNER, START
from tests.engines.simulation.firms import setting, small

from weft.app.comparing.keeping import (
    Kept,
    ask_of,
    comparison_called,
    comparisons,
    keep,
    listed,
    opened,
    repeated,
)
from weft.core.planning.compared import Compared
from weft.core.roles import Actor
from weft.engines.simulation.comparing import Ask, Report, compare
from weft.errors import Forbidden, NotFound
from weft.interop.models import library
from weft.store.desk import Desk
from weft.store.verify import verify

MODELS = tuple(library()[name] for name in ("lean", "pervasive"))
ASK = Ask(MODELS, small(), seed=5, runs=2, years=0.2, deep=False)


def made(ask: Ask = ASK) -> Report:
    *_, report = compare(ask)
    return report


@pytest.fixture
def kept(quick: Desk) -> Kept:
    return keep(quick, OWNER, ASK, made(), at=START)


def test_a_comparison_is_kept_with_all_it_came_from(quick: Desk, kept: Kept) -> None:
    [only] = comparisons(quick, OWNER)
    assert only == kept
    assert ask_of(only) == ASK
    assert opened(quick, only).report == made()
    assert listed(only).models == ("lean", "pervasive")
    assert only.by == OWNER.person
    assert quick.entry(kept.entry).deed.name == "compare"
    assert verify(quick).bad is None


def test_made_again_it_is_identical_and_stands_once(quick: Desk, kept: Kept) -> None:
    again = made(ask_of(comparison_called(quick, OWNER, kept.compared.id)))
    assert repeated(kept, again).identical
    twice = keep(quick, OWNER, ASK, again, at=START)
    assert twice == replace(kept, identical=True)
    assert len(comparisons(quick, OWNER)) == 1


@pytest.mark.parametrize(
    "ask",
    [
        ASK._replace(models=MODELS[::-1]),
        ASK._replace(setting=setting("airline").with_values({"people": 30})),
        ASK._replace(models=(MODELS[0], MODELS[1].with_values({"embedded": 1}))),
    ],
)
def test_what_was_asked_is_read_back_to_the_same_figures(quick: Desk, ask: Ask) -> None:
    kept = keep(quick, OWNER, ask, made(ask), at=START)
    [there] = comparisons(quick, OWNER)
    assert ask_of(there) == ask
    assert repeated(kept, made(ask_of(there))).identical


def test_another_figure_is_told_and_takes_no_place(quick: Desk, kept: Kept) -> None:
    other = replace(made(), seq=77)
    assert not repeated(kept, other).identical
    assert keep(quick, OWNER, ASK, other, at=START).identical is False
    assert opened(quick, comparisons(quick, OWNER)[0]).report == made()


@pytest.mark.parametrize(
    "other",
    [
        ASK._replace(seed=6),
        ASK._replace(models=MODELS[::-1]),
        ASK._replace(models=(MODELS[0], MODELS[1].with_values({"rework": 0.2}))),
        ASK._replace(setting=small(people=25)),
    ],
)
def test_another_ask_is_another_comparison(quick: Desk, kept: Kept, other: Ask) -> None:
    second = keep(quick, OWNER, other, made(other), at=START)
    assert second.compared.id != kept.compared.id
    assert [k.compared.id for k in comparisons(quick, OWNER)] == [
        second.compared.id,
        kept.compared.id,
    ]


def test_nobody_from_outside_sees_them(quick: Desk, kept: Kept) -> None:
    stranger = Actor(person="stranger")
    with pytest.raises(Forbidden):
        comparisons(quick, stranger)
    with pytest.raises(Forbidden):
        comparison_called(quick, stranger, kept.compared.id)
    with pytest.raises(Forbidden):
        keep(quick, stranger, ASK._replace(seed=9), made(), at=START)
    with pytest.raises(NotFound, match="nothing"):
        comparison_called(quick, OWNER, "nothing")
    assert len(quick.facts.of(Compared)) == 1
