"""What a plan tells of persons, taken apart from it and put together again.

The journal cannot forget, so what a document says of a person goes into a profile,
which can be erased; the plan keeps its place alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from weft.core.people import Profile
from weft.core.planning.plan import (
    Contact,
    Core,
    Goal,
    Objective,
    Organization,
    Plan,
    Stakeholder,
)
from weft.core.records import decode, show

_ERASED = "erased"


def apart(plan: Plan) -> tuple[Plan, tuple[Profile, ...]]:
    """Take persons out of a plan: the plan without them, and a profile for each."""
    profiles: list[Profile] = []

    def keep(name: str, told: str) -> str:
        key = f"{plan.id[:60]}.plan.{len(profiles) + 1}"
        line = " ".join(name.split())[:400] or "a person"
        profiles.append(Profile(id=key, name=line, told=told))
        return key

    def stake(each: Stakeholder) -> Stakeholder:
        if each.type != "Person" or each.profile or not (each.name or each.description):
            return each
        return Stakeholder(type=each.type, profile=keep(each.name or "", show(each)))

    def contact(each: Contact) -> Contact:
        told = (each.given_name, each.surname, each.phone, each.email)
        if each.profile or not any(told):
            return each
        name = " ".join(part for part in told[:2] if part)
        return Contact(profile=keep(name, show(each)))

    found = _each(plan, stake, contact)
    return found, tuple(profiles)


def together(plan: Plan, profiles: Mapping[str, Profile]) -> Plan:
    """Put the persons of a plan back; of one who was erased it says that alone."""

    def stake(each: Stakeholder) -> Stakeholder:
        if not each.profile:
            return each
        told = _told(profiles, each.profile)
        return decode(Stakeholder, told) if told else replace(each, name=_ERASED)

    def contact(each: Contact) -> Contact:
        told = _told(profiles, each.profile) if each.profile else b""
        return decode(Contact, told) if told else replace(each, profile=None)

    return _each(plan, stake, contact)


def _told(profiles: Mapping[str, Profile], key: str) -> bytes:
    found = profiles.get(key)
    return found.told.encode() if found else b""


def _each(
    plan: Plan,
    stake: Callable[[Stakeholder], Stakeholder],
    contact: Callable[[Contact], Contact],
) -> Plan:
    """Give a plan with each stakeholder and contact replaced, in their order."""

    def staked(of: Organization | Goal | Objective) -> msgspec.Struct:
        return replace(of, stakeholders=tuple(stake(s) for s in of.stakeholders))

    def goal(each: Goal) -> msgspec.Struct:
        inner = tuple(staked(objective) for objective in each.objectives)
        return replace(staked(each), objectives=inner)

    core: Core = replace(
        plan.core,
        organizations=tuple(staked(each) for each in plan.core.organizations),
        goals=tuple(goal(each) for each in plan.core.goals),
    )
    admin = plan.administrative
    if admin and admin.submitter:
        admin = replace(admin, submitter=contact(admin.submitter))
    submitter = contact(plan.submitter) if plan.submitter else None
    return replace(plan, core=core, administrative=admin, submitter=submitter)
