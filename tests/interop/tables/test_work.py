"""New ids while a table comes in: free, readable, and the same whatever came before."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.people import Unit
from weft.interop.tables.work import Work

TITLES = st.sampled_from(["Shop", "shop", "Shop 2", "Shop-2-2", "店", "工厂", "Unit"])
KEYS = st.sampled_from(["shop", "shop-2", "shop-3", "unit", "unit-2", "shop-2-2"])


@given(st.sets(KEYS), st.lists(TITLES, max_size=12))
def test_a_new_id_is_the_first_that_is_free(held: set[str], titles: list[str]) -> None:
    units = [put(Unit(id=key, title="Held")) for key in sorted(held)]
    work = Work(change(Firm(), units), date(2026, 11, 21), partial=False)
    taken = set(held)
    for title in titles:
        made = {"店": "unit", "工厂": "unit"}.get(
            title, title.lower().replace(" ", "-")
        )
        tried = [made, *(f"{made}-{count}" for count in range(2, 20))]
        name = work.new_name("units", title)
        assert name == next(each for each in tried if each not in taken)
        taken.add(name)
