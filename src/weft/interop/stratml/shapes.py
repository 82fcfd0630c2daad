"""Which element holds which, in the order that the standard asks for.

One table serves reading and writing, so that neither can know an element that the
other does not.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

from weft.core.outcomes.metric import Stage
from weft.core.planning import plan
from weft.core.planning.plan import Element

NAMESPACES = {
    1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
"""The namespace of each part of the standard."""
ROOTS = {1: "StrategicPlan", 2: "PerformancePlanOrReport"}


class Child(NamedTuple):
    """An element inside another, and the field that holds it.

    record: what it becomes; None for a plain text. many: it may come more than once.
    """

    tag: str
    field: str
    record: type[Element] | None = None
    many: bool = False


class Attribute(NamedTuple):
    """An attribute, the field that holds it, and the values it may have, where few."""

    name: str
    field: str
    values: tuple[str, ...] = ()


_NAME = Child("Name", "name")
_TOLD = Child("Description", "description")
_ID = Child("Identifier", "identifier")
_ORDER = Child("SequenceIndicator", "sequence")
_OTHER = Child("OtherInformation", "other")
_STAKES = Child("Stakeholder", "stakeholders", plan.Stakeholder, many=True)
_OBJECTIVE = (_NAME, _TOLD, _ID, _ORDER, _STAKES, _OTHER)
_START, _END = Child("StartDate", "start"), Child("EndDate", "end")
_SUBMITTER = Child("Submitter", "submitter", plan.Contact)

CHILDREN: dict[type[Element], tuple[Child, ...]] = {
    plan.Plan: (
        *(_NAME, _TOLD, _OTHER),
        Child("StrategicPlanCore", "core", plan.Core),
        Child("AdministrativeInformation", "administrative", plan.Administrative),
        _SUBMITTER,
    ),
    plan.Core: (
        Child("Organization", "organizations", plan.Organization, many=True),
        Child("Vision", "vision", plan.Statement),
        Child("Mission", "mission", plan.Statement),
        Child("Value", "values", plan.Value, many=True),
        Child("Goal", "goals", plan.Goal, many=True),
    ),
    plan.Organization: (_NAME, Child("Acronym", "acronym"), _ID, _TOLD, _STAKES),
    plan.Statement: (_TOLD, _ID),
    plan.Value: (_NAME, _TOLD),
    plan.Goal: (
        *_OBJECTIVE,
        Child("Objective", "objectives", plan.Objective, many=True),
    ),
    plan.Objective: (
        *_OBJECTIVE,
        Child("PerformanceIndicator", "indicators", plan.Indicator, many=True),
    ),
    plan.Stakeholder: (
        _NAME,
        _TOLD,
        Child("Role", "roles", plan.StakeholderRole, many=True),
    ),
    plan.StakeholderRole: (_NAME, _TOLD, Child("RoleType", "types", many=True)),
    plan.Indicator: (
        _ORDER,
        Child("MeasurementDimension", "dimension"),
        Child("UnitOfMeasurement", "unit"),
        _ID,
        Child("Relationship", "relationships", plan.Relationship, many=True),
        Child("MeasurementInstance", "measurements", plan.Measurement, many=True),
        _OTHER,
    ),
    plan.Relationship: (
        _ID,
        Child("ReferentIdentifier", "referents", many=True),
        *(_NAME, _TOLD),
    ),
    plan.Measurement: (
        Child("Place", "place", plan.Place),
        Child("TargetResult", "targets", plan.Result, many=True),
        Child("ActualResult", "actuals", plan.Result, many=True),
    ),
    plan.Place: (_NAME, Child("PlaceIdentifier", "identifier")),
    plan.Result: (
        *(_START, _END, Child("NumberOfUnits", "units")),
        Child("Descriptor", "descriptor", plan.Descriptor),
        _TOLD,
    ),
    plan.Descriptor: (
        Child("DescriptorName", "name"),
        Child("DescriptorValue", "value"),
    ),
    plan.Administrative: (
        *(_ID, _START, _END),
        Child("PublicationDate", "published"),
        Child("Source", "source"),
        _SUBMITTER,
    ),
    plan.Contact: (
        Child("GivenName", "given_name"),
        Child("Surname", "surname"),
        Child("PhoneNumber", "phone"),
        Child("EmailAddress", "email"),
    ),
}

ATTRIBUTES: dict[type[Element], tuple[Attribute, ...]] = {
    plan.Plan: (Attribute("Type", "type"),),
    plan.Stakeholder: (
        Attribute(
            "StakeholderTypeType", "type", ("Person", "Organization", "Generic_Group")
        ),
    ),
    plan.Relationship: (
        Attribute(
            "RelationshipType", "type", ("Broader_Than", "Peer_To", "Narrower_Than")
        ),
    ),
    plan.Indicator: (
        Attribute("ValueChainStage", "stage", get_args(Stage)),
        Attribute("PerformanceIndicatorType", "type", ("Quantitative", "Qualitative")),
    ),
}
