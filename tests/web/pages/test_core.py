"""What cannot be met together, on the page of an answer that nothing turns."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.pages.conftest import Browser, Html

Opened = Callable[[str], Browser]


def test_an_answer_that_nothing_turns_names_the_guardrail_and_the_facts(
    example: Opened,
) -> None:
    veto, rule = "No change does it: this is a veto", "Marketing and model training"
    html = refusal(example("bank"), veto, rule)
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
    html = refusal(example("bank"), "No smaller change would do.")
    assert "cannot be met together" not in html.text


def refusal(browser: Browser, *told: str) -> Html:
    """Find the page of a refusal that tells all of it."""
    links = browser.get("/decisions?verdict=refused").links()
    pages = (browser.get(link) for link in links if link.startswith("/decisions/"))
    return next(page for page in pages if all(each in page.text for each in told))
