"""A mission that keeps to its working hours, through the round as people ask for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.app.conftest import NOW, OWNER
from tests.app.rounds.conftest import worked

from weft.core.entries import Deed, put
from weft.store.desk import Desk


@pytest.mark.parametrize(
    ("zone", "hours", "moves"),
    [("Asia/Kolkata", 4, 0), ("Asia/Kolkata", 5, 1), ("UTC+01:00", 0, 1)],
)
def test_who_works_too_far_away_is_not_asked(
    desk: Desk, zone: str, hours: int, moves: int
) -> None:
    firm = desk.firm()
    records = (
        replace(firm.people["fred"], zone=zone),
        replace(firm.missions["lending"], zone="Europe/Madrid", zone_hours=hours),
    )
    deed = Deed(name="load", changes=tuple(map(put, records)))
    desk.write(lambda _: deed, at=NOW, actor=OWNER)
    found = worked(desk)
    assert len(found.moves) == moves
    assert [need.cause for need in found.open] == ["time zone"] * (1 - moves)
    [note] = [n for n in found.notes if "No time zone is recorded" in n.what]
    assert note.where.startswith("people ben, cleo, dora")
