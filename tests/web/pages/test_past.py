"""The report nobody likes as a page: empty, brought in, and who may do that."""

from __future__ import annotations

from typing import Any

TABLE = (
    b"id,title,mission,start,due,ended,planned cost,cost,goals,met\n"
    b"p1,New till,payments,2025-01-01,2025-06-30,2025-07-10,9.00 EUR,9.50 EUR,4,3\n"
    b"p2,New shelf,,,,2025-03-01,,,,\n"
)


def test_past_work_is_brought_in_and_held_against_its_promises(
    browser_without_js: Any,
) -> None:
    client = browser_without_js.client
    assert "No past work is on record" in client.get("/past-work").text
    sent = client.post("/api/past-work/import", files={"file": ("past.csv", TABLE)})
    assert sent.json()["new"] == 2, sent.text
    page = client.get("/past-work").text
    assert "Too few to say: it takes 20 pieces of work for 15 outcomes." in page
    assert "Of 1 of 2 pieces of past work nobody said" in page
    assert "3 of 4 goals" in page
    links = client.get("/api/past-work/report").json()["links"]
    assert [link["items"] for link in links] == [1, 1, 0, 1]
    assert [w["id"] for w in client.get("/api/past-work").json()] == ["p2", "p1"]
