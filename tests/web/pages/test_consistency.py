"""The page that tells what does not fit together, and a guardrail's own part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.pages.conftest import HERE, TODAY, Browser

from weft.app.records import write
from weft.core.entries import put
from weft.core.guardrails import Clause, Guardrail
from weft.core.roles import Actor
from weft.store.desk import Desk

Opened = Callable[[str], Browser]
PAGE = "/guardrails/consistency"


def test_the_list_of_guardrails_leads_to_it(example: Opened) -> None:
    assert PAGE in example("bank").get("/guardrails").links()


@pytest.mark.slow
def test_a_fault_is_told_in_the_words_of_the_firm(example: Opened) -> None:
    browser = example("airline")
    html = browser.get(PAGE)
    assert html.wrong == []
    assert "1 thing to mend" in html.text
    assert "Reads what nobody tells: Airport badge granted" in html.text
    assert "/guardrails/badges-first" in html.links()
    assert "read by no guardrail: Brought in as" in html.text
    own = browser.get("/guardrails/badges-first")
    assert "Where it does not fit with the others" in own.text


def test_where_all_fits_together_that_is_said(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(PAGE)
    assert "They fit together" in html.text
    own = browser.get("/guardrails/shared-languages")
    assert "does not fit" not in own.text


def apart(desk: Desk) -> Desk:
    """Put guardrails into the bank: one contradicts another, one is needless."""
    same: Any = {"level": "must", "principle": "safe-first", "owner": "security"}
    public = (Clause(path="act", in_=("deploy", "run")),)
    made = [
        Guardrail(
            id="apart",
            title="What the public can reach runs by itself",
            when=(*public, Clause(path="exposure", is_="public")),
            must=(Clause(path="run.on", in_=("own-account", "supplier")),),
            **same,
        ),
        Guardrail(
            id="no-php",
            title="Nothing new is written in PHP",
            when=(*public, Clause(path="made", is_="engineered")),
            must=(Clause(path="code.language", is_not="php"),),
            **same,
        ),
    ]
    owner = Actor(person="owner", owner=True)
    write(desk, owner, map(put, made), name="put", at=TODAY)
    return desk


def test_both_sides_of_a_contradiction_are_told(
    example_desk: Callable[[str], Desk], app_on: Callable[[Desk], Litestar]
) -> None:
    with TestClient(app_on(apart(example_desk("bank"))), base_url=HERE) as client:
        browser = Browser(client)
        html = browser.get(PAGE)
        own = browser.get("/guardrails/on-the-platform")
    assert html.wrong == []
    assert "2 things to mend" in html.text
    for said in (
        "Contradict each other",
        "What is asked Put something new into service",
        "How it is made Written by engineers",
        "Who can reach it Customers, or anybody on the internet",
        "What it runs on is one of: A cloud account of your own",
        "Nothing new is written in PHP refuses nothing that is not refused already by",
    ):
        assert said in html.text
    assert {"/guardrails/apart", "/guardrails/on-the-platform"} <= {*html.links()}
    assert "What the public can reach runs by itself" in own.text
