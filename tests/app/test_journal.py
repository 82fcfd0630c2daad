"""The journal through the app: read, proven, and a person forgotten beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.conftest import BEN, CLEO, ERIK, NOW, OWNER

from weft.app import journal, records
from weft.app.views import look
from weft.core.entries import put
from weft.core.missions import Mission
from weft.errors import Forbidden, NotFound
from weft.store.desk import Desk


def put_three(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        new = put(Mission(id="care", title=title))
        records.write(desk, OWNER, [new], name="put", at=NOW)


def test_entries_come_the_newest_first(desk: Desk) -> None:
    put_three(desk)
    assert [e.seq for e in journal.headings(desk, BEN)] == [4, 3, 2, 1]
    assert [e.seq for e in journal.headings(desk, BEN, most=2, before=4)] == [3, 2]
    assert journal.entry(desk, BEN, 4).deed.changes[0].key == "care"
    with pytest.raises(NotFound):
        journal.entry(desk, BEN, 5)


def test_the_journal_is_proven_up_to_a_checkpoint(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    point = journal.checkpoint(desk, BEN, file, NOW)
    put_three(desk)
    proven = journal.check(desk, BEN, file)
    assert (proven.entries, proven.bad, proven.checkpoints, proven.open) == (
        4,
        None,
        1,
        3,
    )
    assert point.hash in file.read_text()


def test_a_person_is_forgotten_and_the_journal_still_verifies(desk: Desk) -> None:
    with pytest.raises(Forbidden, match="no role that administers the firm"):
        journal.erase(desk, CLEO, "ben", NOW)
    entry = journal.erase(desk, ERIK, "ben", NOW)
    assert (entry.deed.name, entry.deed.profiles) == ("erase", ("ben",))
    assert "ben" not in desk.profiles()
    assert look(desk, BEN).name("ben") == "ben"
    assert journal.check(desk, OWNER).bad is None
    assert desk.erased() == {"ben"}
    with pytest.raises(NotFound, match="There is no profile called 'ben'"):
        journal.erase(desk, ERIK, "ben", NOW)
