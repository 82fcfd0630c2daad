"""The plan that a firm has without having written one: its missions as its goals."""

from __future__ import annotations

from weft.core.firm import Firm
from weft.core.people import Partner
from weft.core.planning.plan import (
    Core,
    Goal,
    Organization,
    Plan,
    Stakeholder,
    StakeholderRole,
    Statement,
    Value,
)
from weft.errors import InputError
from weft.interop.stratml import identifier

DERIVED = "firm"
"""What the derived plan is called."""


def derived(firm: Firm) -> Plan:
    """Give a firm as a plan: a goal for each mission, a value for each principle.

    Partners are stakeholders who perform, customers of missions who benefit.
    Raises InputError for a firm without missions: a plan has a goal at least.
    """
    if not firm.missions:
        raise InputError(
            "The firm has no plan, and no mission that could be a goal of one.",
            do="Bring a plan in: weft stratml import FILE.",
        )
    about = next(iter(firm.about.values()), None)
    organization = Organization(
        name=firm.title,
        identifier=identifier(f"{DERIVED}/organization"),
        description=about.summary if about and about.summary else None,
        stakeholders=tuple(_partner(p) for _, p in sorted(firm.partners.items())),
    )
    missions = sorted(firm.missions.values(), key=lambda mission: mission.title)
    goals = tuple(
        Goal(
            name=mission.title,
            description=mission.purpose or mission.title,
            identifier=identifier(f"{DERIVED}/{mission.id}"),
            sequence=str(number),
            stakeholders=_customer(mission.customer),
            missions=(mission.id,),
        )
        for number, mission in enumerate(missions, 1)
    )
    return Plan(
        id=DERIVED,
        type="Strategic_Plan",
        name=firm.title,
        core=Core(
            organizations=(organization,),
            mission=Statement(description=about.summary) if about else None,
            values=tuple(
                Value(name=p.title, description=p.reason or None)
                for _, p in sorted(firm.principles.items())
            ),
            goals=goals,
        ),
    )


def _partner(partner: Partner) -> Stakeholder:
    role = StakeholderRole(name=partner.type, types=("Performer",))
    return Stakeholder(
        type="Organization",
        name=partner.title,
        description=partner.summary or None,
        roles=(role,),
    )


def _customer(name: str) -> tuple[Stakeholder, ...]:
    """Give the customer of a mission as somebody who benefits."""
    if not name:
        return ()
    role = StakeholderRole(name="Customer", types=("Beneficiary",))
    return (Stakeholder(type="Generic_Group", name=name, roles=(role,)),)
