"""Waivers as OSCAL has them: risks that were accepted, with a deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from weft.core.firm import Firm
from weft.core.guardrails import Waiver
from weft.engines.guardrails import approver, waiver_state
from weft.interop.oscal.parts import Names, instant, names_of, prop, some


def risk_of(names: Names, waiver: str) -> str:
    """Give the id of the risk that a waiver accepts."""
    return names.of("risk", "waiver", waiver)


def waiver_risks(
    firm: Firm, used: Mapping[str, tuple[str, ...]]
) -> Iterator[dict[str, Any]]:
    """Write the waivers that hold something.

    used: for each of them the observations that it holds.
    """
    for key in sorted(used):
        yield waiver_risk(firm, firm.waivers[key], used[key])


def live_waivers(firm: Firm, at: datetime) -> list[Waiver]:
    """Give the waivers that count at an instant."""
    waivers = (firm.waivers[key] for key in sorted(firm.waivers))
    return [w for w in waivers if waiver_state(firm, w, at).state == "live"]


def waiver_risk(
    firm: Firm, waiver: Waiver, observations: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Write one waiver: who accepts is told by role, and it always has an end."""
    names = names_of(firm)
    rule = firm.guardrails.get(waiver.guardrail)
    title = rule.title if rule else waiver.guardrail
    mission = firm.missions.get(waiver.mission)
    whom = mission.title if mission else waiver.mission
    asset = firm.assets.get(waiver.asset or "")
    subject = f"{whom}, {asset.title}" if asset else whom
    until = instant(waiver.until)
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
        "deadline": until,
        "remediations": [
            {
                "uuid": names.of("remediation", waiver.id),
                "lifecycle": "planned",
                "title": "Until the waiver ends",
                "description": waiver.measure
                or (rule.remedy if rule and rule.remedy else "Meet the guardrail."),
                "tasks": [
                    {
                        "uuid": names.of("milestone", waiver.id),
                        "type": "milestone",
                        "title": "The waiver ends",
                        "timing": {"on-date": {"date": until}},
                    }
                ],
            }
        ],
        **some("related-observations", [{"observation-uuid": u} for u in observations]),
    }
