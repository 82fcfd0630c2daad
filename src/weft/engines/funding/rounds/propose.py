"""Work out what a fund proposes to each of its missions, and read it off."""

from __future__ import annotations

from collections.abc import Sequence

from weft.core.funding.ask import Ask
from weft.core.funding.fund import Fund
from weft.core.funding.months import after
from weft.core.scalars import Month, amount, minor
from weft.engines.funding.rounds.books import Pots
from weft.engines.funding.rounds.footing import Footing
from weft.engines.funding.rounds.options import Open, Option, open_to
from weft.engines.funding.rounds.proposal import FundSum, MoneyLine
from weft.engines.funding.rounds.reasons import evidence, others, why
from weft.engines.funding.rounds.solving import Choice, Chosen, choose


def propose(
    fund: Fund,
    pots: Pots,
    footings: Sequence[Footing],
    month: Month,
    bets: Sequence[Ask] = (),
    *,
    running_bets: int = 0,
) -> tuple[FundSum, list[MoneyLine]]:
    """Propose one way for each mission of a fund, exactly and with a bound.

    footings: of missions paid out of the standing money, in any order. bets: open asks
    for the reserve; they are granted as they came while it lasts, with no ranking.
    running_bets: what bets that run take of the reserve a month.
    """
    footings = sorted(footings, key=lambda f: f.mission)
    opens = [open_to(footing) for footing in footings]
    marks = marks_of(opens, fund.horizon)
    missions = [
        [choice_of(o, f, marks) for o in w.options] for w, f in _both(opens, footings)
    ]
    rows = [available(fund, pots, months) for months in marks]
    chosen = choose(missions, rows) if missions else Chosen((), 0, 0, (), ())
    price = sum(chosen.prices)
    lines = [
        _line(footing, ways, ways.options[place], price)
        for footing, ways, place in zip(footings, opens, chosen.places, strict=True)
    ]
    granted, left = _bets(fund, pots, bets, running_bets)
    lines += [_bet(fund, ask, month, ask.id in granted) for ask in bets]
    used = fund_reserve(fund, pots) - left
    return _sum(fund, lines, chosen, rows, (opens, used)), lines


def fund_reserve(fund: Fund, pots: Pots) -> int:
    """Give what small bets may take in a month: what is kept, and what comes in."""
    return pots.reserve + minor(fund.monthly)[0] * fund.reserve // 100


def _both(
    opens: Sequence[Open], footings: Sequence[Footing]
) -> zip[tuple[Open, Footing]]:
    return zip(opens, footings, strict=True)


def marks_of(opens: Sequence[Open], horizon: int) -> list[int]:
    """Give the numbers of months after which money may run short.

    Money taken in all rises ever less steeply, and what comes in evenly: the month in
    which it is shortest is one in which some change takes effect, or the last.
    """
    starts = {o.starts for ways in opens for o in ways.options if o.starts}
    return sorted({1, horizon, *(s for s in starts if s < horizon)})


def choice_of(option: Option, footing: Footing, marks: Sequence[int]) -> Choice:
    """Give a way with the money that it takes until each of the marks."""
    money = tuple(
        footing.now * min(option.starts, months)
        + option.amount * max(0, months - option.starts)
        for months in marks
    )
    return Choice(option.worth, money)


def available(fund: Fund, pots: Pots, months: int) -> int:
    """Give the money for so many months, what is kept for small bets left out."""
    comes = minor(fund.monthly)[0]
    return pots.standing + months * (comes - comes * fund.reserve // 100)


def _bets(
    fund: Fund, pots: Pots, bets: Sequence[Ask], running: int
) -> tuple[set[str], int]:
    """Grant small bets in the order in which they came, while the reserve lasts."""
    left = fund_reserve(fund, pots) - running
    granted = set()
    for ask in sorted(bets, key=lambda a: (a.at, a.id)):
        need = minor(ask.amount)[0] * (ask.months or 1)
        if need <= left:
            left -= need
            granted.add(ask.id)
    return granted, left


def _line(footing: Footing, ways: Open, option: Option, price: float) -> MoneyLine:
    fund, belief = footing.fund, footing.belief
    known = not belief.unknown
    two = fund.two_from is not None and (
        abs(_then(footing, option) - footing.now) >= minor(fund.two_from)[0]
    )
    return MoneyLine(
        mission=footing.mission,
        title=footing.title,
        platform=footing.platform,
        fund=fund.id,
        word=option.word,
        before=amount(footing.now, fund.currency),
        after=amount(_then(footing, option), fund.currency),
        starts=after(footing.month, 0 if _goes_on(option) else option.starts),
        why=why(footing, ways, option, price),
        evidence=evidence(footing),
        low=amount(belief.low, fund.currency) if known else None,
        mid=amount(belief.mid, fund.currency) if known else None,
        high=amount(belief.high, fund.currency) if known else None,
        grade=belief.grade,
        two=two,
        asks=option.asks,
        others=others(footing, ways, option, price),
    )


def _goes_on(option: Option) -> bool:
    return option.word == "continue"


def _then(footing: Footing, option: Option) -> int:
    """Give what a move leads to; one that goes on changes nothing that is decided."""
    return footing.now if _goes_on(option) else option.amount


def _bet(fund: Fund, ask: Ask, month: Month, granted: bool) -> MoneyLine:  # noqa: FBT001
    """Tell of a small bet: granted, or left for when the reserve has room."""
    nothing = amount(0, fund.currency)
    reason = "the reserve has room" if granted else "the reserve is used up this month"
    return MoneyLine(
        mission=ask.mission,
        title=ask.why,
        platform=False,
        fund=fund.id,
        word="grow" if granted else "continue",
        before=nothing,
        after=ask.amount if granted else nothing,
        starts=max(ask.start, month),
        why=(f"A small bet for {ask.months or 1} months: {reason}.",),
        evidence=("A small bet is not asked for evidence.",),
        low=None,
        mid=None,
        high=None,
        grade=None,
        two=fund.two_from is not None and minor(ask.amount) >= minor(fund.two_from),
        asks=(ask.id,) if granted else (),
        others=(),
    )


def _sum(
    fund: Fund,
    lines: Sequence[MoneyLine],
    chosen: Chosen,
    rows: Sequence[int],
    found: tuple[Sequence[Open], int],
) -> FundSum:
    opens, used = found
    money = sum(
        ways.options[place].money
        for ways, place in zip(opens, chosen.places, strict=True)
    )

    def told(units: int) -> str:
        return amount(units, fund.currency)

    reserve = minor(fund.monthly)[0] * fund.reserve // 100
    return FundSum(
        fund=fund.id,
        title=fund.title,
        model=fund.model,
        horizon=fund.horizon,
        monthly=fund.monthly,
        reserve=told(reserve),
        reserve_used=told(used),
        before=told(sum(minor(line.before)[0] for line in lines)),
        after=told(sum(minor(line.after)[0] for line in lines)),
        available=told(rows[-1] if rows else 0),
        taken=told(money),
        worth=told(chosen.worth),
        bound=told(chosen.bound),
        gap=round(chosen.gap, 4),
        price=round(sum(chosen.prices), 4),
        short=told(max(chosen.short)) if chosen.short else None,
    )
