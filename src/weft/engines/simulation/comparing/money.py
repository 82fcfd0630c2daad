"""What effort and delay cost under each model in money, where the firm says by what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from weft.core.scalars import Amount, minor, places
from weft.engines.simulation.comparing.intervals import short
from weft.engines.simulation.comparing.report import (
    Figure,
    Finding,
    Priced,
    Report,
    Told,
)
from weft.engines.simulation.models.setting import MONTH, Setting
from weft.engines.simulation.models.worth import DelayPrice

_SMALL: Final = 100


def priced(told: Told, setting: Setting) -> Told:
    """Give what is told of a model with its money: of effort by a rate, and of delay.

    A figure is a price times days, and so is its interval; a price is taken as known.
    """
    money: dict[str, Priced] = {}
    if setting.rate is not None:
        money["cost"] = _priced(told, "cost", setting.rate, MONTH)
    if (price := setting.delay_price) is not None:
        money["delay"] = _priced(told, "delay", price.amount)
    return replace(told, money=money)


def in_money(figure: Figure, price: DelayPrice) -> Figure:
    """Give days of delay, each weighted by what it costs, in money."""
    return _times(figure, _whole(price.amount)[0])


def _priced(told: Told, name: str, price: Amount, days: float = 1.0) -> Priced:
    """Give a figure in days at a price of so many days."""
    whole, currency = _whole(price)
    return Priced(
        unit=f"{currency} a change",
        figure=_times(told.figures[name], whole / days),
        difference=_times(told.differences[name], whole / days),
    )


def _whole(price: Amount) -> tuple[float, str]:
    units, currency = minor(price)
    return units / 10 ** places(currency), currency


def _times(figure: Figure, by: float) -> Figure:
    mean, low, high = (short(x * by) for x in (figure.mean, figure.low, figure.high))
    return Figure(mean=mean, low=low, high=high)


def effort_in_money(report: Report) -> Iterator[Finding]:
    """Say what effort costs in money, where the firm has a rate."""
    if report.rate is None or report.difference is None:
        return
    month, currency = _whole(report.rate)
    yield Finding(
        about="cost",
        says=(
            f"In money, at {month:,.0f} {currency} for a month of anybody's work, a"
            f" change costs {_both(report, 'cost')}."
        ),
    )


def delay_in_money(report: Report) -> Iterator[Finding]:
    """Say what delay costs in money, or that nobody has said what a day of it costs."""
    if report.difference is None:
        return
    price, apart = report.delay, report.delay_difference
    if price is None or apart is None:
        says = (
            "What delay costs in money is not known: no mission says what its outcome"
            " is worth. The table holds it against an average day; give a price with"
            " --delay-day, or here where models are chosen."
        )
    else:
        says = (
            f"By waiting, a change loses {_both(report, 'delay')}:"
            f" {_apart(report, apart)}."
            f" A working day of delay of an average change costs {price.amount}:"
            f" {price.source}."
        )
    yield Finding(about="cost", says=says)


def _apart(report: Report, apart: Figure) -> str:
    """Say by how much ours loses less, or more; and in a year, where that is clear."""
    currency = report.of(report.ours).money["delay"].unit.partition(" ")[0]
    if not apart.clear:
        return f"no difference was found (95 % interval {_ends(apart)} {currency})"
    word = "less" if apart.mean < 0 else "more"
    year = float(f"{abs(apart.mean) * report.changes:.3g}")
    return (
        f"{_few(abs(apart.mean))} {currency} {word} (95 % interval {_ends(apart)}),"
        f" about {year:,.0f} {currency} a year over {report.changes:,.0f} changes"
    )


def _ends(figure: Figure) -> str:
    low, high = (f"{'+' if x > 0 else ''}{_few(x)}" for x in (figure.low, figure.high))
    return f"{low} to {high}"


def _few(value: float) -> str:
    """Write money in whole units, small money in three digits."""
    return f"{value:,.0f}" if abs(value) >= _SMALL else f"{value:.3g}"


def _both(report: Report, name: str) -> str:
    """Say a figure of both whose difference is looked into."""
    return " and ".join(
        f"{_few(money.figure.mean)} {money.unit.partition(' ')[0]} under {told.title}"
        f" ({_few(money.figure.low)} to {_few(money.figure.high)})"
        for told in (report.of(report.ours), report.of(report.theirs))
        for money in (told.money[name],)
    )
