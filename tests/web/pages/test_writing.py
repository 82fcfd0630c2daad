"""The page on which a guardrail is written, by somebody without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.web.pages.conftest import TODAY, Browser, Form, Html
from tests.web.pages.test_pages import check_form

from weft.app.records import write
from weft.core.entries import put
from weft.core.firm import Firm
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.pages.framework.writing.editor import AT_ONCE

Opened = Callable[[str], Browser]
PAGE = "/write/guardrail"
KEPT = f"{PAGE}?of=kept-no-longer"


def form_of(html: Html) -> Form:
    """Give the form in which it is written."""
    return html.form(PAGE)


def pressed(browser: Browser, form: Form, deed: str) -> Html:
    """Press one of its buttons."""
    form.data["do"] = deed
    return browser.send(form)


def saved(browser: Browser, form: Form, status: int = 200) -> Html:
    """Press the button that saves."""
    form.action = f"{PAGE}/save"
    return browser.send(form, status)


def firm_of(browser: Browser) -> Firm:
    """Give the firm that the browser looks at."""
    desk: Desk = browser.client.app.state.desk
    return desk.firm()


def test_the_pages_of_guardrails_lead_to_it(example: Opened) -> None:
    browser = example("bank")
    assert KEPT in browser.get("/guardrails/kept-no-longer").links()
    assert PAGE in browser.get("/guardrails").links()


@pytest.mark.parametrize("path", [PAGE, KEPT])
def test_it_is_well_formed_in_words_and_as_text(example: Opened, path: str) -> None:
    browser = example("bank")
    html = browser.get(path)
    check_form(path, html)
    check_form(path, pressed(browser, form_of(html), "text"))


@pytest.mark.slow
def test_every_guardrail_of_an_example_survives_its_controls(example: Opened) -> None:
    browser = example("bank")
    for key in sorted(firm_of(browser).guardrails):
        form = form_of(browser.get(f"{PAGE}?of={key}"))
        told = pressed(browser, form, "try")
        assert "Nothing to save" in told.text, key
        assert form_of(told).data["text"] == form.data["text"], key


def test_a_guardrail_is_written_by_choosing_words(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(PAGE)
    assert "Nothing to try yet" in html.text
    form = form_of(html)
    form.data |= {"title": "Test data goes soon", "level": "must"}
    form.data |= {"principle": "used-as-told", "owner": "data-protection"}
    form.data["must.0.path"] = "data.days"
    html = pressed(browser, form, "try")
    assert "'' cannot be compared with data.days" in html.text
    form = form_of(html)
    form.data |= {"must.0.operator": "at_most", "must.0.value": "30"}
    form.data["must.0.param"] = "longest"
    html = pressed(browser, form, "add:when")
    assert "Nothing is chosen here yet" in html.text
    form = form_of(html)
    form.data["when.0.path"] = "data.purpose"
    form = form_of(pressed(browser, form, "try"))
    assert form.data["when.0.operator"] == "is"
    form.data["when.0.value"] = "testing"
    html = pressed(browser, form, "try")
    assert "Once it holds" in html.text
    assert "past requests were looked at" in html.text
    assert "params: longest: 30" in " ".join(str(form_of(html).data["text"]).split())
    told = saved(browser, form_of(html))
    assert browser.at == "/guardrails/test-data-goes-soon"
    assert "How long the data is kept is at most 30" in told.text


def test_acts_are_chosen_by_their_titles(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(f"{PAGE}?of=on-the-platform")
    for act in firm_of(browser).acts.values():
        assert act.title in html.words
    assert "Keep running" in html.words


@pytest.mark.parametrize(
    ("deeds", "more", "says"),
    [
        (
            ["add:must/any"],
            {
                "must.1.any.0.path": "data.class",
                "must.1.any.0.value": "public",
                "must.1.any.1.path": "data.days",
                "must.1.any.1.value": "3",
            },
            ["any:", "- path: data.class", "is: public", "- path: data.days"],
        ),
        (["add:must/every", "add:must.1.where"], {}, ["every:", "where:", "must:"]),
        (["add:when/some", "drop:when.0"], {}, ["- some:"]),
    ],
)
def test_conditions_are_added_and_taken_away(
    example: Opened, deeds: list[str], more: dict[str, str], says: list[str]
) -> None:
    browser = example("bank")
    html = browser.get(KEPT)
    for deed in deeds:
        html = pressed(browser, form_of(html), deed)
        check_form(deed, html)
    form = form_of(html)
    form.data |= {name: text for name, text in more.items() if name.endswith("path")}
    form = form_of(pressed(browser, form, "try"))
    form.data |= more
    text = str(form_of(pressed(browser, form, "try")).data["text"])
    assert all(each in text for each in says), text


def test_switching_keeps_what_was_written(example: Opened) -> None:
    browser = example("bank")
    form = form_of(pressed(browser, form_of(browser.get(KEPT)), "text"))
    text = "# why, by Ada\n" + as_kept(browser)
    form.data["text"] = text
    form = form_of(pressed(browser, form, "words"))
    assert form.data["text"].replace("\r\n", "\n") == text  # type: ignore[union-attr]
    form.data["title"] = "Another"
    form = form_of(pressed(browser, form, "text"))
    assert form.names >= {"text"}
    assert "words" not in form.names


def as_kept(browser: Browser) -> str:
    """Give the text of the guardrail as it holds."""
    return str(form_of(browser.get(KEPT)).data["text"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("must: [", "Line 1"),
        ("must: [[1]]", "It has no id"),
        ("must:\n  - {path: data.dais, is: 1}\nwhen: 3", "no property called"),
        ("x" * 60_000, "60,000 characters; 50,000 is the most"),
        ("must:\n" + "  - {path: act, is: x}\n" * 1500, "More than 1,000 parts"),
    ],
)
def test_all_that_is_wrong_is_told_and_nothing_is_lost(
    example: Opened, text: str, says: str
) -> None:
    browser = example("bank")
    form = form_of(pressed(browser, form_of(browser.get(KEPT)), "text"))
    form.data["text"] = text
    html = pressed(browser, form, "try")
    assert says in html.text
    assert " ".join(text.split()) in html.text
    form.data["text"] = text
    html = saved(browser, form, 422)
    assert says in html.text
    assert " ".join(text.split()) in html.text


def test_the_right_version_is_saved_and_a_limit_is_moved_on_its_curve(
    example: Opened,
) -> None:
    browser = example("bank")
    html = browser.get(KEPT)
    assert "Nothing to save" in html.text
    form = form_of(html)
    assert form.data["was:params.longest"] == "730"
    form.data["limit:params.longest"] = "365"
    html = pressed(browser, form, "try")
    assert "Save it as version 3" in html.text
    assert "6 newly break" in html.text
    told = saved(browser, form_of(html))
    assert "Version 3" in told.text
    assert "is at most 365 days" in told.text


def test_nothing_holds_while_it_is_tried(example: Opened) -> None:
    browser = example("bank")
    before = firm_of(browser)
    form = form_of(browser.get(KEPT))
    form.data |= {"level": "advise", "title": "Whatever"}
    pressed(browser, form, "try")
    assert firm_of(browser) is before


def test_only_its_owner_may_save_it_others_put_it_into_a_draft(
    example: Opened,
) -> None:
    browser = example("bank")
    firm = firm_of(browser)
    owners = {
        *firm.roles["data-protection"].holders,
        *(p for role in firm.roles.values() if role.administers for p in role.holders),
    }
    other = next(
        p.id for p in firm.people.values() if p.id not in owners and p.partner is None
    )
    browser.act_as(other)
    form = form_of(browser.get(KEPT))
    form.data["limit:params.longest"] = "365"
    html = pressed(browser, form, "try")
    assert "It is saved by its owner" in html.text
    assert "Save version" not in html.text
    refused = saved(browser, form_of(html), 403)
    assert "you do not hold the role Data protection" in refused.text
    form = form_of(refused)
    assert "longest: 365" in str(form.data["text"])
    form.action = f"{PAGE}/draft"
    told = browser.send(form)
    assert browser.at.startswith("/drafts/data-about-people")
    assert "longest: 365" in told.text


def test_who_was_overtaken_is_told_and_keeps_what_was_written(example: Opened) -> None:
    browser = example("bank")
    first = form_of(browser.get(KEPT))
    second = form_of(browser.get(KEPT))
    first.data["reason"] = "Because"
    second.data["reason"] = "Therefore"
    saved(browser, first)
    html = saved(browser, second, 409)
    assert "reason: Therefore" in str(form_of(html).data["text"])
    assert "Not saved" in html.text


PUBLIC = """title: What the public can reach runs by itself
level: must
principle: safe-first
owner: security
id: apart
when:
  - {path: act, in: [deploy, run]}
  - {path: exposure, is: public}
