"""What is measured of each model, in which unit, and whether less of it is better."""

from __future__ import annotations

from typing import Final, NamedTuple


class Measure(NamedTuple):
    """A figure of a run. better: -1 where less is better, 1 where more is, else 0."""

    title: str
    unit: str
    better: int
    means: str


MEASURES: Final[dict[str, Measure]] = {
    "lead": Measure(
        "Lead time, mean", "working days", -1, "from asking for a change to having it"
    ),
    "lead_p50": Measure("Lead time, median", "working days", -1, "half take less"),
    "lead_p85": Measure("Lead time, 85 %", "working days", -1, "85 of 100 take less"),
    "lead_p95": Measure("Lead time, 95 %", "working days", -1, "95 of 100 take less"),
    "decision": Measure(
        "Decision latency", "working days", -1, "until somebody may begin, on average"
    ),
    "handoffs": Measure(
        "Handoffs", "a change", -1, "times that another group takes it over"
    ),
    "wip": Measure("Work in progress", "changes", -1, "asked for and not yet there"),
    "flow": Measure("Flow efficiency", "share", 1, "of lead time, what is work on it"),
    "throughput": Measure("Throughput", "changes a month", 1, "that are done"),
    "use": Measure("Use of people", "share", 0, "of their time, spent on changes"),
    "scarce": Measure(
        "Use of scarce specialists", "share", 0, "of their time, spent on changes"
    ),
    "scarce_wait": Measure(
        "Wait for a specialist", "working days", -1, "of a change that needs one"
    ),
    "effort": Measure("Effort", "days a change", -1, "of people, all causes together"),
    "cost": Measure(
        "Cost of effort",
        "person-days a change",
        -1,
        "effort, at what a day costs there",
    ),
    "delay": Measure(
        "Weighted delay",
        "days a change",
        -1,
        "lead time, where a day counts as much as its delay costs; on average 1",
    ),
    "redundancy": Measure(
        "Redundancy", "days a change", -1, "done twice in different teams"
    ),
    "moves": Measure("Moves of people", "a year", 0, "to another mission"),
    "moving": Measure(
        "Lost by moves", "days a change", -1, "while people find their way in"
    ),
}
"""In the order in which they are told."""
MONEY: Final[dict[str, Measure]] = {
    "cost": Measure("Cost of effort", "a change", -1, "in money, at the firm's rate"),
    "delay": Measure(
        "Cost of delay", "a change", -1, "in money, lost while it is waited for"
    ),
}
"""What may be told in money too, by the measure in days that it is counted from."""
EDGES: Final = tuple(0.1 * 1.15**k for k in range(80))
"""Bounds of the classes in which lead times are counted, in working days."""
