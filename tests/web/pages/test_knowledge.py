"""Skills and evidence brought in on plain pages: sent, looked at, applied."""

from __future__ import annotations

from typing import Any

import pytest

ESCO = (
    b"conceptUri,preferredLabel,altLabels\n"
    b"http://data.europa.eu/esco/skill/1,weave cloth,make cloth|weaving\n"
    b"http://data.europa.eu/esco/skill/2,drive a loom,\n"
)
UNCUT = (
    b"id,description\n"
    b"http://data.europa.eu/esco/skill/1,Design The computer program Design is one.\n"
    b"http://data.europa.eu/esco/skill/2,of the and with From here\n"
)


@pytest.fixture
def browser(browser_without_js: Any) -> Any:
    """Give somebody who may bring things in."""
    browser_without_js.get("/sign-in")
    browser_without_js.get("/import")
    return browser_without_js


def sent(browser: Any, to: str, raw: bytes, **fields: str) -> str:
    answer = browser.client.post(
        to,
        data={"_csrf_token": browser.client.cookies["weft-form"], **fields},
        files={"file": ("sent.csv", raw)},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"])


def firm(browser: Any) -> Any:
    return browser.client.app.state.desk.firm()


def test_skills_of_esco_are_looked_at_and_brought_in_as_one_entry(browser: Any) -> None:
    discipline = min(firm(browser).disciplines)
    before = firm(browser)
    at = sent(browser, "/import/esco", ESCO, discipline=discipline)
    page = browser.get(at)
    assert "2 new skills" in page.text
    assert not page.wrong
    assert firm(browser) is before  # looking writes nothing
    form = page.form(at.partition("?")[0])
    form.data["only"] = "loom"
    page = browser.send(form)
    assert "1 new skill" in page.text
    done = browser.send(page.form(f"{at.partition('?')[0]}/apply"))
    assert "Skills: 1 added." in done.text
    assert firm(browser).seq == before.seq + 1
    assert firm(browser).skills["drive-a-loom"].discipline == discipline
    browser.get(at, 422)  # it is not kept any more


def test_rows_of_esco_that_cannot_be_cut_are_listed_and_downloaded(
    browser: Any,
) -> None:
    discipline = min(firm(browser).disciplines)
    at = sent(browser, "/import/esco", UNCUT, discipline=discipline)
    page = browser.get(at)
    assert "1 row left out" in page.text
    (link,) = [each for each in page.links() if "left-out" in each and "?" in each]
    table = browser.client.get(link)
    told = table.content.decode("utf-8-sig").splitlines()
    assert told[0] == "row,id,description"
    assert told[1].endswith("of the and with From here")


def test_a_discipline_that_is_not_there_is_told_on_the_page(browser: Any) -> None:
    page = browser.get(sent(browser, "/import/esco", ESCO, discipline="looms"))
    assert "looms" in page.text
    assert "Bring it in" not in page.text
    assert not page.wrong


def log(people: int, tickets: int, about: str) -> bytes:
    """Make a log in which each of so many people closed so many tickets."""
    rows = [
        f"{person}-{number},p{person},{about},2026-10-0{number + 1}"
        for person in range(people)
        for number in range(tickets)
    ]
    return "\n".join(["key,assignee,component,resolved", *rows]).encode()


def test_tickets_become_claims_that_nobody_sees_but_their_people(browser: Any) -> None:
    before = firm(browser)
    who = min(before.people)
    skill = next(
        key for key in sorted(before.skills) if f"{who}:{key}" not in before.claims
    )
    raw = log(6, 5, skill).replace(b",p0,", f",{who},".encode())
    at = sent(browser, "/import/tickets", raw)
    page = browser.get(at)
    assert "Claims of fewer than five people" in page.text
    assert who not in page.text
    assert firm(browser) is before
    done = browser.send(page.form(f"{at}/apply"))
    assert "nothing was shared by it" in done.text
    assert firm(browser).seq == before.seq + 1
    claim = firm(browser).claims[f"{who}:{skill}"]
    assert (claim.evidence, claim.shared) == ("work", False)


def test_the_columns_of_a_log_are_put_right_and_small_groups_not_shown(
    browser: Any,
) -> None:
    raw = log(4, 5, "looms").replace(b"component", b"thing")
    at = sent(browser, "/import/tickets", raw)
    page = browser.get(at)
    assert "No column is known to tell what it is about." in page.text
    form = page.form(at)
    form.data["about"] = "thing"
    page = browser.send(form)
    assert "20 tickets" in page.text
    assert page.text.count("under 5") == 2
    assert "No claim comes of it" in page.text
    assert "Bring it in" not in page.text
    assert "1 thing without a skill" in page.text
    (link,) = [each for each in page.links() if "no-skill" in each]
    table = browser.client.get(link).content.decode("utf-8-sig")
    assert table.splitlines() == ["about", "looms"]
    form = page.form(at)
    form.data["least"] = "many"
    assert "is no number of tickets" in browser.send(form).text
