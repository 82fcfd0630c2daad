"""The report nobody likes: whether kept promises went with a reached outcome.

On time, on budget and to specification is what projects are judged by. Here each of
them is held against what came of the work, in the firm's own past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from weft.core.outcomes.past import PastWork
from weft.core.records import Record
from weft.core.scalars import minor

if TYPE_CHECKING:
    from weft.engines.outcomes.ranks import Tau

FEWEST, FEWEST_OUTCOMES = 20, 15
"""Of fewer pieces of work, or for fewer outcomes, no figure is told."""

_FEW = (
    f"Too few to say: it takes {FEWEST} pieces of work for {FEWEST_OUTCOMES} outcomes."
)

Promise = Literal["time", "budget", "specification", "all"]
PROMISES: dict[Promise, str] = {
    "time": "On time",
    "budget": "On budget",
    "specification": "To specification",
    "all": "All of these that were told",
}

_DOING: dict[Promise, str] = {
    "time": "being on time",
    "budget": "being on budget",
    "specification": "delivering to specification",
    "all": "keeping every promise",
}


class Link(Record, frozen=True, kw_only=True):
    """Whether one promise went with the outcome.

    items: pieces of work of which both are known; outcomes: those they were for. kept:
    how many of the pieces kept it. reached_kept, reached_broken: the share of goals
    that were met where it was kept and where it was not, each outcome counted once.
    correlation: Kendall's tau-b of how well it was kept and how much was reached, with
    95 % between low and high; None where there are too few or all are alike.
    """

    promise: Promise
    title: str
    items: int
    outcomes: int
    kept: int
    reached_kept: float | None = None
    reached_broken: float | None = None
    correlation: float | None = None
    low: float | None = None
    high: float | None = None
    says: str


class PastReport(Record, frozen=True, kw_only=True):
    """What the past work of a firm says of its promises.

    works: pieces of work on record. unjudged: those of which nobody said whether their
    outcome was reached. says: all of it in a sentence.
    """

    works: int
    unjudged: int
    links: tuple[Link, ...]
    says: str


def report(works: Sequence[PastWork]) -> PastReport:
    """Hold each promise against what was reached."""
    judged = [work for work in works if work.reached is not None]
    links = tuple(_link(promise, judged) for promise in PROMISES)
    return PastReport(
        works=len(works),
        unjudged=len(works) - len(judged),
        links=links,
        says=_all(len(works), len(judged), links),
    )


def kept(work: PastWork, promise: Promise) -> bool | None:
    """Tell whether a piece of work kept a promise; None where that is not known.

    All are kept where at least two are known, and none of them was broken.
    """
    if promise == "all":
        each: tuple[Promise, ...] = ("time", "budget", "specification")
        known = [told for p in each if (told := kept(work, p)) is not None]
        return all(known) if len(known) > 1 else None
    degree = how_well(work, promise)
    return None if degree is None else degree >= 0


def how_well(work: PastWork, promise: Promise) -> float | None:
    """Tell how well a promise was kept: 0 as promised, less is worse, more is better.

    time: days too early, by the days planned. budget: money left over, by the money
    planned. The others: 0 where it was kept, and -1 where it was not.
    """
    if promise == "time":
        if work.due is None or work.start is None:
            return None
        return (work.due - work.ended).days / ((work.due - work.start).days or 1)
    if promise == "budget":
        if work.planned_cost is None or work.cost is None:
            return None
        planned, spent = minor(work.planned_cost)[0], minor(work.cost)[0]
        return (planned - spent) / planned if planned > 0 else None
    told = work.to_spec if promise == "specification" else kept(work, "all")
    return None if told is None else float(told) - 1


def _link(promise: Promise, judged: Sequence[PastWork]) -> Link:
    """Hold one promise against what was reached."""
    told = [
        (work.outcome or f"#{work.id}", degree, reached)
        for work in judged
        if (degree := how_well(work, promise)) is not None
        and (reached := work.reached) is not None
    ]
    sizes = Counter(outcome for outcome, *_ in told)
    found = Link(
        promise=promise,
        title=PROMISES[promise],
        items=len(told),
        outcomes=len(sizes),
        kept=sum(degree >= 0 for _, degree, _ in told),
        says=_FEW if told else "Nothing is known of it.",
    )
    if len(told) < FEWEST or len(sizes) < FEWEST_OUTCOMES:
        return found
    tau = _together(told)
    return replace(
        found,
        reached_kept=_mean((1 / sizes[o], r) for o, d, r in told if d >= 0),
        reached_broken=_mean((1 / sizes[o], r) for o, d, r in told if d < 0),
        correlation=tau and tau.value,
        low=tau and tau.low,
        high=tau and tau.high,
        says=_says(tau),
    )


def _together(told: Sequence[tuple[str, float, float]]) -> Tau | None:
    """Tell how far two figures go together, of rows with the outcome they were for."""
    from weft.engines.outcomes.ranks import together  # noqa: PLC0415, brings numpy

    groups, degrees, reached = zip(*told, strict=True)
    return together(degrees, reached, groups)


def _mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """Give a weighted mean; None of nothing."""
    found = list(parts)
    weight = sum(share for share, _ in found)
    return sum(share * value for share, value in found) / weight if found else None


def _says(tau: Tau | None) -> str:
    """Say in a sentence what a correlation means, and what it leaves open."""
    if tau is None:
        return "Nothing can be told: all kept it alike, or all reached as much."
    if tau.low > 0:
        return "The better it was kept, the more of the outcome was reached."
    if tau.high < 0:
        return "The better it was kept, the less of the outcome was reached."
    return (
        f"No link is shown: anything from {_strength(tau.low)} against it to "
        f"{_strength(tau.high)} for it may be so."
    )


def _strength(tau: float) -> str:
    """Say how strong a link is (bounds after Cohen, for tau)."""
    size = abs(tau)
    return next((word for most, word in _STRENGTHS if size < most), "a strong link")


_STRENGTHS = ((0.1, "next to none"), (0.2, "a weak link"), (0.35, "a middling link"))


def _all(works: int, judged: int, links: Sequence[Link]) -> str:
    """Say in a sentence what all of it comes to."""
    if not works:
        return "No past work is on record."
    told = [link for link in links if link.correlation is not None]
    if not told:
        unknown = works - judged
        rest = f" Of {unknown:,} of {works:,} nobody said." if unknown else ""
        return f"Too little is known of what past work reached.{rest}"
    good = [_DOING[t.promise] for t in told if t.low is not None and t.low > 0]
    if good:
        return (
            f"In this firm's own past work {' and '.join(good)} went with reaching "
            "the outcome."
        )
    return (
        "In this firm's own past work no kept promise can be shown to have gone with "
        "reaching the outcome."
    )
