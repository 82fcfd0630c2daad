"""One request under several models: the same one, every wait and work told."""

from __future__ import annotations

import pytest
from tests.engines.simulation.firms import setting

from weft.engines.simulation.following import CALENDAR, follow
from weft.interop.models import library


def test_a_request_is_the_same_under_each_model_and_nothing_is_left_out() -> None:
    models = [library()[name] for name in ("partnership", "pervasive")]
    lanes = follow(models, setting("airline"), 3)
    assert lanes == follow(models, setting("airline"), 3)
    assert [lane.title for lane in lanes] == [f"Simulated: {m.title}" for m in models]
    for lane in lanes:
        assert lane.work > 0
        assert lane.wait + lane.work == pytest.approx(lane.days)
        ends = 0.0
        for piece in lane.pieces:
            assert piece.since == pytest.approx(ends, abs=1e-3)
            ends = piece.since + piece.days
    assert lanes[0].days > CALENDAR
