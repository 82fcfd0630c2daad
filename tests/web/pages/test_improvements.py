"""The improvements as a page: what is claimed, what is carried, and who is quiet."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import OWNER

from weft.app import records
from weft.core.entries import put
from weft.core.outcomes.improvement import Evidence, Improvement
from weft.core.outcomes.metric import Metric


def test_a_grade_that_is_not_carried_is_told_on_every_page(
    browser_without_js: Any,
) -> None:
    client = browser_without_js.client
    assert "No improvement is on record" in client.get("/improvements").text
    state = client.app.state
    now = state.settings.clock()
    told = [
        Metric(id="speed", title="Speed", unit="%", mission="payments"),
        Improvement(
            id="new",
            title="New till",
            mission="payments",
            metric="speed",
            deployed=now.date(),
            evidence=(Evidence(grade="B", says="We saw it."),),
        ),
    ]
    records.write(state.desk, OWNER, map(put, told), name="put", at=now)
    for page in ("/improvements", "/missions/payments"):
        text = client.get(page).text
        assert "D, not B" in text
        assert "Does not carry B: no control is named." in text
    found = client.get("/api/improvements", params={"mission": "payments"}).json()
    assert found["quiet"] == []
    one = client.get("/api/improvements/new").json()
    assert one == found["improvements"][0]
    assert client.get("/api/improvements/nothing").status_code == 404
