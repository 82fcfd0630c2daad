"""Every page: it opens, is well formed, keeps the policy, and is never empty."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest

from weft.core.firm import KINDS

ALWAYS = (
    *("/", "/ask", "/weave", "/mirror", "/map", "/missions", "/people", "/units"),
    *("/assets", "/partners", "/skills", "/principles", "/guardrails", "/waivers"),
    *("/adrs", "/audit", "/connect", "/who", "/coverage", "/coverage/without"),
    *("/decisions", "/roles", "/vocabulary", "/import", "/drafts", "/journal"),
    *("/search", "/about", "/acting", "/weave/table", "/map/table"),
)
PARTNER = "dora"


def check_form(path: str, page: Any) -> None:
    """Hold a page to what holds for all of them."""
    tags = Counter(tag for tag, _ in page.elements)
    attrs = [a for _, a in page.elements]
    ids = [a["id"] for a in attrs if "id" in a]
    assert page.wrong == [], path
    assert tags["h1"] == tags["main"] == tags["title"] == 1, path
    assert len(ids) == len(set(ids)), (path, Counter(ids).most_common(3))
    assert not [a for a in attrs if "style" in a], path
    assert not [n for a in attrs for n in a if n.startswith(("on", "hx-on"))], path
    assert all("src" in a for tag, a in page.elements if tag == "script"), path
    assert tags["style"] == 0, path
    labelled = {a.get("for") for tag, a in page.elements if tag == "label"}
    for tag, a in page.elements:
        if tag in {"input", "select", "textarea"} and a.get("type") not in QUIET:
            assert a.get("id") in labelled or "aria-label" in a, (path, a)
    for form in page.forms:
        assert form.method != "post" or "_csrf_token" in form.data, (path, form.action)
    assert "missing_" not in page.text, path
    assert not re.search(r"\b(Undefined|UNSET)\b|\{\{", page.text), path


QUIET = {"hidden", "radio", "checkbox"}  # their labels are around them


@pytest.mark.parametrize("each", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_every_page_of_the_small_firm_opens_and_is_well_formed(
    each: int, browser_without_js: Any
) -> None:
    seen = browser_without_js.crawl(400, each=each)
    for path, page in seen.items():
        check_form(path, page)
    reached = {path.partition("?")[0] for path in seen}
    assert set(ALWAYS) - {"/search"} <= reached
    assert len(seen) > 60


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bank", "airline"])
def test_every_kind_of_page_of_an_example_opens(name: str, example: Any) -> None:
    browser = example(name)
    seen = browser.crawl(230, each=9)
    for path in set(ALWAYS) - set(seen):
        seen[path] = browser.get(path)
    for path, page in seen.items():
        check_form(path, page)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["people", "assets", "skills"])
def test_whoever_turns_the_pages_of_a_list_sees_all_of_it(
    kind: str, example: Any
) -> None:
    browser = example("bank")
    onward, seen, turned = f"/{kind}", set[str](), 0
    while onward and turned < 100:
        page = browser.get(onward)
        found = (urlsplit(to).path for to in page.links())
        seen |= {to.rpartition("/")[2] for to in found if to.startswith(f"/{kind}/")}
        onward, turned = page.named.get("Next"), turned + 1
    known = browser.client.app.state.desk.firm().table(kind)
    assert seen >= set(known)
    assert turned == -(-len(known) // 50)


@pytest.mark.parametrize("path", ALWAYS)
def test_no_page_of_an_empty_store_is_empty(path: str, example: Any) -> None:
    page = example("empty").get(path)
    check_form(path, page)
    main = page.text.partition("Journal")[2]
    assert len(main) > 80, main


def test_the_empty_home_has_three_doors_and_a_button_for_an_example(
    example: Any,
) -> None:
    page = example("empty").get("/")
    for door in ("See it on an example", "Use my firm", "Ask “may we?”"):
        assert door in page.text
    assert page.form("/examples/bank").method == "post"


@pytest.mark.slow
def test_one_button_brings_an_example_into_an_empty_store(example: Any) -> None:
    browser = example("empty")
    page = browser.send(browser.get("/").form("/examples/bank"))
    assert browser.at == "/"
    assert "What needs you" in page.text
    assert "invented" in page.text


def test_a_partners_person_sees_nothing_else_on_any_page(
    browser_without_js: Any,
) -> None:
    browser_without_js.act_as(PARTNER)
    refused = {"/drafts", "/journal"}
    seen = {
        path: browser_without_js.get(path, 403 if path in refused else 200)
        for path in ALWAYS
    }
    for page in list(seen.values()):
        for to in page.links() - refused - set(seen) - {"/journal/verify"}:
            if not to.startswith(("/journal", "/drafts")):
                answer = browser_without_js.client.get(to)
                assert answer.status_code in {200, 403, 404}, to
                assert "canary" not in answer.text.lower(), to
    for path, page in seen.items():
        assert "canary" not in page.text.lower(), path


def test_a_page_says_which_day_is_looked_at_and_keeps_it(
    browser_without_js: Any,
) -> None:
    page = browser_without_js.get("/people?as_of=1")
    assert "You are looking at the firm as of entry 1." in page.text
    inside = [to for to in page.links() if to.startswith("/people/")]
    assert inside
    assert all("as_of=1" in to for to in inside)
    assert "/people" in page.links()  # the way back
    with_day = browser_without_js.get("/missions?as_of=2026-11-20")
    assert "as of 20 November 2026" in with_day.text


def test_a_wrong_address_is_told_in_a_sentence(browser_without_js: Any) -> None:
    page = browser_without_js.get("/missions/paymnts", 404)
    assert "There is no mission called 'paymnts'" in page.text
    assert "Did you mean payments?" in page.text


def test_what_a_page_is_not_asked_for_is_told(browser_without_js: Any) -> None:
    page = browser_without_js.get("/who?skill=python", 422)
    assert "There is no parameter called 'skill'" in page.text
    for to in ("/who?q=python&month=2026-11", "/ask?mission=payments&region=eu"):
        browser_without_js.get(to)


def test_search_leads_to_what_it_finds(browser_without_js: Any) -> None:
    page = browser_without_js.get("/search?q=python")
    assert "/skills/python" in page.links()
    for to in page.links():
        browser_without_js.get(to)


@pytest.mark.slow
def test_every_kind_that_search_finds_has_a_page(browser_without_js: Any) -> None:
    firm = browser_without_js.client.app.state.desk.firm()
    titled = [k for k, record in KINDS.items() if "title" in record.__struct_fields__]
    found = set()
    for kind in titled:
        for record in firm.table(kind).values():
            page = browser_without_js.get(f"/search?q={record.title}")
            assert record.title in page.text
            found |= page.links()
    for to in found:
        browser_without_js.get(to)
