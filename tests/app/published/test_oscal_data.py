"""The real catalogue: NIST SP 800-53, the controls of its LOW baseline."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from oscal_bindings.v1 import parse_oscal
from tests.app.conftest import NOW, OWNER

from weft.app.published import oscal, ready
from weft.app.published.coverage import coverage
from weft.app.views import look
from weft.core.firm import Firm
from weft.errors import Malformed
from weft.interop.oscal import statement
from weft.store.desk import Desk

pytestmark = [pytest.mark.data, pytest.mark.slow]
LOW = "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"
FAMILIES = {
    "ac": 11,
    "at": 4,
    "au": 10,
    "ca": 7,
    "cm": 9,
    "cp": 6,
    "ia": 8,
    "ir": 7,
    "ma": 4,
    "mp": 4,
    "pe": 10,
    "pl": 5,
    "ps": 9,
    "ra": 5,
    "sa": 8,
    "sc": 10,
    "si": 6,
    "sr": 8,
}
"""The controls at the top level of each family, as they were counted by hand."""


@pytest.fixture
def folder(shared_data: Path) -> Path:
    """Give the folder of the catalogue."""
    return shared_data / "oscal-800-53"


def parts(node: Any) -> Counter[str]:
    """Count the parts of a control by name, those inside others too."""
    found: Counter[str] = Counter()
    for part in node.get("parts", ()):
        found[part["name"]] += 1
        found += parts(part)
    return found


def test_nothing_of_it_is_lost(quick: Desk, folder: Path) -> None:
    raw = (folder / LOW).read_bytes()
    told = oscal.bring(quick, OWNER, raw, LOW, NOW, name="nist")
    assert (told.families, told.controls, told.enhancements) == (18, 149, 18)
    assert oscal.bring(quick, OWNER, raw, LOW, NOW).entry is None
    firm = quick.firm()
    controls = firm.controls.values()
    top = Counter(c.principle for c in controls if c.within is None)
    assert top == FAMILIES
    assert sum(len(c.told.get("params", ())) for c in controls) == 445
    counted: Counter[str] = Counter()
    links: Counter[str] = Counter()
    for control in controls:
        counted += parts(control.told)
        links += Counter(link["rel"] for link in control.told.get("links", ()))
    assert counted["statement"] == counted["guidance"] == 149
    assert counted["item"] == 574
    assert counted["assessment-objective"] == 1346
    assert links == {"related": 1523, "reference": 512, "required": 18}
    check_prose(firm)
    written = oscal.give(quick, look(quick, OWNER), "catalog", NOW, "nist")
    assert written == json.loads(raw)
    parse_oscal(json.dumps(written))


def check_prose(firm: Firm) -> None:
    """See that each control says something, and that no blank is left as it came."""
    for control in firm.controls.values():
        said = statement(firm, control)
        assert any(line.part == "statement" for line in said), control.id
        assert not any("{{" in line.text for line in said), control.id


def test_ready_sets_work_towards_its_controls(quick: Desk, folder: Path) -> None:
    raw = (folder / LOW).read_bytes()
    oscal.bring(quick, OWNER, raw, LOW, NOW, name="nist")
    ready.load(quick, OWNER, "security-protocols", {}, NOW)
    (found,) = coverage(look(quick, OWNER))
    assert (found.covered, found.controls) == (10, 149)


@pytest.mark.parametrize("level", ["LOW", "MODERATE", "HIGH"])
def test_a_profile_is_told_to_be_none(quick: Desk, folder: Path, level: str) -> None:
    file = f"{level}-baseline_profile.json"
    with pytest.raises(Malformed, match="This is a profile"):
        oscal.bring(quick, OWNER, (folder / file).read_bytes(), file, NOW)
