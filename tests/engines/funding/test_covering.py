"""No fund releases more than it has, counted month by month by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.funding.fund import Fund, Tranche
from weft.core.funding.months import after
from weft.core.missions import Mission
from weft.engines.funding.rounds import stays_covered
from weft.errors import ConflictError

NOW = "2026-11"
FUND = Fund(id="f", title="F", since="2026-09", monthly="1000.00 EUR", reserve=10)
OTHER = Fund(id="g", title="G", since="2026-11", monthly="0.00 EUR")


def money(mission: str, least: str, most: str) -> st.SearchStrategy[Tranche]:
    months = [after(least, n) for n in range(9) if after(least, n) <= most]
    return st.builds(
        lambda hundreds, start, long, bet, notice: Tranche(
            mission=mission,
            fund="f",
            amount=f"{hundreds}00.00 EUR",
            start=start,
            end=after(start, long) if long < 5 else None,
            bet=bet,
            notice=notice,
        ),
        st.integers(1, 12),
        st.sampled_from(months),
        st.integers(0, 5),
        st.booleans(),
        st.integers(0, 3),
    )


def left(tranches: list[Tranche], bet: bool, until: str) -> int:  # noqa: FBT001
    """Give what is left once a month was paid, in whole units."""
    month, found = FUND.since, 0
    while month <= until:
        paid = [t for t in tranches if t.bet == bet and t.held_in(month)]
        found += (100 if bet else 900) - sum(int(t.amount[:-7]) for t in paid)
        month = after(month, 1)
    return found


def refused(firm: Firm, *changes: Change) -> bool:
    try:
        stays_covered(firm, changes, NOW)
    except ConflictError:
        return True
    return False


@given(money("a", "2026-09", "2026-12"), money("b", "2026-11", "2027-03"))
def test_what_a_fund_cannot_pay_is_refused_and_nothing_else(
    held: Tranche, more: Tranche
) -> None:
    missions = [put(Mission(id=name, title=name)) for name in "ab"]
    firm = change(Firm(), [*missions, put(FUND), put(OTHER), put(held)])
    endable = more.end if more.bet and more.end else after(more.start, more.notice)
    last = max(NOW, endable)
    months = [after(NOW, n) for n in range(20) if after(NOW, n) <= last]
    worse = any(
        left([held, more], bet, month) < min(0, left([held], bet, month))
        for month in months
        for bet in (True, False)
    )
    assert refused(firm, put(more)) == worse
    assert not refused(firm, Change(held.kind, held.key))
