"""The fit of the way work goes today, on the command line."""

from __future__ import annotations

from datetime import datetime

import click

from weft.app.working.fits import fitted
from weft.cli.mirror import shown
from weft.cli.printing import print_json, print_table
from weft.cli.shell import DAY, Context, pass_context, reading
from weft.engines.simulation.fitting import Checked, Fit, Part, Refused


@click.command("fit")
@click.argument("log", required=False, default="")
@click.option("--since", type=DAY, default=None, help="Only what was opened from then.")
@click.option("--seed", type=click.IntRange(0, 10**9), default=1, show_default=True)
@reading
@pass_context
def fit_command(
    context: Context,
    *,
    log: str,
    since: datetime | None,
    seed: int,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Fit the way work goes to a LOG, and show its error on what it has not seen.

    The last third of the cases is held back. Exit code 1 where the fit does not tell
    them within 15 %: then no what-if may rest on it, and it says why, and what log
    would allow one.
    """
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        month, day = shown(context, view, ""), since.date() if since else None
        found = fitted(desk, view, month, log, seed, day)
    print_json(found) if as_json else _show(found)
    if not found.stands:
        raise SystemExit(1)


def _show(found: Fit) -> None:
    """Print a fit: its verdict first, then what that rests on."""
    click.secho(
        "The fit stands." if found.stands else "The fit does not stand.", bold=True
    )
    click.echo(found.why)
    for title, part in (("learnt from", found.train), ("held back", found.held)):
        if part is not None:
            click.echo(f"{title}: {_part(part)}")
    if found.checked:
        click.echo("\nOn the cases that were opened last:")
        _table(found.checked)
    if found.mixed and not found.stands:
        click.echo("The same on every third case instead, to tell method from change:")
        _table(found.mixed)
    if found.refused:
        _refused(found.refused, found.log)
    if found.groups:
        print_table(
            ["group", "people", "visits a day", "days of a visit", "load"],
            [
                [
                    each.group,
                    each.people,
                    _number(each.visits),
                    _number(each.days),
                    f"{each.low * 100:.0f} to {each.high * 100:.0f} %",
                ]
                for each in found.groups[:10]
            ],
        )
        click.echo(
            "Load: of its people's hours, by these cases, where work is 1 to 20 % of"
            " lead time (illustrative). Over 100 % cannot be: there, work is less."
        )
    changed = found.changed
    if (
        changed.value is not None
        and changed.low is not None
        and changed.high is not None
    ):
        click.echo(
            f"Changed after it was taken up: {changed.value * 100:.0f} % of"
            f" {changed.whole:,} (95 % interval {changed.low * 100:.0f} to"
            f" {changed.high * 100:.0f})."
        )
    for note in found.notes:
        click.echo(note)


def _refused(why: Refused, log: str) -> None:
    """Print why the last cases are not told, and what would allow it."""
    click.secho("Why the cases opened last are not told", bold=True)
    for cause in why.causes:
        click.echo(f"- {cause}")
    if why.ruled_out:
        click.secho("What is not the cause", bold=True)
    for cause in why.ruled_out:
        click.echo(f"- {cause}")
    click.secho("What would allow it", bold=True)
    click.echo(f"- {why.allows}")
    if why.after:
        verdict = "stands" if why.after.stands else "does not stand either"
        click.echo(
            f"- The {_cases(why.after.cases)} opened from {why.after.since} on, by"
            f" themselves: that {verdict}. Look: weft fit {log} --since"
            f" {why.after.since}"
        )
    print_table(
        ["opened", "cases", "median days", "p90 days", "handed on", "of the numbers"],
        [
            [
                str(p.since) if p.since == p.until else f"{p.since} to {p.until}",
                p.cases,
                _number(p.median),
                _number(p.p90),
                f"{p.moved * 100:.0f} %",
                "" if p.present is None else f"{p.present * 100:.0f} %",
            ]
            for p in why.periods
        ],
    )
    print_table(
        ["of what came in", "first cases", "last cases", "median days"],
        [
            [
                f"{c.of} {c.name}",
                f"{c.early:,} ({c.early_share * 100:.0f} %)",
                f"{c.late:,} ({c.late_share * 100:.0f} %)",
                f"{_number(c.early_days)}, then {_number(c.late_days)}",
            ]
            for c in why.changes
        ],
    )


def _part(part: Part) -> str:
    """Say how many cases a part has, and from when."""
    told = f"{_cases(part.cases)} opened {part.since} to {part.until}"
    return f"{told}, {part.a_day:,.3g} a day, {part.open:,} still open"


def _cases(number: int) -> str:
    """Write a number of cases, its thousands apart."""
    return f"{number:,} {'case' if number == 1 else 'cases'}"


def _table(checked: tuple[Checked, ...]) -> None:
    """Print what truly came beside what the fit says."""
    print_table(
        ["", "came", "by chance", "fit", "off", ""],
        [
            [
                f"{each.name}, {each.unit}",
                _number(each.real),
                f"{_number(each.low)} to {_number(each.high)}",
                _number(each.fitted),
                "not known" if each.error is None else f"{each.error * 100:.0f} %",
                ("within 15 %" if each.within else "too far") if each.judged else "",
            ]
            for each in checked
        ],
    )


def _number(value: float | None) -> str:
    """Write a number to three digits."""
    return "not known" if value is None else f"{value:,.3g}"
