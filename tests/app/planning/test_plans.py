"""Plans in a firm: persons stand apart, goals stay tied, reports are valid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from weft.app.examples import tell
from weft.app.planning import plans
from weft.app.planning.deriving import derived
from weft.app.planning.figures import Measured, held_against
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.core.planning.plan import Core, Goal, Plan, Sought
from weft.core.records import Record
from weft.core.roles import Actor
from weft.errors import InputError
from weft.interop.stratml import read_plan
from weft.store.desk import Desk, open_desk

OWNER = Actor(person="owner", owner=True)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DOCUMENT = b"""<PerformancePlanOrReport Type="Strategic_Plan"
 xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport">
<Name>Arriving</Name><StrategicPlanCore><Organization><Name>Lumen</Name>
<Stakeholder StakeholderTypeType="Person"><Name>Zara Secret</Name>
<Description>asks for it</Description></Stakeholder>
<Stakeholder StakeholderTypeType="Organization"><Name>Acme</Name></Stakeholder>
</Organization><Goal><Name>Money arrives</Name><Description>At once.</Description>
<Identifier>_g1</Identifier><Objective><PerformanceIndicator ValueChainStage="Outcome">
<MeasurementDimension>Transfers within ten seconds</MeasurementDimension>
<UnitOfMeasurement>%</UnitOfMeasurement><MeasurementInstance><TargetResult>
<EndDate>2027-04-30</EndDate><NumberOfUnits>99</NumberOfUnits></TargetResult>
<ActualResult><NumberOfUnits>91.5</NumberOfUnits></ActualResult>
<ActualResult><EndDate>2026-10-31</EndDate><NumberOfUnits>94</NumberOfUnits>
</ActualResult></MeasurementInstance>
</PerformanceIndicator></Objective></Goal></StrategicPlanCore>
<Submitter><GivenName>Yann</GivenName><Surname>Hidden</Surname></Submitter>
</PerformancePlanOrReport>"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give an empty store."""
    with open_desk(f"sqlite:///{tmp_path / 'firm.db'}") as desk:
        yield desk


def bring(desk: Desk, raw: bytes = DOCUMENT, *, found: bool = False) -> plans.Brought:
    """Bring a document in as the owner."""
    return plans.bring(desk, OWNER, raw, "plan.xml", NOW, found=found)


def given(desk: Desk, *, report: bool = False) -> Plan:
    """Give the plan out and read it again."""
    raw = plans.give(desk, look(desk, OWNER), NOW, report=report)
    return read_plan(raw, "out.xml", "arriving")


def test_persons_are_in_no_entry_and_can_be_erased(desk: Desk) -> None:
    brought = bring(desk)
    assert (brought.persons, brought.stakeholders) == (2, 2)
    told = repr([*desk.entries()])
    assert not [word for word in ("Zara", "Secret", "Yann", "asks for") if word in told]
    assert given(desk) == read_plan(DOCUMENT, "plan.xml", "arriving")
    for person in ("arriving.plan.1", "arriving.plan.2"):
        desk.erase(person, at=NOW, actor=OWNER)
    after = plans.give(desk, look(desk, OWNER), NOW).decode()
    assert not [word for word in ("Zara", "Yann", "Hidden") if word in after]
    assert "<Name>erased</Name>" in after


def test_bringing_it_in_again_changes_nothing(desk: Desk) -> None:
    assert bring(desk).entry == 1
    assert bring(desk).entry is None


def test_goals_become_missions_with_the_indicator_as_their_metric(desk: Desk) -> None:
    bring(desk, found=True)
    firm = desk.firm()
    mission = firm.missions["money-arrives"]
    assert isinstance(mission, Mission)
    assert mission.outcome is not None
    metric = firm.metrics[mission.outcome.metric]
    assert (metric.title, metric.stage) == ("Transfers within ten seconds", "Outcome")
    assert (mission.outcome.baseline, mission.outcome.target) == (91.5, 99)
    (reading,) = desk.facts.of(Reading, {metric.id})
    assert (reading.value, str(reading.on)) == (94, "2026-10-31")
    assert [p.title for p in firm.partners.values()] == ["Acme"]
    assert firm.plans["arriving"].core.goals[0].missions == ("money-arrives",)


