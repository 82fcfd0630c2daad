"""Wishes are their person's alone; absences are told to colleagues, without a why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.app.conftest import ANNA, BEN, DORA, ERIK, NOW, OWNER

from weft.app import journal, records
from weft.app.views import look
from weft.core.entries import Change, put
from weft.core.rounds.asking import Absence, Wish
from weft.errors import Forbidden
from weft.store.desk import Desk

WISH = Wish(person="ben", likes=("lending",), moves=False)


def test_what_somebody_wishes_only_they_see_on_any_path(quick: Desk) -> None:
    entry = records.write(quick, BEN, [put(WISH)], name="put", at=NOW)
    assert look(quick, BEN).firm.wishes["ben"] == WISH
    for other in (ANNA, ERIK, DORA, OWNER):
        view = look(quick, other)
        assert not view.firm.wishes
        told = journal.entry(quick, OWNER, entry.seq)
        assert told.deed.changes == ()
    assert not look(quick, OWNER, as_of=str(entry.seq)).firm.wishes


def test_nobody_wishes_for_another_not_even_who_administers(quick: Desk) -> None:
    for actor in (ANNA, ERIK):
        with pytest.raises(Forbidden, match="for them alone"):
            records.write(quick, actor, [put(WISH)], name="put", at=NOW)


def test_an_absence_is_one_s_own_to_tell_and_seen_by_the_firm(quick: Desk) -> None:
    away = Absence(person="ben", month="2026-12")
    with pytest.raises(Forbidden, match="somebody else"):
        records.write(quick, ANNA, [put(away)], name="put", at=NOW)
    records.write(quick, BEN, [put(away)], name="put", at=NOW)
    assert look(quick, ANNA).firm.absences
    assert not look(quick, DORA).firm.absences
    later = NOW + timedelta(days=1)
    records.write(quick, BEN, [Change("absences", away.key)], name="put", at=later)
    assert not look(quick, ANNA).firm.absences
