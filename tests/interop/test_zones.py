"""Time zones as staff tables write them."""

from __future__ import annotations

from datetime import date

import pytest

from weft.core.firm import Firm, change
from weft.interop.tables import guess, read_table, understand
from weft.interop.zones import minutes_ahead, read_zone

WINTER, SUMMER = date(2027, 1, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("cell", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("(GMT+01:00) Europe/Berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("CET", "CET"),
        ("UTC", "UTC"),
        ("UTC+1", "UTC+01:00"),
        ("gmt - 0530", "UTC-05:30"),
        ("(UTC+05:30) Chennai, Kolkata", "UTC+05:30"),
        ("UTC+99", ""),
        ("Berlin time", ""),
        ("../../etc/passwd", ""),
        ("Europe/Atlantis", ""),
        ("", ""),
    ],
)
def test_what_a_cell_says(cell: str, zone: str) -> None:
    assert read_zone(cell) == zone
    assert not zone or minutes_ahead(zone, WINTER) is not None


def test_summer_time_counts_and_an_offset_has_none() -> None:
    assert minutes_ahead("Europe/Berlin", WINTER) == 60
    assert minutes_ahead("Europe/Berlin", SUMMER) == 120
    assert minutes_ahead("UTC-03:30", SUMMER) == -210


def test_a_column_of_a_staff_table_is_read_and_what_is_none_is_told() -> None:
    rows = "Name,Unit,Time zone\nAda,Maths,(GMT+01:00) Europe/Berlin\nAlan,Maths,Mars\n"
    table = read_table("staff.csv", rows.encode())
    told = understand(table, guess(table), Firm(), {}, on=WINTER)
    people = change(Firm(), told.changes).people
    assert {p.zone for p in people.values()} == {"Europe/Berlin", ""}
    [lost] = [f for f in told.findings if f.sort == "lost"]
    assert "There is no time zone 'Mars'." in lost.what
    assert (lost.sheet, lost.row, lost.column) == ("staff.csv", 3, "Time zone")
