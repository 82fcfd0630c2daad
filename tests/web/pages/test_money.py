"""Money on pages, of an example firm whose months were closed; without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.pages.conftest import HERE, TODAY, Browser, Html

from weft.app.money import bills, closing, values
from weft.core.assets import Asset
from weft.core.entries import Deed, put
from weft.core.money.mapping import CostRule
from weft.core.roles import Actor
from weft.engines.funding.ledger import Flow, Stream
from weft.store.desk import Desk
from weft.web.pages.money.sankey import BAR, sankey

OWNER = Actor(person="owner", owner=True)
BILL = Path(__file__).parents[2] / "cli" / "sessions" / "files" / "bill.csv"
TWINS = [
    Asset(
        id=name,
        title=name,
        properties={"capability": "chat-with-customers"},
        yearly_cost=cost,
    )
    for name, cost in (("chat-one", "9000.00 EUR"), ("chat-two", "4000.00 EUR"))
]


@pytest.fixture
def browser(
    example_desk: Callable[[str], Desk], app_on: Callable[[Desk], Litestar]
) -> Iterator[Browser]:
    desk = example_desk("bank")
    rule = CostRule(id="by-tag", tag="mission", why="It says so.")
    changes = tuple(map(put, [rule, *TWINS]))
    desk.write(lambda _: Deed(name="put", changes=changes), at=TODAY, actor=OWNER)
    closing.close(desk, OWNER, "2026-10", TODAY)
    bills.bring(desk, OWNER, [BILL], TODAY)
    with TestClient(app_on(desk), base_url=HERE) as client:
        yield Browser(client)


def test_from_the_firm_to_the_row_of_a_bill(browser: Browser) -> None:
    whole = browser.get("/pl")
    assert whole.wrong == []
    assert "Of no mission yet" in whole.text
    one = browser.get("/pl/payments")
    assert one.wrong == []
    assert "812.41 EUR" in one.text
    [place] = [p for p in one.links() if "behind" in p and "cloud" in p]
    behind = browser.get(place)
    assert behind.wrong == []
    assert "812.4051" in behind.text
    assert "Hours of machines" in behind.text


def test_where_money_goes_and_what_is_unmapped(browser: Browser) -> None:
    flow = browser.get("/money")
    assert flow.wrong == []
    assert "Money of the missions" in flow.text
    nobody = browser.get("/money/unmapped")
    assert nobody.wrong == []
    assert "119.60 EUR" in nobody.text
    assert "by-tag" in nobody.text


def test_a_month_is_looked_at_and_closed(browser: Browser) -> None:
    before = browser.get("/money/close?month=2026-10")
    assert before.wrong == []
    assert "nothing has changed since" in before.text
    page = browser.get("/money/close?month=2026-11")
    assert page.wrong == []
    assert "What it would post" in page.text
    done = browser.send(page.form("/money/close"))
    assert done.wrong == []
    assert "nothing has changed since" in done.text
    browser.get("/money/close?month=2026-12")  # it has not begun, and says so


def test_a_bill_is_looked_at_before_it_is_brought_in(browser: Browser) -> None:
    form = browser.get("/money/bill").form("/money/bill")
    raw = BILL.read_bytes().replace(b"812.4051", b"912.4051")
    sent = {"file": ("bill.csv", raw)}
    answer = browser.client.post(form.action, data=form.data, files=sent)
    page = Html(answer.text)
    assert page.wrong == []
    assert "912.41 EUR" in page.text
    assert "119.60 EUR" in page.text
    [form] = [f for f in page.forms if f.action.endswith("/apply")]
    done = browser.send(form)
    assert "The bill is in the ledger." in done.text
    assert "912.41 EUR" in browser.get("/pl/payments").text
    browser.send(form, status=422)  # it is kept no more


def test_who_may_not_book_is_told_so(browser: Browser) -> None:
    browser.act_as("p0001")
    for path in ("/money/close", "/money/bill"):
        answer = browser.client.get(path)
        assert "may not" in answer.text or answer.status_code == 403


def test_what_is_there_twice_is_priced(browser: Browser) -> None:
    page = browser.get("/redundancies")
    assert page.wrong == []
    assert "4,000 EUR" in page.text
    assert "Not accepted" in page.text


def test_what_is_there_twice_is_accepted_where_it_is_shown(browser: Browser) -> None:
    page = browser.get("/redundancies")
    wanted = "capability.chat-with-customers"
    [form] = [f for f in page.forms if f.data.get("redundancy") == wanted]
    done = browser.send(form, limit="4000.00 EUR", why="Two are tried side by side.")
    assert "up to 4,000 EUR a year" in done.text
    assert "Two are tried side by side." in done.text
    browser.send(form, status=400, limit="a lot", why="So.")
    browser.act_as("p0001")
    page = browser.get("/redundancies")
    assert not [f for f in page.forms if "redundancy" in f.data]


def test_worth_that_is_told_twice_is_said_with_both_places(browser: Browser) -> None:
    head = b"mission,month,amount,grade,evidence\n"
    desk: Desk = browser.client.app.state.desk
    assert "Told twice" not in browser.get("/pl").text
    table = head + b"payments,2026-10,5.00 EUR,D,Said\n"
    values.bring(desk, OWNER, table, "worth.csv", TODAY)
    for path in ("/pl", "/pl/payments", "/money/close?month=2026-10"):
        page = browser.get(path)
        assert page.wrong == [], path
        assert "benefits/payments:2026-10" in page.text, path
        assert "worth.csv" in page.text, path
    assert "Told twice" not in browser.get("/pl/cards").text


def test_three_shares_are_shown_by_month_and_said_where_they_are(
    browser: Browser,
) -> None:
    for path in ("/pl", "/pl/payments", "/pl/unmapped"):
        page = browser.get(path)
        assert page.wrong == [], path
        assert "What it was for" in page.text, path
    said = browser.get("/pl/payments").text
    assert "nobody says so of" not in said
    assert "as nobody says" not in said
    page = browser.get("/pl/cards")
    assert "nobody says so of" in page.text
    assert "Counts as running, as nobody says" in page.text
    [form] = [f for f in page.forms if f.action.endswith("/purpose")]
    browser.send(form, 422, running="60", efficiency="60", innovation="0", why="So.")
    done = browser.send(form, running="60", efficiency="40", innovation="0", why="So.")
    assert "60 % to keep running, 40 % for efficiency" in done.text
    assert "nobody says so of" not in done.text
    browser.act_as("p0001")
    page = browser.get("/pl/cards")
    assert not [f for f in page.forms if f.action.endswith("/purpose")]


def test_a_ledger_without_postings_says_how_to_begin(
    example: Callable[[str], Browser],
) -> None:
    browser = example("airline")
    for path in ("/pl", "/money", "/redundancies", "/money/unmapped", "/pl/unmapped"):
        page = browser.get(path)
        assert page.wrong == [], path
    browser.get("/pl/nowhere", status=404)


def test_a_stream_is_as_high_as_its_money_and_none_leaves_its_place() -> None:
    flow = Flow(
        months=("2026-10",),
        currency="EUR",
        funded=(Stream("f", "a", 600), Stream("(no fund)", "b", 400)),
        spent=(Stream("a", "people", 600), Stream("b", "people", 400)),
        missions=("a", "b"),
    )
    drawing = sankey(flow, {"f": "Fund"}, {"a": "A", "b": "B"})
    assert drawing is not None
    high = {place.key: place.high for place in drawing.places}
    assert high["people"] == pytest.approx(high["a"] + high["b"], abs=0.2)
    assert high["a"] / high["b"] == pytest.approx(1.5, abs=0.01)
    assert [p.title for p in drawing.places if p.column == 0] == ["Fund", "No fund"]
    assert len(drawing.ribbons) == len(drawing.rows) == 4
    assert {place.x + BAR <= 900 for place in drawing.places} == {True}
    assert sankey(Flow((), "EUR", (), (), ()), {}, {}) is None
