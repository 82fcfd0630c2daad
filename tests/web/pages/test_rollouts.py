"""The pages of roll-outs: a burn-down with its rows, and a plan that is begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.web.pages.conftest import TODAY, Browser

Opened = Callable[[str], Browser]
ONE = "/rollouts/encrypted-on-the-way-v2"
TEXT = """id: few-users
title: What many people use is engineered or bought
level: must
principle: everybody-may-build
owner: security
when:
  - {path: users, at_least: 100}
must:
  - {path: made, is_not: low-code}
"""
UNTIL = str((TODAY + timedelta(days=90)).date())


def test_the_list_leads_to_a_campaign_and_it_to_its_rows(example: Opened) -> None:
    browser = example("bank")
    listed = browser.get("/rollouts")
    assert ONE in listed.links()
    html = browser.get(ONE)
    assert html.wrong == listed.wrong == []
    assert "13 of 20 items are mended. 7 items are open" in html.text
    assert "An even pace: 5 would be open" in html.text
    assert "/assets/transfer-service" in html.links()
    assert "Not tolerated any more" in html.text
    path = next(a["d"] for tag, a in html.elements if a.get("class") == "curve-line")
    assert path is not None
    assert path.startswith("M0 0 H")


def test_a_mission_has_its_own_burn_down_and_its_own_list(example: Opened) -> None:
    browser = example("bank")
    mine = browser.get(f"{ONE}?mission=payments")
    assert "1 of 2 items are mended" in mine.text
    assert "/assets/letter-service" not in mine.links()
    page = browser.get("/missions/payments")
    assert "What it has to mend" in page.text
    assert "TLS 1.2 becomes TLS 1.3" in page.text
    browser.get(f"{ONE}?mission=nobody", status=422)
    browser.get("/rollouts/nothing", status=404)


def test_home_names_what_is_due_soon(example: Opened) -> None:
    html = example("bank").get("/")
    assert "items of roll-outs are to be mended within 30 days" in html.text
    assert "Savings accounts: What travels between systems" in html.text


def test_the_page_of_an_asset_leads_to_the_baseline_that_holds_it(
    example: Opened,
) -> None:
    html = example("bank").get("/assets/transfer-service")
    assert ONE in html.links()


def test_a_plan_is_looked_at_and_then_started_by_the_owner_alone(
    example: Opened,
) -> None:
    browser = example("bank")
    begun = browser.get("/rollouts/new?guardrail=kept-no-longer")
    form = begun.form("/rollouts/new")
    assert "path: data.days" in begun.text
    told = browser.send(form, text=TEXT, until=UNTIL)
    assert "1 tolerated until mended" in told.text
    assert "You do not hold the role Security" in told.text
    browser.act_as("p0297")
    told = browser.send(form, text=TEXT, until=UNTIL)
    plan = told.form("/rollouts/new")
    plan.action = "/rollouts"  # as its second button does
    plan.names.add("day:workplace")
    filled: dict[str, Any] = {"day:workplace": str((TODAY + timedelta(30)).date())}
    started = browser.send(plan, text=TEXT, **filled)
    assert browser.at == "/rollouts/few-users-v1"
    assert "0 of 1 item is mended" in started.text
    assert "21 December 2026" in started.text


@pytest.mark.parametrize(
    ("text", "until", "says"),
    [
        (TEXT.replace("must\n", "advise\n"), UNTIL, "would block nothing"),
        (TEXT, str(TODAY.date()), "no day to have mended"),
        (TEXT.replace("users", "uzers"), UNTIL, "no property called 'uzers'"),
        ("nonsense", UNTIL, "Guardrail"),
        (TEXT, "soon", "until"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_and_kept(
    example: Opened, text: str, until: str, says: str
) -> None:
    browser = example("bank")
    form = browser.get("/rollouts/new?guardrail=kept-no-longer").form("/rollouts/new")
    told = browser.send(form, status=422, text=text, until=until)
    assert says in told.text
    assert text.strip()[:9] in told.text


def test_where_nothing_was_rolled_out_it_says_what_would_be_there(
    example: Opened,
) -> None:
    assert "No guardrail was rolled out yet" in example("airline").get("/rollouts").text


def test_trying_a_draft_tells_which_items_it_would_let_lapse(example: Opened) -> None:
    browser = example("bank")
    html = browser.get("/guardrails/encrypted-on-the-way/try")
    assert "no longer tolerated" not in html.text  # as it is, all of them go on
    form = html.form("/guardrails/encrypted-on-the-way/try")
    form.data["level"] = "advise"
    told = browser.send(form)
    assert told.wrong == []
    open_items = 6  # one of the seven open is tolerated no longer as it is
    assert f"{open_items} baseline items are no longer tolerated" in told.text
    assert "What its baseline no longer tolerates" in told.text
    assert {ONE, "/rollouts/new?guardrail=encrypted-on-the-way"} <= told.links()
