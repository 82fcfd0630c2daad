"""Decision records brought in from Markdown files: by a person, and over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.pages.conftest import Browser, Form, Html

from weft.app.framework.adrs import Markdown
from weft.store.desk import Desk

NEW = """---
status: accepted
decision-makers: [Security, Ann Example]
principles: [data-stays]
---
# Talk in events

## Context and Problem Statement

How do services talk?

## Considered Options

* Events
* Calls

## Decision Outcome

Chosen option: "Events", because they wait for nobody.
"""
FILES = {"0007-events.md": NEW, "README.md": "# Our decisions\n"}


def bringing(html: Html) -> Form:
    """Give the form that brings files in, beside that which looks for records."""
    (form,) = [f for f in html.forms if f.action == "/adrs" and f.method == "post"]
    return form


def send_files(browser: Browser, files: dict[str, str], status: int = 200) -> Html:
    """Choose files in the form for them, and send it."""
    form = bringing(browser.get("/adrs"))
    chosen = [("file", (name, text.encode())) for name, text in files.items()]
    sent = chosen or [("file", ("", b""))]  # as a browser sends none
    answer = browser.client.post("/adrs", data=form.data, files=sent)
    assert answer.status_code == status, answer.text
    return Html(answer.text)


def apply(browser: Browser, html: Html) -> Html:
    """Bring in what was looked at, as a browser sends it: lines end in CR LF."""
    data = {
        name: str(text).replace("\n", "\r\n")
        for name, text in bringing(html).data.items()
    }
    empty = {"file": ("", b"")}  # makes it a form with files
    answer = browser.client.post("/adrs", data={**data, "step": "apply"}, files=empty)
    assert answer.status_code == 200, answer.text
    return Html(answer.text)


@pytest.mark.slow
def test_files_are_looked_at_and_then_brought_in(
    browser_without_js: Browser, desk: Desk
) -> None:
    before = desk.firm()
    html = send_files(browser_without_js, FILES)
    assert html.wrong == []
    assert "1 decision record would be added" in html.text
    assert "Ann Example" not in html.text  # people are left out, and not named again
    assert "README.md" in html.text
    assert desk.firm() == before
    done = apply(browser_without_js, html)
    assert "They are on record now" in done.text
    record = desk.firm().adrs["0007-events"]
    assert (record.chosen, record.deciders) == ("Events", ("security",))
    one = browser_without_js.get("/adrs/0007-events")
    assert "How do services talk?" in one.text
    again = send_files(browser_without_js, FILES)
    assert "Nothing changes" in again.text
    assert not [f for f in again.forms if f.method == "post" and f.action == "/adrs"]


def test_what_is_wrong_is_told_with_its_line_and_nothing_is_brought_in(
    browser_without_js: Browser, desk: Desk
) -> None:
    before = desk.firm()
    wrong = {**FILES, "0008-x.md": "---\nstatus: [\n---\n# X\n", "0009-y.md": "no"}
    html = send_files(browser_without_js, wrong, 422)
    assert "0008-x.md" in html.text
    assert "0009-y.md" in html.text
    assert "It has no title" in html.text
    assert desk.firm() == before
    assert "No file was chosen" in send_files(browser_without_js, {}, 400).text


def test_an_accepted_record_is_not_edited_by_a_file(
    browser_without_js: Browser, desk: Desk
) -> None:
    send = {"eu-regions.md": NEW}
    html = send_files(browser_without_js, send, 422)
    assert "eu-regions is accepted, and its title would change" in html.text
    assert desk.firm().adrs["eu-regions"].title == "Take a region in the EU"


def test_a_record_is_given_as_a_file_that_can_be_brought_in_again(
    browser_without_js: Browser,
) -> None:
    answer = browser_without_js.client.get("/adrs/eu-regions/markdown")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert "# Take a region in the EU" in answer.text
    again = send_files(browser_without_js, {"eu-regions.md": answer.text})
    assert "Nothing changes" in again.text


def test_what_http_gives_it_takes(client: TestClient[Litestar], desk: Desk) -> None:
    given: Any = client.get("/api/export/adrs").json()
    assert sorted(given["files"]) == [f"{key}.md" for key in sorted(desk.firm().adrs)]
    told = client.post("/api/import/adrs", json=given).json()
    assert told == {"added": [], "changed": [], "notes": [], "entry": None}
    more = {"files": {**given["files"], **FILES}}
    shown = client.post("/api/import/adrs?dry_run=true", json=more).json()
    assert (shown["added"], shown["entry"]) == (["0007-events"], None)
    assert "0007-events" not in desk.firm().adrs
    key = {"Idempotency-Key": "k"}
    done = client.post("/api/import/adrs", json=more, headers=key).json()
    assert done["entry"] == desk.firm().seq
    twice = client.post("/api/import/adrs", json=more, headers=key).json()
    assert twice["entry"] == done["entry"] == desk.firm().seq
    wrong = client.post("/api/import/adrs", json={"files": {"x.md": "no"}})
    assert wrong.status_code == 422
    assert "x.md:1" in wrong.text or '"x.md"' in wrong.text
    assert Markdown(files=given["files"])