def test_a_later_version_keeps_what_its_goals_were_tied_to(desk: Desk) -> None:
    bring(desk, found=True)
    bring(desk, DOCUMENT.replace(b"At once.", b"At once, always."))
    goal = desk.firm().plans["arriving"].core.goals[0]
    assert goal.description == "At once, always."
    assert goal.missions == ("money-arrives",)


def test_a_firm_without_a_plan_is_given_as_one(desk: Desk) -> None:
    bring(desk, found=True)
    firm = desk.firm()
    plan = derived(firm)
    assert [goal.missions for goal in plan.core.goals] == [("money-arrives",)]


@pytest.mark.slow
def test_the_example_runs_by_a_plan_of_seven_goals(
    desk: Desk, shared_data: Path
) -> None:
    tell(desk, "pervasive-plan", NOW.date(), people=60)
    view = look(desk, OWNER)
    told = plans.told(desk, view, NOW)
    assert [g.sequence for g in told.goals] == ["", *"1234567"]
    assert [o.sequence for o in told.goals[3].objectives] == ["3.1", "3.2", "3.3"]
    measured = [g for g in told.goals if any(f.value is not None for f in g.figures)]
    assert len(measured) == 8
    assert all(g.figures for g in told.goals)
    every = [f for g in told.goals for part in (g, *g.objectives) for f in part.figures]
    assert all(f.by and f.target is not None for f in every)
    assert {f.measure for f in every if f.before is not None} >= {"owned", "mandates"}
    for report in (False, True):
        root = etree.fromstring(plans.give(desk, view, NOW, report=report))
        for path in sorted((shared_data / "stratml" / "xsd").glob("Perf*.xsd")):
            schema = etree.XMLSchema(etree.parse(str(path)))
            assert schema.validate(root), schema.error_log


def test_a_figure_is_held_against_its_target_and_what_it_was(desk: Desk) -> None:
    missions = [Mission(id=name, title=name) for name in ("tills", "boats")]
    goal = Goal(name="Results", measures=("outcomes", "lead-time"))
    sought = Sought(measure="outcomes", value=50.0, by=NOW.date())
    plan = Plan(id="p", core=Core(goals=(goal,)), sought=(sought,))
    load(desk, *missions, plan, at=NOW - timedelta(days=100))
    aim = Outcome(metric="waits", target=1.0, by=NOW.date())
    metric = Metric(id="waits", title="Waits", unit="minutes", mission="tills")
    load(desk, metric, replace(missions[0], outcome=aim), at=NOW)
    (told,) = plans.told(desk, look(desk, OWNER), NOW).goals
    outcomes, lead_time = told.figures
    assert (outcomes.value, outcomes.before, outcomes.reached) == (50.0, 0.0, True)
    assert outcomes.on == (NOW - timedelta(days=90)).date()
    assert (lead_time.target, lead_time.before, lead_time.reached) == (None, None, None)
    out = plans.give(desk, look(desk, OWNER), NOW, report=True)
    assert b"<NumberOfUnits>50</NumberOfUnits>" in out


def test_less_of_the_lead_time_is_better() -> None:
    found = Measured(
        measure="lead-time",
        title="",
        value=9.0,
        unit="",
        n=1,
        of="",
        says="",
        behind="",
        less=True,
    )
    for value, reached in ((8.0, False), (9.0, True), (10.0, True)):
        sought = Sought(measure="lead-time", value=value, by=NOW.date())
        assert held_against(found, sought, None, NOW.date()).reached is reached


def test_a_later_version_keeps_its_targets_and_none_comes_twice(desk: Desk) -> None:
    bring(desk)
    plan = desk.firm().plans["arriving"]
    sought = Sought(measure="owned", value=90.0, by=NOW.date())
    load(desk, replace(plan, sought=(sought,)), at=NOW)
    bring(desk, DOCUMENT.replace(b"At once.", b"At once, always."))
    assert desk.firm().plans["arriving"].sought == (sought,)
    with pytest.raises(InputError, match="several targets for owned"):
        replace(plan, sought=(sought, sought))


def load(desk: Desk, *records: Record, at: datetime) -> None:
    """Put records on record, as if they had always fitted."""
    deed = Deed(name="load", changes=tuple(map(put, records)))
    desk.write(lambda _: deed, at=at, actor=OWNER)
