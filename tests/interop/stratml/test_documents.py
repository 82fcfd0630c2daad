"""A plan in StratML comes in whole and goes out as it came."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from weft.core.planning.plan import Plan
from weft.errors import InputError, Malformed, Problems
from weft.interop.stratml import as_part, read_plan, write_plan

SPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
ODD = f"""<?xml-stylesheet type="text/xsl" href="stratml.xsl"?>
<s:PerformancePlanOrReport xmlns:s="{SPACE}" xmlns:x="urn:x" Type="Performance_Plan" x:by="us">
    <s:Name>A “plan” &amp; more</s:Name>
    <s:Description/>
    <s:StrategicPlanCore>
        <!-- who it is of -->
        <s:Organization>
            <s:Name xml:lang="en">Lumen</s:Name>
            <x:Colour>blue</x:Colour>
        </s:Organization>
        <s:Goal>
            <s:Name>Arrive</s:Name>
            <s:Description>Money arrives.</s:Description>
            <s:Identifier>_1</s:Identifier>
            <s:Objective>
                <s:PerformanceIndicator ValueChainStage="Outcome" PerformanceIndicatorType="Odd">
                    <s:MeasurementDimension>Transfers within ten seconds</s:MeasurementDimension>
                    <s:UnitOfMeasurement>%</s:UnitOfMeasurement>
                    <s:MeasurementInstance>
                        <s:TargetResult>
                            <s:EndDate>2027-04-30</s:EndDate>
                            <s:NumberOfUnits>99.5</s:NumberOfUnits>
                        </s:TargetResult>
                        <s:ActualResult>
                            <s:NumberOfUnits>97</s:NumberOfUnits>
                        </s:ActualResult>
                    </s:MeasurementInstance>
                </s:PerformanceIndicator>
            </s:Objective>
        </s:Goal>
    </s:StrategicPlanCore>
</s:PerformancePlanOrReport>
<!-- the end -->
"""  # noqa: E501 # as somebody wrote it


def canonical(raw: bytes) -> bytes:
    """Write a document in its canonical form, comments included."""
    root = etree.fromstring(raw).getroottree()
    found: bytes = etree.tostring(root, method="c14n", with_comments=True)
    return found


def test_what_has_no_place_is_kept_and_written_back() -> None:
    raw = ODD.encode()
    plan = read_plan(raw, "odd.xml", "odd")
    assert canonical(write_plan(plan)) == canonical(raw)
    indicator = plan.core.goals[0].objectives[0].indicators[0]
    assert (indicator.stage, indicator.type) == ("Outcome", None)
    assert indicator.measurements[0].targets[0].units == "99.5"
    assert (plan.description, plan.other) == ("", None)


def test_identifiers_that_come_twice_are_told_with_both_lines() -> None:
    raw = ODD.replace("<s:Description/>", "<s:Description/>").replace(
        "<s:PerformanceIndicator V",
        "<s:Identifier>_1</s:Identifier><s:PerformanceIndicator V",
    )
    with pytest.raises(Problems) as told:
        read_plan(raw.encode(), "odd.xml", "odd")
    (fault,) = told.value.problems
    assert "line 14" in fault.what
    assert fault.where.line == 16


def with_doctype(inside: str) -> str:
    """Give a whole plan with a DOCTYPE before it, and what it declares in its name."""
    whole = ODD.replace("A “plan” &amp; more", "&b;")
    return f"<!DOCTYPE s:PerformancePlanOrReport [{inside}]>\n" + whole


BOMB = with_doctype('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">')
OUTSIDE = with_doctype('<!ENTITY b SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    "raw",
    [
        *(BOMB, OUTSIDE, "", "<a", "{}", "<Plan/>", "\0"),
        "<StrategicPlan/>",
        f"<PerformancePlanOrReport xmlns='{SPACE}'><Name/></PerformancePlanOrReport>",
        "<StrategicPlan>" + "<a>" * 60 + "</a>" * 60 + "</StrategicPlan>",
        "<StrategicPlan>" + "<a>" * 5000,
    ],
)
def test_what_is_no_plan_or_would_reach_outside_is_refused(raw: str) -> None:
    with pytest.raises(Malformed):
        read_plan(raw.encode(), "bad.xml", "bad")


def test_what_is_larger_than_any_plan_is_refused() -> None:
    with pytest.raises(InputError):
        read_plan(b" " * (8 * 1024 * 1024 + 1), "large.xml", "large")


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)


@given(TEXT, TEXT, st.booleans())
def test_any_text_comes_back(name: str, told: str, indented: bool) -> None:  # noqa: FBT001
    read = read_plan(ODD.encode(), "odd.xml", "odd")
    goal = read.core.goals[0]
    core = replace(read.core, goals=(replace(goal, name=name, description=told),))
    form = replace(read.form, indent="  " if indented else None)
    plan = replace(read, core=core, form=form)
    assert read_plan(write_plan(plan), "odd.xml", "odd") == plan


# The published documents


def schemas(data: Path) -> dict[int, list[etree.XMLSchema]]:
    """Compile the published schemas, by part."""
    found: dict[int, list[etree.XMLSchema]] = {1: [], 2: []}
    for path in sorted((data / "stratml" / "xsd").glob("*.xsd")):
        part = 1 if path.name.startswith("StrategicPlan") else 2
        found[part].append(etree.XMLSchema(etree.parse(str(path))))
    assert [len(each) for each in found.values()] == [1, 2]
    return found


def valid(plan: Plan, data: Path) -> bool:
    """Tell whether a plan is written so that the schemas of its part accept it."""
    root = etree.fromstring(write_plan(plan))
    return all(each.validate(root) for each in schemas(data)[plan.form.part])


@pytest.mark.data
def test_every_published_document_goes_out_as_it_came(shared_data: Path) -> None:
    documents = sorted((shared_data / "stratml").glob("*.xml"))
    assert len(documents) >= 2
    for path in documents:
        raw = path.read_bytes()
        plan = read_plan(raw, path.name, "plan")
        assert canonical(write_plan(plan)) == canonical(raw), path.name
        assert valid(plan, shared_data), path.name
        for part in (1, 2):
            assert valid(as_part(plan, part), shared_data), (path.name, part)


@pytest.mark.data
def test_the_published_plans_hold_what_was_counted_by_hand(shared_data: Path) -> None:
    folder = shared_data / "stratml"
    seed = folder / "pervasive-innovation.stratml.xml"
    plan = read_plan(seed.read_bytes(), seed.name, "seed")
    assert len(plan.core.goals) == 8
    assert [g.sequence for g in plan.core.goals] == [None, *"1234567"]
    assert [o.sequence for o in plan.core.goals[3].objectives] == ["3.1", "3.2", "3.3"]
    assert [v.name for v in plan.core.values] == [
        *("Innovation", "Relationships", "Connections", "Capabilities")
    ]
    assert plan.core.values[2].description is None
    assert len(plan.core.organizations[0].stakeholders) == 10
    assert sum(len(goal.stakeholders) for goal in plan.core.goals) == 4
    kept = [g.identifier for g in plan.core.goals if g.identifier]
    assert "_868d678e-bae5-11ea-b5a6-56202a83ea00" in kept
