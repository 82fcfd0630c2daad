"""Missions: who sits there, what the seats know, and the mandate they sign."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, ERIK, NOW, OWNER

from weft.app import home, missions, records, waivers
from weft.app.missions import Held, Holder
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.missions import Need, Seat
from weft.core.skills import Claim, Skill
from weft.errors import ConflictError, Forbidden, InputError, NotFound
from weft.store.desk import Desk


def test_a_mandate_is_signed_by_each_lead_once(desk: Desk) -> None:
    entry = missions.sign(desk, ERIK, "lending", NOW)
    assert (entry.deed.name, entry.deed.note) == ("mandate.sign", "lending")
    assert not desk.firm().mandates["lending"].holds
    missions.sign(desk, BEN, "lending", NOW)
    assert desk.firm().mandates["lending"].holds
    with pytest.raises(InputError, match="You have signed this mandate already"):
        missions.sign(desk, BEN, "lending", NOW)


@pytest.mark.parametrize("actor", [ANNA, CLEO, OWNER])
def test_nobody_else_signs(quick: Desk, actor: object) -> None:
    with pytest.raises(Forbidden, match="You are not a lead of lending"):
        missions.sign(quick, actor, "lending", NOW)  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="There is no mandate called 'landing'"):
        missions.sign(quick, BEN, "landing", NOW)


def test_a_mandate_is_not_signed_unread(quick: Desk) -> None:
    seen = quick.firm().seq
    wider = replace(quick.firm().mandates["lending"], limit="9000000.00 EUR", version=2)
    records.write(quick, ERIK, [put(wider)], name="put", at=NOW)
    with pytest.raises(ConflictError, match="mandates lending was changed by entry 2"):
        missions.sign(quick, BEN, "lending", NOW, seen=seen)
    missions.sign(quick, BEN, "lending", NOW, seen=seen + 1)


def test_seats_and_skills_are_those_of_the_month(quick: Desk) -> None:
    new = [
        Seat(person="anna", mission="payments", share=20, start="2026-11"),
        Skill(id="sql", title="SQL", discipline="software"),
        Skill(id="cobol", title="COBOL", discipline="software"),
        Claim(person="dora", skill="python", level=2, seen=date(2026, 10, 1)),
        Need(mission="payments", skill="cobol", share=50, level=3, month="2026-11"),
        Need(mission="payments", skill="python", share=150, level=3, month="2026-11"),
        Need(mission="payments", skill="sql", share=50, level=3, month="2026-12"),
    ]
    records.write(quick, OWNER, map(put, new), name="put", at=NOW)
    view = look(quick, BEN)
    sitting = [seat.person for seat in missions.seats(view, "payments", "2026-11")]
    assert sitting == ["ben", "dora", "anna"]
    assert [s.person for s in missions.seats(view, "payments", "2026-02")] == ["ben"]
    assert missions.skills(view, "payments", "2026-11") == [
        Held(skill="cobol", need=50, level=3, holders=()),
        Held(
            skill="python",
            need=150,
            level=3,
            holders=(Holder(person="ben", level=4), Holder(person="dora", level=2)),
        ),
    ]
    cobol, python = missions.skills(view, "payments", "2026-11")
    assert (cobol.hole, cobol.single, python.hole, python.single) == (
        True,
        False,
        False,
        False,
    )


# Home


def test_home_tells_each_what_needs_them(quick: Desk) -> None:
    assert home.needed(look(quick, CLEO), NOW).nothing
    wish = Wish(
        guardrail="data-in-eu",
        mission="payments",
        reason="Until spring.",
        until=NOW + timedelta(days=20),
    )
    asked = waivers.ask(quick, BEN, wish, NOW)
    lost = Asset(id="lost", title="Lost", unit="shop")
    records.write(quick, OWNER, [put(lost)], name="put", at=NOW)

    cleo = home.needed(look(quick, CLEO), NOW)
    assert [s.waiver.id for s in cleo.decide] == [asked.id]
    assert home.needed(look(quick, BEN), NOW).decide == ()  # who asked does not grant
    ben = home.needed(look(quick, BEN), NOW)
    assert (ben.sign, ben.single, ben.nobodys) == (("lending",), ("ledger",), ("lost",))

    waivers.grant(quick, CLEO, asked.id, at=NOW)
    assert home.needed(look(quick, CLEO), NOW).decide == ()
    ending = home.needed(look(quick, BEN), NOW).ending
    assert [s.waiver.id for s in ending] == [asked.id]
    assert home.needed(look(quick, BEN), NOW - timedelta(days=15)).ending == ()
