"""The drawing of the weave: everything has its place, and depth can be seen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from weft.core.skills import Camp
from weft.engines.knowledge import Crossing, Weave, WeaveColumn, WeaveRow
from weft.web.pages.seeing.cloth import FEW, cloth


def woven(columns: int, business: int, technology: int, crossings: object) -> Weave:
    """Make a weave of some size, with crossings where they are said to be."""
    rows: list[Camp] = ["business" for _ in range(business)]
    rows += ["technology" for _ in range(technology)]
    return Weave(
        month="2026-11",
        firm=1,
        across="missions",
        unit="",
        discipline="",
        columns=tuple(
            WeaveColumn(table="missions", id=f"m{n}", title=f"M {n}", people=9)
            for n in range(columns)
        ),
        rows=tuple(
            WeaveRow(
                table="disciplines",
                id=f"d{n}",
                title=f"D {n}",
                camp=camp,
                holders=1,
                columns=1,
                alone=0,
            )
            for n, camp in enumerate(rows)
        ),
        crossings=tuple(crossings),  # type: ignore[arg-type]
        spread=None,
        by_claims=0,
        by_role=0,
        untold=0,
        unplaced=0,
    )


@st.composite
def weaves(draw: st.DrawFn) -> Weave:
    """Give a weave of any size."""
    columns = draw(st.integers(1, 320))
    business, technology = draw(st.integers(0, 20)), draw(st.integers(1, 20))
    places = st.tuples(
        st.integers(0, business + technology - 1), st.integers(0, columns - 1)
    )
    crossings = [
        Crossing(
            row=row,
            column=column,
            holders=3,
            learners=0,
            depth=draw(st.integers(0, 4)),
            share=0.1,
            fte=None,
        )
        for row, column in draw(st.sets(places, max_size=30))
    ]
    return woven(columns, business, technology, crossings)


@given(weaves())
def test_every_loop_lies_on_its_thread_and_in_its_column(weave: Weave) -> None:
    drawn = cloth(weave)
    step = 100 / len(weave.columns)
    for loop in drawn.loops:
        place = loop.crossing
        assert place.column * step <= loop.x + 0.001
        assert loop.x + loop.width <= (place.column + 1) * step + 0.001
        thread = drawn.threads[place.row]
        assert thread.y <= loop.y
        assert loop.y + loop.height <= thread.y + drawn.row
        assert loop.camp == weave.rows[place.row].camp
        assert loop.y + loop.height < drawn.height


@given(weaves())
def test_no_two_threads_lie_on_each_other(weave: Weave) -> None:
    drawn = cloth(weave)
    ys = [thread.y for thread in drawn.threads]
    assert all(b - a >= drawn.row for a, b in pairwise(ys))
    headings = [t.heading for t in drawn.threads if t.heading]
    assert headings == sorted(set(headings))  # business stands above technology
    assert len(drawn.yarns) == len(weave.columns) * (
        3 if len(weave.columns) <= FEW else 1
    )


def test_the_deeper_the_thicker_and_what_hangs_on_one_is_a_ring() -> None:
    crossings = [
        Crossing(row=0, column=n, holders=n, learners=0, depth=n, share=0.1, fte=None)
        for n in range(5)
    ]
    learning, single, *deep = cloth(woven(5, 0, 1, crossings)).loops
    assert (learning.kind, single.kind) == ("learning", "single")
    assert {loop.kind for loop in deep} == {"deep"}
    heights = [loop.height for loop in deep]
    assert heights == sorted(set(heights))
    assert learning.height < single.height
