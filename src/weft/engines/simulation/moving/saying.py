"""What a move comes to, in sentences that follow from its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from weft.engines.simulation.comparing.report import Figure, Finding
from weft.engines.simulation.comparing.verdict import short_of
from weft.engines.simulation.moving.report import Transition


def said(found: Transition) -> tuple[Finding, ...]:
    """Give what a move comes to in words, the most important first."""
    return tuple(
        finding
        for tell in (_unstable, _dip, _even, _regained, _end, _took)
        for finding in tell(found)
    )


def _unstable(found: Transition) -> Iterator[Finding]:
    for model in (found.before, found.after):
        names = found.unstable[model.id]
        if names:
            yield Finding(
                about="unstable",
                says=f"Under {model.title} more work comes to {', '.join(names)} than"
                " can be done there: nothing settles, and every figure holds for the"
                " months looked at alone.",
            )


def _dip(found: Transition) -> Iterator[Finding]:
    dip = found.dip
    if not found.waves:
        says = "Nobody moves, and nothing changes."
    elif dip is None:
        says = "In no month do changes clearly take longer than by staying."
    else:
        until = "" if dip.first == dip.last else f" to {month(dip.last)}"
        says = (
            f"The dip: of what is asked for from {month(dip.first)}{until}, half takes"
            f" clearly longer than by staying. The worst is {month(dip.worst)}:"
            f" {short_of(dip.lead)} working days, {short_of(dip.stay)} by staying"
            f" ({_apart(dip.apart)})."
        )
    yield Finding(about="verdict", says=says)


def _even(found: Transition) -> Iterator[Finding]:
    if found.waves and found.even is None:
        yield Finding(
            about="loses",
            says="Moving never comes to three months in a row that are no worse than"
            f" staying, within the {_looked(found)} looked at.",
        )
    elif found.waves:
        yield Finding(
            about="wins",
            says=f"Break-even is {month(found.even or 0)}: from then on at least three"
            " months in a row are no worse than staying.",
        )


def _regained(found: Transition) -> Iterator[Finding]:
    if not found.waves:
        return
    if found.lost.low <= 0:
        yield Finding(
            about="wins",
            says="All changes added up, no days are clearly lost at any time: what some"
            " lose, others win, such as those who no longer wait for a budget.",
        )
        return
    lost = (
        f"All changes together lose up to {found.lost.mean:,.0f} working days, counted"
        f" up to {month(found.lost_month)}"
    )
    if found.regained is None:
        yield Finding(
            about="loses",
            says=f"{lost}; that is never made good within the {_looked(found)} looked"
            " at.",
        )
    else:
        yield Finding(
            about="wins", says=f"{lost}; that is made good by {month(found.regained)}."
        )


def _end(found: Transition) -> Iterator[Finding]:
    end = found.end
    if not found.waves:
        return
    about: Literal["wins", "loses", "cost"] = "cost"
    if end.apart.clear:
        about = "wins" if end.apart.high < 0 else "loses"
    yield Finding(
        about=about,
        says=f"In the last year looked at, half of the changes take"
        f" {short_of(end.move.mean)} working days; {short_of(end.stay.mean)} by staying"
        f" ({_apart(end.apart)}), and"
        f" {short_of(end.there.mean)} where a firm was under {found.after.title} from"
        " the first day.",
    )


def _took(found: Transition) -> Iterator[Finding]:
    if not found.waves:
        return
    people = sum(wave.people for wave in found.waves)
    parts = (f"{part.mean:,.0f} {name}" for name, part in found.took.items())
    yield Finding(
        about="cost",
        says=f"{people} people move. That takes"
        f" {sum(p.mean for p in found.took.values()):,.0f} working days of people's"
        f" time: {', '.join(parts)}.",
    )


def month(number: int) -> str:
    """Name a month of the move, also one before it."""
    if number > 0:
        return f"month {number}"
    back = 1 - number
    return (
        "the month before the move" if back == 1 else f"{back} months before the move"
    )


def _looked(found: Transition) -> str:
    return f"{found.months[-1].month} months"


def _apart(apart: Figure) -> str:
    mean, low, high = map(signed, (apart.mean, apart.low, apart.high))
    return f"{mean}, 95 % {low} to {high}"


def signed(value: float) -> str:
    """Write a difference in three digits, with its sign."""
    return f"{'+' if value > 0 else ''}{short_of(value)}"
