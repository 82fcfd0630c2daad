"""What guardrails say, as SARIF 2.1.0: what pipelines and code hosts read.

A guardrail is a rule, and each thing of which it does not hold a result. What blocks
is an error, what is on trial a warning, what only advises a note. A waiver is a
suppression: accepted while it holds. An asset is a logical location; of a manifest
there is the file, the line and the column too, from 1, in code points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from weft import __version__
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail, Waiver
from weft.core.manifests import Checked, place_of
from weft.core.requests import DeadWaiver, Finding, Reason, State
from weft.core.sources import Source
from weft.engines.guardrails import Audit, Unmet, waiver_state
from weft.errors import InputError

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
Json = dict[str, Any]


def audit_sarif(audit: Audit, firm: Firm) -> Json:
    """Write an audit: a rule for each guardrail in force, a result for what is not met.

    What could not be judged at all is told as a failed run.
    """
    levels = {each.guardrail.id: each.level for each in audit.guardrails}
    rules = [_rule(each.guardrail, each.level) for each in audit.guardrails]
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        _result(
            rule=unmet.guardrail,
            place=places[unmet.guardrail],
            level=_level(unmet.stand, levels[unmet.guardrail]),
            state=unmet.state,
            reasons=unmet.reasons,
            error=unmet.error,
            about=(unmet.mission, unmet.asset),
            locations=[{"logicalLocations": [_asset(unmet.mission, unmet.asset)]}],
            suppressions=_suppressions(firm, audit.at, unmet),
        )
        for unmet in audit.unmet
    ]
    faults = [_notification(audit.refusal, {})] if audit.refusal else []
    return _log(rules, results, faults, audit.at, audit.digest)


def checked_sarif(
    checked: Iterable[tuple[Checked, Source]],
    wrong: Iterable[InputError],
    firm: Firm,
    at: datetime,
) -> Json:
    """Write what is said of manifests: each result with the lines that it is about.

    wrong: what could not be judged, as it cannot be read; it is told as a failed run.
    """
    rules: dict[str, Json] = {}
    results, digest = [], ""
    for told, source in checked:
        digest = told.guardrails
        for finding in told.findings:
            if finding.state == "holds":
                continue
            if finding.guardrail not in rules:
                held = firm.guardrails.get(finding.guardrail)
                rules[finding.guardrail] = _rule_of(finding, held)
            results.append(
                _of_finding(told, source, finding, [*rules].index(finding.guardrail))
                | _if_any("suppressions", _suppressions(firm, told.at, finding))
            )
    faults = [
        _notification(f"{each.what} {each.do}", _physical(each.where.file, each))
        for each in wrong
    ]
    return _log([*rules.values()], results, faults, at, digest)


def _of_finding(told: Checked, source: Source, finding: Finding, place: int) -> Json:
    """Write a result about a manifest."""
    stand = "breaks" if finding.blocks else "waived" if finding.waiver else "told"
    paths = [each.path for each in finding.reasons if each.part != "applies"]
    marks = dict.fromkeys(place_of(source, path) for path in paths) or {(1, 1): None}
    thing = _asset(told.mission, told.asset or source.name)
    return _result(
        rule=finding.guardrail,
        place=place,
        level=_level(stand, finding.level),
        state=finding.state,
        reasons=finding.reasons,
        error=finding.error,
        about=(told.mission, told.asset or source.name, finding.title),
        locations=[
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(source.name)},
                    "region": {"startLine": line, "startColumn": column},
                },
                "logicalLocations": [thing],
            }
            for line, column in marks
        ],
        suppressions=[],
        remedy=finding.remedy,
    )


def _result(
    *,
    rule: str,
    place: int,
    level: str,
    state: State,
    reasons: tuple[Reason, ...],
    error: str,
    about: tuple[str, ...],
    locations: list[Json],
    suppressions: list[Json],
    remedy: str = "",
) -> Json:
    """Write one result; its fingerprint stays while the same thing breaks the same."""
    told = "; ".join(each.said for each in reasons) or error or state
    key = "\n".join((rule, *about))
    return {
        "ruleId": rule,
        "ruleIndex": place,
        "level": level,
        "message": {"text": f"{told}. {remedy}".rstrip()},
        "locations": locations,
        "partialFingerprints": {
            "weft/v1": hashlib.sha256(key.encode()).hexdigest()[:32]
        },
        "properties": {
            "state": state,
            "reasons": [
                {
                    "path": each.path,
                    "operator": each.operator,
                    "expected": each.expected,
                    "actual": each.actual,
                    "part": each.part,
                }
                for each in reasons
            ],
        },
    } | _if_any("suppressions", suppressions)


def _level(stand: str, level: str) -> str:
    """Give the level of a result: that of what blocks, or would without a waiver."""
    if stand in {"breaks", "waived"}:
        return "error"
    return "note" if level == "advise" else "warning"


def _rule(guardrail: Guardrail, level: str) -> Json:
    """Write a guardrail as a rule."""
    trial = guardrail.phase == "trial"
    severity = {"advise": "note"}.get(level, "warning" if trial else "error")
    return {
        "id": guardrail.id,
        "name": guardrail.id,
        "shortDescription": {"text": guardrail.title},
        "fullDescription": {"text": guardrail.reason or guardrail.title},
        "help": {"text": guardrail.remedy or guardrail.reason or guardrail.title},
        "defaultConfiguration": {"level": severity},
        "properties": {
            "version": guardrail.version,
            "level": level,
            "phase": guardrail.phase,
            "owner": guardrail.owner,
            "principle": guardrail.principle,
        },
    }


def _rule_of(finding: Finding, held: Guardrail | None) -> Json:
    """Write what a finding is about as a rule: a guardrail, or the mandate."""
    if held is not None:
        return _rule(held, finding.level)
    return {
        "id": finding.guardrail,
        "name": finding.guardrail,
        "shortDescription": {"text": finding.title},
        "help": {"text": finding.remedy or finding.title},
        "defaultConfiguration": {"level": "error"},
        "properties": {"version": finding.version, "level": finding.level},
    }


def _suppressions(firm: Firm, at: datetime, told: Unmet | Finding) -> list[Json]:
    """Write the waivers that hold a result, or else those that do not count and why.

    Beside one that is not accepted no other would count.
    """
    live = dict.fromkeys(r.waiver for r in told.reasons if r.waiver and told.waiver)
    found = [_suppression(firm, at, name, "") for name in live if name is not None]
    return found or [_dead(firm, at, dead) for dead in told.dead_waivers]


def _suppression(firm: Firm, at: datetime, name: str, why: str) -> Json:
    """Write one waiver as it stands."""
    waiver = firm.waivers.get(name) or firm.baseline[name]
    reason = waiver.reason if isinstance(waiver, Waiver) else f"On {waiver.rollout}."
    state = waiver_state(firm, waiver, at).state
    status = {"asked": "underReview"}.get(state, "rejected" if why else "accepted")
    return {
        "kind": "external",
        "status": status,
        "justification": f"{reason} {why}".strip() or name,
        "properties": {
            "waiver": name,
            "state": state,
            "until": f"{waiver.until:%Y-%m-%dT%H:%M:%SZ}",
        },
    }


def _dead(firm: Firm, at: datetime, dead: DeadWaiver) -> Json:
    """Write a waiver that does not count."""
    return _suppression(firm, at, dead.waiver, f"({dead.why})")


def _asset(mission: str, asset: str) -> Json:
    """Write an asset as a logical location."""
    full = f"{mission}/{asset}" if mission else asset
    return {"name": asset, "fullyQualifiedName": full, "kind": "resource"}


def _physical(file: str, error: InputError) -> Json:
    """Write the place of a fault in a file."""
    region = {"startLine": error.where.line or 1}
    where = {"artifactLocation": {"uri": _uri(file)}, "region": region}
    return {"locations": [{"physicalLocation": where}]} if file else {}


def _uri(file: str) -> str:
    """Write a path as a relative address."""
    return quote(file.replace("\\", "/"))


def _notification(text: str, more: Mapping[str, Any]) -> Json:
    """Write why something could not be judged."""
    return {"level": "error", "message": {"text": text}, **more}


def _log(
    rules: list[Json],
    results: list[Json],
    faults: list[Json],
    at: datetime,
    judged: str,
) -> Json:
    """Put a whole log together."""
    driver = {"name": "Weft", "semanticVersion": __version__, "rules": rules}
    invocation = {
        "executionSuccessful": not faults,
        "endTimeUtc": f"{at:%Y-%m-%dT%H:%M:%SZ}",
    } | _if_any("toolExecutionNotifications", faults)
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"guardrails": judged},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _if_any(name: str, values: list[Json]) -> Json:
    """Give a field only where it has something."""
    return {name: values} if values else {}
