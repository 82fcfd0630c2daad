"""OSCAL through the app: catalogues brought in, documents given that validate."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, cast

import pytest
from msgspec.structs import replace
from oscal_bindings.v1 import OscalParseError, parse_oscal
from tests.app.conftest import ANNA, BEN, CLEO, NOW, OWNER, PROFILES
from tests.interop.oscal.catalogues import raw, small

from weft.app import waivers
from weft.app.published import oscal
from weft.app.published.coverage import coverage
from weft.app.published.oscal import Document
from weft.app.records import write
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.framework.controls import Citation
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.roles import Actor
from weft.errors import Forbidden, InputError
from weft.store.desk import Desk

DOCUMENTS: tuple[Document, ...] = ("catalog", "results", "poam")


def given(desk: Desk, document: Document, of: str = "") -> dict[str, Any]:
    """Give a document as it goes out, once the official schema has accepted it."""
    written = oscal.give(desk, look(desk, OWNER), document, NOW, of)
    parse_oscal(json.dumps(written))
    return written


def brought(desk: Desk, plain: Any, actor: Actor = OWNER, **more: Any) -> oscal.Brought:
    """Bring in a catalogue."""
    return oscal.bring(desk, actor, raw(plain), "house.json", NOW, **more)


@pytest.fixture
def busy(quick: Desk) -> Desk:
    """Give a firm in which something breaks, something is not known, one is waived."""
    ledger = quick.firm().assets["ledger"]
    write(
        quick,
        OWNER,
        [
            put(replace(ledger, properties={"region": "us"})),
            put(Asset(id="till", title="Till", properties={"region": "eu"})),
        ],
        name="put",
        at=NOW,
    )
    wish = Wish(
        guardrail="data-in-eu",
        mission="payments",
        asset="ledger",
        reason="It moves in spring.",
        measure="Nothing new goes there.",
        until=NOW + timedelta(days=30),
    )
    asked = waivers.ask(quick, BEN, wish, NOW)
    waivers.grant(quick, CLEO, asked.id, at=NOW)
    return quick


def test_a_catalogue_is_brought_in_once(desk: Desk) -> None:
    shown = brought(desk, small(), dry_run=True)
    assert shown.entry is None
    assert "rules-of-the-house" not in desk.firm().catalogues
    told = brought(desk, small(), key="k")
    assert told.entry == desk.firm().seq
    assert (told.controls, told.enhancements, told.withdrawn) == (5, 1, 1)
    assert told.families == 3
    assert {a.how for a in told.altered} == {"added"}
    assert brought(desk, small(), key="k").entry == told.entry
    assert brought(desk, small()).entry is None
    assert given(desk, "catalog", told.catalogue) == small()


def test_a_newer_version_tells_the_difference(quick: Desk) -> None:
    brought(quick, small())
    plain = small("2.0")
    plain["catalog"]["groups"][0]["controls"][1]["title"] = "Locks"
    told = brought(quick, plain, dry_run=True)
    assert [(a.control, a.title, a.how) for a in told.altered] == [
        ("ac-10", "Locks", "changed")
    ]


def test_only_administrators_bring_in_and_give_out(quick: Desk) -> None:
    with pytest.raises(Forbidden):
        brought(quick, small(), ANNA)
    with pytest.raises(Forbidden):
        oscal.give(quick, look(quick, ANNA), "results", NOW)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_given_validates_and_names_nobody(
    busy: Desk, document: Document
) -> None:
    text = json.dumps(given(busy, document))
    assert text == json.dumps(given(busy, document))
    for profile in PROFILES:
        assert profile.name not in text
        assert profile.email not in text
        assert f'"{profile.id}"' not in text


def test_the_catalogue_has_the_guardrails_with_rule_source_and_controls(
    quick: Desk,
) -> None:
    brought(quick, small())
    held = quick.firm().guardrails["encrypted"]
    cited = Citation(title="RFC 0", address="https://example.org", says="Do.")
    named = replace(held, sources=(cited,), controls=("ac-2",))
    write(quick, OWNER, [put(named)], name="put", at=NOW)
    catalog = given(quick, "catalog")["catalog"]
    (group,) = catalog["groups"]
    assert group["title"] == "Data stays near"
    both = {c["id"]: c for c in group["controls"]}
    assert set(both) == {"data-in-eu", "encrypted"}
    rule = next(p for p in both["encrypted"]["parts"] if p["name"] == "rule")
    assert "path: encrypted" in rule["prose"]
    assert [link["rel"] for link in both["encrypted"]["links"]] == [
        "reference",
        "related",
    ]
    titles = [r["title"] for r in catalog["back-matter"]["resources"]]
    assert titles == ["RFC 0", "Rules of the house"]


def test_the_results_have_a_finding_for_each_guardrail_with_its_assets(
    busy: Desk,
) -> None:
    (result,) = given(busy, "results")["assessment-results"]["results"]
    states = {f["title"]: f["target"]["status"]["state"] for f in result["findings"]}
    assert states == {
        "Data lies in the EU": "not-satisfied",  # the vault: nobody knows where
        "What is kept is encrypted": "not-satisfied",
    }
    seen = {o["title"]: o for o in result["observations"]}
    ledger = seen["Ledger: Data lies in the EU"]
    assert ledger["description"] == "region is us; it has to be eu"
    assert {p["name"]: p["value"] for p in ledger["props"]}["stand"] == "waived"
    assert ledger["expires"].startswith("2026-12-21")
    assert "Till: Data lies in the EU" not in seen
    uuids = {o["uuid"] for o in result["observations"]}
    told = {
        r["observation-uuid"]
        for f in result["findings"]
        for r in f["related-observations"]
    }
    assert told == uuids
    parts = {c["uuid"] for c in result["local-definitions"]["components"]}
    assert {s["subject-uuid"] for o in seen.values() for s in o["subjects"]} <= parts
    (risk,) = result["risks"]
    assert risk["status"] == "deviation-approved"


def test_the_plan_has_what_breaks_and_what_is_waived(busy: Desk) -> None:
    plan = given(busy, "poam")["plan-of-action-and-milestones"]
    titles = [item["title"] for item in plan["poam-items"]]
    assert titles == [
        "Data lies in the EU",
        "What is kept is encrypted",
        "Data lies in the EU: waived for Payments, Ledger",
    ]
    accepted = plan["risks"][-1]
    assert accepted["deadline"].startswith("2026-12-21")
    assert accepted["description"] == "It moves in spring."
    assert accepted["remediations"][0]["description"] == "Nothing new goes there."
    (task,) = accepted["remediations"][0]["tasks"]
    assert task["type"] == "milestone"
    known = {o["uuid"] for o in plan["observations"]}
    risks = {r["uuid"] for r in plan["risks"]}
    for item in plan["poam-items"]:
        assert {o["observation-uuid"] for o in item["related-observations"]} <= known
        assert {r["risk-uuid"] for r in item["related-risks"]} <= risks


def test_what_a_roll_out_tolerates_is_in_the_plan_and_in_the_results(
    busy: Desk,
) -> None:
    at = NOW - timedelta(days=1)
    archive = Asset(id="archive", title="Archive", properties={"region": "us"})
    rollout = Rollout(
        id="near",
        guardrail="data-in-eu",
        version=1,
        until=(NOW + timedelta(days=9)).date(),
        recorded=1,
        started_by=BEN.person or "",
        started_at=at,
    )
    item = BaselineItem(
        id="near-1",
        rollout="near",
        guardrail="data-in-eu",
        version=1,
        asset="archive",
        path="region",
        value="us",
        until=NOW + timedelta(days=9),
    )
    write(busy, OWNER, [put(archive), put(rollout), put(item)], name="put", at=NOW)
    plan = given(busy, "poam")["plan-of-action-and-milestones"]
    titles = [each["title"] for each in plan["poam-items"]]
    assert titles[-1] == "Data lies in the EU: to be mended at Archive"
    assert plan["risks"][-1]["deadline"].startswith("2026-11-30")
    (result,) = given(busy, "results")["assessment-results"]["results"]
    assert titles[-1] in {risk["title"] for risk in result["risks"]}


def test_where_nothing_is_open_there_is_no_plan(quick: Desk) -> None:
    firm = quick.firm()
    whole = {"region": "eu", "encrypted": True}
    fine = [put(replace(a, properties=whole)) for a in firm.assets.values()]
    write(quick, OWNER, fine, name="put", at=NOW)
    with pytest.raises(InputError, match="Nothing is broken"):
        oscal.give(quick, look(quick, OWNER), "poam", NOW)
    (result,) = given(quick, "results")["assessment-results"]["results"]
    assert "observations" not in result
    assert {f["target"]["status"]["state"] for f in result["findings"]} == {"satisfied"}


def test_where_nothing_can_be_judged_nothing_is_given_as_fine(busy: Desk) -> None:
    rules = busy.firm().guardrails.values()
    retired = [put(replace(rule, phase="retired")) for rule in rules]
    write(busy, OWNER, retired, name="put", at=NOW)
    documents: tuple[Document, ...] = ("poam", "results")
    for document in documents:
        with pytest.raises(InputError, match="Nothing could be judged") as caught:
            oscal.give(busy, look(busy, OWNER), document, NOW)
        assert "weft check" in caught.value.do


def test_a_plan_is_given_to_administrators_alone(busy: Desk) -> None:
    for actor in (ANNA, BEN, CLEO):
        with pytest.raises(Forbidden):
            oscal.give(busy, look(busy, actor), "poam", NOW)


def test_a_document_that_is_wrong_is_refused(busy: Desk) -> None:
    written = given(busy, "poam")
    plan = cast("dict[str, Any]", written["plan-of-action-and-milestones"])
    plan["poam-items"] = []
    with pytest.raises(OscalParseError):
        parse_oscal(json.dumps(written))


def test_coverage_counts_what_stands_and_is_named_by_a_rule_in_force(
    quick: Desk,
) -> None:
    brought(quick, small())
    held = quick.firm().guardrails["encrypted"]
    named = replace(held, controls=("ac-2", "ac-10"))
    write(quick, OWNER, [put(named)], name="put", at=NOW)
    (found,) = coverage(look(quick, BEN))
    assert (found.covered, found.controls, found.withdrawn) == (1, 4, 1)
    access = found.families[0]
    assert [(c.control, c.guardrails) for c in access.each] == [
        ("ac-2", ("encrypted",)),
        ("ac-2.1", ()),
    ]
    retired = replace(named, phase="retired")
    write(quick, OWNER, [put(retired)], name="put", at=NOW)
    assert coverage(look(quick, BEN))[0].covered == 0
