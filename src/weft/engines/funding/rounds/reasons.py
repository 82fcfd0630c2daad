"""Why a way is proposed, on which evidence, and what would turn it."""

from __future__ import annotations

from typing import Final

from weft.core.funding.round import Word
from weft.core.scalars import Amount, amount
from weft.engines.funding.rounds.came import share_of
from weft.engines.funding.rounds.footing import Footing, spelled
from weft.engines.funding.rounds.options import Open, Option
from weft.engines.funding.rounds.proposal import Other

WORDS: Final[tuple[Word, ...]] = ("continue", "shrink", "grow", "stop")
_LONGEST = 390
_DOES: Final[dict[Word, str]] = {
    "continue": "Going on as it is",
    "shrink": "With less money",
    "grow": "With more money",
    "stop": "Stopped",
}


def why(footing: Footing, ways: Open, option: Option, price: float) -> tuple[str, ...]:
    """Give the reasons of a proposal, the weightiest first."""
    belief, horizon = footing.belief, footing.fund.horizon
    told = []
    if belief.unknown:
        told.append("What it is worth is not known yet, so nothing is taken or added.")
    elif footing.now:
        cost, mid = (
            spelled(footing, footing.now),
            spelled(footing, belief.mid),
        )
        over = belief.mid * 100 // footing.now if footing.now else 0
        told.append(
            f"It costs {cost} a month and is believed to be worth {mid}: {over} %."
        )
    if option.asks:
        told.append(f"It grants what {', '.join(option.asks)} asks for.")
    if option.word in {"shrink", "grow"} and not option.asks and footing.now:
        told.append(_at_the_margin(footing, option))
        if abs(option.amount - footing.now) > footing.step:
            grade = footing.belief.grade
            told.append(f"Evidence of grade {grade} lets it move more than one step.")
    if price > 0 and option.word in {"stop", "shrink"}:
        told.append(
            f"The fund is short: a unit of money brings {1 + price:.2f} elsewhere."
        )
    if option.word in {"stop", "shrink"} and option.starts:
        told.append(f"It takes effect after {_many(option.starts)} of notice.")
    bars = {word: ways.barred[word] for word in WORDS if word in ways.barred}
    for reason in dict.fromkeys(bars.values()):
        words = " or ".join(w for w, r in bars.items() if r == reason)
        told.append(f"Not to {words}: {reason}.")
    if not told:
        told.append(f"{_DOES[option.word]} is worth most over {_many(horizon)}.")
    return tuple(line[:_LONGEST] for line in told)


def _at_the_margin(footing: Footing, option: Option) -> str:
    """Tell what the money that comes or goes brings a month."""
    moved, fund = abs(option.amount - footing.now), footing.fund
    level = share_of(option.amount, footing.now, fund.marginal)
    brings = round(footing.belief.mid * abs(1 - level))
    which = "The last" if option.word == "shrink" else "Another"
    return (
        f"{which} {spelled(footing, moved)} of it brings about"
        f" {spelled(footing, brings)} a month."
    )


def evidence(footing: Footing) -> tuple[str, ...]:
    """Give what is known: what came, what was promised, and how such promises kept."""
    belief = footing.belief
    told = []
    if belief.months:
        grade = f", grade {belief.grade} at the weakest" if belief.grade else ""
        told.append(f"{_many(belief.months)} of what came{grade}.")
    else:
        told.append("Nothing is recorded of what came.")
    if belief.promised is not None and belief.kept is not None:
        kept, seen = belief.kept, belief.kept.seen
        own = f"{seen} of its own" if seen else "none of its own yet"
        told.append(
            f"{spelled(footing, belief.promised)} a month promised for {belief.due},"
            f" {belief.age}; such promises come to {kept.share} %"
            f" ({kept.low} to {kept.high}; {own})."
        )
    told += footing.signs.says
    if belief.by_readings:
        told.append(
            "Its readings have gone with what came, and tell what would come now."
        )
    if belief.chance is not None:
        told.append(
            f"The readings give its target a chance of {belief.chance} % by its day."
        )
    tranche = footing.tranche
    if tranche and tranche.proof_by:
        due = "was due" if footing.proof_is_due else "is due"
        told.append(f"Evidence {due} by {tranche.proof_by}: {tranche.proof}.")
    if belief.early:
        told.append("Too early to say.")
    return tuple(line[:_LONGEST] for line in told)


def others(
    footing: Footing, ways: Open, option: Option, price: float
) -> tuple[Other, ...]:
    """Give the other ways: what is forgone, why not, and what would turn it."""
    found = []
    for word in WORDS:
        if word == option.word or (word in {"shrink", "stop"} and not footing.now):
            continue
        same = [o for o in ways.options if o.word == word]
        other = max(same, key=lambda o: o.worth - price * o.money, default=None)
        if other is None:
            bar = ways.barred.get(word, "nobody asks for it")
            found.append(Other(word=word, barred=bar))
            continue
        found.append(
            Other(
                word=word,
                amount=_money(footing, other.amount),
                worth=_money(footing, other.worth - option.worth),
                money=_money(footing, other.money - option.money),
                turns_at=_turns_at(footing, option, other, price),
            )
        )
    return tuple(found)


def _turns_at(
    footing: Footing, option: Option, other: Option, price: float
) -> Amount | None:
    """Give the value a month at which the other way is worth as much, money priced.

    None where no value from zero on would do, or nothing is known.
    """
    steeper = other.slope - option.slope
    if abs(steeper) < 1e-9 or footing.belief.unknown:  # noqa: PLR2004
        return None
    ahead = option.worth - other.worth - price * (option.money - other.money)
    value = footing.belief.mid + ahead / steeper
    return _money(footing, round(value)) if value >= 0 else None


def _money(footing: Footing, units: int) -> Amount:
    return amount(units, footing.fund.currency)


def _many(months: int) -> str:
    return f"{months} {'month' if months == 1 else 'months'}"
