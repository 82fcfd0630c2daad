"""SARIF: valid by the committee's own schema, and with the places that are meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.test_audit import asset, waiver

from weft.app.checking.manifests import judge_files
from weft.core.firm import Firm
from weft.engines.guardrails import audit
from weft.interop.sarif import audit_sarif, checked_sarif

SCHEMA = Path(__file__).parents[1] / "vendor" / "sarif-2.1.0-rtm.5.json"
MANIFEST = """\
mission: payments
asset: it
properties:
  size: 9
  copies:
    - region: eu
    - {region: us, note: here}
"""
WORDS = [
    prop("safe", "bool"),
    prop("size", "int"),
    prop("region", "enum", values=["eu", "us"]),
    prop("note", "text"),
    prop("copies", "list", fields=["region", "note"]),
]
RULES = [
    guardrail("safe", [{"path": "safe", "is": True}], remedy="Make it safe."),
    guardrail("small", [{"path": "size", "at_most": 5}], level="advise"),
    guardrail("tried", [{"path": "size", "at_most": 5}], phase="trial"),
    guardrail("near", [{"every": "copies", "must": [{"path": "region", "is": "eu"}]}]),
    guardrail("running", [{"path": "act", "is": "run"}]),
]


def valid(log: Any) -> Any:
    """Check a log by the schema, and give its run as it is read from the text."""
    if not SCHEMA.exists():
        pytest.skip("the schema is not set up: make setup")
    schema = json.loads(SCHEMA.read_text())
    for name in ("run", "toolComponent"):  # no regular expression: a bracket too many
        del schema["definitions"][name]["properties"]["language"]["pattern"]
    plain = json.loads(json.dumps(log))
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(plain)
    (run,) = plain["runs"]
    return run


def a_firm() -> Firm:
    """Make a firm with assets, one of them held by a waiver."""
    assets = [asset("a", safe=True), asset("b", None, safe=False), asset("c")]
    asked = waiver("asked", "safe", "b", mission="cards", granted_by=None)
    return firm(WORDS, RULES, *assets, waiver("w", "safe", "c"), asked)


def results(run: Any) -> dict[tuple[str, str], Any]:
    """Give the results by what they are about and the guardrail."""
    return {
        (each["locations"][0]["logicalLocations"][0]["name"], each["ruleId"]): each
        for each in run["results"]
    }


def test_an_audit_is_valid_and_its_assets_are_logical_locations() -> None:
    held = a_firm()
    run = valid(audit_sarif(audit(held, AT), held))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    levels = {name: r["defaultConfiguration"]["level"] for name, r in rules.items()}
    expected = {"near": "error", "running": "error", "safe": "error"}
    assert levels == {**expected, "small": "note", "tried": "warning"}
    assert rules["safe"]["properties"]["version"] == 1
    assert rules["safe"]["help"]["text"] == "Make it safe."
    found = results(run)
    assert found["b", "safe"]["level"] == "error"
    assert found["b", "small"]["level"] == "note"
    assert found["b", "tried"]["level"] == "warning"
    assert "safe is false; it has to be true" in found["b", "safe"]["message"]["text"]
    where = found["a", "near"]["locations"][0]["logicalLocations"][0]
    assert where["fullyQualifiedName"] == "payments/a"
    (held_by,) = found["c", "safe"]["suppressions"]
    assert (held_by["status"], held_by["justification"]) == ("accepted", "for now")
    assert found["c", "safe"]["properties"]["state"] == "unproven"
    assert run["invocations"][0]["executionSuccessful"]
    assert {name for name, _ in found} == {"a", "b", "c"}


def test_a_waiver_that_does_not_count_suppresses_nothing() -> None:
    rules = [guardrail("safe", [{"path": "safe", "is": True}])]
    asked = waiver("w", "safe", "a", granted_by=None)
    held = firm(WORDS, rules, asset("a", safe=False), asked)
    run = valid(audit_sarif(audit(held, AT), held))
    (told,) = run["results"][0]["suppressions"]
    assert told["status"] == "underReview"
    assert "Nobody has granted it yet" in told["justification"]


def test_a_manifest_is_told_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "it.yaml"
    file.write_text(MANIFEST)
    held = firm(WORDS, RULES[:4])
    judged, wrong = judge_files(held, [str(file)], AT)
    told = [(each.checked, each.source) for each in judged]
    run = valid(checked_sarif(told, wrong, held, AT))
    places = {}
    for each in run["results"]:
        (place,) = each["locations"]
        region = place["physicalLocation"]["region"]
        places[each["ruleId"]] = (region["startLine"], region["startColumn"])
    lines = MANIFEST.splitlines()
    assert places == {
        "safe": (3, 1),
        "small": (4, 3),
        "tried": (4, 3),
        "near": (7, 8),
    }
    assert lines[6][7:].startswith("region: us")
    assert run["columnKind"] == "unicodeCodePoints"
    marks = [each["partialFingerprints"]["weft/v1"] for each in run["results"]]
    assert len(set(marks)) == 4
    file.write_text(f"# moved down by a line\n{MANIFEST.replace('9', '8')}")
    moved, _ = judge_files(held, [str(file)], AT)
    again = checked_sarif([(e.checked, e.source) for e in moved], [], held, AT)
    assert [e["partialFingerprints"]["weft/v1"] for e in valid(again)["results"]] == (
        marks
    )


def test_what_cannot_be_judged_is_a_failed_run(tmp_path: Path) -> None:
    file = tmp_path / "a b.yaml"
    file.write_text("mission: payments\nsize: 3\n")
    held = firm(WORDS, RULES)
    _, wrong = judge_files(held, [str(file)], AT)
    (called,) = valid(checked_sarif([], wrong, held, AT))["invocations"]
    assert not called["executionSuccessful"]
    (told,) = called["toolExecutionNotifications"]
    place = told["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("a%20b.yaml")
    assert place["region"]["startLine"] == 2
    assert "Manifest has no field 'size'" in told["message"]["text"]
    nothing = firm(WORDS, [])
    (called,) = valid(audit_sarif(audit(nothing, AT), nothing))["invocations"]
    assert not called["executionSuccessful"]
