"""Experiments start with a rule, are watched, and close with what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import fields, replace
from tests.app.conftest import BEN, CLEO, NOW, OWNER

from weft.app.outcomes import experiments
from weft.app.outcomes.experiments import Ending
from weft.app.records import write
from weft.app.views import look
from weft.core.entries import put
from weft.core.outcomes.experiment import Experiment, Observation, Spending, StopRule
from weft.core.outcomes.metric import Metric
from weft.errors import ConflictError, Forbidden, InputError, Problems
from weft.store.desk import Desk

RULE = StopRule(most=200, by=NOW.date() + timedelta(days=30))
BET = Experiment(
    id="bet",
    title="Bet",
    mission="payments",
    hypothesis="If, then.",
    metric="speed",
    stop=RULE,
)


@pytest.fixture
def planned(quick: Desk) -> Desk:
    metric = Metric(id="speed", title="Speed", unit="x", mission="payments")
    write(quick, OWNER, [put(metric), put(BET)], name="put", at=NOW)
    return quick


def trials(count: int, effect: float = 0.0) -> Sequence[Observation]:
    return [
        Observation(
            experiment="bet",
            trial=f"t{n}",
            arm="treatment" if n % 2 else "control",
            at=NOW - timedelta(minutes=count - n),
            value=float(n % 4 < 2) + effect * (n % 2),
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("field", ["hypothesis", "metric", "stop"])
def test_it_does_not_start_without_what_it_is_judged_by(
    planned: Desk, field: str
) -> None:
    empty = "" if field == "hypothesis" else None
    write(planned, OWNER, [put(replace(BET, **{field: empty}))], name="p", at=NOW)
    with pytest.raises(InputError, match="needs a"):
        experiments.start(planned, BEN, "bet", NOW)


def test_it_runs_is_watched_and_closed(planned: Desk) -> None:
    with pytest.raises(ConflictError, match="not started"):
        experiments.observe(planned, BEN, "bet", trials(2), at=NOW)
    with pytest.raises(Forbidden):
        experiments.start(planned, CLEO, "bet", NOW)
    assert experiments.start(planned, BEN, "bet", NOW).started == NOW.date()
    first = experiments.observe(planned, BEN, "bet", trials(40, 1), at=NOW)
    assert (first.new, first.repeats, first.look.state) == (40, 0, "running")
    past = [replace(o, at=NOW) for o in trials(80, 1)[40:]]
    then = experiments.observe(planned, BEN, "bet", past, at=NOW)
    assert (then.look.state, then.look.past > 0) == ("won", True)
    again = experiments.observe(planned, BEN, "bet", past, at=NOW)
    assert (again.new, again.repeats, again.entry) == (0, 40, None)
    closed = experiments.close(planned, BEN, "bet", Ending(cost="10.00 EUR"), NOW)
    assert (closed.verdict, closed.closed) == ("won", NOW.date())
    with pytest.raises(ConflictError, match="does not run"):
        experiments.close(planned, BEN, "bet", Ending(), NOW)
    with pytest.raises(ConflictError, match="is closed"):
        experiments.observe(planned, BEN, "bet", trials(2), at=NOW)


def test_what_was_seen_before_the_plan_was_set_does_not_test_it(planned: Desk) -> None:
    experiments.start(planned, BEN, "bet", NOW)
    early = replace(trials(1)[0], trial="early", at=NOW - timedelta(days=1))
    with pytest.raises(InputError, match=r"Trial early was at .* started on"):
        experiments.observe(planned, BEN, "bet", [*trials(4), early], at=NOW)
    assert experiments.one(planned, look(planned, BEN), "bet", NOW).look.control == 0


def spending(amount: str, ago: int = 0) -> Spending:
    return Spending(on=NOW.date() - timedelta(days=ago), amount=amount)


def test_the_cost_cap_stops_it_and_says_when(planned: Desk) -> None:
    capped = replace(BET, cost_cap="100.00 EUR")
    write(planned, OWNER, [put(capped)], name="put", at=NOW)
    with pytest.raises(ConflictError, match="does not run"):
        experiments.spend(planned, BEN, "bet", spending("1.00 EUR"), at=NOW)
    experiments.start(planned, BEN, "bet", NOW)
    told = experiments.spend(planned, BEN, "bet", spending("60.00 EUR", 2), at=NOW)
    assert (told.look.state, told.look.spent) == ("running", "60.00 EUR")
    assert "60.00 EUR of 100.00 EUR is spent." in told.look.says
    with pytest.raises(InputError, match="EUR and USD"):
        experiments.spend(planned, BEN, "bet", spending("5.00 USD"), at=NOW)
    with pytest.raises(InputError, match="not come yet"):
        experiments.spend(planned, BEN, "bet", spending("5.00 EUR", -1), at=NOW)
    with pytest.raises(Forbidden):
        experiments.spend(planned, CLEO, "bet", spending("5.00 EUR"), at=NOW)
    twice = [
        experiments.spend(
            planned, BEN, "bet", spending("40.00 EUR", 1), at=NOW, idempotency="k"
        )
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    found = twice[0].look
    assert (found.state, found.spent) == ("spent", "100.00 EUR")
    assert found.capped == NOW.date() - timedelta(days=1)
    late = experiments.observe(planned, BEN, "bet", trials(80, 1), at=NOW)
    assert (late.look.state, late.look.past) == ("spent", 80)
    with pytest.raises(InputError, match="learnt"):
        experiments.close(planned, BEN, "bet", Ending(), NOW)
    closed = experiments.close(planned, BEN, "bet", Ending(learnt="Too dear."), NOW)
    assert (closed.verdict, closed.cost) == ("undecided", "100.00 EUR")


def test_one_that_failed_says_what_was_learnt_and_blames_nobody(planned: Desk) -> None:
    experiments.start(planned, BEN, "bet", NOW)
    experiments.observe(planned, BEN, "bet", trials(80, -1), at=NOW)
    with pytest.raises(InputError, match="learnt"):
        experiments.close(planned, BEN, "bet", Ending(learnt=" "), NOW)
    told = Ending(learnt="Nobody waits for it.")
    assert experiments.close(planned, BEN, "bet", told, NOW).verdict == "lost"
    (kept,) = experiments.several(planned, look(planned, OWNER), NOW)
    assert kept.experiment.learnt == "Nobody waits for it."
    names = {field.name for field in fields(Experiment)}
    assert not names & {"by", "owner", "culprit", "person", "responsible"}


def test_what_was_set_before_stays_and_no_verdict_is_written(planned: Desk) -> None:
    forged = replace(BET, started=NOW.date(), verdict="won")
    with pytest.raises(Forbidden, match="never written so"):
        write(planned, BEN, [put(forged)], name="put", at=NOW)
    experiments.start(planned, BEN, "bet", NOW)
    other = replace(planned.firm().experiments["bet"], hypothesis="Another.")
    with pytest.raises(Forbidden, match="stays as it was set"):
        write(planned, BEN, [put(other)], name="put", at=NOW)


def test_a_bad_trial_is_told_with_its_row() -> None:
    raw = b"trial,arm,at,value\na,control,2026-11-01T10:00:00Z,x\nb,both,x,1\n"
    with pytest.raises(Problems) as refused:
        experiments.from_file("bet", "a.csv", raw)
    assert [each.where.line for each in refused.value.problems] == [2, 3, 3]
    fine = b"trial,arm,at,value\na,control,2026-11-01T10:00:00Z,1.5\n"
    (found,) = experiments.from_file("bet", "a.csv", fine)
    assert (found.experiment, found.value, found.guard) == ("bet", 1.5, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hypothesis", "If that, then."),
        ("metric", None),
        ("stop", replace(RULE, most=300)),
        ("cost_cap", "900.00 EUR"),
        ("started", None),
        ("verdict", "won"),
    ],
)
def test_what_was_set_before_the_start_stays(
    planned: Desk, field: str, value: object
) -> None:
    experiments.start(planned, BEN, "bet", NOW)
    runs = planned.firm().experiments["bet"]
    with pytest.raises(Problems) as caught:
        write(planned, OWNER, [put(replace(runs, **{field: value}))], name="p", at=NOW)
    assert [p.where.path for p in caught.value.problems] == [f"$.{field}"]
    assert planned.firm().experiments["bet"] == runs
    write(planned, OWNER, [put(replace(runs, title="A bet"))], name="p", at=NOW)
    assert planned.firm().experiments["bet"].title == "A bet"
