"""The audit of all assets as OSCAL assessment results.

Each guardrail in force is a finding, satisfied or not. Each asset of which it does not
hold is an observation with its reasons. What a waiver holds is an accepted risk.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from weft.core.firm import Firm
from weft.engines.guardrails import Audit, OfGuardrail, Unmet
from weft.errors import InputError
from weft.interop.oscal.parts import (
    Names,
    head,
    instant,
    names_of,
    prop,
    some,
    token,
)
from weft.interop.oscal.risks import accepted_risks, risk_of

METHOD = "TEST-AUTOMATED"


class Observed(msgspec.Struct, frozen=True):
    """Observations of an audit, and the assets and the waivers that they speak of."""

    written: tuple[dict[str, Any], ...]
    by_guardrail: Mapping[str, tuple[str, ...]]
    assets: tuple[dict[str, Any], ...]
    waivers: Mapping[str, tuple[str, ...]]


def assessment_results(firm: Firm, found: Audit) -> dict[str, Any]:
    """Write an audit as OSCAL assessment results.

    Raises InputError where nothing could be judged.
    """
    names = names_of(firm)
    seen = observed(firm, found)
    plan = names.of("plan", found.digest)
    title = f"All assets of {firm.title} judged by its guardrails"
    return {
        "assessment-results": {
            "uuid": names.of("results", firm.seq, found.digest, instant(found.at)),
            "metadata": head(firm, title, found.at),
            "import-ap": {"href": f"#{plan}"},
            "results": [
                {
                    "uuid": names.of("result", firm.seq, found.digest),
                    "title": title,
                    "description": _counted(found),
                    "start": instant(found.at),
                    "end": instant(found.at),
                    "props": [prop("guardrails-digest", found.digest)],
                    **_assets(seen),
                    "reviewed-controls": {"control-selections": [_selected(found)]},
                    **some("observations", seen.written),
                    **some("risks", accepted_risks(firm, seen.waivers)),
                    **some(
                        "findings", [_finding(names, g, seen) for g in found.guardrails]
                    ),
                }
            ],
            "back-matter": {
                "resources": [
                    {
                        "uuid": plan,
                        "title": "How it was judged",
                        "description": "Every asset as it stands on record was judged "
                        "by every guardrail in force, by machine. A fact that is "
                        "missing counts as not proved.",
                    }
                ]
            },
        }
    }


def observed(firm: Firm, found: Audit) -> Observed:
    """Write an observation for each asset of which a guardrail does not hold.

    Raises InputError where nothing could be judged: not known is not fine.
    """
    if found.refusal:
        what = f"Nothing could be judged: {found.refusal}"
        raise InputError(what, do="Mend the guardrails: weft check says what is wrong.")
    names = names_of(firm)
    written = []
    by_guardrail: dict[str, list[str]] = {}
    waivers: dict[str, list[str]] = {}
    for unmet in found.unmet:
        uuid = names.of("observation", unmet.guardrail, unmet.asset)
        by_guardrail.setdefault(unmet.guardrail, []).append(uuid)
        if unmet.waiver:
            waivers.setdefault(unmet.waiver, []).append(uuid)
        written.append(_observation(firm, unmet, uuid, found.at))
    assets = sorted({unmet.asset for unmet in found.unmet})
    return Observed(
        tuple(written),
        {key: tuple(uuids) for key, uuids in by_guardrail.items()},
        tuple(_component(firm, key) for key in assets),
        {key: tuple(uuids) for key, uuids in waivers.items()},
    )


def _observation(firm: Firm, unmet: Unmet, uuid: str, at: datetime) -> dict[str, Any]:
    """Write what was seen of one asset."""
    asset, rule = firm.assets[unmet.asset], firm.guardrails[unmet.guardrail]
    reasons = [each.said for each in unmet.reasons] or [unmet.error]
    return {
        "uuid": uuid,
        "title": f"{asset.title}: {rule.title}",
        "description": "; ".join(filter(None, reasons)) or unmet.state,
        "props": [
            prop("guardrail", rule.id),
            prop("state", unmet.state),
            prop("stand", unmet.stand),
            *([prop("mission", unmet.mission)] if unmet.mission else []),
            *([prop("waiver", unmet.waiver)] if unmet.waiver else []),
        ],
        "methods": [METHOD],
        "types": ["finding"],
        "subjects": [
            {
                "subject-uuid": names_of(firm).of("asset", asset.id),
                "type": "component",
                "title": asset.title,
            }
        ],
        "collected": instant(at),
        **({"expires": instant(unmet.waived_until)} if unmet.waived_until else {}),
    }


def _component(firm: Firm, key: str) -> dict[str, Any]:
    """Write one asset."""
    asset = firm.assets[key]
    return {
        "uuid": names_of(firm).of("asset", key),
        "type": "service" if asset.type == "service" else "software",
        "title": asset.title,
        "description": asset.summary or asset.title,
        "props": [prop("asset", key), prop("kind", asset.type)],
        "status": {"state": "operational"},
    }


def _assets(seen: Observed) -> dict[str, Any]:
    """Write the assets that observations speak of."""
    if not seen.assets:
        return {}
    return {"local-definitions": {"components": list(seen.assets)}}


def _selected(found: Audit) -> dict[str, Any]:
    """Write which guardrails were judged by."""
    ids = [{"control-id": token(g.guardrail.id)} for g in found.guardrails]
    return {"include-controls": ids} if ids else {"include-all": {}}


def _finding(names: Names, of: OfGuardrail, seen: Observed) -> dict[str, Any]:
    """Write how all assets stand to one guardrail."""
    rule, counts = of.guardrail, of.counts
    uuids = seen.by_guardrail.get(rule.id, ())
    held = {w for w, found in seen.waivers.items() if set(found) & set(uuids)}
    return {
        "uuid": names.of("finding", rule.id),
        "title": rule.title,
        "description": f"Of {counts.assets} assets {counts.broken} break it, "
        f"{counts.unproven} lack a fact, {counts.waived} are held by a waiver, "
        f"{counts.told} are only told.",
        "props": [prop("level", of.level), prop("version", rule.version)],
        "target": {
            "type": "statement-id",
            "target-id": f"{token(rule.id)}_statement",
            "status": {
                "state": "not-satisfied" if counts.breaks else "satisfied",
                "reason": "fail" if counts.breaks else "pass",
            },
        },
        **some("related-observations", [{"observation-uuid": u} for u in uuids]),
        **some(
            "related-risks", [{"risk-uuid": risk_of(names, w)} for w in sorted(held)]
        ),
    }


def _counted(found: Audit) -> str:
    """Sum up."""
    total = found.total
    return (
        f"Of {total.assets} assets {total.breaking} break something: {total.broken} "
        f"times it is broken, {total.unproven} times a fact is missing. "
        f"{total.waived} times a waiver holds, {total.told} times it is only told."
    )
