"""Pools and seats: as plain pages, over HTTP, and taken along."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from weft.app import records
from weft.core.entries import put
from weft.core.missions import Mission, Seat
from weft.core.people import Person
from weft.core.roles import Actor
from weft.core.skills import Pool

OWNER = Actor(person="owner", owner=True)


@pytest.fixture
def browser(browser_without_js: Any) -> Any:
    """Give the small firm with a pool of those who know Python."""
    state = browser_without_js.client.app.state
    now: datetime = state.settings.clock()
    pool = Pool(id="python", title="Snakes", skills=("python",), lead="anna")
    records.write(state.desk, OWNER, [put(pool)], name="put", at=now)
    return browser_without_js


def test_a_pool_shows_who_leads_it_who_is_in_it_and_where_they_sit(
    browser: Any,
) -> None:
    assert any(to.startswith("/pools/python") for to in browser.get("/pools").links())
    page = browser.get("/pools/python")
    assert {"/people/anna", "/people/ben"} <= {to.split("?")[0] for to in page.links()}
    assert "Who is in it" in page.text


def test_pools_are_as_over_http(browser: Any) -> None:
    client = browser.client
    one = client.get("/api/pools/python").json()
    assert one["lead"] == "anna"
    assert one["load"] == sum(m["load"] for m in one["members"]) > 0
    assert [p["id"] for p in client.get("/api/pools").json()["pools"]] == ["python"]
    assert client.get("/api/pools/pyton").status_code == 404


def test_the_seats_are_the_same_on_the_page_over_http_and_in_files(
    browser: Any,
) -> None:
    client = browser.client
    told = client.get("/api/seats").json()
    for way in told["ways"]:
        assert way["fte"] == told["fte"]
        text = browser.get(f"/seats?by={way['by']}").text
        assert "Each way below comes to the same total." in text
    book = load_workbook(BytesIO(client.get("/api/seats.xlsx").content))
    totals = {sheet.cell(sheet.max_row, 5).value for sheet in book}
    assert totals == {told["fte"]}
    assert client.get("/api/seats.csv").text.count("Total") == 4
    assert client.get("/seats?by=shoe").status_code == 422


def test_how_knowledge_lies_month_by_month(browser: Any) -> None:
    page = browser.get("/spread?months=3")
    assert "Month by month" in page.text
    told = browser.client.get("/api/spread?months=3").json()
    assert [m["month"] for m in told["months"]] == ["2026-09", "2026-10", "2026-11"]
    assert browser.client.get("/api/spread?unit=nowhere").status_code == 404
    assert browser.client.get("/api/spread?months=99").status_code == 400
    assert any(to.startswith("/spread") for to in browser.get("/mirror").links())


def test_a_firm_of_many_missions_is_shown_a_page_at_a_time(browser: Any) -> None:
    state = browser.client.app.state
    many = [f"m{n:02}" for n in range(52)]
    people = [Person(id=f"crew-{n}") for n in range(5)]
    seats = [
        Seat(person=p.id, mission=m, share=1, start="2026-01")
        for p in people
        for m in many
    ]
    more = [*people, *(Mission(id=m, title=m.upper()) for m in many), *seats]
    at: datetime = state.settings.clock()
    records.write(state.desk, OWNER, list(map(put, more)), name="put", at=at)
    first, second = (
        {to.split("?")[0] for to in browser.get(f"/seats?by=mission&n={n}").links()}
        for n in (1, 2)
    )
    shown = [
        len([m for m in many if f"/missions/{m}" in page]) for page in (first, second)
    ]
    assert sum(shown) == 51  # one is joined with that of two people
    assert shown[1] > 0
    text = browser.get("/seats?by=mission&n=2").text
    assert "Total of all pages" in text
    assert "Page 2 of 2" in text
