"""Rolling a guardrail out, on a real store: who may, what is written, what is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import drafts, folder, records, requests
from weft.app.framework import rollouts
from weft.app.framework.rollouts import Plan
from weft.app.home import needed
from weft.app.views import look
from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.guardrails import Clause, Guardrail, Param
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.core.vocabulary import Value
from weft.engines.guardrails import decide
from weft.errors import ConflictError, Forbidden, NotFound, Problems
from weft.store.desk import Desk

DAY = timedelta(days=1)
UNTIL = date(2027, 1, 31)
RULE = Guardrail(
    id="in-region",
    title="What runs is in the region",
    level="must",
    principle="data-stays",
    owner="security",
    params={"region": "eu"},
    must=(Clause(path="region", is_=Param(param="region")),),
)


def plan(**more: Any) -> Plan:
    """Plan to roll the rule out."""
    return Plan(**{"guardrail": RULE, "until": UNTIL, **more})


def change(desk: Desk, actor: Actor, *changes: Change, at: Any = NOW) -> None:
    """Write changes as one deed."""
    records.write(desk, actor, changes, name="put", at=at)


def ledger(region: str) -> Change:
    """Put the ledger in a region."""
    properties: dict[str, Value] = {"region": region, "encrypted": True}
    return put(
        Asset(id="ledger", title="Ledger", mission="payments", properties=properties)
    )


@pytest.fixture
def rolled(desk: Desk) -> Desk:
    """Give the firm with the rule rolled out, which two assets break."""
    change(desk, ERIK, ledger("us"))
    rollouts.start(desk, CLEO, plan(), NOW)
    return desk


def verdict(desk: Desk, region: str, at: Any) -> str:
    """Give what payments is told when it deploys its ledger in a region."""
    told = Request(
        mission="payments",
        act="deploy",
        asset="ledger",
        properties={"region": region, "encrypted": True},
    )
    eased = replace(desk.firm(), guardrails=desk.firm().guardrails.delete("data-in-eu"))
    return decide(eased, told, asked_by="ben", at=at).verdict


def opened(desk: Desk, at: Any = NOW, **look_at: Any) -> list[str]:
    """Name the assets that are still to be mended."""
    found = rollouts.campaign(look(desk, ANNA, **look_at), "in-region-v1", at)
    return sorted(each.item.asset for each in found.items if each.open)


def test_it_is_one_deed_and_what_breaks_is_tolerated_until_its_day(
    rolled: Desk,
) -> None:
    assert opened(rolled) == ["ledger", "vault"]
    assert verdict(rolled, "us", NOW) == "allowed"
    assert verdict(rolled, "us", NOW + 100 * DAY) == "refused"
    entry = rolled.entry(rolled.firm().seq)
    assert entry.deed.name == "rollout.start"
    assert [c.kind for c in entry.deed.changes] == [
        *("guardrails", "rollouts", "baseline", "baseline")
    ]


def test_the_deed_that_mends_closes_and_nothing_opens_it_again(rolled: Desk) -> None:
    before = rolled.firm().seq
    change(rolled, BEN, ledger("eu"), at=NOW + DAY)
    changed = rolled.entry(rolled.firm().seq).deed.changes
    assert [c.kind for c in changed] == ["assets", "baseline"]
    assert opened(rolled) == ["vault"]
    change(rolled, BEN, ledger("us"), at=NOW + 2 * DAY)
    assert verdict(rolled, "us", NOW + 2 * DAY) == "refused"
    assert opened(rolled, as_of=str(before)) == ["ledger", "vault"]


def test_a_draft_shows_what_it_would_mend(rolled: Desk) -> None:
    drafts.new(rolled, BEN, "move", "Move")
    drafts.add(rolled, BEN, "move", [ledger("eu")])
    assert opened(rolled, draft="move") == ["vault"]
    assert opened(rolled) == ["ledger", "vault"]
    drafts.apply(rolled, BEN, "move", NOW + DAY)
    assert opened(rolled) == ["vault"]


@pytest.mark.parametrize("actor", [ANNA, DORA, ERIK, OWNER])
def test_only_who_owns_the_guardrail_rolls_it_out(quick: Desk, actor: Actor) -> None:
    with pytest.raises(Forbidden, match=r"[Ss]ecurity"):
        rollouts.start(quick, actor, plan(), NOW)


def test_a_version_is_rolled_out_once(rolled: Desk) -> None:
    with pytest.raises(ConflictError, match="rolled out already"):
        rollouts.start(rolled, CLEO, plan(), NOW + DAY)
    tighter = replace(RULE, params={"region": "us"})
    again = rollouts.start(rolled, CLEO, plan(guardrail=tighter), NOW + DAY)
    assert (again.version, again.id) == (2, "in-region-v2")


def test_an_old_version_never_comes_back(rolled: Desk) -> None:
    tighter = replace(RULE, params={"region": "us"})
    rollouts.start(rolled, CLEO, plan(guardrail=tighter), NOW + DAY)
    with pytest.raises(ConflictError, match="Version 2 of in-region was rolled out"):
        rollouts.start(rolled, CLEO, plan(guardrail=tighter), NOW + DAY)
    assert tighter.version == 1
    with pytest.raises(Problems, match="is at version 2, and this is version 1"):
        change(rolled, CLEO, put(tighter))


def forged(desk: Desk) -> Sequence[Change]:
    """Give changes that would make the baseline more than it is."""
    item = desk.firm().baseline["in-region-v1-00001"]
    rollout = desk.firm().rollouts["in-region-v1"]
    return (
        put(replace(item, id="more", asset="vault")),
        put(replace(item, until=item.until + DAY)),
        put(replace(rollout, until=UNTIL + DAY)),
        Change("rollouts", "in-region-v1"),
        Change("baseline", item.id),
    )


@pytest.mark.parametrize("number", range(5))
def test_nobody_writes_a_baseline_by_hand(rolled: Desk, number: int) -> None:
    change_ = forged(rolled)[number]
    for actor in (CLEO, ERIK):
        with pytest.raises(Forbidden, match="shrinks by mending"):
            change(rolled, actor, change_)


def test_nor_by_the_folder_of_the_firm(rolled: Desk, tmp_path: Path) -> None:
    view = look(rolled, ERIK)
    folder.export(rolled, view, tmp_path / "firm")
    held = folder.read(tmp_path / "firm")
    assert not folder.load(rolled, ERIK, held, NOW, dry_run=True).tallies
    change(rolled, BEN, ledger("eu"), at=NOW + DAY)
    with pytest.raises(Problems, match="would grow"):
        folder.load(rolled, ERIK, held, NOW + DAY)


def test_a_preview_tells_who_gets_which_day_and_writes_nothing(quick: Desk) -> None:
    seq = quick.firm().seq
    planned = plan(dates={"lending": date(2026, 12, 24)})
    found = rollouts.preview(quick, look(quick, ANNA), planned, NOW)
    told = [(s.mission, str(s.until), s.items, s.assets) for s in found.missions]
    assert told == [("lending", "2026-12-24", 1, 1), ("payments", "2027-01-31", 1, 1)]
    assert (found.radius.total.breaks, found.uncovered) == (2, ())
    assert quick.firm().seq == seq


def test_what_is_wrong_with_a_plan_is_told_and_nothing_written(quick: Desk) -> None:
    seq = quick.firm().seq
    broken = replace(RULE, must=(Clause(path="reegion", is_="eu"),))
    with pytest.raises(Problems) as told:
        rollouts.start(quick, CLEO, plan(guardrail=broken, until=NOW.date()), NOW)
    whats = " ".join(problem.what for problem in told.value.problems)
    assert "reegion" in whats
    assert "no day to have mended" in whats
    assert quick.firm().seq == seq


def test_a_mission_sees_its_own_and_its_leads_are_told_in_time(rolled: Desk) -> None:
    view = look(rolled, ANNA)
    assert [e.item.asset for e in rollouts.to_mend(view, NOW, "payments")] == ["ledger"]
    soon = NOW + 60 * DAY
    assert [e.item.asset for e in needed(view, soon).mend] == ["ledger"]
    assert needed(view, NOW).mend == ()
    assert needed(look(rolled, DORA), soon).mend == ()


def test_a_partner_sees_what_they_share(rolled: Desk) -> None:
    found = rollouts.campaign(look(rolled, DORA), "in-region-v1", NOW)
    assert [each.item.asset for each in found.items] == ["ledger"]


def test_pruning_finds_nothing_where_deeds_close_what_they_mend(rolled: Desk) -> None:
    change(rolled, BEN, ledger("eu"), at=NOW + DAY)
    seq = rolled.firm().seq
    assert rollouts.prune(rolled, CLEO, "in-region-v1", NOW + DAY) == ()
    assert rolled.firm().seq == seq
    with pytest.raises(Forbidden):
        rollouts.prune(rolled, ANNA, "in-region-v1", NOW)
    with pytest.raises(NotFound):
        rollouts.prune(rolled, CLEO, "in-region-v9", NOW)


def test_a_decision_from_before_replays_as_it_was(rolled: Desk) -> None:
    told = Request(mission="payments", act="deploy", asset="ledger")
    answer = requests.ask(rolled, BEN, told, NOW)
    change(rolled, BEN, ledger("eu"), at=NOW + DAY)
    replayed = requests.replay(rolled, BEN, answer.number)
    assert replayed.same
