"""What missions wanted: which answers belong together, the yes, and the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.transition.conftest import after, waiver

from weft.core.delivering.deliveries import Delivery
from weft.core.guardrails import Waiver
from weft.core.requests import Asked
from weft.engines.transition import Want, ended, wants


def asked(number: int, day: float, **more: Any) -> Asked:
    """Give a request that was refused, unless it says other."""
    given = {
        "mission": "pay",
        "act": "deploy",
        "asset": None,
        "title": "A screen",
        "yes": False,
        "refused_by": () if more.get("yes") else ("near",),
    }
    return Asked(number=number, at=after(day), **{**given, **more})


def granted(decision: int | None, day: float | None, guardrail: str = "near") -> Waiver:
    """Give a waiver for a decision, granted on a day or not yet."""
    return waiver(
        f"w{decision}-{guardrail}",
        decision,
        guardrail,
        granted_by=None if day is None else "cleo",
        granted_at=None if day is None else after(day),
    )


def told(*rows: Asked, waivers: Sequence[Waiver] = ()) -> list[Want]:
    """Give what was wanted, in the order of first asking."""
    return sorted(wants(rows, waivers), key=lambda want: want.answers)


def days(want: Want) -> float:
    """Give the days to the yes."""
    return want.answering.days


def test_asked_until_yes_is_one_want_and_after_it_another() -> None:
    first, again = told(
        asked(1, 0),
        asked(2, 3, title="  a SCREEN "),
        asked(3, 7, yes=True),
        asked(4, 9),
    )
    assert (first.answers, days(first), first.at_once) == ((1, 2, 3), 7, False)
    assert (again.answers, again.yes) == ((4,), None)


def test_another_mission_act_or_thing_is_another_want() -> None:
    rows = [
        asked(1, 0),
        asked(2, 0, mission="lend"),
        asked(3, 0, act="buy"),
        asked(4, 0, title="A screen for two"),
        asked(5, 0, asset="ledger"),
        asked(6, 0, asset="A screen", title=""),
    ]
    assert [want.answers for want in told(*rows)] == [(n,) for n in range(1, 7)]


def test_the_same_asset_is_the_same_want_whatever_its_title() -> None:
    (want,) = told(
        asked(1, 0, asset="ledger"),
        asked(2, 4, asset="ledger", title="Other words", yes=True),
    )
    assert (want.answers, days(want), want.title) == ((1, 2), 4, "A screen")


def test_what_has_neither_asset_nor_title_is_a_want_of_its_own() -> None:
    first, second = told(asked(1, 0, title=""), asked(2, 1, title=" ", yes=True))
    assert (first.yes, second.at_once) == (None, True)


def test_waivers_let_it_pass_once_all_that_said_no_is_waived() -> None:
    no = asked(1, 0, refused_by=("near", "crypt"))
    one, both = granted(1, 2), granted(1, 5, "crypt")
    assert told(no)[0].yes is None
    assert told(no, waivers=[one])[0].yes is None
    assert told(no, waivers=[one, granted(1, None, "crypt")])[0].yes is None
    (want,) = told(no, waivers=[one, both])
    assert (days(want), want.waived) == (5, True)
    mandate = asked(1, 0, refused_by=("near", "mandate"))
    assert told(mandate, waivers=[one])[0].yes is None
    assert told(asked(1, 0), waivers=[granted(2, 1), granted(None, 1)])[0].yes is None


def test_to_ask_again_with_a_waiver_is_the_same_want_and_a_later_no_is_not() -> None:
    rows = [asked(1, 0), asked(2, 6, yes=True), asked(3, 8)]
    first, second = told(*rows, waivers=[granted(1, 5)])
    assert (first.answers, days(first), first.waived) == ((1, 2), 5, True)
    assert second.answers == (3,)
    (want,) = told(asked(1, 0), asked(2, 3, yes=True), waivers=[granted(1, 5)])
    assert (want.answers, days(want), want.waived) == ((1, 2), 3, False)
    (want,) = told(asked(1, 0), asked(2, 3), waivers=[granted(1, 5)])
    assert (want.answers, days(want), want.waived) == ((1, 2), 5, True)
    first, second = told(asked(1, 0), asked(2, 70), waivers=[granted(1, 5)])
    assert (first.answers, days(first), second.answers) == ((1,), 5, (2,))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pay", "lend"]),
            st.sampled_from([None, "ledger"]),
            st.sampled_from(["", "A screen"]),
            st.booleans(),
        ),
        max_size=30,
    ),
    st.sets(st.integers(0, 29)),
)
def test_each_answer_belongs_to_one_want_that_its_yes_ends(
    drawn: list[tuple[str, str | None, str, bool]], waived: set[int]
) -> None:
    rows = [
        asked(n, n, mission=mission, asset=asset, title=title, yes=yes)
        for n, (mission, asset, title, yes) in enumerate(drawn)
    ]
    found = told(*rows, waivers=[granted(n, n + 2) for n in waived])
    assert sorted(n for want in found for n in want.answers) == [*range(len(rows))]
    for want in found:
        assert want.asked == rows[want.answers[0]].at
        assert not any(rows[n].yes for n in want.answers[:-1])
        if rows[want.answers[-1]].yes:
            assert want.yes is not None
            assert want.asked <= want.yes <= rows[want.answers[-1]].at
        else:
            assert (want.yes is None) == waived.isdisjoint(want.answers)
        assert not want.waived or not waived.isdisjoint(want.answers)


def run(day: float, **more: Any) -> Delivery:
    """Give a deployment of the ledger."""
    given = {"id": f"d{day}", "source": "ci", "what": "deployment", "of": "ledger"}
    return Delivery(**{**given, "at": after(day), **more})


def end(*reported: Delivery, until: float = 90, **more: Any) -> Want:
    """Tell what came of the ledger, asked for on day 10 with a yes on day 12."""
    rows = [asked(1, 10, asset="ledger"), asked(2, 12, asset="ledger", yes=True)]
    rows = more.get("rows", rows)
    (want,) = ended(told(*rows), {"ledger": reported}, after(until))
    return want


def test_done_is_the_first_run_in_production_after_the_yes() -> None:
    want = end(run(5), run(11), run(20), run(15))
    assert (want.reported, want.doing.days) == (True, 5)
    stays = end(
        run(5),
        run(13, live=False),
        run(14, worked=False),
        run(15, what="change"),
        run(30),
        until=29,
    )
    assert (stays.reported, stays.done) == (True, None)
    assert end(run(5), run(13), rows=[asked(1, 10, asset="ledger")]).done is None


def test_an_end_that_may_have_gone_unseen_is_not_told() -> None:
    for want in (end(), end(run(11), run(15)), end(run(5), rows=[asked(1, 10)])):
        assert (want.reported, want.done) == (False, None)
    assert end(run(10), run(15)).reported
