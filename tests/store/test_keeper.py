"""What is kept without anybody asking: snapshots, and checkpoints elsewhere."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.roles import Actor
from weft.errors import InputError
from weft.store import keeper, snapshots
from weft.store.checkpoints import Checkpoint, add_checkpoint, read_checkpoints
from weft.store.desk import Desk, open_desk
from weft.store.schema import snapshot_rows
from weft.store.verify import verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")


def write(desk: Desk, names: range, seconds: int = 0) -> None:
    deed = Deed(
        name="put", changes=tuple(put(Unit(id=f"u{n}", title="T")) for n in names)
    )
    desk.write(lambda _: deed, at=AT + timedelta(seconds=seconds), actor=ADA)


def kept(desk: Desk) -> list[int]:
    with desk.database.reading() as db:
        return snapshots.all_seqs(db)


def test_a_snapshot_is_kept_after_many_changes(
    db_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "MANY_CHANGES", 100)
    with open_desk(db_url) as desk:
        write(desk, range(60))
        assert kept(desk) == []
        write(desk, range(30, 90))
        desk.close()
        assert kept(desk) == [2]
        assert verify(desk).what == ""


def test_a_snapshot_is_kept_at_closing_if_worth_it(db_url: str) -> None:
    with open_desk(db_url) as desk:
        write(desk, range(keeper.WORTH_IT - 1))
    with open_desk(db_url) as desk:
        assert kept(desk) == []
        write(desk, range(2))
    with open_desk(db_url) as desk:
        assert kept(desk) == [2]
        before = desk.firm()
    with open_desk(db_url) as desk:
        assert desk.firm() == before
        assert len(before.units) == keeper.WORTH_IT - 1


def test_a_start_from_a_damaged_snapshot_replays(db_url: str) -> None:
    with open_desk(db_url) as desk:
        write(desk, range(10))
        write(desk, range(5, 20))
        snapshots.write(desk.database, desk.firm())
        wanted = desk.firm()
        with desk.database.writing() as db:
            db.execute(snapshot_rows.update().values(body=b"\x00damaged"))
    with open_desk(db_url) as desk:
        assert desk.firm() == wanted
        assert verify(desk).bad == 2


@pytest.mark.slow
def test_a_snapshot_is_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'weft.db'}"
    with open_desk(url) as desk:
        write(desk, range(300))
        mine = snapshots.digest(desk.firm()).hex()
    for seed in ("1", "2"):
        told = subprocess.run(  # noqa: S603, our own words
            [sys.executable, "-c", DIGEST, url],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == mine


DIGEST = """
import sys
from weft.store import snapshots
from weft.store.desk import open_desk
with open_desk(sys.argv[1], writes=False) as desk:
    print(snapshots.digest(desk.firm()).hex())
"""


def test_what_a_crash_leaves_of_a_snapshot_is_cleared_away(db_url: str) -> None:
    with open_desk(db_url) as desk:
        write(desk, range(10))
        with desk.database.writing() as db:
            db.execute(
                snapshot_rows.insert().values(seq=1, n=0, kind="units", body=b"")
            )
        snapshots.write(desk.database, desk.firm())
        assert kept(desk) == [1]
        assert verify(desk).what == ""


def test_older_snapshots_lie_further_apart() -> None:
    seqs: list[int] = []
    for seq in range(100, 100_001, 100):
        seqs = sorted(snapshots.kept([*seqs, seq]))
        assert len(seqs) <= snapshots.KEPT + 1
        assert seqs[-1] == seq
    gaps = [b - a for a, b in itertools.pairwise(seqs)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] >= 8_000


def test_checkpoints_are_exported_as_they_fall_due(
    db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "checkpoints.jsonl"
    monkeypatch.setattr(keeper, "MANY_ENTRIES", 10)
    with open_desk(db_url, checkpoints=file) as desk:
        for n in range(25):
            write(desk, range(n, n + 1))
        desk.close()
        assert [c.seq for c in read_checkpoints(file)] == [10, 20, 25]
        assert verify(desk, file).checkpoints == 3
    with open_desk(db_url, checkpoints=file):
        pass
    assert len(read_checkpoints(file)) == 3, "nothing was new"


def test_a_checkpoint_is_exported_when_it_is_quiet(
    db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "checkpoints.jsonl"
    monkeypatch.setattr(keeper, "LONG", 0.2)
    with open_desk(db_url, checkpoints=file) as desk:
        write(desk, range(1))
        for _ in range(200):
            if file.exists() and read_checkpoints(file):
                break
            time.sleep(0.05)
        assert [c.seq for c in read_checkpoints(file)] == [1]


def test_a_file_that_cannot_be_added_to_stops_no_write(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "gone" / "checkpoints.jsonl"
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}", checkpoints=file) as desk:
        write(desk, range(1))
    assert "No checkpoint was exported" in caplog.text
    file.parent.mkdir()
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}", checkpoints=file):
        pass
    assert [c.seq for c in read_checkpoints(file)] == [1]


def test_a_line_cut_short_by_a_crash_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    one = Checkpoint(seq=1, hash="00", at=AT, entries=1)
    add_checkpoint(file, one)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:30])
    assert read_checkpoints(file) == [one]
    add_checkpoint(file, one)
    assert read_checkpoints(file) == [one, one]
    file.write_bytes(whole + b'{"seq": "x"}\n')
    with pytest.raises(InputError, match="no checkpoint") as error:
        read_checkpoints(file)
    assert error.value.where.line == 2
