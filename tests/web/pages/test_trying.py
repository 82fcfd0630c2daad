"""The page that tells what a changed guardrail would do, and the curve on it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.web.pages.conftest import Browser, Form, Html

from weft.app.texts import as_text
from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.vocabulary import Property
from weft.engines.guardrails import curves
from weft.store.desk import Desk
from weft.web.pages.framework.drawing import Drawing, drawing

Opened = Callable[[str], Browser]
KEPT = "/guardrails/kept-no-longer/try"


def form_of(html: Html) -> Form:
    """Give the form of the page."""
    return html.form(KEPT)


def test_the_page_of_a_guardrail_leads_to_it(example: Opened) -> None:
    assert KEPT in example("bank").get("/guardrails/kept-no-longer").links()


def test_as_it_is_nothing_changes(example: Opened) -> None:
    html = example("bank").get(KEPT)
    assert html.wrong == []
    assert "As it is" in html.text
    assert "0 newly break" in html.text


def test_a_limit_is_moved_without_javascript(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(KEPT)
    form = form_of(html)
    form.data["limit:params.longest"] = "365"
    found = browser.send(form)
    assert found.wrong == []
    assert "With this change" in found.text
    assert "6 newly break" in found.text
    assert "4 would be refused" in found.text
    assert "How long the data is kept is 400 days; it has to be at most 365 days" in (
        found.text
    )
    assert "As it is, 730 days: 0 break" in found.text
    assert "As tried, 365 days: 6 break" in found.text
    again = browser.send(form_of(found), level="advise")
    assert "0 newly break" in again.text
    assert "longest: 365" in str(form_of(again).data["text"])


def test_what_would_not_fit_together_is_told(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(KEPT)
    assert "Where it would not fit" not in html.text
    form = form_of(html)
    form.data["limit:params.longest"] = "36500"
    found = browser.send(form)
    assert "Where it would not fit with the others" in found.text
    assert "Is met by every value" in found.text


def test_its_rule_is_rewritten_with_what_was_moved(example: Opened) -> None:
    browser = example("bank")
    form = form_of(browser.get(KEPT))
    form.data["limit:params.longest"] = "400"
    rewrite = browser.send(form).form("/write/guardrail")
    rewrite.data["mode"] = "words"
    html = browser.send(rewrite)
    assert "As tried, 400 days" in html.text
    assert "longest: 400" in str(html.form("/write/guardrail").data["text"])


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"limit:params.longest": "soon"}, "cannot be compared"),
        ({"level": "veto"}, "names no harm"),
        ({"text": "id: [1"}, "This is no YAML"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_on_the_page(
    example: Opened, more: dict[str, str], says: str
) -> None:
    browser = example("bank")
    html = browser.get(KEPT)
    form = form_of(html)
    assert set(more) <= form.names
    form.data.update(more)
    told = browser.send(form, status=422)
    assert says in told.text


def test_nothing_is_written(example_desk: Callable[[str], Desk]) -> None:
    desk = example_desk("bank")
    assert "kept-no-longer" in desk.firm().guardrails
    assert as_text(desk.firm().guardrails["kept-no-longer"]).count("730") == 1


# The drawing


def drawn(prop: Property, limit: int | str, *values: object) -> Drawing:
    """Draw the curve of one limit over assets with some values."""
    rule = Guardrail(
        id="g",
        title="G",
        level="must",
        principle="p",
        owner="o",
        must=(Clause(path=prop.id, at_most=limit),),
    )
    assets = {
        f"a{n:05}": Asset(id=f"a{n:05}", title="It", properties={prop.id: value})  # type: ignore[dict-item]
        for n, value in enumerate(values)
    }
    tables = {"vocabulary": {prop.id: prop}, "assets": assets}
    empty = Firm()
    known = {name: getattr(empty, name).update(t) for name, t in tables.items()}
    (curve,) = curves(Firm(**known), rule)
    return drawing(curve)


DAYS = Property(id="days", title="Days", type="int", unit="days", lowest=0)


def test_the_line_steps_down_where_less_breaks() -> None:
    told = drawn(DAYS, 20, 10, 20, 30)
    assert told.line == "M0 0 H45 V333 H500 V667 H955 V1000 H1000"
    assert (told.lowest, told.highest, told.top) == ("9 days", "31 days", 3)
    assert (told.drafted.x, told.drafted.breaks, told.present) == (50.0, 1, None)
    assert [(row.text, row.breaks) for row in told.rows] == [
        ("0 days", 3),
        ("10 days", 2),
        ("20 days", 1),
        ("30 days", 0),
    ]


def test_a_curve_of_many_steps_is_no_longer_than_the_screen_is_wide() -> None:
    told = drawn(DAYS, 5000, *range(20_000))
    heights = [int(y) for y in re.findall(r"V(\d+)", told.line)]
    assert len(heights) <= 1001
    assert heights == sorted(heights)
    assert heights[-1] == 1000
    assert (told.steps, len(told.rows)) == (20_000, 40)


def test_a_flat_curve_is_drawn_too() -> None:
    assert drawn(DAYS, 20).line.startswith("M0 1000")


def test_each_value_of_a_rank_has_its_width_and_its_label() -> None:
    rank = Property(
        id="class",
        title="Class",
        type="rank",
        values=("public", "internal", "secret"),
        labels={"secret": "Between us"},
    )
    told = drawn(rank, "internal", "secret", "public")
    assert (told.lowest, told.highest) == ("public", "Between us")
    assert told.line == "M0 0 H667 V1000 H1000"
