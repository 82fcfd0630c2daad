"""What is open to a mission in a round, what each way costs and is worth, what is not.

More or less money moves the value along the curve of the fund; none at all ends it once
the notice has run out. The better the evidence, the further money may move at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weft.core.funding.ask import lacking
from weft.core.funding.fund import Fund, Grade
from weft.core.funding.months import after, between
from weft.core.funding.round import Word
from weft.core.scalars import minor
from weft.engines.funding.rounds.came import share_of
from weft.engines.funding.rounds.footing import Footing, spelled

_NAMED = 4
_STEPS: dict[Grade | None, int] = {"A": 4, "B": 3, "C": 2}
"""So many steps money may move at once on evidence of a grade; on any other, one."""
_STRONG: dict[int, frozenset[Grade]] = {
    0: frozenset("ABCD"),  # type: ignore[arg-type]
    1: frozenset("ABC"),  # type: ignore[arg-type]
    2: frozenset("AB"),  # type: ignore[arg-type]
}


class Option(msgspec.Struct, frozen=True):
    """One way for a mission: so much a month in the end, from `starts` months on.

    worth: what it is believed to bring over the horizon less the money, in minor
    units. slope: months' worth of the mission's value in it, so that worth changes by
    slope for each unit that the mission is worth more a month. money: over the horizon.
    asks: the ids of the asks that it grants.
    """

    word: Word
    amount: int
    starts: int
    worth: int
    slope: float
    money: int
    asks: tuple[str, ...] = ()


class Open(msgspec.Struct, frozen=True):
    """What is open to a mission, and why the rest is not."""

    options: tuple[Option, ...]
    barred: dict[Word, str]


def open_to(footing: Footing) -> Open:
    """Give the ways that are open to a mission.

    To go on always is, but for a bet of a venture fund whose day has come.
    """
    barred: dict[Word, str] = {}
    for word, why in (*_held(footing), *_for_less(footing), *_for_more(footing)):
        barred.setdefault(word, why)
    options = [o for o in _ways(footing) if o.word not in barred]
    if _decides_now(footing) and len(options) > 1:
        barred["continue"] = "its day has come: in this fund a bet grows or ends"
        options = [o for o in options if o.word != "continue"]
    return Open(tuple(options), barred)


def _decides_now(footing: Footing) -> bool:
    return footing.fund.model == "venture" and footing.proof_is_due


def _ways(footing: Footing) -> Iterator[Option]:
    """Give every way, barred or not, in the order in which ties are broken."""
    now, fund = footing.now, footing.fund
    if footing.ending is not None:
        yield _option(footing, "continue", footing.then, footing.ending, friction=0)
        return
    yield _option(footing, "continue", now, 0)
    step = footing.step
    steps = range(1, _STEPS.get(footing.belief.grade, 1) + 1)
    if now:
        for many in steps:
            if many == 1 or now - many * step >= max(footing.least, 1):
                yield _option(footing, "shrink", now - many * step, footing.notice)
        if fund.model != "capacity":
            for many in steps:
                if many == 1 or _is_strong(footing, now + many * step):
                    yield _option(footing, "grow", now + many * step, 0)
    if asked := [ask for ask in footing.asks if not lacking(fund, ask)]:
        yield _asked(footing, asked[0].id)
    if now:
        yield _option(footing, "stop", 0, footing.notice)


def _asked(footing: Footing, name: str) -> Option:
    """Give what an ask would make of it: its own promise, cut to what such keep."""
    ask = next(each for each in footing.asks if each.id == name)
    more = minor(ask.amount)[0]
    found = _option(footing, "grow", footing.now + more, 0)
    if ask.expected is not None:
        kept = footing.belief.kept.share if footing.belief.kept else 100
        horizon = footing.fund.horizon
        brings = minor(ask.expected)[0] * kept // 100 * horizon
        friction = more * footing.fund.friction // 100
        same = _option(footing, "continue", footing.now, 0)
        worth = same.worth + brings - more * horizon - friction
        found = msgspec.structs.replace(found, worth=worth, slope=same.slope)
    return msgspec.structs.replace(found, asks=(ask.id,))


def _option(
    footing: Footing,
    word: Word,
    then: int,
    starts: int,
    *,
    friction: int | None = None,
) -> Option:
    """Reckon a way: its money, its value, and what changing costs once."""
    fund, now, mid = footing.fund, footing.now, footing.belief.mid
    early, late = min(starts, fund.horizon), max(0, fund.horizon - starts)
    level = 1.0 if then == now else 0.0
    if then and now and then != now:
        level = share_of(then, now, fund.marginal)
    money = now * early + then * late
    slope = early + level * late if now else 0.0
    share = fund.friction if friction is None else friction
    cost = abs(then - now) * share // 100
    return Option(
        word=word,
        amount=then,
        starts=starts,
        worth=round(mid * slope) - money - cost,
        slope=slope,
        money=money,
    )


# Why a way is not open. The first reason for each word is told.


def _held(footing: Footing) -> Iterator[tuple[Word, str]]:
    """Hold what was changed lately, or is about to."""
    words: tuple[Word, ...] = ("shrink", "grow", "stop")
    if footing.ending is not None:
        month = after(footing.month, footing.ending)
        why = f"a change from {month} on is decided already"
        yield from ((word, why) for word in words)
    settle = footing.fund.settle
    if footing.changed and between(footing.changed, footing.month) < settle:
        until = after(footing.changed, settle)
        why = f"its money changed in {footing.changed}, and is left alone until {until}"
        yield from ((word, why) for word in words)


def _for_less(footing: Footing) -> Iterator[tuple[Word, str]]:
    """Keep a team from being broken, stopped too early, or pulled from under others."""
    fund, tranche = footing.fund, footing.tranche
    if tranche and footing.now - footing.step < footing.least:
        yield "shrink", f"below {tranche.least} a month the team would break"
    if footing.belief.early and not footing.proof_is_due:
        by = tranche.proof_by if tranche else None
        until = f" before {by}" if by else f" with {_months(footing)} of results"
        why = f"it is too early to say{until}"
        yield "shrink", why
        yield "stop", why
    if footing.belief.unknown and not footing.belief.early:
        yield "stop", "what it is worth is not known"
    if footing.borne:
        yield "stop", f"what it runs bears {_few(footing.borne)}"
    if fund.model == "capacity":
        yield "stop", "teams stand in this fund; only people end one"


def _few(names: tuple[str, ...]) -> str:
    """Name a few, and count the rest."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _months(footing: Footing) -> str:
    count = footing.belief.months
    return f"{count} {'month' if count == 1 else 'months'}"


