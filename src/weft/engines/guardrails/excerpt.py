"""So much of a firm as it takes to judge a manifest, without anybody's name in it.

The rules, the words they are in, the waivers and baselines that may still count, and
of missions, mandates, roles and assets what these need. A person is `person-1`, or the
lead that they are: who granted a waiver still holds the role, and nobody can tell who
it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from immutables import Map
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Waiver
from weft.core.missions import Mandate, Mission
from weft.core.records import Record
from weft.core.roles import Role
from weft.engines.guardrails.manifest import given_of
from weft.engines.guardrails.waivers import approver, instant

LEADS = ("business-lead", "technology-lead")


def excerpt(firm: Firm, at: datetime) -> Firm:
    """Give the part of a firm by which manifests are judged, from an instant on."""
    now = instant(firm, at)
    rules = [g for g in firm.guardrails.values() if g.phase in {"trial", "enforced"}]
    waivers = [w for w in firm.waivers.values() if w.until > now]
    names = _names(waivers)
    roles = {role for g in rules for role in (g.owner, approver(g))}
    items = [i for i in firm.baseline.values() if not i.mended_at and i.until > now]
    waived = {waiver.asset for waiver in waivers} | {item.asset for item in items}
    rollouts = {i.rollout for i in items if i.rollout in firm.rollouts}
    assets = (given_of(firm, asset) for asset in firm.assets.values())
    return Firm(
        seq=firm.seq,
        acts=firm.acts,
        vocabulary=firm.vocabulary,
        sets=firm.sets,
        principles=firm.principles,
        guardrails=_table(rules),
        roles=_table(_role(firm.roles[r], names) for r in roles if r in firm.roles),
        missions=_table(map(_mission, firm.missions.values())),
        mandates=_table(map(_mandate, firm.mandates.values())),
        assets=_table(a for a in assets if a.properties or a.id in waived),
        waivers=_table(_waiver(waiver, names) for waiver in waivers),
        challenges=_table(map(_challenge, firm.challenges.values())),
        rollouts=_table(
            replace(firm.rollouts[name], started_by="owner", reason="")
            for name in rollouts
        ),
        baseline=_table(items),
    )


def _table(records: Iterable[Record]) -> Map[str, Any]:
    """Make a table of records."""
    return Map({record.key: record for record in records})


_BY = ("asked_by", "granted_by", "refused_by", "revoked_by")


def _names(waivers: Iterable[Waiver]) -> dict[str, str]:
    """Give those who had to do with waivers other names."""
    ordered = sorted(waivers, key=lambda waiver: waiver.id)
    people = (getattr(waiver, field) for waiver in ordered for field in _BY)
    known = dict.fromkeys(person for person in people if person)
    return {person: f"person-{number}" for number, person in enumerate(known, 1)}


def _role(role: Role, names: dict[str, str]) -> Role:
    """Give a role with those holders who had to do with a waiver."""
    holders = tuple(names[person] for person in role.holders if person in names)
    return Role(id=role.id, title=role.id, holders=holders)


def _mission(mission: Mission) -> Mission:
    """Give what guardrails may read of a mission."""
    return Mission(id=mission.id, title=mission.title, type=mission.type)


def _mandate(mandate: Mandate) -> Mandate:
    """Give a mandate with its leads by what they are."""
    leads = (mandate.business_lead, mandate.technology_lead)
    other = {old: new for old, new in zip(leads, LEADS, strict=True) if old}
    return replace(
        mandate,
        business_lead=LEADS[0] if leads[0] else None,
        technology_lead=LEADS[1] if leads[1] else None,
        signed_by=LEADS
        if mandate.holds
        else tuple(other[each] for each in mandate.signed_by if each in other),
    )


def _challenge(challenge: Challenge) -> Challenge:
    """Give an objection by its dates: unanswered, it takes the force from a rule."""
    answered = "owner" if challenge.answered_by else None
    return replace(
        challenge,
        by="somebody",
        reason="left out",
        decisions=(),
        waivers=(),
        draft=None,
        joined=(),
        answer_reason="",
        answered_by=answered,
    )


def _waiver(waiver: Waiver, names: dict[str, str]) -> Waiver:
    """Give a waiver under which nobody's name stands."""
    people = {field: names.get(getattr(waiver, field) or "") for field in _BY}
    return replace(waiver, measure="", renews=None, decision=None, **people)
