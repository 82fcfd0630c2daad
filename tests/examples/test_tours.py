"""The tours: each asks what the firm understands and gets the answer it promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from weft.engines.guardrails import check_request, decide
from weft.examples.days import instant
from weft.examples.tours import Tour, tours

ALL = [(firm, tour) for firm in ("airline", "bank") for tour in tours(firm)]
IDS = [f"{firm}-{tour.id}" for firm, tour in ALL]

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("name", "tour"), ALL, ids=IDS)
@pytest.mark.parametrize("later", [0, 1, 25])
def test_a_tour_gets_its_answer(teller: Any, name: str, tour: Tour, later: int) -> None:
    firm, today = teller(name, TODAY).firm, date(2026, 11, 21) + timedelta(days=later)
    assert check_request(firm, tour.request) == ()
    asker = firm.mandates[tour.request.mission].business_lead
    answer = decide(firm, tour.request, asked_by=asker, at=instant(today, 600))
    blocking = sorted(f.guardrail for f in answer.findings if f.blocks)
    assert (answer.verdict, blocking) == (tour.answer, sorted(tour.because))


@pytest.mark.parametrize("name", ["airline", "bank"])
def test_there_are_enough_tours_of_every_kind(name: str) -> None:
    found = tours(name)
    assert 6 <= len(found) <= 8
    assert len({tour.id for tour in found}) == len(found)
    assert {tour.answer for tour in found} >= {"refused", "allowed-with-duties"}
    assert all(bool(t.because) == (t.answer == "refused") for t in found)
    assert all(t.title.endswith("?") and t.then.endswith(".") for t in found)
