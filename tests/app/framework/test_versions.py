"""Versions through the app: each kept, told with what changed, and found again."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, NOW, OWNER, RECORDS

from weft.app import records, requests
from weft.app.framework.versions import Difference, as_decided, versions
from weft.app.views import look
from weft.core.entries import Change, Deed, put
from weft.core.guardrails import Clause
from weft.core.requests import Request
from weft.core.vocabulary import NamedSet
from weft.errors import InputError, NotFound
from weft.store.desk import Desk, open_desk
from weft.store.journal.versions import lines
from weft.store.verify import rebuild, verify

ASKED = Request(mission="payments", act="deploy", properties={"region": "us"})


def tighten(desk: Desk) -> None:
    """Give the guardrail a second version, then other words, then take it out."""
    rule = desk.firm().guardrails["data-in-eu"]
    eu = Clause(path="region", in_="@near")
    near = NamedSet(id="near", values=("eu",))
    second = replace(rule, version=2, must=(eu,))
    records.write(desk, OWNER, [put(near), put(second)], name="put", at=NOW)
    requests.ask(desk, ANNA, ASKED, NOW + timedelta(minutes=1))
    worded = replace(second, title="Near")
    records.write(desk, CLEO, [put(worded)], name="put", at=NOW)


def test_each_version_says_what_changed_and_who_asked_under_it(desk: Desk) -> None:
    requests.ask(desk, ANNA, ASKED, NOW)
    requests.ask(desk, ANNA, ASKED, NOW + timedelta(seconds=1))
    tighten(desk)
    found = [
        v.version for v in versions(desk, look(desk, BEN), "guardrails", "data-in-eu")
    ]
    assert [(v.seq, v.version, v.actor, v.until, v.decisions) for v in found] == [
        (6, 2, "cleo", None, 0),
        (4, 2, "owner", 6, 1),
        (1, 1, "owner", 4, 2),
    ]
    title, changed = found[0].differences[0], found[1].differences
    assert title == Difference(field="title", was="Data lies in the EU", now="Near")
    assert [d.field for d in changed] == ["version", "must"]
    assert changed[1].now == [{"path": "region", "in": "@near"}]
    assert found[-1].differences == ()


def test_what_was_taken_out_is_told_and_can_be_looked_up(desk: Desk) -> None:
    records.write(
        desk, OWNER, [Change("guardrails", "encrypted")], name="remove", at=NOW
    )
    found = versions(desk, look(desk, BEN), "guardrails", "encrypted")
    assert [v.version.taken_out for v in found] == [True, False]
    with pytest.raises(NotFound, match="There is no guardrail called 'nothing'"):
        versions(desk, look(desk, BEN), "guardrails", "nothing")
    with pytest.raises(NotFound, match="kind with versions"):
        versions(desk, look(desk, BEN), "people", "ben")


def test_an_old_decision_shows_the_version_it_was_made_under(desk: Desk) -> None:
    old = requests.ask(desk, ANNA, ASKED, NOW).decision
    tighten(desk)
    wider = NamedSet(id="near", values=("eu", "us"))
    records.write(desk, OWNER, [put(wider)], name="put", at=NOW)
    view = look(desk, OWNER)
    then = as_decided(desk, view, old)["data-in-eu"]
    assert (then.guardrail.version, then.since, then.newer) == (1, 1, True)
    assert then.guardrail.must == (Clause(path="region", is_="eu"),)
    newer = desk.decisions(most=1)[0][1]
    then = as_decided(desk, view, newer)["data-in-eu"]
    assert (then.guardrail.version, then.newer) == (2, False)
    assert then.firm.sets["near"].values == ("eu",)  # as it was then
    assert view.firm.sets["near"].values == ("eu", "us")


def test_the_table_is_what_the_journal_says_and_is_made_anew(desk: Desk) -> None:
    tighten(desk)
    before = desk.versions("guardrails", "data-in-eu")
    rebuild(desk)
    assert desk.versions("guardrails", "data-in-eu") == before
    assert verify(desk).bad is None
    with desk.changing() as db:
        db.exec_driver_sql("DELETE FROM versions WHERE seq = 4")
    told = verify(desk)
    assert (told.bad, told.what) == (
        4,
        "The table of versions does not say what the entry says.",
    )


def test_a_record_in_a_part_of_a_large_deed_is_found_there(desk: Desk) -> None:
    sets = [NamedSet(id=f"s{n}", values=(n,)) for n in range(2500)]
    desk.write(
        lambda _: Deed(name="load", changes=tuple(map(put, sets))), at=NOW, actor=OWNER
    )
    assert {line.n for line in lines(9, map(put, sets))} == {0, 1, 2}
    for n in (0, 999, 1000, 2499):
        (kept,) = desk.versions("sets", f"s{n}")
        assert kept.record == sets[n]
    assert desk.version_at("sets", "s1", desk.firm().seq - 1) is None


def test_a_store_of_an_older_weft_gets_the_table_when_it_is_written(
    tmp_path: Path,
) -> None:
    file = tmp_path / "old.db"
    with open_desk(f"sqlite:///{file}") as desk:
        changes = tuple(map(put, RECORDS))
        desk.write(lambda _: Deed(name="load", changes=changes), at=NOW, actor=OWNER)
        kept = desk.versions("guardrails", "data-in-eu")
        assert len(kept) == 1
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE versions")
        db.execute("DROP TABLE looks")
        db.execute("DROP TABLE facts")
        db.execute("DELETE FROM weft WHERE name = 'versions'")
        db.execute("UPDATE weft SET value = ? WHERE name = 'version'", [b"1"])
    with (
        open_desk(f"sqlite:///{file}", writes=False) as desk,
        pytest.raises(InputError, match="older Weft's"),
    ):
        desk.versions("guardrails", "data-in-eu")
    with open_desk(f"sqlite:///{file}") as desk:
        assert desk.versions("guardrails", "data-in-eu") == kept
        assert verify(desk).bad is None


def test_a_version_is_found_without_reading_what_lies_between(desk: Desk) -> None:
    tighten(desk)
    asked: list[str] = []

    def told() -> tuple[list[int | None], int]:
        """Give the numbers of the versions, and how often the database was asked."""
        asked.clear()
        found = versions(desk, look(desk, OWNER), "guardrails", "data-in-eu")
        return [each.version.version for each in found], len(asked)

    sa.event.listen(
        desk.database.engine,
        "before_cursor_execute",
        lambda *more: asked.append(more[2]),
    )
    before = told()
    assert before[0] == [2, 2, 1]
    for n in range(30):
        requests.ask(desk, ANNA, ASKED, NOW + timedelta(minutes=2 + n))
    word = put(NamedSet(id="far", values=("us",)))
    records.write(desk, OWNER, [word], name="put", at=NOW + timedelta(hours=1))
    assert told() == before
    found = versions(desk, look(desk, OWNER), "guardrails", "data-in-eu")
    assert [each.version.decisions for each in found] == [30, 1, 0]
