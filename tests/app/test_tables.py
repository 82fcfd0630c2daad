"""A firm from a table through the app: shown, applied, and again a month later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.app.conftest import BEN, ERIK, NOW, OWNER

from weft.app import journal, mirror, records, tables
from weft.app.tables import Bringing
from weft.app.views import look
from weft.core.entries import Change
from weft.errors import ConflictError, Forbidden, InputError
from weft.interop.tables import read_table
from weft.store.desk import Desk, open_desk

FIRST = """Name,Department,Manager
Anna Alva,Board,
Ben Borg,Shop,Anna Alva
Cleo Coz,Shop,Anna Alva
"""
SECOND = """Name,Department,Manager
Anna Alva,Board,
Ben Borg,Board,Anna Alva
Dora Dahl,Shop,Ben Borg
"""


@pytest.fixture
def empty(db_url: str) -> Iterator[Desk]:
    """Give an empty store, on each kind of database."""
    with open_desk(db_url) as desk:
        yield desk


def bring(text: str, *, on: date | None = None, partial: bool = False) -> Bringing:
    table = read_table("people.csv", text.encode())
    return Bringing(table=table, layout=tables.layout(table), on=on, partial=partial)


def names(desk: Desk) -> set[str]:
    view = look(desk, OWNER)
    return {view.name(person) for person in view.firm.people}


def test_a_table_is_shown_before_it_is_applied(empty: Desk) -> None:
    shown = tables.preview(empty, OWNER, bring(FIRST), NOW)
    assert (shown.entry, empty.firm().seq, names(empty)) == (None, 0, set())
    done = tables.apply(empty, OWNER, bring(FIRST), NOW)
    assert (done.entry, done.tallies) == (1, shown.tallies)
    assert names(empty) == {"Anna Alva", "Ben Borg", "Cleo Coz"}
    assert empty.entry(1).deed.note == "people.csv"


def test_a_later_table_makes_joiners_leavers_and_movers(empty: Desk) -> None:
    tables.apply(empty, OWNER, bring(FIRST, on=date(2026, 10, 1)), NOW)
    done = tables.apply(empty, OWNER, bring(SECOND, on=date(2026, 11, 1)), NOW)
    moved = done.movement
    view = look(empty, OWNER)
    assert [view.name(m.person) for m in moved.joiners] == ["Dora Dahl"]
    assert [view.name(m.person) for m in moved.leavers] == ["Cleo Coz"]
    assert [view.name(m.person) for m in moved.movers] == ["Ben Borg"]
    since = mirror.movement(empty, view, "2026-10-01")
    assert since == replace(moved, until=2)
    assert look(empty, OWNER, as_of="2026-10-15").firm == empty.firm(1)


def test_who_is_not_in_a_partial_table_has_not_left(empty: Desk) -> None:
    tables.apply(empty, OWNER, bring(FIRST), NOW)
    done = tables.apply(empty, OWNER, bring(SECOND, partial=True), NOW)
    assert done.movement.leavers == ()
    assert names(empty) == {"Anna Alva", "Ben Borg", "Cleo Coz", "Dora Dahl"}


def test_the_same_table_again_changes_nothing(empty: Desk) -> None:
    tables.apply(empty, OWNER, bring(FIRST), NOW)
    again = tables.apply(empty, OWNER, bring(FIRST), NOW)
    assert (again.entry, again.tallies, empty.firm().seq) == (None, (), 1)


def test_importing_twice_with_one_key_has_one_effect(empty: Desk) -> None:
    first = tables.apply(empty, OWNER, bring(FIRST), NOW, "k")
    again = tables.apply(empty, OWNER, bring(FIRST), NOW, "k")
    assert (again.entry, empty.firm().seq) == (first.entry, 1)
    with pytest.raises(ConflictError, match="'k' was used for something else"):
        tables.apply(empty, OWNER, bring(SECOND), NOW, "k")


def test_tables_come_in_by_their_days(empty: Desk) -> None:
    tables.apply(empty, OWNER, bring(FIRST, on=date(2026, 11, 1)), NOW)
    with pytest.raises(InputError, match="speaks of 2026-10-01, and the journal is"):
        tables.preview(empty, OWNER, bring(SECOND, on=date(2026, 10, 1)), NOW)


def test_the_id_of_who_was_forgotten_is_never_given_again(empty: Desk) -> None:
    tables.apply(empty, OWNER, bring(FIRST), NOW)
    last = max(empty.firm().people)
    journal.erase(empty, OWNER, last, NOW)
    gone = [Change("people", last)]
    records.write(empty, OWNER, gone, name="remove", at=NOW)
    tables.apply(empty, OWNER, bring(FIRST), NOW)
    assert last not in empty.firm().people
    assert len(empty.firm().people) == 3


def test_only_administrators_bring_a_table_in(quick: Desk) -> None:
    for deed in (tables.preview, tables.apply):
        with pytest.raises(Forbidden, match="no role that administers the firm"):
            deed(quick, BEN, bring(FIRST), NOW)
    assert tables.preview(quick, ERIK, bring(FIRST, partial=True), NOW).entry is None


@pytest.mark.data
@pytest.mark.slow
def test_real_months_come_in_one_after_the_other(
    empty: Desk, shared_data: Path
) -> None:
    files = sorted((shared_data / "sourcegraph-org").glob("org-2022-0[3-5].json"))
    assert len(files) == 3
    for file in files:
        day = date.fromisoformat(f"{file.stem[4:]}-28")
        table = read_table(file.name, file.read_bytes())
        wanted = Bringing(table=table, layout=tables.layout(table), on=day)
        at = datetime(2026, 1, 1, tzinfo=UTC)
        done = tables.apply(empty, OWNER, wanted, at)
        assert done.entry
        assert len(empty.firm().people) > 100
