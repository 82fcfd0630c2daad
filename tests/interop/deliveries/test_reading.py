"""What the tools report, in their own words, becomes the same few deliveries."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from weft.errors import Forbidden, Malformed, Problems
from weft.interop.deliveries import Call, check_genuine, deliveries_in, read_exported

REPOSITORY = {
    "full_name": "acme/payments",
    "default_branch": "main",
    "pushed_at": 1_796_040_000,
}
PUSH = {
    "ref": "refs/heads/main",
    "repository": REPOSITORY,
    "commits": [
        {"id": "a" * 40, "timestamp": "2026-11-28T09:00:00+01:00"},
        {"id": "b" * 40, "timestamp": "2026-11-28T09:30:00Z"},
    ],
}
DEPLOYED = {
    "deployment_status": {"state": "success", "created_at": "2026-11-28T10:00:00Z"},
    "deployment": {"id": 7, "sha": "b" * 40, "environment": "production"},
    "repository": REPOSITORY,
}
ISSUE = {
    "action": "closed",
    "issue": {
        "number": 12,
        "labels": [{"name": "Incident"}],
        "created_at": "2026-11-28T11:00:00Z",
        "closed_at": "2026-11-28T12:30:00Z",
    },
    "repository": REPOSITORY,
}
GITLAB_DEPLOYED = {
    "object_kind": "deployment",
    "status": "success",
    "status_changed_at": "2026-11-28 11:00:00 +0100",
    "deployment_id": 9,
    "environment": "eu-west",
    "environment_tier": "production",
    "short_sha": "bbbbbbbb",
    "commit_url": "https://gitlab.example/acme/payments/-/commit/" + "b" * 40,
    "project": {"path_with_namespace": "acme/payments", "default_branch": "main"},
}
CDEVENT = {
    "context": {
        "version": "0.5.0",
        "id": "271069a8",
        "source": "/tekton",
        "type": "dev.cdevents.service.deployed.0.2.0",
        "timestamp": "2026-11-28T10:00:00Z",
    },
    "subject": {
        "id": "payments-api",
        "content": {
            "environment": {"id": "production"},
            "artifactId": "pkg:oci/payments@sha256%3A1",
        },
    },
}


def call(form: Any, plain: Any, event: str = "", **headers: str) -> Call:
    """Give a call as a tool makes it, unsigned."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if event:
        named[f"x-{form}-event"] = event
    return Call(format=form, headers=named, body=msgspec.json.encode(plain))


