"""The page of the comparison: begun, shown as it grows, stopped and taken along."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.web.pages.conftest import Browser, Html

Opened = Callable[[str], Browser]


def ended(browser: Browser) -> Html:
    """Wait as a browser does, until nothing is being compared."""
    for _ in range(1200):
        html = browser.get("/compare")
        if "Being compared" not in html.text:
            return html
        time.sleep(0.1)
    raise AssertionError(html.text)


def over(client: Any, number: int) -> Any:
    """Ask over HTTP until a comparison is no longer being made."""
    for _ in range(600):
        told = client.get(f"/api/comparisons/{number}").json()
        if not told["running"]:
            return told
        time.sleep(0.1)
    raise AssertionError(told)


@pytest.mark.slow
def test_a_comparison_is_begun_shown_and_taken_along(example: Opened) -> None:
    browser = example("airline")
    html = browser.get("/compare")
    assert "Nothing compared yet" in html.text
    client: Any = browser.client
    form = html.form("/compare")
    wrong = browser.send(form, 422, delay="-1 EUR")
    assert "A day of delay cannot cost -1 EUR." in wrong.text
    text = client.get("/models/lean/model.toml").text
    odd = browser.send(form, 422, text=text.replace("value = 0.15", "value = 2"))
    assert "rework: 2 is not from 0 to 0.9." in odd.text
    few = ["lean", "pervasive"]
    browser.send(form, model=few, runs="2", years="1", delay="40.00 EUR", text=text)
    html = ended(browser)
    assert html.wrong == []
    assert "own.toml, from Lean IT department" in html.text
    assert "average change costs 40.00 EUR: given" in html.text
    assert html.form("/compare").data["delay"] == "40.00 EUR"
    for said in ("The verdict", "Where it turns", "Which figure to go and measure"):
        assert said in html.text
    assert "illustrative" in html.text.lower()
    assert "Share of fast changes that touch the slow core" in html.text
    assert client.get("/compare/comparison.csv").text.startswith("model,measure")
    assert client.get("/compare/comparison.json").json()["runs"] == 2
    assert "<svg" in client.get("/compare/comparison.svg").text
    assert client.get("/compare/comparison.pdf").status_code == 404
    [only] = client.get("/api/comparisons").json()
    kept = f"/compare/kept/{only['id']}"
    browser.send(html.form(f"{kept}/repeat"))
    html = ended(browser)
    assert "Made again: every figure is the one on record." in html.text
    opened = browser.get(kept)
    assert opened.wrong == []
    assert only["verdict"] in opened.text
    assert client.get(f"{kept}/comparison.csv").text.startswith("model,measure")
    assert client.get("/compare/kept/nothing").status_code == 404


def test_comparisons_over_http_are_begun_looked_at_and_stopped(
    example: Opened,
) -> None:
    client: Any = example("airline").client
    asked = {"models": ["lean", "pervasive"], "runs": 2, "years": 0.2, "deep": False}
    begun = client.post("/api/comparisons", json=asked)
    assert begun.status_code == 201
    number = begun.json()["number"]
    told = over(client, number)
    assert {t["model"] for t in told["report"]["told"]} == {"lean", "pervasive"}
    assert told["identical"] is None
    name = told["kept"]["id"]
    opened = client.get(f"/api/comparisons/kept/{name}").json()
    assert opened["report"] == told["report"]
    begun = client.post(f"/api/comparisons/kept/{name}/repeat")
    assert begun.status_code == 201
    again = over(client, begun.json()["number"])
    assert again["identical"] is True
    assert again["report"] == told["report"]
    assert client.get("/api/comparisons/kept/nothing").status_code == 404
    stopped = client.post(f"/api/comparisons/{number}/stop")
    assert stopped.json()["running"] is False
    assert client.get("/api/comparisons/999").status_code == 404
    wrong = client.post("/api/comparisons", json={"models": ["waterfall"]})
    assert wrong.status_code in {400, 404, 422}
    assert "waterfall" in wrong.text


def test_a_model_is_shown_with_each_unit_and_source(example: Opened) -> None:
    browser = example("airline")
    html = browser.get("/models/partnership")
    assert html.wrong == []
    assert "one prioritising board to the next" in html.text
    assert "claims of technology skills" in html.text
    assert browser.get("/models").wrong == []
    client: Any = browser.client
    assert client.get("/models/waterfall").status_code == 404
    assert client.get("/api/models/lean").json()["shape"] == "pools"
    assert len(client.get("/api/models").json()) >= 8
