"""Next month's file has another name, and the layout kept from this month fits it."""

from __future__ import annotations

from datetime import date

from weft.core.firm import Firm, change
from weft.interop.layouts import guess
from weft.interop.sheets import read_table
from weft.interop.tables import understand

THIS = b"Name,Department\nAna,Sales\nBen,Sales\n"
NEXT = b"Name,Department\nAna,Sales\nCem,Sales\n"


def test_a_layout_fits_a_file_of_another_name() -> None:
    layout = guess(read_table("may.csv", THIS))
    told = understand(
        read_table("may.csv", THIS), layout, Firm(), {}, on=date(2026, 5, 1)
    )
    firm = change(Firm(), told.changes)
    profiles = {p.id: p for p in told.profiles}
    june = read_table("june.csv", NEXT)
    later = understand(june, layout, firm, profiles, on=date(2026, 6, 1))
    assert [p.name for p in later.profiles] == ["Cem"]
    assert {f.sheet for f in later.findings if f.sheet} <= {"june.csv"}
