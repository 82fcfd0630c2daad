"""What a mission is judged by, as a joint choice: confirmed, and signed by leads."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace

from weft.app.permissions import outside, permit, permit_change
from weft.app.records import stays_whole
from weft.app.views import shared_with
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.records import read
from weft.core.roles import Actor
from weft.core.sources import Source
from weft.errors import Forbidden, InputError, NotFound
from weft.store.desk import Desk


def sign(
    desk: Desk, actor: Actor, mission: str, at: datetime, seen: int | None = None
) -> Outcome:
    """Sign the outcome of a mission as one of its two leads.

    seen: the sequence at which it was read; one that has changed since is not signed
    unread.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "change")
        seen_by = shared_with(firm, actor) if outside(firm, actor) else firm
        goal = _goal(seen_by, mission)
        mandate = firm.mandates.get(mission)
        leads = (mandate.business_lead, mandate.technology_lead) if mandate else ()
        if actor.person not in leads:
            raise Forbidden(
                f"You are not a lead of {mission}.",
                do="Its business lead and its technology lead sign the outcome.",
            )
        if actor.person in goal.signed_by:
            raise InputError(
                "You have signed this outcome already.", do="There is nothing to do."
            )
        signed = replace(goal, signed_by=(*goal.signed_by, actor.person))
        after = replace(firm.missions[mission], outcome=signed)
        return Deed(name="outcome.sign", changes=(put(after),), note=mission, seen=seen)

    entry = desk.write(deed, at=at, actor=actor)
    return _goal(desk.firm(entry.seq), mission)


def confirm(
    desk: Desk, actor: Actor, metric: str, stage: str, *, at: datetime, key: str = ""
) -> Metric:
    """Confirm at which stage of the value chain a metric stands, as its owner."""

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "change")
        if metric not in firm.metrics:
            raise NotFound("metric", metric, firm.metrics)
        plain = asdict(firm.metrics[metric]) | {"stage": stage}
        change = put(read(Metric, plain, Source("stage")))
        permit_change(firm, actor, change)
        stays_whole(firm, (change,))
        return Deed(name="metric.confirm", changes=(change,), note=metric)

    intent = f"{metric} {stage}".encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    return desk.firm(entry.seq).metrics[metric]


def _goal(firm: Firm, mission: str) -> Outcome:
    """Find the outcome of a mission."""
    found = firm.missions.get(mission)
    if found is None:
        raise NotFound("mission", mission, firm.missions)
    if found.outcome is None:
        raise InputError(
            f"{mission} states no outcome.",
            do="Put its metric, target and date on the mission first.",
        )
    return found.outcome
