"""Signed bundles: the verdicts of the firm itself, and refused when not in order."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace
from tests.conftest import many
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.test_audit import waiver
from tests.engines.guardrails.worlds import properties, world

from weft.app.checking.manifests import judge_files
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import KINDS, Firm, change
from weft.core.framework.challenges import Challenge
from weft.core.framework.rollouts import Rollout
from weft.core.guardrails import Cover
from weft.core.manifests import Checked, Manifest
from weft.core.missions import Mandate
from weft.core.records import show
from weft.core.vocabulary import SPEND
from weft.engines.guardrails import excerpt, judge_manifest, recorded
from weft.errors import InputError
from weft.interop.bundle import read_bundle, write_bundle
from weft.interop.folder import read_folder, write_folder
from weft.interop.signing import new_key, signed

KEY = new_key()
TRUSTED, _ = signed(KEY, b"")
DAY = AT.date()
SAFE = prop("safe", "bool")


def bundled(held: Firm, key: bytes = KEY, made: date = DAY, days: int = 30) -> bytes:
    """Write the rules of a firm as a bundle."""
    return write_bundle(excerpt(held, AT), held.title, made, days, key)


def verdict(told: Checked) -> Any:
    """Give all that is said, but for what is only in the firm.

    That is which entry it was, who leads the mission, and waivers that are over.
    """
    findings = tuple(
        replace(
            each,
            remedy="" if each.guardrail == "mandate" else each.remedy,
            dead_waivers=tuple(
                dead
                for dead in each.dead_waivers
                if not dead.why.startswith(("expired", "mended"))
            ),
        )
        for each in told.findings
    )
    return replace(told, firm=0, findings=findings, no_way=told.no_way[:60])


def some_world(rng: Random) -> Firm:
    """Make a firm with rules, waivers and a mandate."""
    held, _ = world(rng)
    spend = prop(SPEND, "money", unit="EUR")
    by = rng.choice([("ada", "bo"), ("ada",), ()])
    mandate = Mandate(
        mission="payments",
        business_lead="ada",
        technology_lead="bo",
        limit="20 EUR",
        signed_by=by,
    )
    thing = Asset(
        id="it",
        title="It",
        mission=rng.choice(["payments", "payments", "payments", "cards"]),
        properties={**properties(rng), "approved": rng.random() < 0.5, "live": True},
    )
    held = change(held, [put(each) for each in (spend, mandate, thing)])
    found = []
    for number, name in enumerate(sorted(held.guardrails)):
        until = AT + timedelta(days=rng.choice([2, 9, -1]))
        if rng.random() < 0.2:
            due = AT.date() - timedelta(days=rng.choice([-3, 0, 4]))
            raised = AT - timedelta(days=20)
            objection = Challenge(
                id=f"c{number}",
                guardrail=name,
                version=1,
                by="eve",
                reason="It is too much",
                raised_at=raised,
                due=due,
            )
            held = change(held, [put(objection)])
        of = waiver(f"w{number}", name, rng.choice(["it", None]), until=until)
        covers = rng.choice([(), (Cover(path="live"), Cover(path="language"))])
        if rng.random() < 0.5:
            found.append(replace(of, covers=covers))
    held = change(held, [put(each) for each in found])
    return rolled_out(rng, held)


def rolled_out(rng: Random, held: Firm) -> Firm:
    """Roll some of the rules out: what breaks them is tolerated, ended or mended."""
    for name in sorted(held.guardrails):
        if rng.random() < 0.8:
            rule = held.guardrails[name]
            begun = AT - timedelta(days=9)
            rollout = Rollout(
                id=f"{name}-v{rule.version}",
                guardrail=name,
                version=rule.version,
                until=DAY + timedelta(days=rng.choice([-3, 5, 40, 40])),
                recorded=0,
                started_by="eve",
                started_at=begun,
            )
            items = recorded(replace(held, waivers=Map()), rule, rollout)
            gone = [replace(i, mended_at=begun) for i in items if rng.random() < 0.2]
            changes = [put(each) for each in (rollout, *items, *gone)]
            held = change(held, changes)
    return held


def some_manifest(rng: Random, held: Firm) -> Manifest:
    """Make a manifest, of what the firm has or of something new."""
    same = rng.random() < 0.7
    told: dict[str, Any] = (
        dict(held.assets["it"].properties) if same else properties(rng)
    )
    if rng.random() < 0.5:
        told[SPEND] = rng.choice([0, 10, "30 EUR", "5 USD"])
    asset = rng.choice(["it", "it", "it", "new", None])
    return Manifest(mission="payments", asset=asset, properties=told)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_a_firm_its_folder_and_its_bundle_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, rng: Random
) -> None:
    held = some_world(rng)
    manifest = some_manifest(rng, held)
    folder = tmp_path_factory.mktemp("firm")
    write_folder(folder, held, {})
    bundle = read_bundle(bundled(held), TRUSTED, DAY)
    by_firm, by_folder, by_bundle = (
        verdict(judge_manifest(each, manifest, AT))
        for each in (held, read_folder(folder).firm, bundle.firm)
    )
    assert by_folder == by_firm
    assert by_bundle == by_firm


def small() -> Firm:
    """Make a firm with a rule and a waiver from it."""
    rules = [guardrail("g", [{"path": "safe", "is": True}])]
    return firm([SAFE], rules, waiver("w", "g", "it"), Asset(id="it", title="It"))


def test_the_same_rules_day_and_key_give_the_same_bytes() -> None:
    assert bundled(small()) == bundled(small())
    assert bundled(small()) != bundled(small(), made=DAY + timedelta(days=1))


def test_nobody_is_named_in_it_and_who_granted_still_counts() -> None:
    held = small()
    told = base64.b64decode(json.loads(bundled(held))["payload"]).decode()
    assert not [name for name in ("ada", "eve", "cy", "di") if f'"{name}"' in told]
    manifest = Manifest(mission="payments", asset="it", properties={"safe": False})
    found = judge_manifest(read_bundle(bundled(held), TRUSTED, DAY).firm, manifest, AT)
    assert (found.verdict, found.findings[0].waiver) == ("allowed", "w")


def refusal(raw: bytes, trusted: str = TRUSTED, today: date = DAY) -> str:
    """Give why a bundle is refused."""
    with pytest.raises(InputError) as caught:
        read_bundle(raw, trusted, today, "b.json")
    assert caught.value.do
    return caught.value.what


def test_one_that_was_changed_is_refused() -> None:
    plain = json.loads(bundled(small()))
    payload = base64.b64decode(plain["payload"])
    looser = payload.replace(b'"safe"', b'"sane"')
    assert looser != payload
    plain["payload"] = base64.b64encode(looser).decode()
    assert "It was changed after the key" in refusal(json.dumps(plain).encode())
    plain["signatures"] = []
    assert "It is signed by nobody" in refusal(json.dumps(plain).encode())


@given(st.data())
@settings(max_examples=many(60))
def test_no_byte_of_it_can_be_changed(data: st.DataObject) -> None:
    raw = bytearray(bundled(small()))
    raw[data.draw(st.integers(0, len(raw) - 2))] ^= data.draw(st.integers(1, 255))
    try:
        found = read_bundle(bytes(raw), TRUSTED, DAY)
    except InputError:
        return
    assert show_all(found.firm) == show_all(
        read_bundle(bundled(small()), TRUSTED, DAY).firm
    )


def show_all(held: Firm) -> list[str]:
    """Give a firm as text."""
    return [show(record) for record in held.records()]


def test_one_signed_by_another_is_refused() -> None:
    assert "not by the key that you trust" in refusal(bundled(small(), new_key()))


def test_one_that_is_too_old_or_from_the_future_is_refused() -> None:
    raw = bundled(small(), days=3)
    last = DAY + timedelta(days=3)
    assert read_bundle(raw, TRUSTED, last).until == last
    assert "held until" in refusal(raw, today=last + timedelta(days=1))
    assert "today is" in refusal(raw, today=DAY - timedelta(days=2))


@pytest.mark.parametrize(
    "trusted", ["", "ed25519:", "ed25519:!!", "rsa:AAAA", "x" * 99]
)
def test_what_is_no_key_is_told(trusted: str) -> None:
    assert "key" in refusal(bundled(small()), trusted).lower()


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff", b"null", b'{"a": 1}'])
def test_what_is_no_bundle_is_told(raw: bytes) -> None:
    assert refusal(raw)


@given(st.data())
@settings(max_examples=many(60))
def test_one_that_is_cut_is_told_as_a_bundle_and_not_as_json(
    data: st.DataObject,
) -> None:
    raw = bundled(small()).rstrip()
    cut = raw[: data.draw(st.integers(0, len(raw) - 1))]
    assert refusal(cut) == "This is no bundle, or a part of one only."


def test_something_else_that_the_key_signed_is_refused() -> None:
    plain = json.loads(bundled(small()))
    plain["payloadType"] = "application/json"
    assert "signed as application/json" in refusal(json.dumps(plain).encode())


class Watched(Firm, frozen=True):
    """A firm that notes which of its tables are read."""

    def __getattribute__(self, name: str) -> Any:
        """Note the name of a table, and give what is asked for."""
        if name in KINDS:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()


def tables(held: Firm, do: Callable[[Firm], object]) -> set[str]:
    """Give the tables of a firm that something reads."""
    READ.clear()
    known: dict[str, Any] = {kind: held.table(kind) for kind in KINDS}
    do(Watched(**known))
    return {*READ}


def test_it_holds_every_table_that_judging_reads() -> None:
    rng = Random(4)  # noqa: S311 # it makes examples
    everything: set[str] = set()
    for _ in range(20):
        held = some_world(rng)
        manifest = Manifest(mission="payments", asset="it", properties=properties(rng))
        read = tables(held, partial(judge_manifest, manifest=manifest, at=AT))
        read -= {kind for kind in KINDS if not held.table(kind)} - {"challenges"}
        kept = excerpt(held, AT)
        assert {"guardrails", "mandates", "challenges"} <= read
        everything |= read
        read -= {"waivers", "rollouts", "baseline"}  # what is over is left out
        assert read <= tables(held, lambda each: excerpt(each, AT))
        assert {kind for kind in read if held.table(kind)} <= {
            kind for kind in KINDS if kept.table(kind)
        }
    assert "baseline" in everything


# Manifests


def judged(folder: Path, text: str, at: datetime = AT) -> tuple[Any, Any]:
    """Judge one manifest on the small firm."""
    file = folder / "it.yaml"
    file.write_text(text)
    return judge_files(small(), [str(file)], at)


def test_a_manifest_says_all_that_counts_but_what_is_given() -> None:
    held = change(
        small(),
        [
            put(prop("approved", "bool", role="given")),
            put(guardrail("h", [{"path": "approved", "is": True}])),
            put(
                Asset(
                    id="it",
                    title="It",
                    mission="payments",
                    properties={"safe": True, "approved": True},
                )
            ),
        ],
    )
    told = judge_manifest(held, Manifest(mission="payments", asset="it"), AT)
    assert [(f.guardrail, f.state) for f in told.findings] == [("g", "unproven")]
    other = judge_manifest(held, Manifest(mission="cards", asset="it"), AT)
    assert {f.guardrail for f in other.findings} == {"g", "h"}


def test_each_problem_of_a_manifest_has_its_line(tmp_path: Path) -> None:
    text = "mission: paymnets\nproperties:\n  safe: maybe\n  sane: true\n"
    _, wrong = judged(tmp_path, text)
    assert [(each.where.line, each.where.path) for each in wrong] == [
        (1, "$.mission"),
        (3, "$.properties.safe"),
        (4, "$.properties.sane"),
    ]
    assert all(each.do for each in wrong)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("mission: [", 1),
        ("mission: payments\nmission: cards\n", 2),
        ("mission: payments\nbudget: 3\n", 2),
        ("mission: payments\nproperties:\n  safe: {a: 1}\n", 3),
        ("- mission\n", 1),
    ],
)
def test_what_is_no_manifest_is_told_with_its_line(
    text: str, line: int, tmp_path: Path
) -> None:
    found, (wrong,) = judged(tmp_path, text)
    assert (found, wrong.where.line) == ([], line)


def test_a_manifest_may_be_json(tmp_path: Path) -> None:
    (told,), wrong = judged(
        tmp_path, '{"mission": "payments", "properties": {"safe": true}}'
    )
    assert (told.checked.verdict, wrong) == ("allowed", [])
