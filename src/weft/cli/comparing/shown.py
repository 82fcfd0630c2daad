"""A comparison as text: what it says first, then the figures it says it from."""

from __future__ import annotations

from collections.abc import Sequence

import click

from weft.app.comparing.keeping import Kept, Repeated
from weft.cli.printing import many, print_table
from weft.engines.simulation.comparing import (
    MEASURES,
    MONEY,
    Figure,
    Priced,
    Report,
    short_of,
)
from weft.engines.simulation.fitting import Fit

_COLUMNS = (
    *("lead_p50", "lead_p95", "decision", "handoffs"),
    *("wip", "flow", "effort", "delay"),
)
_MOST = 8
_MARKS = {"warning": "!", "unstable": "!", "loses": "-", "wins": "+"}


def show_kept(kept: Kept) -> None:
    """Print what a comparison on record, or a move, was made from."""
    was = kept.compared
    made = ", ".join(f"{name} {is_}" for name, is_ in sorted(was.versions.items()))
    draft = f", draft {was.draft}" if was.draft else ""
    noun = "Transition" if was.move else "Comparison"
    click.echo(
        f"{noun} {was.id}, made {was.at:%Y-%m-%d %H:%M} by {kept.by} (entry"
        f" {kept.entry}), of the firm after entry {was.seq}{draft}, with {made}."
    )


def show_repeated(found: Repeated, see: str = "weft comparisons") -> None:
    """Print whether a comparison gives the same figures again. see: the command."""
    if found.identical:
        click.echo(f"Identical: every figure of {found.id} is as it is on record.")
        return
    made = ", ".join(f"{name} {is_}" for name, is_ in sorted(found.versions.items()))
    click.echo(
        f"Not identical: {found.id} has other figures than on record, worked out with"
        f" {made}. See with what it was made: {see} show {found.id}"
    )


def show_past(fits: Sequence[Fit]) -> None:
    """Print the error on what was not seen, before any what-if."""
    for fit in fits:
        click.secho(f"First, your own past, by the log {fit.log}", bold=True)
        click.echo(fit.why)
        for each in fit.checked:
            if each.judged and each.error is not None and each.real is not None:
                click.echo(
                    f"  {each.name}: came {short_of(each.real)} {each.unit}, the fit"
                    f" says {short_of(each.fitted)}: {each.error * 100:.0f} % off"
                )
        for part in fit.measured:
            click.echo(
                f"  Measured, for what is illustrative: {part.name}"
                f" {short_of(part.value)} {part.unit} {part.says}"
                f" ({short_of(part.low)} to {short_of(part.high)})"
            )
        if not fit.stands:
            click.echo("Nothing of it is used below: what is illustrative stays so.")


def show_report(report: Report) -> None:
    """Print a whole comparison."""
    click.secho(
        f"{report.title}: {many(len(report.told), 'operating model')}, the same"
        f" {report.facts['people'].value:g} people and the same demand,"
        f" {report.runs} paired runs of {report.years:g} years, seed {report.seed}",
        bold=True,
    )
    for finding in report.findings:
        click.echo(f"{_MARKS.get(finding.about, '*')} {finding.says}")
    print_table(
        ["", *(MEASURES[name].title for name in _COLUMNS)],
        [
            [told.title, *(_short(told.figures[name]) for name in _COLUMNS)]
            for told in report.told
        ],
    )
    _show_differences(report)
    _show_money(report)
    _show_breaks(report)
    _show_swings(report)
    for told in report.told:
        for note in told.notes:
            click.echo(f"{told.title}: {note}.")


def _short(figure: Figure) -> str:
    return short_of(figure.mean)


def _show_differences(report: Report) -> None:
    if len(report.told) == 1:
        return
    base = report.of(report.base).title
    click.secho(f"Paired differences from {base}, with 95 % intervals", bold=True)
    names = ("lead", "decision", "effort", "delay")
    print_table(
        ["", *(f"{MEASURES[n].title}, {MEASURES[n].unit}" for n in names)],
        [
            [
                told.title,
                *(
                    f"{d.mean:+.2f} ({d.low:+.2f} to {d.high:+.2f})"
                    for d in (told.differences[name] for name in names)
                ),
            ]
            for told in report.told
            if told.model != report.base
        ],
    )


def _show_money(report: Report) -> None:
    """Print what is known in money; what is not was said in a sentence."""
    known = [name for name in MONEY if any(name in told.money for told in report.told)]
    if not known:
        return
    base = report.of(report.base).title
    click.secho(f"In money, with the paired difference from {base}", bold=True)
    print_table(
        ["", *(f"{MONEY[n].title}, {report.told[0].money[n].unit}" for n in known)],
        [
            [
                told.title,
                *(_priced(told.money[n], base=told.title == base) for n in known),
            ]
            for told in report.told
        ],
    )


def _priced(money: Priced, *, base: bool) -> str:
    mean, apart = f"{money.figure.mean:,.0f}", money.difference
    if base:
        return mean
    return f"{mean}: {apart.mean:+,.0f} ({apart.low:+,.0f} to {apart.high:+,.0f})"


def _show_breaks(report: Report) -> None:
    if not report.breaks:
        return
    ours, theirs = report.of(report.ours).title, report.of(report.theirs).title
    click.secho(f"Where it turns: {ours} against {theirs}", bold=True)
    for each in report.breaks:
        click.echo(f"{each.title} (here {each.now:.3g}): {each.says}")
        row = (f"{p.value:g}: {p.difference.mean:+.1f}" for p in each.points)
        click.echo(f"    days of mean lead time at {', '.join(row)}")


def _show_swings(report: Report) -> None:
    if not report.swings:
        return
    click.secho("Which illustrative figure moves the difference most", bold=True)
    print_table(
        ["of", "figure", "here", "from", "to", "days at from", "days at to", "turns"],
        [
            [
                s.of,
                f"{s.title} ({s.unit})",
                f"{s.value:g}",
                f"{s.low:g}",
                f"{s.high:g}",
                f"{s.at_low:+.1f}",
                f"{s.at_high:+.1f}",
                "" if not s.turns else f"at {s.turns_at:.2g}" if s.turns_at else "yes",
            ]
            for s in report.swings[:_MOST]
        ],
    )
