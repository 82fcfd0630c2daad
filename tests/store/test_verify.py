"""Verification finds every edit behind Weft's back, and names its sequence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.store.desk import Desk, open_desk
from weft.store.verify import export_checkpoint, verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")


def fill(desk: Desk, count: int) -> None:
    """Write changes, decisions and now and then something large."""
    for n in range(count):
        many = tuple(put(Unit(id=f"u{n}-{m}", title="T")) for m in range(1100))
        few = (put(Unit(id=f"u{n % 7}", title=f"Title {n}")),)
        asked = Request(mission=f"m{n % 3}", act="buy")
        decision = Decision(
            request=asked, asked_by="ada", at=AT, firm=n, verdict="allowed"
        )
        deed = (
            Deed(name="load", changes=many)
            if n % 20 == 10
            else Deed(name="put", changes=few)
            if n % 2
            else Deed(name="ask", decision=decision)
        )
        desk.write(lambda _, deed=deed: deed, at=AT, actor=ADA)  # type: ignore[misc]


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        fill(desk, 30)
        yield desk


def test_an_untouched_store_verifies(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    first = export_checkpoint(desk, file, AT)
    found = verify(desk, file)
    assert (found.entries, found.bad, found.checkpoints) == (30, None, 1)
    assert (found.open, found.hash) == (0, first.hash)
    fill(desk, 2)
    assert verify(desk, file).open == 2
