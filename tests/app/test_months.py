"""A real firm brought in month after month: 28 tables into one store, in their order.

What the store says of each month is held against the counts that come with the data
and against joins, leaves and changes computed from the files alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from tests.app.conftest import NOW, OWNER
from tests.interop.tables.months import (
    MAP,
    STATED,
    counts,
    months,
    movement,
    told_by_the_file,
    told_by_the_firm,
)

from weft.app import mirror, tables
from weft.app.tables import Bringing, Preview
from weft.app.views import look
from weft.core.checks import check
from weft.interop.tables import read_layout, read_table
from weft.store.desk import Desk, open_desk

pytestmark = [pytest.mark.data, pytest.mark.slow]

Brought = dict[str, Preview]


def bringing(month: str, file: Path) -> Bringing:
    """Give a month as what is to be brought in, by the map of the documentation."""
    return Bringing(
        table=read_table(file.name, file.read_bytes()),
        layout=read_layout(MAP.read_text("utf-8"), MAP.name),
        on=first(month),
    )


def first(month: str) -> date:
    """Give the day of which a month's table speaks."""
    return date.fromisoformat(f"{month}-01")


@pytest.fixture(scope="module")
def files(shared_data: Path) -> dict[str, Path]:
    """Give the file of each month, in order."""
    return dict(months(shared_data / "sourcegraph-org"))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of the store that all months come into."""
    return f"sqlite:///{tmp_path_factory.mktemp('months') / 'weft.db'}"


@pytest.fixture(scope="module")
def brought(url: str, files: dict[str, Path]) -> Brought:
    """Bring in all months, and give what was told of each."""
    with open_desk(url) as desk:
        return {
            month: tables.apply(desk, OWNER, bringing(month, file), NOW, key=month)
            for month, file in files.items()
        }


@pytest.fixture(scope="module")
def desk(url: str, brought: Brought) -> Iterator[Desk]:
    """Open the store again, with all months in it."""
    with open_desk(url) as desk:
        assert desk.firm().seq == brought["2024-06"].entry
        yield desk


def test_each_month_is_one_entry_and_all_of_it_is_read(brought: Brought) -> None:
    assert [done.entry for done in brought.values()] == list(range(1, 29))
    assert {done.understood.unread for done in brought.values()} == {""}


@pytest.mark.parametrize("row", STATED, ids=lambda row: row[0])
def test_the_counts_are_those_stated(
    desk: Desk, row: tuple[str, *tuple[int | None, ...]]
) -> None:
    month, *stated = row
    firm = look(desk, OWNER, as_of=f"{month}-01").firm
    assert counts(firm, areas=stated[-1] is not None) == tuple(stated)


def test_every_month_is_as_its_file_and_fits_together(
    desk: Desk, files: dict[str, Path]
) -> None:
    for month, file in files.items():
        firm = look(desk, OWNER, as_of=f"{month}-01").firm
        assert told_by_the_firm(firm) == told_by_the_file(file), month
        assert check(firm) == (), month


def test_joins_leaves_and_changes_are_those_computed_from_the_files(
    brought: Brought, files: dict[str, Path]
) -> None:
    told = {month: told_by_the_file(file) for month, file in files.items()}
    for before, month in pairwise(told):
        moved = brought[month].movement
        assert (
            len(moved.joiners),
            len(moved.leavers),
            len(moved.new_managers),
            len(moved.new_titles),
        ) == movement(told[before], told[month]), month


def test_who_joined_and_left_since_the_first_month_is_told_at_the_end(
    desk: Desk, files: dict[str, Path]
) -> None:
    told = [told_by_the_file(files[month]) for month in ("2022-03", "2024-06")]
    view = look(desk, OWNER)
    moved = mirror.movement(desk, view, "2022-03-01")
    assert (
        len(moved.joiners),
        len(moved.leavers),
        len(moved.new_managers),
        len(moved.new_titles),
    ) == movement(*told)


def test_a_month_again_changes_nothing(desk: Desk, files: dict[str, Path]) -> None:
    again = tables.apply(desk, OWNER, bringing("2024-06", files["2024-06"]), NOW)
    assert (again.entry, again.tallies, desk.firm().seq) == (None, (), 28)
