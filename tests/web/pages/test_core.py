"""What cannot be met together, on the page of an answer that nothing turns."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.pages.conftest import Browser

Opened = Callable[[str], Browser]


def test_an_answer_that_nothing_turns_names_the_guardrail_and_the_facts(
    example: Opened,
) -> None:
    html = example("bank").get("/decisions/204")
    assert html.wrong == []
    own = html.text.partition("What cannot be met together")[2].partition("What else")[
        0
    ]
    assert "people's data only if they agreed" in own
    assert "version 1" in own
    assert "Marketing" in own
    assert "With another fact it could be met." in own
    assert "asset.type" not in own.partition("With another fact")[0]


def test_an_answer_with_a_way_out_has_none(example: Opened) -> None:
    browser = example("bank")
    links = browser.get("/decisions?verdict=refused").links()
    pages = (browser.get(link) for link in links if link.startswith("/decisions/"))
    html = next(page for page in pages if "No smaller change would do." in page.text)
    assert "cannot be met together" not in html.text