must:
  - {path: run.on, in: [own-account, supplier]}
"""


def test_what_would_not_fit_with_the_others_is_told_while_it_is_written(
    example: Opened,
) -> None:
    browser = example("bank")
    form = form_of(browser.get(KEPT))
    told = pressed(browser, form, "try")
    assert "It fits with the others" in told.text
    form = form_of(pressed(browser, form, "text"))
    form.data["text"] = PUBLIC
    told = pressed(browser, form, "try")
    assert told.wrong == []
    assert "Where it would not fit with the others" in told.text
    assert "Contradict each other" in told.text
    assert "/guardrails/on-the-platform" in told.links()


def test_what_is_not_saved_yet_is_called_by_its_title_beside_the_others(
    example: Opened,
) -> None:
    browser = example("bank")
    told = pressed(browser, form_of(browser.get(KEPT)), "try")
    text = str(form_of(told).data["text"])
    text = re.sub(r"(?m)^title: .*$", "title: Kept as briefly", text)
    form = form_of(pressed(browser, form_of(told), "text"))
    form.data["text"] = re.sub(r"(?m)^id: .*$", "id: kept-as-briefly", text)
    told = pressed(browser, form, "try")
    assert told.wrong == []
    assert "refuses exactly what Kept as briefly refuses." in told.text


def test_among_very_many_that_is_told_when_it_is_asked_for(example: Opened) -> None:
    browser = example("bank")
    desk: Desk = browser.client.app.state.desk
    held = desk.firm().guardrails["kept-no-longer"]
    copies = [replace(held, id=f"copy-{n}") for n in range(AT_ONCE)]
    owner = Actor(person="owner", owner=True)
    write(desk, owner, map(put, copies), name="put", at=TODAY)
    form = form_of(browser.get(KEPT))
    told = pressed(browser, form, "try")
    assert "Does it fit with the other" in told.text
    assert "Is there twice" not in told.text
    told = pressed(browser, form, "fits")
    assert told.wrong == []
    assert "Is there twice" in told.text
    assert form_of(told).data["text"] == form.data["text"]