def _for_more(footing: Footing) -> Iterator[tuple[Word, str]]:
    """Hold back more money where the stake asks for more than is known."""
    tranche, belief, fund = footing.tranche, footing.belief, footing.fund
    core = [a for a in tranche.assumptions if a.core] if tranche else []
    if weak := [a for a in core if footing.stands(a) != "held"]:
        word = "failed" if footing.stands(weak[0]) == "failed" else "is untested"
        yield "grow", f"a core assumption {word}: {weak[0].says.removesuffix('.')}"
    ask = footing.asks[0] if footing.asks else None
    if ask is not None and (gaps := lacking(fund, ask)):
        yield "grow", f"its ask {ask.id} does not say yet: {', '.join(gaps)}"
    if ask is not None and (untested := _untested(footing)):
        yield "grow", f"a core assumption is untested: {untested}"
    told = ask is not None and ask.expected is not None
    if (belief.unknown or belief.early) and not told:
        yield "grow", "it is too early to say what more money would bring"
    grade = belief.grade or (ask.grade if ask else None)
    then = footing.now + footing.step
    if ask is not None:
        then = footing.now + minor(ask.amount)[0]
    stake = stake_of(fund, then)
    if grade not in _STRONG[stake] and stake:
        has = f"has grade {grade}" if grade else "has no grade"
        needs = "B" if stake == len(_STRONG) - 1 else "C"
        money = spelled(footing, then)
        yield "grow", f"{money} a month needs evidence of grade {needs}, it {has}"


def _is_strong(footing: Footing, then: int) -> bool:
    """Tell whether what came is known well enough for so much a month."""
    return footing.belief.grade in _STRONG[stake_of(footing.fund, then)]


def _untested(footing: Footing) -> str:
    for ask in footing.asks[:1]:
        for each in ask.assumptions:
            if each.core and footing.stands(each) != "held":
                return each.says.removesuffix(".")
    return ""


def stake_of(fund: Fund, units: int) -> int:
    """Tell how large so much a month is by the rules of a fund: 0 small to 2 large."""
    if fund.large is not None and units >= minor(fund.large)[0]:
        return 2
    return int(fund.small is not None and units >= minor(fund.small)[0])