def signed(name: str, body: bytes, secret: str) -> dict[str, str]:
    """Sign a body as GitHub does."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {name: f"sha256={digest}"}


def test_a_push_gives_each_commit_with_when_it_was_written_and_landed() -> None:
    first, second = deliveries_in(call("github", PUSH, "push"), "hub")
    assert (first.what, first.of, first.revision) == (
        "change",
        "acme/payments",
        "a" * 40,
    )
    assert first.since == datetime(2026, 11, 28, 8, tzinfo=UTC)
    assert first.at == second.at == datetime.fromtimestamp(1_796_040_000, UTC)


def test_a_push_to_another_branch_is_no_change() -> None:
    other = PUSH | {"ref": "refs/heads/try"}
    assert deliveries_in(call("github", other, "push"), "hub") == ()


MERGED: dict[str, Any] = {
    "action": "closed",
    "repository": REPOSITORY,
    "pull_request": {
        "merged_at": "2026-11-20T15:00:00Z",
        "created_at": "2026-11-17T09:00:00Z",
        "merge_commit_sha": "d" * 40,
        "base": {"ref": "main"},
    },
}


def test_a_merged_pull_request_began_when_it_was_opened() -> None:
    (found,) = deliveries_in(call("github", MERGED, "pull_request"), "code")
    assert (found.what, found.revision) == ("change", "d" * 40)
    assert found.since is not None
    assert (found.at - found.since).days == 3
    for other in ({"merged_at": None}, {"base": {"ref": "next"}}):
        plain = MERGED | {"pull_request": MERGED["pull_request"] | other}
        assert not list(deliveries_in(call("github", plain, "pull_request"), "code"))


def test_a_merged_merge_request_began_when_it_was_opened() -> None:
    told = {
        "action": "merge",
        "target_branch": "main",
        "created_at": "2026-11-17T09:00:00Z",
        "updated_at": "2026-11-20T15:00:00Z",
        "merge_commit_sha": "d" * 40,
    }
    project = {"path_with_namespace": "lumen/ledger", "default_branch": "main"}
    plain = {"object_kind": "merge_request", "project": project}
    asked = plain | {"object_attributes": told}
    (found,) = deliveries_in(call("gitlab", asked), "code")
    assert found.since is not None
    assert (found.what, (found.at - found.since).days) == ("change", 3)
    for other in ({"action": "open"}, {"target_branch": "next"}):
        asked = plain | {"object_attributes": told | other}
        assert not list(deliveries_in(call("gitlab", asked), "code"))


def test_a_deployment_counts_once_it_has_ended() -> None:
    (found,) = deliveries_in(call("github", DEPLOYED, "deployment_status"), "hub")
    assert (found.what, found.live, found.worked) == ("deployment", True, True)
    waiting = DEPLOYED | {
        "deployment_status": {"state": "pending", "created_at": "2026-11-28T10:00:00Z"}
    }
    assert deliveries_in(call("github", waiting, "deployment_status"), "hub") == ()


def test_an_issue_labelled_incident_tells_its_beginning_and_its_end() -> None:
    began, ended = deliveries_in(call("github", ISSUE, "issues"), "hub")
    assert (began.what, ended.what) == ("incident", "restored")
    assert began.incident == ended.incident == "acme/payments#12"
    assert (ended.at - began.at).total_seconds() == 90 * 60


def test_gitlab_tells_the_same_with_its_own_words() -> None:
    (found,) = deliveries_in(call("gitlab", GITLAB_DEPLOYED), "lab")
    assert (found.of, found.revision, found.live) == ("acme/payments", "b" * 40, True)
    assert found.at == datetime(2026, 11, 28, 10, tzinfo=UTC)
    issue = {
        "object_kind": "issue",
        "object_attributes": {
            "iid": 3,
            "type": "Incident",
            "state": "closed",
            "created_at": "2026-11-28 10:00:00 UTC",
            "closed_at": "2026-11-28 11:00:00 UTC",
        },
        "project": GITLAB_DEPLOYED["project"],
    }
    began, ended = deliveries_in(call("gitlab", issue), "lab")
    assert (began.incident, ended.what) == ("acme/payments#3", "restored")


def test_a_cdevent_is_read_with_or_without_the_cloud_event_around_it() -> None:
    (bare,) = deliveries_in(call("cdevents", CDEVENT), "ci")
    around = {"specversion": "1.0", "id": "1", "type": "x", "data": CDEVENT}
    assert deliveries_in(call("cdevents", around), "ci") == (bare,)
    assert (bare.of, bare.what, bare.live) == ("payments-api", "deployment", True)


@pytest.mark.parametrize("event", ["star", "ping", ""])
def test_events_of_other_kinds_report_nothing(event: str) -> None:
    assert deliveries_in(call("github", {"zen": "x"}, event), "hub") == ()


def test_what_an_event_lacks_is_told_with_its_place() -> None:
    lacking = DEPLOYED | {"deployment_status": {"state": "success"}}
    with pytest.raises(Malformed) as told:
        deliveries_in(call("github", lacking, "deployment_status"), "hub")
    assert "deployment_status.created_at" in str(told.value.where)
    for plain in (["x"], 3, None, {"ref": ["x"]}):
        with pytest.raises(Malformed):
            deliveries_in(call("github", plain, "push"), "hub")


def test_only_who_has_the_secret_is_believed() -> None:
    body = msgspec.json.encode(PUSH)
    right = signed("x-hub-signature-256", body, "s3cret")
    check_genuine(Call(format="github", headers=right, body=body), "s3cret")
    for headers, sent in (
        ({}, body),
        (signed("x-hub-signature-256", body, "other"), body),
        (right, body + b" "),
        ({"x-hub-signature-256": "sha256="}, body),
        ({"x-hub-signature-256": "é"}, body),
        ({"x-gitlab-token": "s3cret"}, body),
    ):
        with pytest.raises(Forbidden):
            check_genuine(Call(format="github", headers=headers, body=sent), "s3cret")
    token = {"x-gitlab-token": "s3cret"}
    check_genuine(Call(format="gitlab", headers=token, body=b""), "s3cret")
    with pytest.raises(Forbidden):
        check_genuine(Call(format="gitlab", headers={}, body=b""), "s3cret")
    for name in ("x-weft-signature-256", "x-weft-token"):
        proof = signed(name, body, "s") if "sign" in name else {name: "s"}
        check_genuine(Call(format="cdevents", headers=proof, body=body), "s")


def test_the_tools_own_number_of_a_call_is_found() -> None:
    assert call("github", {}, x_github_delivery="72d3").number == "72d3"
    assert call("gitlab", {}, idempotency_key="9").number == "9"
    assert call("gitlab", {}, x_gitlab_event_uuid="8").number == "8"
    assert call("cdevents", {}).number == ""


def test_a_file_of_events_is_read_in_all_its_formats() -> None:
    lines = [
        CDEVENT,
        GITLAB_DEPLOYED,
        {"event": "push", "guid": "1", "request": {"payload": PUSH}},
        {"id": "1", "what": "deployment", "of": "x", "at": "2026-11-28T10:00:00Z"},
    ]
    raw = b"\n\n".join(msgspec.json.encode(line) for line in lines)
    found = read_exported(raw, "events.jsonl", "file")
    assert [each.what for each in found] == [
        *("deployment", "deployment", "change", "change", "deployment")
    ]


def test_a_file_with_a_fault_is_refused_with_its_line() -> None:
    raw = msgspec.json.encode(CDEVENT) + b'\n{"what": "x"}\n[1]\n{'
    with pytest.raises(Problems) as told:
        read_exported(raw, "events.jsonl", "file")
    assert [fault.where.line for fault in told.value.problems] == [2, 2, 2, 2, 3, 4]
