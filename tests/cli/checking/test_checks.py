"""`weft check` and `weft bundle`, as a pipeline calls them: by files and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import weft

GOOD = """\
mission: payments
act: change
properties:
  criticality: tolerable
  change.reach: few
  change.undo: 10
"""
BAD = """\
mission: payments
asset: payment-tracker
properties:
  made: engineered
  run.region: us-east
  data.class: personal
"""


@pytest.fixture
def bank(at: Callable[[str], None]) -> None:
    """Stand beside the store of the bank, with manifests in the folder."""
    at("bank --people 60")
    Path("good.yaml").write_text(GOOD)
    Path("bad.yaml").write_text(BAD)
    Path("wrong.yaml").write_text("mission: payments\nproperties:\n  made: own\n")


def without_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """See to it that there is no store to look into."""
    monkeypatch.setenv("WEFT_DB", "sqlite:///nowhere/at-all.db")


@pytest.mark.usefixtures("bank")
def test_the_exit_code_says_what_was_found() -> None:
    assert weft("check", "good.yaml").exit_code == 0
    told = weft("check", "bad.yaml")
    assert told.exit_code == 1
    said = "bad.yaml:5:3: run.region is us-east; it has to be one of: eu-west"
    assert said in told.stdout
    told = weft("check", "good.yaml", "wrong.yaml")
    assert told.exit_code == 2
    assert told.stdout.startswith("good.yaml: Yes.")
    assert told.stderr.startswith("wrong.yaml:3:$.properties.made: ")
    assert weft("check", "nowhere.yaml").exit_code == 2
    assert weft("check", "good.yaml", "--firm", "nowhere").exit_code == 2
    told = weft("check", "--firm", ".", "--as-of", "3")
    assert (told.exit_code, "Leave out one" in told.stderr) == (2, True)


@pytest.mark.usefixtures("bank")
def test_a_folder_and_a_bundle_do_without_a_store(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = weft("check", "bad.yaml", "good.yaml", "--json")
    assert weft("export", "firm").exit_code == 0
    key = weft("bundle", "key", "key.pem").stdout.strip()
    assert weft("bundle", "key", "key.pem").stdout.strip() == key
    assert Path("key.pem").stat().st_mode & 0o077 == 0
    assert weft("bundle", "write", "rules.json", "--key", "key.pem").exit_code == 0
    without_store(monkeypatch)
    folder = weft("check", "bad.yaml", "good.yaml", "--firm", "firm", "--json")
    trust = ("--firm", "rules.json", "--trust", key)
    bundle = weft("check", "bad.yaml", "good.yaml", *trust, "--json")
    assert {told.exit_code for told in (here, folder, bundle)} == {1}
    verdicts = [
        [(c["verdict"], [f["guardrail"] for f in c["findings"]]) for c in json.loads(t)]
        for t in (here.stdout, folder.stdout, bundle.stdout)
    ]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    shown = weft("bundle", "show", "rules.json", "--trust", key, "--json")
    assert json.loads(shown.stdout)["records"]["guardrails"] > 20
    told = weft("check", "good.yaml", "--firm", "rules.json")
    assert (told.exit_code, "No key is said to be trusted" in told.stderr) == (2, True)
    told = weft("check", *trust)
    assert (told.exit_code, "Name manifests" in told.stderr) == (2, True)
    for words in (["key", "good.yaml"], ["show", "good.yaml", "--trust", key]):
        assert weft("bundle", *words).exit_code == 2


@pytest.mark.usefixtures("bank")
def test_all_assets_are_checked_with_the_way_shown() -> None:
    told = weft("check", "--json", "--progress", "--sarif", "audit.sarif")
    found = json.loads(told.stdout)
    assert told.exit_code == 1
    assert found["total"]["assets"] > 50
    assert told.stderr.endswith(
        f"{len(found['guardrails'])} of {len(found['guardrails'])} guardrails judged\n"
    )
    (run,) = json.loads(Path("audit.sarif").read_text())["runs"]
    assert len(run["results"]) == len(found["unmet"])
    text = weft("check").stdout
    assert f"Of {found['total']['assets']} assets" in text
    assert "held by a waiver" in text


@pytest.mark.usefixtures("bank")
def test_without_a_guardrail_nothing_is_shown_to_be_in_order() -> None:
    Path("till.yaml").write_text("id: till\ntitle: Till\n")
    store = ("--db", "sqlite:///bare.db")
    assert weft(*store, "put", "assets", "till.yaml").exit_code == 0
    Path("shop.yaml").write_text("id: shop\ntitle: Shop\n")
    assert weft(*store, "put", "missions", "shop.yaml").exit_code == 0
    told = weft(*store, "check", "--sarif", "audit.sarif")
    assert told.exit_code == 1
    assert "No outcome is stated by shop." in told.stdout
    assert "No guardrail is in force, so nothing can be shown" in told.stdout
    (run,) = json.loads(Path("audit.sarif").read_text())["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    found = json.loads(weft(*store, "check", "--json").stdout)
    assert (found["total"]["assets"], found["total"]["breaking"]) == (1, 0)
    assert found["refusal"].startswith("No guardrail is in force")
    for document in ("poam", "results"):
        told = weft(*store, "oscal", document, "out.json")
        assert (told.exit_code, told.stdout) == (2, "")
        assert told.stderr.startswith("Nothing could be judged: No guardrail")
        assert not Path("out.json").exists()


@pytest.mark.usefixtures("bank")
def test_the_catalogue_of_a_folder_is_checked_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert weft("export", "firm").exit_code == 0
    here = json.loads(weft("check", "--json").stdout)
    without_store(monkeypatch)
    there = json.loads(weft("check", "--firm", "firm", "--json").stdout)
    assert there["unmet"] == here["unmet"]
    assert weft("bundle", "write", "b.json", "--key", "none.pem").exit_code == 2
