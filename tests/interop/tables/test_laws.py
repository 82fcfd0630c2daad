"""What holds of any two tables there can be, however little they make sense."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.core.checks import check
from weft.core.firm import Firm, change
from weft.core.people import Profile
from weft.interop.tables import Layout, read_layout, read_table, understand

DAY = date(2026, 11, 21)

SHORT = st.sampled_from(
    ["", "-", "A A", "B B", "C, C", "a a", "A A A", "1", "2", "é", "😀"]
)
ROWS = st.lists(st.tuples(*[SHORT] * 9), min_size=1, max_size=8)
HEAD = [
    "ID",
    "Name",
    "Unit",
    "Division",
    "Manager",
    "Team",
    "Skills",
    "Employer",
    "Email",
]
FIELDS = [
    "id",
    "name",
    "unit",
    "unit",
    "manager",
    "mission",
    "skills",
    "partner",
    "email",
]


def written(rows: list[tuple[str, ...]]) -> str:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue()


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Give any layout of those columns that can be used."""
    chosen: dict[str, Any] = {"name": ["Name"]}
    for field, column in zip(FIELDS, HEAD, strict=True):
        if field != "name" and draw(st.booleans()):
            several = [*chosen.get("unit", []), column]
            chosen[field] = several if field == "unit" else column
    if "unit" not in chosen:
        chosen["manager"] = "Manager"
    return read_layout(f"people: {chosen!r}")


@pytest.mark.slow
@settings(max_examples=200)
@given(ROWS, ROWS, layouts(), st.booleans())
def test_any_two_tables_leave_a_firm_that_fits_together(
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
    layout: Layout,
    partial: bool,  # noqa: FBT001 # drawn
) -> None:
    firm, profiles = Firm(), dict[str, Profile]()
    for rows in (first, second, second):
        before = firm
        table = read_table("a.csv", written([*rows, HEAD_ROW]).encode())
        told_ = understand(table, layout, firm, profiles, on=DAY, partial=partial)
        firm = change(firm, told_.changes)
        profiles.update({profile.id: profile for profile in told_.profiles})
        assert check(firm) == ()
    assert firm == before, "the same table again changes nothing"
    unnamed = [row for row in second if row[1] in {"", "-"} and any(row)]
    assert told_.unread.count("There is no name.") == len(unnamed)


HEAD_ROW = ("", "Z Z", "", "", "", "", "", "", "")
