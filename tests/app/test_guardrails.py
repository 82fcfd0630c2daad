"""Trying a guardrail: whole, on what the actor may see, and without any effect."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, DORA, NOW, OWNER

from weft.app import drafts, guardrails, records, requests
from weft.app.guardrails import Tried
from weft.app.views import View, look
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.guardrails import Clause, Guardrail
from weft.core.records import read, show
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.core.vocabulary import Property
from weft.errors import InputError, Problems
from weft.store.desk import Desk

KEPT = Guardrail(
    id="kept-short",
    title="Data goes after a year",
    level="must",
    principle="data-stays",
    owner="security",
    must=(Clause(path="days", at_most=365),),
)
MORE = (
    Property(id="days", title="How long it is kept", type="int", unit="days"),
    Asset(id="ledger", title="Ledger", mission="payments", properties={"days": 400}),
    Asset(id="vault", title="Vault", mission="lending", properties={"days": 500}),
)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Give the small firm with a property that has an order."""
    records.write(desk, OWNER, map(put, MORE), name="put", at=NOW)
    return desk


def tried(desk: Desk, actor: Actor, draft: Guardrail = KEPT) -> Tried:
    """Try a guardrail as somebody."""
    return guardrails.try_out(desk, look(desk, actor), draft, NOW)


def test_all_is_told_and_nothing_is_written(kept: Desk) -> None:
    seq = kept.firm().seq
    found = tried(kept, ANNA)
    assert {each.asset: each.effect for each in found.radius.touched} == {
        "ledger": "breaks",
        "vault": "breaks",
    }
    (threshold,) = found.trial().thresholds
    assert (threshold.place, threshold.drafted) == ("must[0].at_most", 365)
    assert [(s.value, s.breaks) for s in threshold.steps] == [
        (399, 2),
        (400, 1),
        (500, 0),
    ]
    assert [(s.mission, s.present, s.drafted) for s in threshold.missions] == [
        ("lending", None, 1),
        ("payments", None, 1),
    ]
    assert kept.firm().seq == seq
    assert "kept-short" not in kept.firm().guardrails


def test_the_present_limit_is_told_beside_the_drafted_one(kept: Desk) -> None:
    records.write(kept, OWNER, [put(KEPT)], name="put", at=NOW)
    looser = replace(KEPT, must=(Clause(path="days", at_most=450),))
    found = tried(kept, ANNA, looser)
    (threshold,) = found.trial().thresholds
    assert (threshold.present, threshold.present_breaks, threshold.breaks) == (
        365,
        2,
        1,
    )
    assert found.radius.guardrail.version == 2
    assert found.radius.total.freed == 1


def test_a_partner_tries_it_on_what_they_share(kept: Desk) -> None:
    for mission in ("payments", "lending"):
        asked = Request(mission=mission, act="deploy", properties={"days": 999})
        requests.ask(kept, OWNER, asked, NOW)
    insider, partner = tried(kept, ANNA), tried(kept, DORA)
    assert insider.radius.decisions == 2
    assert partner.radius.decisions == 1
    assert [each.asset for each in partner.radius.touched] == ["ledger"]
    assert [each.mission for each in partner.radius.missions] == ["payments"]
    told = show(partner.trial())
    assert "lending" not in told
    assert "vault" not in told
    assert "lending" in show(insider.trial())


def test_past_requests_are_those_of_the_day_looked_at(kept: Desk) -> None:
    asked = Request(mission="payments", act="deploy", properties={"days": 999})
    requests.ask(kept, BEN, asked, NOW)
    seen = kept.firm().seq
    requests.ask(kept, BEN, replace(asked, title="Another"), NOW)
    view = look(kept, BEN, as_of=str(seen))
    assert guardrails.try_out(kept, view, KEPT, NOW).radius.decisions == 1
    assert tried(kept, BEN).radius.decisions == 2


def test_it_is_tried_on_a_draft_of_the_firm_too(kept: Desk) -> None:
    drafts.new(kept, BEN, "shorter", "Shorter")
    less = replace(MORE[1], properties={"days": 10})
    drafts.add(kept, BEN, "shorter", [put(less)])
    view = look(kept, BEN, draft="shorter")
    touched = guardrails.try_out(kept, view, KEPT, NOW).radius.touched
    assert [each.asset for each in touched] == ["vault"]


def test_everything_that_is_wrong_is_told_at_once(kept: Desk) -> None:
    wrong = replace(
        KEPT,
        owner="nobody",
        principle="nothing",
        must=(Clause(path="dais", at_most=1), Clause(path="days", has="x")),
    )
    with pytest.raises(Problems) as told:
        tried(kept, ANNA, wrong)
    assert [p.where.path for p in told.value.problems] == [
        "$.principle",
        "$.owner",
        "$.must[0].path",
        "$.must[1].has",
    ]
    assert all(p.where.file == "guardrails/kept-short" for p in told.value.problems)
    assert "days" in told.value.problems[2].do


def test_what_is_wrong_elsewhere_is_not_held_against_it(kept: Desk) -> None:
    broken = replace(KEPT, id="broken", must=(Clause(path="days", has="x"),))
    with pytest.raises(InputError):
        records.write(kept, OWNER, [put(broken)], name="put", at=NOW)
    other = replace(kept.firm(), guardrails=kept.firm().guardrails.set("x", broken))
    view = replace(look(kept, ANNA), firm=other)
    assert guardrails.try_out(kept, view, KEPT, NOW).radius.total.breaks == 2


@pytest.mark.parametrize(
    "more",
    [
        {"must": [{"path": "days", "at_most": 1}] * 10_000},
        {"must": [{"path": "days", "is": "x" * 1_000_000}]},
        {"must": [{"path": "d" * 1_000_000, "is": 1}]},
        {"when": [{"any": [{"path": "days", "at_most": 1}] * 10_000}]},
        {"level": "forbid"},
        {"starts": "2026-13-01"},
    ],
    ids=["conditions", "constant", "name", "any", "level", "date"],
)
def test_a_hostile_draft_is_refused_for_one_reason(
    kept: Desk, more: dict[str, object]
) -> None:
    view = look(kept, ANNA)
    with pytest.raises(InputError) as refused:
        _read_and_tried(kept, view, {**_plain(), **more})
    assert len(refused.value.problems) == 1


def _read_and_tried(desk: Desk, view: View, plain: dict[str, object]) -> None:
    guardrails.try_out(desk, view, read(Guardrail, plain), NOW)


def _plain() -> dict[str, object]:
    return {
        "id": "hostile",
        "title": "Hostile",
        "level": "must",
        "principle": "data-stays",
        "owner": "security",
        "must": [{"path": "days", "at_most": 1}],
    }
