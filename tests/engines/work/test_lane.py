"""One request followed: its pieces are all of its lead time, drawn to scale."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from tests.engines.work.test_flow import case
from tests.interop.logs.dialects import history, servicenow

from weft.core.work.cases import Case
from weft.engines.work.lane import followed
from weft.engines.work.picture import picture
from weft.examples.requests import CASES, REQUEST, requests
from weft.interop.logs import Said, read_log

SVG = "{http://www.w3.org/2000/svg}"


def test_the_pieces_add_up_to_the_lead_time_of_the_ticket() -> None:
    pieces = {piece.id: piece for piece in history(21, 80)}
    for one in read_log("log", servicenow(tuple(pieces.values()))).cases:
        lane, truly = followed(one), pieces[one.id]
        assert lane.days == pytest.approx(truly.lead / 86_400)
        assert lane.wait + lane.held + lane.work == pytest.approx(lane.days)
        assert lane.handoffs == len(truly.path) - 1
        assert lane.asked_back == sum(s.holding == "asker" for s in truly.steps)
        ends = 0.0
        for piece in lane.pieces:
            assert piece.since == pytest.approx(ends)
            ends = piece.since + piece.days


def test_an_open_request_is_followed_so_far() -> None:
    lane = followed(case(1, 0, None, "AB"))
    assert not lane.done
    assert lane.days == 1


def test_the_picture_is_to_scale_and_hides_nothing() -> None:
    one = case(1, 0, 10, "AB<b>")
    root = ET.fromstring(picture([followed(one)], "A & B"))  # noqa: S314 # ours
    bars = [r for r in root.iter(f"{SVG}rect") if r.find(f"{SVG}title") is not None]
    wide = [float(bar.get("width", 0)) for bar in bars]
    assert len(bars) == 5
    assert wide == pytest.approx([wide[0]] * 5, rel=0.01)
    assert "A & B" in "".join(root.itertext())


def test_the_invented_requests_have_the_shapes_that_were_measured() -> None:
    raw = requests(datetime(2026, 11, 21, tzinfo=UTC))
    assert raw == requests(datetime(2026, 11, 21, tzinfo=UTC))
    log = read_log("x.csv", raw, Said(log="x"))
    assert len(log.cases) == CASES + 1
    assert not [s.state for s in log.states if not s.sure]
    moved = sum(c.handoffs > 0 for c in log.cases) / len(log.cases)
    assert 1 / 3 < moved < 0.6
    leads = sorted((c.ended or 0) / 86_400 for c in log.cases)
    assert sum(leads) / len(leads) > 1.8 * leads[len(leads) // 2]  # a long tail
    told = {c.id: c for c in log.cases}
    assert _days(told[REQUEST]) == pytest.approx(157.5, abs=0.1)


def _days(one: Case) -> float:
    return followed(one).days
