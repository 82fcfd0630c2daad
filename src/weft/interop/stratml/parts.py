"""A plan in the other part of the standard, and what that cannot say."""

from __future__ import annotations

from typing import Literal, TypeVar

from msgspec.structs import replace

from weft.core.planning.plan import (
    Administrative,
    Core,
    Goal,
    Objective,
    Organization,
    Plan,
)

Part = Literal[1, 2]
Held = TypeVar("Held", Organization, Goal, Objective)


def as_part(plan: Plan, part: Part) -> Plan:
    """Give a plan as Part 1 or Part 2 has it.

    Part 1 has no indicators, roles or type of document, no identifier of its own and no
    empty dates: these are left out. Whoever handed it in stands elsewhere.
    """
    if part == plan.form.part:
        return plan
    form = replace(plan.form, part=part, namespaces={})
    plan = replace(plan, form=form, attributes={})
    admin = plan.administrative
    if part == 2:  # noqa: PLR2004 # the number of the part
        submitter = admin.submitter if admin else None
        admin = replace(admin, submitter=None) if admin else None
        kind = plan.type or "Strategic_Plan"
        return replace(plan, type=kind, administrative=admin, submitter=submitter)
    return replace(
        plan,
        type="",
        core=_first(plan.core),
        administrative=_dated(admin, plan),
        submitter=None,
    )


def _dated(admin: Administrative | None, plan: Plan) -> Administrative | None:
    """Give the administrative part as Part 1 has it: no empty date, no identifier."""
    if admin is None and plan.submitter is None:
        return None
    admin = admin or Administrative()
    return replace(
        admin,
        identifier=None,
        start=admin.start or None,
        end=admin.end or None,
        published=admin.published or None,
        submitter=plan.submitter,
    )


def _first(core: Core) -> Core:
    """Leave out of a plan what Part 1 does not have."""
    return replace(
        core,
        organizations=tuple(_staked(each) for each in core.organizations),
        goals=tuple(
            replace(
                _staked(goal),
                objectives=tuple(
                    replace(_staked(each), indicators=()) for each in goal.objectives
                ),
            )
            for goal in core.goals
        ),
    )


def _staked(of: Held) -> Held:
    """Leave out the roles of stakeholders."""
    plain = tuple(replace(each, roles=()) for each in of.stakeholders)
    return replace(of, stakeholders=plain)
