"""A month of a real firm through the round, beside what really happened."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.people import Person

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "movement.py"


@pytest.fixture(scope="module")
def movement() -> Any:
    """Give the benchmark that replays the months, as a module."""
    spec = spec_from_file_location("movement", SCRIPT)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["movement"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def test_a_team_keeps_its_name_while_most_of_it_stays_together(movement: Any) -> None:
    before = {"a": "one", "b": "one", "c": "one", "d": "two", "e": "two"}
    after = {"a": "new", "b": "new", "d": "boss", "e": "boss", "c": "boss", "f": "own"}
    named = movement.carried(before, after, "2027-02")
    assert named == {
        "a": "one",
        "b": "one",
        "c": "two",
        "d": "two",
        "e": "two",
        "f": "own-2027-02",
    }


def test_who_reports_to_one_person_is_a_team(movement: Any) -> None:
    people = [Person(id="boss"), Person(id="a", manager="boss")]
    firm = change(Firm(), map(put, people))
    assert movement.reporting(firm) == {"a": "boss"}


@pytest.mark.data
@pytest.mark.slow
def test_a_month_is_replayed_beside_what_happened(
    movement: Any,
    shared_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = str(shared_data / "sourcegraph-org")
    monkeypatch.setattr(sys, "argv", ["movement.py", folder, "--short"])
    movement.main()
    month, told, share, *_ = capsys.readouterr().out.splitlines()
    assert month.startswith("2023-02  190 stayed, 16 new managers, 14 changed team;")
    assert "1 months, 190 people-months: 14 changed team" in told
    assert share.startswith("changes asked for: ")
