"""Improvements are told month by month, with the grade that their evidence carries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.app.conftest import NOW, OWNER
from tests.app.rounds.proofs import STOP, trials

from weft.app.outcomes.improvements import improvement, improving
from weft.app.outcomes.readings import bring
from weft.app.records import write
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Evidence, Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.reading import Reading
from weft.errors import NotFound
from weft.store.desk import Desk

OUT = NOW.date() - timedelta(days=200)
NEW = Improvement(
    id="new",
    title="New till",
    mission="payments",
    metric="speed",
    deployed=OUT,
    evidence=(Evidence(grade="B", control="calm"),),
)


@pytest.fixture
def improved(quick: Desk) -> Desk:
    told = [
        Metric(id="speed", title="Speed", unit="%", mission="payments"),
        Metric(id="calm", title="Calm", unit="% of those asked"),
        NEW,
        replace(NEW, id="plan", deployed=None, evidence=()),
    ]
    write(quick, OWNER, map(put, told), name="put", at=NOW)
    days = [OUT + timedelta(days=30 * n) for n in range(-6, 6)]
    read = [
        Reading(metric=key, on=day, value=50 + n % 2 + step * (day >= OUT))
        for key, step in (("speed", 9), ("calm", 0))
        for n, day in enumerate(days)
    ]
    bring(quick, OWNER, read, NOW)
    return quick


def test_the_latest_comes_first_with_what_shows_it(improved: Desk) -> None:
    view = look(improved, OWNER)
    found = improving(improved, view, NOW)
    assert [each.improvement.id for each in found.improvements] == ["plan", "new"]
    new = found.improvements[1].shown
    assert (new.before, new.after, new.carries) == (50.5, 59.5, "B")
    assert found.months == ((f"{OUT:%Y-%m}", 1),)
    assert found.quiet == ("lending", "payments")
    assert improvement(improved, view, "new").shown == new


def test_a_mission_that_improved_something_lately_is_not_listed(improved: Desk) -> None:
    fresh = replace(NEW, id="fresh", deployed=NOW.date() - timedelta(days=90))
    write(improved, OWNER, [put(fresh)], name="put", at=NOW)
    view = look(improved, OWNER)
    assert improving(improved, view, NOW).quiet == ("lending",)
    assert improving(improved, view, NOW, "payments").quiet == ()
    assert improving(improved, view, NOW, "lending").improvements == ()


def test_a_failed_experiment_that_taught_something_is_work_well_done(
    improved: Desk,
) -> None:
    """But none that won, ended long ago or taught nothing."""
    day = NOW.date()
    lost = Experiment(
        id="lost",
        title="Lost",
        mission="lending",
        started=day - timedelta(days=99),
        closed=day - timedelta(days=90),
        verdict="lost",
        learnt="Nobody reads it.",
    )
    won = replace(lost, id="won", verdict="won", stop=STOP)
    write(improved, OWNER, [put(won)], name="put", at=NOW)
    shown = tuple(trials(won))
    improved.write(lambda _: Deed(name="x", facts=shown), at=NOW, actor=OWNER)
    others = [
        replace(lost, id="old", closed=day - timedelta(days=91)),
        replace(lost, id="mute", learnt=" "),
        replace(lost, id="open", closed=None, verdict=None),
        replace(lost, id="first", closed=day - timedelta(days=1), verdict="undecided"),
    ]
    write(improved, OWNER, map(put, [lost, *others]), name="put", at=NOW)
    view = look(improved, OWNER)
    found = improving(improved, view, NOW)
    assert [each.id for each in found.learnt] == ["first", "lost"]
    assert found.quiet == ("payments",)
    assert improving(improved, view, NOW, "payments").learnt == ()


def test_what_is_not_there_is_said(improved: Desk) -> None:
    view = look(improved, OWNER)
    with pytest.raises(NotFound):
        improvement(improved, view, "nothing")
    with pytest.raises(NotFound):
        improving(improved, view, NOW, "nothing")
