"""Sentences that a director can act on, each from figures and their intervals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from weft.engines.simulation.comparing.measures import MEASURES
from weft.engines.simulation.comparing.money import delay_in_money, effort_in_money
from weft.engines.simulation.comparing.report import (
    Figure,
    Finding,
    Report,
    Swing,
)

_COSTS: Final = (
    "redundancy",
    "coordination",
    "doing all kinds of work",
    "specialists switching teams",
)
_TOLD: Final = (
    "lead_p50",
    "lead_p95",
    "decision",
    "handoffs",
    "wip",
    "delay",
    "effort",
)
_MOST: Final = 3
_SHARED: Final = {"fast team", "specialists", "platform"}
"""Where a fast change may wait without waiting for the slow rest."""
_GREAT: Final = 1000


def findings(report: Report) -> Report:
    """Give the report with what it says in words."""
    found = tuple(finding for told in _TELLERS for finding in told(report))
    return replace(report, findings=found)


def _warning(report: Report) -> Iterator[Finding]:
    """Say first where figures that nobody measured decide who wins."""
    turning = [swing for swing in report.swings if swing.turns]
    titles = {told.model: told.title for told in report.told} | {"firm": report.title}
    if turning:
        named = "; ".join(_turn(s, titles[s.of]) for s in turning[:_MOST])
        yield Finding(
            about="warning",
            says=f"Illustrative figures decide who wins here. Measure first: {named}.",
        )
    elif report.swings:
        yield Finding(
            about="warning",
            says=(
                "Many figures are illustrative. None of them turns the verdict by"
                " itself between the values looked at; several together may."
            ),
        )
    else:
        yield Finding(
            about="warning",
            says=(
                "Many figures are illustrative, and whether they decide who wins has"
                " not been looked at yet."
            ),
        )


def _turn(swing: Swing, of: str) -> str:
    at = "" if swing.turns_at is None else f", turns at about {swing.turns_at:.2g}"
    return f"{swing.title} ({of}: {swing.value:g} {swing.unit}{at})"


def _unstable(report: Report) -> Iterator[Finding]:
    for told in report.told:
        if told.unstable:
            where = ", ".join(
                f"{n} ({told.loads[n]:.0%})" for n in told.unstable[:_MOST]
            )
            more = len(told.unstable) - _MOST
            rest = f" and {more} more" if more > 0 else ""
            yield Finding(
                about="unstable",
                says=(
                    f"{told.title} cannot keep up: more work comes than can be done at"
                    f" {where}{rest}. Its times hold for these {report.years:g} years"
                    " only, and grow with every year more."
                ),
            )


def _verdict(report: Report) -> Iterator[Finding]:
    """Say who wins on lead time, or that no difference was found."""
    difference = report.difference
    if difference is None:
        return
    ours, theirs = report.of(report.ours), report.of(report.theirs)
    if ours.unstable and not theirs.unstable:
        says = f"{ours.title} loses: it cannot keep up where {theirs.title} can."
    elif theirs.unstable and not ours.unstable:
        says = f"{ours.title} wins: it keeps up where {theirs.title} cannot."
    elif not difference.clear:
        says = (
            f"No difference in mean lead time was found between {ours.title} and"
            f" {theirs.title}: {_between(difference)} days."
        )
    elif difference.mean < 0:
        says = (
            f"{ours.title} is faster than {theirs.title}, the strongest IT department"
            f" here, by {-difference.mean:.1f} working days of mean lead time"
            f" ({_between(difference)})."
        )
    else:
        says = (
            f"{ours.title} loses: against {theirs.title} a change takes"
            f" {difference.mean:.1f} working days longer on average"
            f" ({_between(difference)}). Keep an IT department such as that."
        )
    yield Finding(about="verdict", says=says)


def _sides(report: Report) -> Iterator[Finding]:
    """Say on what ours is better and on what it is worse than theirs."""
    if report.difference is None:
        return
    ours, theirs = report.of(report.ours), report.of(report.theirs)
    better: list[str] = []
    worse: list[str] = []
    for name in _TOLD:
        measure = MEASURES[name]
        mine, other = ours.figures[name], theirs.figures[name]
        if mine.high < other.low or other.high < mine.low:
            wins = (mine.mean - other.mean) * measure.better > 0
            said = f"{measure.title.lower()} {_short(mine)} against {_short(other)}"
            (better if wins else worse).append(f"{said} {measure.unit}")
    if better:
        yield Finding(about="wins", says=f"{ours.title} is better in {_list(better)}.")
    if worse:
        yield Finding(about="loses", says=f"{ours.title} is worse in {_list(worse)}.")


def _costs(report: Report) -> Iterator[Finding]:
    """Say what ours costs, as plainly as what it gains (each has its own line)."""
    ours = report.of(report.ours)
    if ours.shape != "missions":
        return
    whole = ours.lines.get("the changes themselves", 0.0)
    parts = [
        f"{name} {ours.lines[name]:.2f}" for name in _COSTS if ours.lines.get(name)
    ]
    moving = ours.figures["moving"]
    parts.append(f"moves of people {moving.mean:.2f}")
    waits = ours.figures["scarce_wait"].mean
    yield Finding(
        about="cost",
        says=(
            f"What {ours.title} costs, in days on each change of {whole:.1f}:"
            f" {', '.join(parts)}. A change that needs {report.scarce} waits"
            f" {waits:.1f} working days for it."
        ),
    )


def _queues(report: Report) -> Iterator[Finding]:
    """Say where a fast team stalls on the slow rest."""
    for told in report.told:
        if not told.fast_waits:
            continue
        outside = {n: w for n, w in told.fast_waits.items() if n not in _SHARED}
        name, days = max(outside.items(), key=lambda x: x[1], default=("", 0.0))
        says = (
            f"In {told.title} fast changes wait longest at: {name}, {days:.1f} working"
            " days on average over all fast changes."
            if days > 0
            else f"In {told.title} no fast change waits for the slow rest."
        )
        yield Finding(about="queue", says=says)


_TELLERS: Final = (
    *(_warning, _unstable, _verdict, _sides, _costs),
    *(effort_in_money, delay_in_money, _queues),
)


def _between(figure: Figure) -> str:
    return f"95 % interval {figure.low:+.1f} to {figure.high:+.1f}"


def _short(figure: Figure) -> str:
    return short_of(figure.mean)


def short_of(value: float) -> str:
    """Write a figure in three digits, a great one whole."""
    return f"{value:,.0f}" if abs(value) >= _GREAT else f"{value:.3g}"


def _list(parts: list[str]) -> str:
    return "; ".join(parts)
