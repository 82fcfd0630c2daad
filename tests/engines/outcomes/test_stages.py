"""Input or outcome: what words say, and how often they are right on real metrics."""

from __future__ import annotations

import csv
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from weft.core.outcomes.metric import OUTCOME_SIDE, Metric
from weft.engines.outcomes.stages import mix, propose

PLAIN = {
    "Money spent against budget": "Input",
    "IT staff": "Input",
    "Projects delivered on time": "Input_Processing",
    "Tickets answered within a day": "Input_Processing",
    "Uptime of the web shop": "Output",
    "Reports delivered": "Output",
    "Users who log in each month": "Output_Processing",
    "Applications submitted electronically": "Output_Processing",
    "Customers satisfied with the branch": "Outcome",
    "Money lost to fraud": "Outcome",
    "Passengers at the gate in time": "Outcome",
}


@pytest.mark.parametrize(("title", "stage"), PLAIN.items())
def test_words_speak_for_a_stage(title: str, stage: str) -> None:
    found = propose(title)
    assert found.stage == stage
    assert found.words
    assert found.words in title.lower()
    assert found.words in found.why


def test_a_unit_speaks_too() -> None:
    assert propose("How it went", "net promoter score").stage == "Outcome"
    assert propose("How it went", "FTE").stage == "Input"


def test_words_that_say_nothing_get_no_stage() -> None:
    found = propose("The index of the thing")
    assert (found.stage, found.words) == (None, "")
    assert "for whom" in found.why


def metrics(*titles: str) -> list[Metric]:
    return [Metric(id=f"m{n}", title=t, unit="x") for n, t in enumerate(titles)]


def test_who_is_measured_mostly_on_inputs_is_told_so() -> None:
    found = mix(metrics("Budget", "Tickets", "On time", "Customers satisfied"))
    assert (found.inputs, found.outcomes, found.mostly_inputs) == (3, 1, True)
    assert found.says.startswith("3 of 4 metrics say what is put in")
    assert not mix(metrics("Budget", "Tickets")).mostly_inputs  # too few to say
    assert mix(metrics("Budget", "Uptime", "Files", "Reports")).says.startswith("None")
    assert mix([]).says == "Nothing is measured."


# How often it is right on the metrics of a federal department. A third of its
# investments, by a hash of their identifiers, was looked at when the words were
# chosen; the rest was not, and is what docs/why/outcomes.md tells the figures of.

LABELS = {"101", "102", "103", "111", "112", "113", "114", "115"}
"""Mission and Business Results, Customer Results: what the owners call outcomes."""


def looked_at(owner: str) -> bool:
    """Tell whether a metric of an investment was in view when words were chosen."""
    return sha256(owner.encode()).digest()[0] % 3 == 0


def kept_back(owner: str) -> bool:
    """Tell whether it was never in view, the second time included."""
    first = sha256(f"stages-2026-11-29:{owner}".encode()).digest()[0]
    return not looked_at(owner) and first % 2 == 0


def scored(folder: Path, among: Callable[[str], bool]) -> tuple[float, float, int]:
    """Give precision and recall of "outcome side", and how many metrics there are."""
    with (folder / "edges.csv").open(encoding="utf-8") as file:
        edges = [e for e in csv.DictReader(file) if e["to_type"] == "Metric"]
    owner = {edge["to_id"]: edge["from_id"] for edge in edges}
    right = told = wanted = count = 0
    with (folder / "metric.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not among(owner[row["_id"]]):
                continue
            says = propose(row["Description"]).stage in OUTCOME_SIDE
            label = row["Measurement_category"][:3] in LABELS
            count, right = count + 1, right + (says and label)
            told, wanted = told + says, wanted + label
    return right / told, right / wanted, count


def test_it_is_as_right_as_the_docs_say(shared_data: Path) -> None:
    folder = shared_data / "us-hhs-it-portfolio"
    page = (Path(__file__).parents[3] / "docs/why/outcomes.md").read_text("utf-8")
    for among in (lambda owner: not looked_at(owner), looked_at, kept_back):
        precision, recall, count = scored(folder, among)
        assert f"| {count} | {precision:.0%} | {recall:.0%} |" in page
