"""The deeds that matter, done with plain links and forms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from weft.app import records
from weft.core.entries import Deed, put
from weft.core.missions import Mission
from weft.core.roles import Actor
from weft.store.desk import Desk


def ask(browser: Any, **properties: str) -> Any:
    """Ask as somebody does who has no training: word by word."""
    page = browser.get("/ask")
    page = browser.send(page.form("/ask"), mission="payments", act="deploy", title="X")
    told = {f"p:{name}": value for name, value in properties.items()}
    return browser.send(page.form("/ask"), **told)


def test_a_no_shows_the_way_and_one_button_makes_it_a_yes(
    browser_without_js: Any,
) -> None:
    page = ask(browser_without_js, region="us", encrypted="yes")
    assert "No, not like this." in page.text
    assert "Data lies in the EU" in page.text
    assert "Choose a region in the EU." in page.text
    assert "No smaller change would do." in page.text
    page = browser_without_js.send(page.form("/ask/again"))
    assert "Yes." in page.text
    assert browser_without_js.at.startswith("/decisions/")


def test_what_is_not_known_is_asked_and_never_a_yes(browser_without_js: Any) -> None:
    page = ask(browser_without_js)
    assert "No, not like this." in page.text
    assert "Not known" in page.text


def test_the_form_keeps_what_was_asked_before(browser_without_js: Any) -> None:
    ask(browser_without_js, region="us", encrypted="no")
    number = browser_without_js.at.rpartition("/")[2]
    form = browser_without_js.get(f"/ask?again={number}").form("/ask")
    assert form.data["p:region"] == "us"
    assert form.data["p:encrypted"] == "no"
    assert form.data["title"] == "X"


def test_sending_a_form_twice_has_one_effect(browser_without_js: Any) -> None:
    page = browser_without_js.get("/ask?mission=payments&act=deploy")
    form = page.form("/ask")
    browser_without_js.send(form, **{"p:region": "eu"})
    first = browser_without_js.at
    browser_without_js.send(form, **{"p:region": "eu"})
    assert browser_without_js.at == first
    browser_without_js.send(form, **{"p:region": "us"})
    assert browser_without_js.at != first


def test_what_is_wrong_stands_at_its_field(browser_without_js: Any) -> None:
    form = browser_without_js.get("/ask?mission=payments&act=deploy").form("/ask")
    page = browser_without_js.send(form, 422, **{"p:region": "mars"})
    assert any(a.get("role") == "alert" for _, a in page.elements)
    assert "Region" in page.text
    assert "mars" in page.text


def test_a_waiver_is_asked_by_one_and_granted_by_another(
    browser_without_js: Any,
) -> None:
    browser = browser_without_js
    browser.act_as("ben")
    page = ask(browser, region="us", encrypted="yes")
    refused = browser.at
    form = page.form("/waivers")
    page = browser.send(form, until="2026-12-15", reason="The move takes a month.")
    waiver = browser.at
    assert "Waits for a decision" in page.text
    assert f"{waiver}/grant" not in {f.action for f in page.forms}
    assert "You asked for this waiver" in page.text

    browser.act_as("cleo")
    assert "1 waiver waits for a decision." in browser.get("/").text
    page = browser.send(browser.get(waiver).form(f"{waiver}/grant"))
    assert "Holds now" in page.text
    assert "15 December 2026" in page.text

    browser.act_as("ben")
    page = ask(browser, region="us", encrypted="yes")
    assert "Yes" in page.text
    assert "Held by a waiver" in page.text
    assert "1 waiver ends within 30 days." in browser.get("/").text
    page = browser.send(browser.get(waiver).form(f"{waiver}/revoke"), why="We moved.")
    assert "Ended early" in page.text
    assert "The same answer, to the last byte." in browser.get(f"{refused}/replay").text


def test_a_waiver_is_refused_with_a_reason(browser_without_js: Any) -> None:
    browser = browser_without_js
    browser.act_as("ben")
    form = ask(browser, region="us").form("/waivers")
    browser.send(form, until="2026-12-15", reason="Because.")
    waiver = browser.at
    browser.act_as("cleo")
    form = browser.get(waiver).form(f"{waiver}/refuse")
    assert "Nothing says why." in browser.send(form, 422, why=" ").text
    page = browser.send(form, why="There is a cheaper way.")
    assert "There is a cheaper way." in page.text


@pytest.mark.parametrize(
    ("until", "says"),
    [("2026-11-20", "has to end after today"), ("2027-11-20", "60")],
)
def test_a_waiver_ends_in_time(until: str, says: str, browser_without_js: Any) -> None:
    browser_without_js.act_as("ben")
    form = ask(browser_without_js, region="us").form("/waivers")
    page = browser_without_js.send(form, 422, until=until, reason="Because.")
    assert says in page.text


def test_a_mandate_is_signed_by_its_lead_alone(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = browser.get("/missions/canary-lending")
    assert "/missions/canary-lending/mandate/sign" not in {f.action for f in page.forms}
    browser.act_as("canary-zara")
    assert "1 mandate lacks a signature." in browser.get("/").text
    form = browser.get("/missions/canary-lending").form(
        "/missions/canary-lending/mandate/sign"
    )
    assert "Zara Canary" in browser.send(form).text
    assert "signed this mandate already" in browser.send(form, 422).text
    browser.act_as("anna")
    assert "not a lead" in browser.send(form, 403).text


def test_a_mandate_that_changed_since_it_was_read_is_not_signed(
    browser_without_js: Any,
) -> None:
    browser = browser_without_js
    browser.act_as("canary-zara")
    form = browser.get("/missions/canary-lending").form(
        "/missions/canary-lending/mandate/sign"
    )
    desk = browser.client.app.state.desk
    mandate = desk.firm().mandates["canary-lending"]
    dearer = put(replace(mandate, limit="900000.00 EUR", version=mandate.version + 1))
    anna = Actor(person="owner", owner=True)
    records.write(desk, anna, [dearer], name="put", at=datetime.now(UTC))
    assert "canary-lending was changed" in browser.send(form, 409).text
    assert not desk.firm().mandates["canary-lending"].signed_by


def test_a_draft_is_tried_out_and_applied(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = browser.get("/drafts")
    page = browser.send(page.form("/drafts"), title="A mission for savings")
    draft = browser.at
    text = "id: savings\ntitle: Savings\npurpose: Money that grows.\n"
    form = page.form(f"{draft}/record")
    page = browser.send(form, kind="missions", text=text)
    assert "Missions: 1 added" in page.text
    looked = browser.get("/missions?draft=a-mission-for-savings")
    assert "A mission for savings laid over it" in looked.text
    assert "Savings" in looked.text
    browser.get("/missions/savings", 404)
    page = browser.send(page.form(f"{draft}/apply"))
    assert browser.at.startswith("/journal/")
    assert "Savings" in browser.get("/missions/savings").text
    browser.get(draft, 404)


def test_a_draft_is_thrown_away(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = browser.send(browser.get("/drafts").form("/drafts"), title="Nothing much")
    browser.send(page.form(f"{browser.at}/drop"))
    assert "There is no draft" in browser.get("/drafts").text


def test_a_draft_that_breaks_the_firm_is_told_whole(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = browser.send(browser.get("/drafts").form("/drafts"), title="Bad")
    draft = browser.at
    page = browser.send(
        page.form(f"{draft}/record"),
        kind="seats",
        text="person: nobody\nmission: nowhere\nstart: '2026-01'\n",
    )
    page = browser.send(page.form(f"{draft}/apply"), 422)
    assert "nobody" in page.text
    assert "nowhere" in page.text


def test_a_checkpoint_is_written_and_the_journal_proved(
    browser_without_js: Any,
) -> None:
    browser = browser_without_js
    page = browser.send(browser.get("/journal").form("/journal/checkpoint"))
    assert "is now kept outside the database" in page.text
    page = browser.get("/journal/verify")
    assert "1 checkpoint kept outside the database" in page.text
    assert "Yes." in page.text


def test_acting_as_somebody_changes_what_needs_one(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = browser.get("/acting?q=ben")
    form = next(f for f in page.forms if f.data.get("person") == "ben")
    browser.send(form)
    assert "Acting as Ben Borg" in browser.get("/").text


ROSTER = (
    "Full name,Department,Job title,Boss,Skills\n"
    "Ana Lund,Board,Chief executive,,\n"
    "Bo Stern,Payments,Engineer,Ana Lund,Kotlin; SQL\n"
    "Cy Moon,Payments,Product owner,Bo Stern,Pricing\n"
    ",Payments,Nobody at all,Bo Stern,\n"
)


def send_table(browser: Any, text: str, **more: str) -> Any:
    """Send a file through the form for it."""
    form = browser.get("/import").form("/import")
    files = {"file": ("people.csv", text.encode(), "text/csv")}
    answer = browser.client.post("/import", data={**form.data, **more}, files=files)
    browser.at = answer.url.path
    return answer


def test_a_firm_is_brought_in_from_a_table(example: Any) -> None:
    browser = example("empty")
    answer = send_table(browser, ROSTER)
    at = browser.at
    assert answer.status_code == 200
    page = browser.get(at)
    assert "4 people then" in page.text or "3 people then" in page.text
    assert "% sure" in page.text
    assert browser.client.app.state.desk.firm().seq == 0  # nothing is kept yet
    page = browser.send(page.form(f"{at}/apply"))
    assert "are in the firm now" in page.text
    assert "Bo Stern" in browser.get("/people").text
    assert "Payments" in browser.get("/units").text
    assert "1 row behind it" in browser.get("/mirror").text or browser.get("/mirror")
    browser.get(at, 422)  # it is not kept any more


def test_a_column_is_put_right(example: Any) -> None:
    browser = example("empty")
    send_table(browser, ROSTER)
    page = browser.get(browser.at)
    form = page.form(browser.at)
    assert form.data["title.0"] == "Job title"
    page = browser.send(form, **{"title.0": ""})
    page = browser.send(page.form(f"{browser.at}/apply"))
    assert "Engineer" not in browser.get("/people").text


def test_what_could_not_be_read_can_be_downloaded(example: Any) -> None:
    browser = example("empty")
    send_table(browser, ROSTER)
    page = browser.get(browser.at)
    to = next(to for to in page.links() if to.startswith(f"{browser.at}/unread"))
    answer = browser.client.get(to)
    assert "attachment" in answer.headers["content-disposition"]
    assert "Nobody at all" in answer.text


def test_a_later_table_tells_who_came_and_went(example: Any) -> None:
    browser = example("empty")
    send_table(browser, ROSTER, on="2026-10-01")
    page = browser.get(browser.at + "?on=2026-10-01")
    browser.send(page.form(f"{browser.at}/apply"))
    later = ROSTER.replace("Cy Moon", "Di Reed").replace("Boss", "Boss")
    send_table(browser, later, on="2026-11-01")
    page = browser.get(browser.at + "?on=2026-11-01")
    assert "1 person joins" in page.text
    assert "1 person leaves" in page.text
    assert "Di Reed" in page.text


def test_a_table_is_seen_by_who_has_sent_it(browser_without_js: Any) -> None:
    send_table(browser_without_js, ROSTER)
    at = browser_without_js.at
    browser_without_js.act_as("erik")
    browser_without_js.get(at, 422)
    browser_without_js.act_as("ben")
    assert "You may not bring people in" in browser_without_js.get("/import").text


@pytest.mark.parametrize(
    "text", ["", "\x00\x01\x02", "just one word\n", '{"a": [1, {"b": null}]}']
)
def test_a_file_that_is_no_list_is_told_in_a_sentence(text: str, example: Any) -> None:
    browser = example("empty")
    answer = send_table(browser, text)
    assert answer.status_code in {200, 400, 422}
    if answer.status_code == 200:
        assert any(
            a.get("role") == "alert" for _, a in browser.get(browser.at).elements
        )


def test_of_many_missions_one_is_found_by_its_name(
    browser_without_js: Any, desk: Desk
) -> None:
    many = [Mission(id=f"m{n}", title=f"Mission {n}") for n in range(2_000)]
    deed = Deed(name="load", changes=tuple(map(put, many)))
    owner = Actor(person="owner", owner=True)
    desk.write(lambda _: deed, at=datetime(2026, 11, 22, tzinfo=UTC), actor=owner)
    browser = browser_without_js
    page = browser.get("/ask")
    assert sum(tag == "option" for tag, _ in page.elements) <= 41
    page = browser.send(page.form("/ask"), who="payments", step="1")
    assert "Payments" in page.text
    assert "Mission 7" not in page.text
    page = browser.send(page.form("/ask"), mission="payments", act="deploy")
    assert "The answer goes on record" in page.text
    assert "No mission is called like that" in browser.get("/ask?who=xyzzy&step=1").text


def test_an_error_names_who_acts_as_every_page_does(browser_without_js: Any) -> None:
    browser_without_js.act_as("ben")
    page = browser_without_js.get("/missions/nowhere", 404)
    assert "Acting as Ben Borg" in page.text


SCHEMA = '{"required": ["replicas"], "properties": {"replicas": {"minimum": 2}}}'


def test_a_json_schema_is_looked_at_and_then_made_drafts(
    browser_without_js: Any,
) -> None:
    form = browser_without_js.get("/connect").form("/connect/schema")
    told = {"text": SCHEMA, "id": "copies", "principle": "data-stays"}
    page = browser_without_js.send(form, owner="security", **told)
    assert "Nothing is written yet." in page.text
    assert "at_least: 2" in page.text
    page = browser_without_js.send(page.form("/connect/schema"), step="apply", **told)
    assert "It is done" in page.text
    again = {**told, "text": '{"not": {}}'}
    page = browser_without_js.send(page.form("/connect/schema"), 422, **again)
    assert "cannot be said by a guardrail" in page.text


def test_a_policy_is_looked_at_and_then_kept(browser_without_js: Any) -> None:
    form = browser_without_js.get("/connect").form("/connect/policy")
    text = "package firm\nimport rego.v1\nok := true\n"
    told = {"text": text, "ask": "firm/ok", "property": "encrypted"}
    page = browser_without_js.send(form, **told)
    assert "Nothing was written." in page.text
    page = browser_without_js.send(page.form("/connect/policy"), step="apply", **told)
    assert "It is on record" in page.text
