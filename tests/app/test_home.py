"""What needs somebody: told of each only what is theirs to do."""

from __future__ import annotations

from datetime import timedelta

from tests.app.conftest import ANNA, BEN, CLEO, ERIK, NOW, OWNER

from weft.app import home, missions, waivers
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.roles import Actor
from weft.store.desk import Desk


def needed(desk: Desk, actor: Actor) -> home.Needed:
    return home.needed(look(desk, actor), NOW)


def test_a_waiver_waits_for_who_may_decide_it_and_for_nobody_else(desk: Desk) -> None:
    wish = Wish(
        guardrail="data-in-eu",
        mission="payments",
        reason="The supplier moves.",
        until=NOW + timedelta(days=20),
    )
    waiver = waivers.ask(desk, BEN, wish, NOW)
    assert [s.waiver.id for s in needed(desk, CLEO).decide] == [waiver.id]
    assert needed(desk, BEN).decide == ()  # ben holds the role, and has asked
    assert needed(desk, ANNA).decide == ()
    assert [s.waiver.id for s in needed(desk, OWNER).decide] == [waiver.id]

    waivers.grant(desk, CLEO, waiver.id, at=NOW)
    assert needed(desk, CLEO).decide == ()
    assert [s.waiver.id for s in needed(desk, BEN).ending] == [waiver.id]
    assert needed(desk, ERIK).ending == ()


def test_a_mandate_waits_for_its_leads_until_both_have_signed(desk: Desk) -> None:
    assert needed(desk, ERIK).sign == needed(desk, BEN).sign == ("lending",)
    assert needed(desk, ANNA).sign == ()
    missions.sign(desk, ERIK, "lending", NOW)
    assert needed(desk, ERIK).sign == ()
    assert needed(desk, BEN).sign == needed(desk, OWNER).sign == ("lending",)
    missions.sign(desk, BEN, "lending", NOW)
    assert needed(desk, OWNER).sign == ()


def test_what_hangs_on_one_person_is_told_to_who_leads_there(desk: Desk) -> None:
    assert needed(desk, ANNA).single == ("ledger",)
    assert needed(desk, ERIK).single == ()
    assert needed(desk, CLEO).nothing
