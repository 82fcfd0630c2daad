"""What an older Weft wrote in another shape, read as the records of today.

Nothing that is stored is touched: what was hashed stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.records import Record

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def renewed(raw: msgspec.Raw) -> Iterator[Record]:
    """Give missions whose outcome was still a text, each after the metric it becomes.

    A target without a number in it becomes no outcome; the metric's title then has it.
    Raises ValidationError for what no Weft wrote.
    """
    for told in msgspec.json.decode(raw, type=list[dict[str, Any]]):
        outcome = told.get("outcome")
        if isinstance(outcome, dict) and "unit" in outcome:
            metric, told["outcome"] = _apart(told["id"], outcome)
            yield msgspec.convert(metric, Metric)
        yield msgspec.convert(told, Mission)


def _apart(
    mission: str, outcome: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Take the text of an outcome apart: its metric, and how much of it by when."""
    name = f"{mission}-outcome"
    baseline, target = (_number(outcome.get(each)) for each in ("baseline", "target"))
    metric = {
        "id": name,
        "title": outcome["metric"],
        "unit": outcome["unit"],
        "stage": outcome.get("stage", "Outcome"),
        "mission": mission,
    }
    if target is None:
        metric["title"] += f" (target: {outcome['target']})"
        return metric, None
    if baseline is not None and target < baseline:
        metric["direction"] = "down"
    goal = {"metric": name, "baseline": baseline, "target": target, "by": outcome["by"]}
    return metric, goal


def _number(text: Any) -> float | None:
    found = _NUMBER.search(str(text or ""))
    return float(found.group()) if found else None
