"""Waivers and baselines as OSCAL has them: risks accepted, each with a deadline.

A baseline is what broke a guardrail when it was rolled out, and may until its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem
from weft.core.guardrails import Waiver
from weft.engines.guardrails import approver, waiver_state
from weft.interop.oscal.parts import Names, instant, names_of, prop, some


def risk_of(names: Names, waiver: str) -> str:
    """Give the id of the risk that a waiver or an item of a baseline accepts."""
    return names.of("risk", "waiver", waiver)


def accepted_risks(
    firm: Firm, used: Mapping[str, tuple[str, ...]]
) -> Iterator[dict[str, Any]]:
    """Write the waivers and the items of baselines that hold something.

    used: for each of them the observations that it holds.
    """
    for key in sorted(used):
        held = firm.waivers.get(key) or firm.baseline[key]
        yield accepted_risk(firm, held, used[key])


def live(firm: Firm, at: datetime) -> list[Waiver | BaselineItem]:
    """Give the waivers and the items of baselines that count at an instant."""
    held: tuple[Waiver | BaselineItem, ...] = (
        *(firm.waivers[key] for key in sorted(firm.waivers)),
        *(firm.baseline[key] for key in sorted(firm.baseline)),
    )
    return [each for each in held if waiver_state(firm, each, at).state == "live"]


def accepted_risk(
    firm: Firm, held: Waiver | BaselineItem, observations: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Write what is accepted until its end."""
    if isinstance(held, BaselineItem):
        return _baseline_risk(firm, held, observations)
    return _waiver_risk(firm, held, observations)


def _baseline_risk(
    firm: Firm, item: BaselineItem, observations: tuple[str, ...]
) -> dict[str, Any]:
    """Write one item of a baseline: whoever set its guardrail accepts it."""
    rule = firm.guardrails.get(item.guardrail)
    title = rule.title if rule else item.guardrail
    asset = firm.assets.get(item.asset)
    whom = asset.title if asset else item.asset
    rollout = firm.rollouts.get(item.rollout)
    return {
        "uuid": risk_of(names_of(firm), item.id),
        "title": f"{title}: to be mended at {whom}",
        "description": (rollout.reason if rollout else "")
        or "It was so when the guardrail was rolled out.",
        "statement": rule.reason if rule and rule.reason else title,
        "props": [
            prop("baseline", item.id),
            prop("rollout", item.rollout),
            prop("guardrail", item.guardrail),
            prop("guardrail-version", item.version),
            prop("path", item.path),
            prop("value", item.value),
            *([prop("accepted-by-role", rule.owner)] if rule else []),
        ],
        "status": "deviation-approved",
        "deadline": instant(item.until),
        "remediations": [
            _until(
                firm,
                item,
                "It is mended",
                rule.remedy if rule and rule.remedy else "Meet the guardrail.",
            )
        ],
        **some("related-observations", [{"observation-uuid": u} for u in observations]),
    }


def _until(
    firm: Firm, held: Waiver | BaselineItem, title: str, how: str
) -> dict[str, Any]:
    """Write what is to be done until the end, with the end as a milestone."""
    names = names_of(firm)
    return {
        "uuid": names.of("remediation", held.id),
        "lifecycle": "planned",
        "title": f"Until {title[0].lower()}{title[1:]}",
        "description": how,
        "tasks": [
            {
                "uuid": names.of("milestone", held.id),
                "type": "milestone",
                "title": title,
                "timing": {"on-date": {"date": instant(held.until)}},
            }
        ],
    }


def _waiver_risk(
    firm: Firm, waiver: Waiver, observations: tuple[str, ...]
) -> dict[str, Any]:
    """Write one waiver: who accepts is told by role, and it always has an end."""
    names = names_of(firm)
    rule = firm.guardrails.get(waiver.guardrail)
    title = rule.title if rule else waiver.guardrail
    mission = firm.missions.get(waiver.mission)
    whom = mission.title if mission else waiver.mission
    asset = firm.assets.get(waiver.asset or "")
    subject = f"{whom}, {asset.title}" if asset else whom
    return {
        "uuid": risk_of(names, waiver.id),
        "title": f"{title}: waived for {subject}",
        "description": waiver.reason or "No reason is on record.",
        "statement": rule.reason if rule and rule.reason else title,
        "props": [
            prop("waiver", waiver.id),
            prop("guardrail", waiver.guardrail),
            prop("guardrail-version", waiver.version),
            *([prop("accepted-by-role", approver(rule))] if rule else []),
        ],
        "status": "deviation-approved",
        "deadline": instant(waiver.until),
        "remediations": [
            _until(
                firm,
                waiver,
                "The waiver ends",
                waiver.measure
                or (rule.remedy if rule and rule.remedy else "Meet the guardrail."),
            )
        ],
        **some("related-observations", [{"observation-uuid": u} for u in observations]),
    }
