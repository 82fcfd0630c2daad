"""What is open as an OSCAL plan of action and milestones: what breaks, what is waived.

Each guardrail that breaks is one item, with an observation for each asset. Each waiver
that counts, and each item of a baseline, is one too: a risk that was accepted, until
its deadline.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem
from weft.core.guardrails import Waiver
from weft.engines.guardrails import Audit, OfGuardrail
from weft.errors import InputError
from weft.interop.oscal.parts import head, instant, names_of, prop, some
from weft.interop.oscal.results import Observed, observed
from weft.interop.oscal.risks import accepted_risk, live, risk_of


def plan_of_action(firm: Firm, found: Audit) -> dict[str, Any]:
    """Write what is open as an OSCAL plan of action and milestones.

    Raises InputError where nothing could be judged, and where nothing is open: OSCAL
    has no plan without an item.
    """
    names = names_of(firm)
    seen = observed(firm, found)
    waivers = live(firm, found.at)
    breaking = [g for g in found.guardrails if g.counts.breaks]
    items = [_item(firm, g, seen, found) for g in breaking]
    items += [_accepted(firm, w, seen) for w in waivers]
    if not items:
        raise InputError(
            "Nothing is broken, unproven or waived.",
            do="There is no plan to write: OSCAL has none without an item.",
        )
    risks = [_risk(firm, g, seen, found) for g in breaking]
    risks += [accepted_risk(firm, w, seen.waivers.get(w.id, ())) for w in waivers]
    defined = {"local-definitions": {"components": list(seen.assets)}}
    return {
        "plan-of-action-and-milestones": {
            "uuid": names.of(
                "plan-of-action", firm.seq, found.digest, instant(found.at)
            ),
            "metadata": head(firm, f"What is open at {firm.title}", found.at),
            "system-id": {
                "identifier-type": "http://ietf.org/rfc/rfc4122",
                "id": names.of("firm"),
            },
            **(defined if seen.assets else {}),
            **some("observations", seen.written),
            "risks": risks,
            "poam-items": items,
        }
    }


def _broken(of: OfGuardrail, found: Audit, seen: Observed) -> Iterator[str]:
    """Give the observations of what breaks a guardrail, not of what is waived."""
    unmet = (u for u in found.unmet if u.guardrail == of.guardrail.id)
    uuids = seen.by_guardrail.get(of.guardrail.id, ())
    return (x for u, x in zip(unmet, uuids, strict=True) if u.stand == "breaks")


def _item(firm: Firm, of: OfGuardrail, seen: Observed, found: Audit) -> dict[str, Any]:
    """Write one guardrail that breaks."""
    names, rule = names_of(firm), of.guardrail
    return {
        "uuid": names.of("item", rule.id),
        "title": rule.title,
        "description": f"{of.counts.broken} assets break it, and {of.counts.unproven} "
        "lack a fact.",
        "props": [prop("guardrail", rule.id), prop("owner", rule.owner)],
        "related-observations": [
            {"observation-uuid": uuid} for uuid in _broken(of, found, seen)
        ],
        "related-risks": [{"risk-uuid": names.of("risk", rule.id)}],
    }


def _risk(firm: Firm, of: OfGuardrail, seen: Observed, found: Audit) -> dict[str, Any]:
    """Write what a guardrail that breaks stands for."""
    names, rule = names_of(firm), of.guardrail
    return {
        "uuid": names.of("risk", rule.id),
        "title": rule.title,
        "description": rule.reason or rule.title,
        "statement": rule.reason or rule.title,
        "props": [prop("guardrail", rule.id), prop("level", of.level)],
        "status": "open",
        "remediations": [
            {
                "uuid": names.of("remediation", "guardrail", rule.id),
                "lifecycle": "recommendation",
                "title": "How to do it right",
                "description": rule.remedy or "Meet the guardrail.",
            }
        ],
        "related-observations": [
            {"observation-uuid": uuid} for uuid in _broken(of, found, seen)
        ],
    }


def _accepted(
    firm: Firm, waiver: Waiver | BaselineItem, seen: Observed
) -> dict[str, Any]:
    """Write one waiver or item of a baseline that counts."""
    names = names_of(firm)
    risk = accepted_risk(firm, waiver)
    uuids = seen.waivers.get(waiver.id, ())
    return {
        "uuid": names.of("item", "waiver", waiver.id),
        "title": risk["title"],
        "description": risk["description"],
        "props": risk["props"],
        **some("related-observations", [{"observation-uuid": u} for u in uuids]),
        "related-risks": [{"risk-uuid": risk_of(names, waiver.id)}],
    }
