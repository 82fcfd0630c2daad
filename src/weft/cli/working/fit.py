"""The fit of the way work goes today, on the command line."""

from __future__ import annotations

import click

from weft.app.working.fits import fitted
from weft.cli.mirror import shown
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, pass_context, reading
from weft.engines.simulation.fitting import Checked, Fit, Part


@click.command("fit")
@click.argument("log", required=False, default="")
@click.option("--seed", type=click.IntRange(0, 10**9), default=1, show_default=True)
@reading
@pass_context
def fit_command(
    context: Context, *, log: str, seed: int, as_of: str, draft: str, as_json: bool
) -> None:
    """Fit the way work goes to a LOG, and show its error on what it has not seen.

    The last third of the cases is held back. Exit code 1 where the fit does not tell
    them within 15 %: then no what-if may rest on it.
    """
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = fitted(desk, view, shown(context, view, ""), log, seed)
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


def _part(part: Part) -> str:
    """Say how many cases a part has, and from when."""
    told = f"{part.cases:,} cases opened {part.since} to {part.until}"
    return f"{told}, {part.a_day:,.3g} a day, {part.open:,} still open"


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
