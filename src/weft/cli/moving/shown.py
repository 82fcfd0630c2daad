"""A move as text: what it says first, then its waves, its months, what it rests on."""

from __future__ import annotations

import click

from weft.cli.printing import many, print_table
from weft.engines.simulation.comparing import short_of
from weft.engines.simulation.moving import KNOWN, SERIES, Transition
from weft.engines.simulation.moving.report import MoveMonth
from weft.engines.simulation.moving.saying import signed

_MARKS = {"unstable": "!", "loses": "-", "wins": "+"}


def show_transition(found: Transition) -> None:
    """Print a whole move."""
    click.secho(
        f"{found.title}: from {found.before.title} to {found.after.title} against"
        f" staying, the same {found.facts['people'].value:g} people and demand,"
        f" {found.runs} paired runs, {many(found.months[-1].month, 'month')} from the"
        f" first wave on, seed {found.seed}",
        bold=True,
    )
    for finding in found.findings:
        click.echo(f"{_MARKS.get(finding.about, '*')} {finding.says}")
    if found.waves:
        _show_waves(found)
    _show_months(found)
    click.secho("What the move itself rests on", bold=True)
    print_table(
        ["figure", "value", "unit", "means", "source"],
        [
            [
                f"move.{name}",
                f"{each.value:g}",
                each.unit,
                KNOWN[name].means,
                each.source,
            ]
            for name, each in found.plan.items()
        ],
    )


def _show_waves(found: Transition) -> None:
    print_table(
        ["month", "missions that move", "people", "people left in pools and platform"],
        [
            [f"{w.month:g}", ", ".join(w.missions), w.people, w.left]
            for w in found.waves
        ],
    )


def _show_months(found: Transition) -> None:
    click.secho(
        "By month: staying, moving, and the paired difference with its 95 % interval",
        bold=True,
    )
    print_table(
        ["month", "moved", *(f"{m.title}, {m.unit}" for m in SERIES.values())],
        [
            [m.month, f"{m.moved:.0%}", *(_cell(m, name) for name in SERIES)]
            for m in found.months
        ],
    )


def _cell(month: MoveMonth, name: str) -> str:
    apart = month.apart[name]
    told = f"{signed(apart.mean)} ± {short_of((apart.high - apart.low) / 2)}"
    if name == "lost":
        return told
    stay, move = short_of(month.stay[name]), short_of(month.move[name])
    return stay if stay == move else f"{stay} → {move}, {told}"
