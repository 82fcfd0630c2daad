"""The API by hand: every noun once, as a program would use it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from weft.core.manifests import Manifest
from weft.core.records import read, show
from weft.engines.guardrails import judge_manifest
from weft.store.desk import Desk

Client = TestClient[Litestar]
Headers = Callable[..., dict[str, str]]
WISH = {"mission": "payments", "act": "deploy", "properties": {"region": "us"}}
TABLE = b"name,unit,title\nIda Ives,Canary shop,Analyst\nJon Jung,New unit,Clerk\n"


def good(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


# Requests


def test_a_no_is_an_answer_and_says_the_way_to_a_yes(client: Client) -> None:
    answer = good(client.post("/api/requests", json=WISH))
    decision = answer["decision"]
    assert decision["verdict"] == "refused"
    assert decision["findings"][0]["guardrail"] == "data-in-eu"
    assert decision["ways"][0]["edits"][0]["value"] == "eu"
    again = good(client.get(f"/api/decisions/{answer['number']}"))
    assert again == {**answer, "core": None}
    replay = good(client.get(f"/api/decisions/{answer['number']}/replay"))
    assert replay["same"] is True


def test_decisions_are_listed_the_newest_first(client: Client) -> None:
    asked = [good(client.post("/api/requests", json=WISH))["number"] for _ in range(3)]
    listed = good(client.get("/api/decisions?most=2"))
    assert [d["number"] for d in listed] == [asked[2], asked[1]]
    earlier = good(client.get(f"/api/decisions?before={asked[1]}&verdict=refused"))
    assert [d["number"] for d in earlier] == [asked[0]]
    assert good(client.get("/api/decisions?mission=other")) == []


def test_one_key_has_one_effect(client: Client, desk: Desk) -> None:
    key = {"idempotency-key": "a-key"}
    first = good(client.post("/api/requests", json=WISH, headers=key))
    head = desk.firm().seq
    assert good(client.post("/api/requests", json=WISH, headers=key)) == first
    assert desk.firm().seq == head
    other = {**WISH, "title": "Another"}
    answer = client.post("/api/requests", json=other, headers=key)
    assert (answer.status_code, desk.firm().seq) == (409, head)


@pytest.mark.parametrize("key", ["ä", "a\tb", "x" * 201, "with space"])
def test_a_key_is_plain_text(client: Client, key: str) -> None:
    headers = {b"idempotency-key": key.encode()}
    answer = client.post("/api/requests", json=WISH, headers=headers)
    assert answer.status_code == 400


def test_trying_keeps_nothing_and_works_on_a_draft(client: Client, desk: Desk) -> None:
    head = desk.firm().seq
    tried = good(client.post("/api/requests/try", json=WISH))
    assert (tried["number"], tried["decision"]["verdict"]) == (0, "refused")
    good(client.post("/api/drafts", json={"id": "open", "title": "Open"}), 201)
    good(client.delete("/api/firm/guardrails/data-in-eu?draft=open"))
    tried = good(client.post("/api/requests/try?draft=open", json=WISH))
    assert tried["decision"]["verdict"] == "allowed"
    assert desk.firm().seq == head


def test_a_guardrail_is_tried_before_it_holds(client: Client, desk: Desk) -> None:
    seq, rule = desk.firm().seq, client.get("/api/firm/guardrails/data-in-eu").json()
    body = {**rule, "when": [], "must": [{"path": "region", "is": "us"}]}
    told = client.post("/api/guardrails/try", json=body)
    assert told.status_code == 200
    radius = told.json()["radius"]
    assert radius["guardrail"]["version"] == rule["version"] + 1
    assert radius["total"]["breaks"] == 1
    (touched,) = radius["touched"]
    assert (touched["asset"], touched["effect"]) == ("ledger", "breaks")
    assert desk.firm().seq == seq
    wrong = {**body, "must": [{"path": "regio", "is": "us"}], "owner": "nobody"}
    refused = client.post("/api/guardrails/try", json=wrong)
    assert refused.status_code == 422
    paths = [each["path"] for each in refused.json()["problems"]]
    assert paths == ["$.owner", "$.must[0].path"]


def test_everything_is_checked_and_told_in_parts(client: Client) -> None:
    whole = good(client.get("/api/audit?most=10000"))
    assert whole["found"] == len(whole["unmet"]) > 1
    assert whole["next"] is None
    first = good(client.get("/api/audit?most=1"))
    rest = good(client.get(f"/api/audit?start={first['next']}"))
    assert first["unmet"] + rest["unmet"] == whole["unmet"]
    some = good(client.get("/api/audit?stand=breaks&why=broken"))
    assert {(u["stand"], u["state"]) for u in some["unmet"]} <= {("breaks", "broken")}
    assert some["total"] == whole["total"]
    assert client.get("/api/audit?stand=broken").status_code == 400
    told = client.get("/api/audit.sarif")
    assert told.headers["content-type"] == "application/sarif+json"
    assert len(told.json()["runs"][0]["results"]) == whole["found"]


def test_a_manifest_is_checked_and_nothing_kept(
    client: Client, desk: Desk, token: Headers
) -> None:
    seq = desk.firm().seq
    body = {"mission": "payments", "properties": {"region": "us"}}
    told = good(client.post("/api/check", json=body))
    manifest = read(Manifest, body)
    again = judge_manifest(desk.firm(), manifest, datetime.fromisoformat(told["at"]))
    assert told["verdict"] == "refused"
    assert told == msgspec.json.decode(show(again))
    wrong = client.post("/api/check", json={**body, "act": "fly"})
    assert (wrong.status_code, wrong.json()["path"]) == (422, "$.act")
    cleo = client.post("/api/check", json=body, headers=token("cleo"))
    assert cleo.status_code == 403
    assert desk.firm().seq == seq


def test_only_who_belongs_to_a_mission_asks_for_it(
    client: Client, token: Headers
) -> None:
    answer = client.post("/api/requests", json=WISH, headers=token("cleo"))
    assert answer.status_code == 403
    assert "no seat in Payments" in answer.json()["detail"]
    good(client.post("/api/requests", json=WISH, headers=token("dora")))


# Waivers


def test_a_waiver_from_asking_to_its_end(client: Client, token: Headers) -> None:
    ben, cleo = token("ben"), token("cleo")
    wish = {
        "guardrail": "data-in-eu",
        "mission": "payments",
        "reason": "The vendor moves in spring.",
        "until": "2026-12-20T00:00:00Z",
    }
    asked = good(client.post("/api/waivers", json=wish, headers=ben), 201)
    path = f"/api/waivers/{asked['id']}"
    assert client.post(f"{path}/grant", headers=ben).status_code == 403
    good(client.post(f"{path}/grant", headers=cleo))
    assert client.post(f"{path}/grant", headers=cleo).status_code == 409
    yes = good(client.post("/api/requests", json=WISH, headers=ben))
    assert yes["decision"]["verdict"] != "refused"
    good(client.post(f"{path}/revoke", json={"why": "Moved."}, headers=ben))
    no = good(client.post("/api/requests", json=WISH, headers=ben))
    assert no["decision"]["verdict"] == "refused"
    standing = good(client.get(path))
    assert standing["waiver"]["ended_because"] == "Moved."
    assert asked["id"] in {s["waiver"]["id"] for s in good(client.get("/api/waivers"))}


def test_a_waiver_can_be_refused(client: Client, token: Headers) -> None:
    wish = {
        "guardrail": "data-in-eu",
        "mission": "payments",
        "reason": "It is cheaper.",
        "until": "2026-12-20T00:00:00Z",
    }
    asked = good(client.post("/api/waivers", json=wish, headers=token("ben")), 201)
    path, why = f"/api/waivers/{asked['id']}/refuse", {"why": "No reason."}
    refused = good(client.post(path, json=why, headers=token("cleo")))
    assert refused["refused_by"] == "cleo"


# The firm


def test_the_firm_at_a_glance(client: Client, desk: Desk) -> None:
    told = good(client.get("/api/firm"))
    assert (told["title"], told["head"]) == ("Lumen", desk.firm().seq)
    assert told["counts"]["people"] == 6


def test_a_list_is_read_page_by_page(client: Client) -> None:
    keys, after = [], ""
    while True:
        page = good(client.get(f"/api/firm/people?most=4&after={after}"))
        keys += [person["id"] for person in page["records"]]
        assert page["total"] == 6
        if not (after := page["next"]):
            break
    assert keys == ["anna", "ben", "canary-zara", "cleo", "dora", "erik"]


def test_a_record_is_put_where_it_was_read(client: Client) -> None:
    read = client.get("/api/firm/missions/payments")
    etag = {"if-match": read.headers["etag"]}
    mission = {**read.json(), "customer": "Everybody"}
    written = good(
        client.put("/api/firm/missions/payments", json=mission, headers=etag)
    )
    assert good(client.get("/api/firm/missions/payments")) == mission
    mission["customer"] = "Nobody"
    late = client.put("/api/firm/missions/payments", json=mission, headers=etag)
    assert late.status_code == 409
    assert str(written["entry"]) in late.json()["detail"]


def test_putting_the_same_again_changes_nothing(client: Client, desk: Desk) -> None:
    head = desk.firm().seq
    mission = good(client.get("/api/firm/missions/payments"))
    again = good(client.put("/api/firm/missions/payments", json=mission))
    assert (again, desk.firm().seq) == ({"entry": None, "draft": ""}, head)


def test_a_record_stands_at_its_own_address(client: Client) -> None:
    mission = good(client.get("/api/firm/missions/payments"))
    answer = client.put("/api/firm/missions/lending", json=mission)
    assert answer.status_code == 422
    assert "payments" in answer.json()["detail"]


def test_what_would_break_the_firm_is_refused(client: Client) -> None:
    answer = client.delete("/api/firm/skills/python")
    assert answer.status_code == 422
    assert "python" in answer.json()["problems"][0]["detail"]
    assert client.delete("/api/firm/skills/none").status_code == 404


@pytest.mark.parametrize(
    ("person", "status"), [("ben", 200), ("cleo", 403), ("erik", 200), ("dora", 403)]
)
def test_a_mission_is_changed_by_who_leads_it(
    client: Client, token: Headers, person: str, status: int
) -> None:
    mission = good(client.get("/api/firm/missions/payments"))
    mission["customer"] = person
    path, who = "/api/firm/missions/payments", token(person)
    assert client.put(path, json=mission, headers=who).status_code == status


def test_the_past_is_still_there(client: Client, desk: Desk) -> None:
    before = desk.firm().seq
    mission = {**good(client.get("/api/firm/missions/payments")), "title": "Pay"}
    good(client.put("/api/firm/missions/payments", json=mission))
    past = good(client.get(f"/api/firm/missions/payments?as_of={before}"))
    assert past["title"] == "Payments"
    assert client.get("/api/firm/missions/payments?as_of=2020-01-01").status_code == 404
    assert client.get("/api/firm?as_of=soon").status_code == 422
    assert client.get("/api/firm?draft=none").status_code == 404


def test_search_finds_people_by_name(client: Client) -> None:
    hits = good(client.get("/api/search?q=alva"))
    assert [(h["table"], h["key"]) for h in hits] == [("people", "anna")]


# Drafts


def test_a_draft_from_begin_to_apply(client: Client, desk: Desk) -> None:
    good(client.post("/api/drafts", json={"id": "rename"}), 201)
    assert client.post("/api/drafts", json={"id": "rename"}).status_code == 409
    mission = {**good(client.get("/api/firm/missions/payments")), "title": "Pay"}
    path = "/api/firm/missions/payments"
    put = good(client.put(f"{path}?draft=rename", json=mission))
    assert put == {"entry": None, "draft": "rename"}
    assert good(client.get(path))["title"] == "Payments"
    assert good(client.get(f"{path}?draft=rename"))["title"] == "Pay"
    told = good(client.get("/api/drafts/rename"))
    assert [(c["kind"], c["key"]) for c in told["changes"]] == [
        ("missions", "payments")
    ]
    assert [d["id"] for d in good(client.get("/api/drafts"))] == ["rename"]
    key = {"idempotency-key": "apply-it"}
    entry = good(client.post("/api/drafts/rename/apply", headers=key))["entry"]
    assert desk.entry(entry).deed.name == "draft.apply"
    again = good(client.post("/api/drafts/rename/apply", headers=key))
    assert again["entry"] == entry
    assert good(client.get(path))["title"] == "Pay"
    assert good(client.get("/api/drafts")) == []


def test_a_draft_is_dropped(client: Client) -> None:
    good(client.post("/api/drafts", json={"id": "idea"}), 201)
    assert client.delete("/api/drafts/idea").status_code == 204
    assert client.get("/api/drafts/idea").status_code == 404


# The mirror


@pytest.mark.parametrize(
    "path",
    [
        "/api/diagnosis",
        "/api/diagnosis?month=2026-03",
        "/api/weave?across=units",
        "/api/weave?across=missions&discipline=software",
        "/api/network",
        "/api/movement?since=1",
    ],
)
def test_the_mirror_is_data_too(client: Client, path: str) -> None:
    assert good(client.get(path))


# The journal


def test_the_journal_is_read_and_proven(client: Client, desk: Desk) -> None:
    good(client.post("/api/requests", json=WISH))
    head = desk.firm().seq
    listed = good(client.get("/api/journal?most=1"))
    assert [e["seq"] for e in listed] == [head]
    assert (listed[0]["verdict"], listed[0]["act"]) == ("refused", "deploy")
    assert listed[0]["deed"] == "ask"
    entry = good(client.get(f"/api/journal/{head}"))
    assert entry["deed"]["decision"]["verdict"] == "refused"
    assert client.get(f"/api/journal/{head + 1}").status_code == 404
    point = good(client.post("/api/journal/checkpoints"), 201)
    assert point["seq"] == head
    proven = good(client.get("/api/journal/verify"))
    assert (proven["bad"], proven["checkpoints"], proven["open"]) == (None, 1, 0)


def test_a_person_is_erased(client: Client, desk: Desk) -> None:
    assert good(client.get("/api/profiles"))["total"] == 6
    entry = good(client.delete("/api/profiles/ben"))["entry"]
    assert "ben" not in desk.profiles()
    assert "Borg" not in msgspec.json.encode(desk.entry(entry)).decode()
    assert client.delete("/api/profiles/ben").status_code == 404


# In and out


def test_a_table_is_guessed_shown_and_applied(client: Client, desk: Desk) -> None:
    head, file = desk.firm().seq, {"file": ("people.csv", TABLE)}
    layout = good(client.post("/api/import/guess", files=file))
    assert layout
    shown = good(client.post("/api/import/preview", files=file))
    assert shown["entry"] is None
    assert desk.firm().seq == head
    data = {"layout": msgspec.json.encode(layout).decode(), "on": "2026-11-21"}
    done = good(client.post("/api/import", files=file, data=data))
    assert desk.entry(done["entry"]).deed.name == "import"
    assert "Ida Ives" in {p.name for p in desk.profiles().values()}


def test_only_administrators_import(client: Client, token: Headers) -> None:
    file = {"file": ("people.csv", TABLE)}
    for path in ("/api/import/guess", "/api/import/preview", "/api/import"):
        answer = client.post(path, files=file, headers=token("ben"))
        assert answer.status_code == 403


def test_what_is_exported_is_loaded_again(client: Client, desk: Desk) -> None:
    packed = client.get("/api/export")
    assert packed.headers["content-type"] == "application/zip"
    assert client.get("/api/export").content == packed.content
    file = {"file": ("firm.zip", packed.content)}
    shown = good(client.post("/api/load?dry_run=true", files=file))
    assert (shown["tallies"], shown["profiles"]) == ([], 0)
    mission = {**good(client.get("/api/firm/missions/payments")), "title": "Pay"}
    good(client.put("/api/firm/missions/payments", json=mission))
    back = good(client.post("/api/load", files=file))
    assert desk.entry(back["entry"]).deed.name == "load"
    assert good(client.get("/api/firm/missions/payments"))["title"] == "Payments"


@pytest.mark.parametrize("name", ["../up.yaml", "/etc/up.yaml", "a\\..\\up.yaml"])
def test_a_zip_file_does_not_climb_out(
    client: Client, name: str, tmp_path: Path
) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(name, "id: x")
    before = sorted(tmp_path.parent.rglob("up.yaml"))
    file = {"file": ("firm.zip", raw.getvalue())}
    assert client.post("/api/load", files=file).status_code == 400
    assert sorted(tmp_path.parent.rglob("up.yaml")) == before


def test_what_is_no_zip_file_is_told(client: Client) -> None:
    answer = client.post("/api/load", files={"file": ("firm.zip", b"PK nothing")})
    assert answer.status_code == 400


# The server itself


@pytest.mark.slow
def test_accounts_and_tokens(client: Client) -> None:
    new = {"name": "robot", "password": "correct horse battery"}
    account = good(client.post("/api/accounts", json=new), 201)
    assert "password" not in account
    assert client.post("/api/accounts", json=new).status_code == 409
    made = good(client.post("/api/accounts/robot/tokens", json={"title": "CI"}), 201)
    header = {"authorization": f"Bearer {made['secret']}"}
    assert good(client.get("/api/me", headers=header))["actor"]["person"] == "robot"
    told = client.get("/api/accounts").text
    assert made["secret"] not in told
    assert "argon2" not in told


def test_a_machine_asks_whether_weft_is_well(signing: Client, desk: Desk) -> None:
    assert good(signing.get("/api/health")) == {
        "up": True,
        "head": desk.firm().seq,
        "writable": True,
    }


def test_the_records_describe_themselves(client: Client) -> None:
    schemas = good(client.get("/api/schemas"))
    assert schemas["missions"]["additionalProperties"] is False


def test_a_fault_tells_nothing_and_is_logged(
    client: Client, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def fault() -> None:
        raise RuntimeError("secret inside")

    desk.firm = fault  # type: ignore[assignment, method-assign]
    answer = client.get("/api/journal", headers={})
    assert (answer.status_code, answer.json()["title"]) == (500, "A fault in Weft")
    assert "secret" not in answer.text
    assert "secret inside" in caplog.text


def test_a_name_in_the_address_that_no_call_reads_is_refused(client: Client) -> None:
    reply = client.get("/api/decisions?missoin=payments")
    assert reply.status_code == 422
    assert "missoin" in reply.json()["detail"]
    assert "mission" in reply.json()["do"]
    assert client.get("/api/decisions?mission=payments&most=3").status_code == 200
    assert client.get("/api/firm?as_of=1").status_code == 200
    assert client.get("/?utm=whatever").status_code == 200  # put there by others


# Rego


def test_the_guardrails_are_given_as_rego_and_taken_back(client: Client) -> None:
    module = client.get("/api/rego").text
    assert 'verdicts["data-in-eu"] := ' in module
    taken = good(client.post("/api/rego?dry_run=true", json={"text": module}))
    assert taken["changed"] == []
    facts = good(client.get("/api/rego/input/ledger"))
    assert facts["asset"] == "ledger"
    wrong = client.post("/api/rego", json={"text": "package firm"})
    assert wrong.status_code == 400


def test_a_policy_of_others_is_asked_about_every_asset(client: Client) -> None:
    text = 'package firm\nimport rego.v1\nin_eu := input.asset == "ledger"\n'
    asked = {"text": text, "ask": "firm/in_eu", "property": "encrypted"}
    ruled = good(client.post("/api/rego/ask?dry_run=true", json=asked))
    said = {each["asset"]: each["value"] for each in ruled["rulings"]}
    assert said["ledger"] is True
    assert set(said.values()) == {True, False}


# JSON Schema


def test_a_json_schema_becomes_guardrails_and_words(client: Client) -> None:
    text = '{"properties": {"replicas": {"minimum": 2}}, "required": ["replicas"]}'
    sent = {
        "text": text,
        "id": "copies",
        "principle": "data-stays",
        "owner": "security",
    }
    taken = good(client.post("/api/import/schema", json=sent))
    assert [g["must"][0]["at_least"] for g in taken["guardrails"]] == [2]
    assert [p["id"] for p in taken["vocabulary"]] == ["replicas"]
    assert taken["guardrails"][0]["phase"] == "draft"
    wrong = client.post("/api/import/schema", json={**sent, "text": '{"not": {}}'})
    assert (wrong.status_code, wrong.json()["path"]) == (422, "#")


def test_names_are_told_with_what_cannot_be_read(client: Client) -> None:
    mission = good(client.get("/api/firm/missions/payments"))
    wrong = {**mission, "type": "steam", "from_units": ["nowhere"]}
    at = "/api/firm/missions/payments"
    answer = client.put(at, json=wrong)
    assert answer.status_code == 422
    assert [(each["file"], each["path"]) for each in answer.json()["problems"]] == [
        *[("body", "$.type"), ("body", "$.from_units[0]")]
    ]
    assert client.put(f"{at}?draft=later", json=wrong).status_code == 400
    assert client.put(at, json={**mission, "type": "steam"}).status_code == 400
