"""The life of a waiver: asked by one, granted by another, over on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import records, requests, waivers
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.assets import Asset
from weft.core.entries import Deed, put
from weft.core.guardrails import Clause, Cover, Waiver
from weft.core.records import read
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.errors import ConflictError, Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk

DAY = timedelta(days=1)


def wish(**more: Any) -> Wish:
    """Wish for a waiver of the rule on regions, for a month."""
    plain = {
        "guardrail": "data-in-eu",
        "mission": "payments",
        "reason": "The supplier moves in spring.",
        "until": NOW + 30 * DAY,
    }
    return read(Wish, plain | more)


def state(desk: Desk, waiver: Waiver, at: datetime) -> str:
    return waivers.waiver(look(desk, BEN), waiver.id, at).state.state


def verdict(desk: Desk, at: datetime, region: str = "us") -> str:
    """Give what the mission is told when it deploys somewhere."""
    properties: dict[str, Any] = {"region": region, "encrypted": True}
    request = Request(mission="payments", act="deploy", properties=properties)
    return requests.ask(desk, BEN, request, at).decision.verdict


def test_a_waiver_counts_from_its_grant_until_its_end(desk: Desk) -> None:
    assert verdict(desk, NOW) == "refused"
    asked = waivers.ask(desk, ANNA, wish(), NOW)
    assert (state(desk, asked, NOW), verdict(desk, NOW)) == ("asked", "refused")

    granted = waivers.grant(desk, CLEO, asked.id, at=NOW + DAY)
    assert (granted.granted_by, granted.asked_by) == ("cleo", "anna")
    assert state(desk, asked, NOW + DAY) == "live"
    assert verdict(desk, NOW + DAY).startswith("allowed")
    assert verdict(desk, NOW + 30 * DAY - timedelta(seconds=1)).startswith("allowed")
    assert state(desk, asked, NOW + 30 * DAY) == "expired"
    assert verdict(desk, NOW + 30 * DAY) == "refused"


@pytest.mark.parametrize("actor", [ANNA, BEN], ids=["anna", "ben"])
def test_who_asks_does_not_grant(quick: Desk, actor: Actor) -> None:
    asked = waivers.ask(quick, actor, wish(), NOW)
    with pytest.raises(Forbidden, match="another has to decide it"):
        waivers.grant(quick, actor, asked.id, at=NOW)
    assert state(quick, asked, NOW) == "asked"


@pytest.mark.parametrize("actor", [ANNA, ERIK, DORA, OWNER, Actor(person="x")])
def test_only_who_holds_the_role_grants(quick: Desk, actor: Actor) -> None:
    asked = waivers.ask(quick, BEN, wish(), NOW)
    deeds: list[Callable[[], Waiver]] = [
        lambda: waivers.grant(quick, actor, asked.id, at=NOW),
        lambda: waivers.refuse(quick, actor, asked.id, "No.", at=NOW),
        lambda: waivers.revoke(quick, actor, asked.id, "No.", at=NOW),
    ]
    for decide in deeds:
        with pytest.raises((Forbidden, NotFound)):
            decide()
    assert state(quick, asked, NOW) == "asked"


def test_a_veto_is_lifted_by_its_owner_whatever_its_terms_say(quick: Desk) -> None:
    asked = waivers.ask(
        quick, BEN, wish(guardrail="encrypted", until=NOW + 20 * DAY), NOW
    )
    with pytest.raises(Forbidden, match="You do not hold the role Security"):
        waivers.grant(quick, ANNA, asked.id, at=NOW)  # the approver of the terms
    assert waivers.grant(quick, CLEO, asked.id, at=NOW).granted_by == "cleo"


def test_a_refused_waiver_never_counts_and_is_not_granted_later(quick: Desk) -> None:
    asked = waivers.ask(quick, ANNA, wish(), NOW)
    refused = waivers.refuse(quick, CLEO, asked.id, "Too risky.", at=NOW)
    assert refused.ended_because == "Too risky."
    assert (state(quick, asked, NOW), verdict(quick, NOW)) == ("refused", "refused")
    with pytest.raises(ConflictError, match="decided already"):
        waivers.grant(quick, CLEO, asked.id, at=NOW)
    with pytest.raises(ConflictError, match="decided already"):
        waivers.refuse(quick, CLEO, asked.id, "No.", at=NOW)


def test_a_waiver_ends_early_by_who_asked_or_who_may_grant(quick: Desk) -> None:
    for who in (ANNA, CLEO):
        asked = waivers.ask(quick, ANNA, wish(), NOW)
        waivers.grant(quick, CLEO, asked.id, at=NOW)
        assert verdict(quick, NOW).startswith("allowed")
        waivers.revoke(quick, who, asked.id, "Not needed.", at=NOW)
        assert (state(quick, asked, NOW), verdict(quick, NOW)) == ("revoked", "refused")
        with pytest.raises(ConflictError, match="decided already"):
            waivers.revoke(quick, who, asked.id, "Again.", at=NOW)


def test_a_waiver_is_granted_once(quick: Desk) -> None:
    asked = waivers.ask(quick, ANNA, wish(), NOW)
    waivers.grant(quick, CLEO, asked.id, at=NOW)
    with pytest.raises(ConflictError, match="decided already"):
        waivers.grant(quick, BEN, asked.id, at=NOW)


def test_a_new_version_of_the_rule_is_waived_anew(quick: Desk) -> None:
    asked = waivers.ask(quick, ANNA, wish(), NOW)
    waivers.grant(quick, CLEO, asked.id, at=NOW)
    rule = quick.firm().guardrails["data-in-eu"]
    same = replace(rule, must=(Clause(path="region", in_=("eu",)),))
    with pytest.raises(Problems, match="judges otherwise than its version 1"):
        records.write(quick, CLEO, [put(same)], name="put", at=NOW)
    newer = replace(same, version=2)
    records.write(quick, CLEO, [put(newer)], name="put", at=NOW)
    assert (state(quick, asked, NOW), verdict(quick, NOW)) == ("outdated", "refused")


def test_a_waiver_for_one_value_or_one_asset_covers_no_other(quick: Desk) -> None:
    us = waivers.ask(quick, ANNA, wish(covers=[{"path": "region", "value": "us"}]), NOW)
    waivers.grant(quick, CLEO, us.id, at=NOW)
    assert us.covers == (Cover(path="region", value="us"),)
    assert verdict(quick, NOW).startswith("allowed")
    missing = Request(mission="payments", act="deploy", properties={"encrypted": True})
    assert requests.ask(quick, BEN, missing, NOW).decision.verdict == "refused"
    waivers.revoke(quick, ANNA, us.id, "Enough.", at=NOW)
    one = waivers.ask(quick, ANNA, wish(asset="ledger"), NOW)
    waivers.grant(quick, CLEO, one.id, at=NOW)
    assert verdict(quick, NOW) == "refused"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"until": NOW + 61 * DAY}, "longer than the 60 days"),
        ({"until": NOW}, "ends before it starts"),
        ({"until": datetime(2026, 12, 1)}, "timezone"),  # noqa: DTZ001 # as sent
        ({"guardrail": "data-in-es"}, "There is no guardrail called 'data-in-es'"),
        ({"asset": "ledgr"}, "There is no asset called 'ledgr'"),
        ({"renews": "w99"}, "There is no waiver called 'w99'"),
    ],
)
def test_what_no_terms_allow_is_not_even_asked(
    quick: Desk, more: dict[str, Any], what: str
) -> None:
    before = quick.firm().seq
    with pytest.raises(InputError, match=what):
        waivers.ask(quick, ANNA, wish(**more), NOW)
    assert quick.firm().seq == before


@pytest.mark.parametrize("actor", [CLEO, Actor(person="stranger")])
def test_who_has_nothing_to_do_with_the_mission_does_not_ask(
    quick: Desk, actor: Actor
) -> None:
    with pytest.raises(Forbidden, match=r"You have no seat in [Pp]ayments"):
        waivers.ask(quick, actor, wish(), NOW)


def test_a_partner_asks_for_what_they_share(quick: Desk) -> None:
    assert waivers.ask(quick, DORA, wish(), NOW).asked_by == "dora"
    with pytest.raises(Problems, match="There is no asset called 'vault'"):
        waivers.ask(quick, DORA, wish(asset="vault"), NOW)


def test_asking_twice_with_one_key_has_one_effect(desk: Desk) -> None:
    first = waivers.ask(desk, ANNA, wish(), NOW, key="k1")
    again = waivers.ask(desk, ANNA, wish(), NOW + DAY, key="k1")
    assert again == first
    with pytest.raises(ConflictError, match="'k1' was used for something else"):
        waivers.ask(desk, ANNA, wish(reason="Another."), NOW, key="k1")
    granted = waivers.grant(desk, CLEO, first.id, at=NOW, key="k2")
    assert waivers.grant(desk, CLEO, first.id, at=NOW, key="k2") == granted
    assert len(waivers.waivers(look(desk, BEN), NOW)) == 1


def test_a_new_waiver_never_takes_the_id_of_one_that_was_loaded(quick: Desk) -> None:
    taken = waivers.ask(quick, ANNA, wish(), NOW)
    number = f"w{quick.firm().seq + 2:05}"
    held = replace(taken, id=number)
    quick.write(lambda _: Deed(name="load", changes=(put(held),)), at=NOW, actor=OWNER)
    asked = waivers.ask(quick, ANNA, wish(reason="Another."), NOW)
    assert asked.id not in {taken.id, number}
    assert quick.firm().waivers[number] == held


def test_who_left_the_role_leaves_no_valid_grant_behind(quick: Desk) -> None:
    asked = waivers.ask(quick, ANNA, wish(), NOW)
    waivers.grant(quick, CLEO, asked.id, at=NOW)
    role = quick.firm().roles["security"]
    alone = replace(role, holders=("ben",))
    records.write(quick, OWNER, [put(alone)], name="put", at=NOW)
    assert (state(quick, asked, NOW), verdict(quick, NOW)) == ("invalid", "refused")


def test_nobody_writes_a_waiver_as_a_record(quick: Desk) -> None:
    asked = waivers.ask(quick, ANNA, wish(), NOW)
    forged = replace(asked, granted_by="cleo", granted_at=NOW)
    for actor in (ANNA, CLEO, ERIK):
        with pytest.raises(Forbidden, match="granted and ended, never written") as no:
            records.write(quick, actor, [put(forged)], name="put", at=NOW)
        assert "no administrator may write it either" in no.value.do


def test_the_list_shows_what_ends_first_at_the_top(quick: Desk) -> None:
    for days in (30, 10, 20):
        waivers.ask(quick, ANNA, wish(until=NOW + days * DAY), NOW)
    ends = [s.waiver.until - NOW for s in waivers.waivers(look(quick, BEN), NOW)]
    assert ends == [10 * DAY, 20 * DAY, 30 * DAY]


def test_a_waiver_that_is_not_there_is_told(quick: Desk) -> None:
    with pytest.raises(NotFound, match="There is no waiver called 'w1'"):
        waivers.grant(quick, CLEO, "w1", at=NOW)
    with pytest.raises(NotFound, match="There is no waiver called 'w1'"):
        waivers.waiver(look(quick, BEN), "w1", NOW)


def test_an_asset_that_is_deployed_brings_its_facts(quick: Desk) -> None:
    asset = Asset(
        id="app",
        title="App",
        mission="payments",
        properties={"region": "eu", "encrypted": True},
    )
    records.write(quick, ANNA, [put(asset)], name="put", at=NOW)
    request = Request(mission="payments", act="deploy", asset="app")
    assert requests.ask(quick, BEN, request, NOW).decision.verdict == "allowed"
