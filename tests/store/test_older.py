"""What an older Weft wrote in another shape is read as the records of today."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.errors import InputError
from weft.store.journal.bodies import unpack

OLD: dict[str, Any] = {
    "metric": "Transfers that arrive",
    "unit": "% of transfers",
    "baseline": "91.4",
    "target": "99",
    "by": "2027-04-30",
}


def body(**outcome: Any) -> bytes:
    """Give the body of an entry that put a mission as it was written then."""
    mission = {"id": "pay", "title": "Pay", "outcome": OLD | outcome}
    return json.dumps({"changes": [{"kind": "missions", "put": [mission]}]}).encode()


def read(raw: bytes) -> list[Any]:
    return [change.record for change in unpack("load", raw).changes]


def test_an_outcome_that_was_a_text_becomes_a_metric_and_a_target() -> None:
    metric, mission = read(body())
    assert metric == Metric(
        id="pay-outcome",
        title="Transfers that arrive",
        unit="% of transfers",
        stage="Outcome",
        mission="pay",
    )
    assert mission == Mission(
        id="pay",
        title="Pay",
        outcome=Outcome(
            metric="pay-outcome", baseline=91.4, target=99, by=date(2027, 4, 30)
        ),
    )


def test_less_is_better_where_the_target_was_below() -> None:
    metric, _ = read(body(baseline="12 minutes", target="4 minutes"))
    assert metric.direction == "down"


def test_a_target_without_a_number_is_kept_in_the_title() -> None:
    metric, mission = read(body(target="as few as can be"))
    assert mission.outcome is None
    assert metric.title == "Transfers that arrive (target: as few as can be)"


def test_what_no_weft_wrote_is_refused_as_ever() -> None:
    with pytest.raises(InputError, match="unit"):
        read(body(unit=7))
    with pytest.raises(InputError, match="colour"):
        read(body().replace(b'"title": "Pay"', b'"colour": "red"'))
