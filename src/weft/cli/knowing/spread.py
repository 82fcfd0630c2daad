"""How knowledge lies, month by month, on the command line."""

from __future__ import annotations

import click

from weft.app import mirror
from weft.app.mirror import MOST_MONTHS, Months
from weft.app.views import look
from weft.cli.mirror import month_option, shown
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, pass_context, reading
from weft.engines.knowledge import Lying


@click.command("spread")
@click.option("--unit", default="", metavar="ID", help="Of this unit alone.")
@click.option(
    "--months", type=click.IntRange(1, MOST_MONTHS), default=6, show_default=True
)
@month_option
@reading
@pass_context
def spread_command(
    context: Context,
    *,
    unit: str,
    months: int,
    month: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show how technology knowledge lies, month by month.

    Each month as the firm stood at its end: spread over the units, schism of business
    and technology, ties that leave their unit (E-I), and modularity.
    """
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = mirror.months(desk, view, shown(context, view, month), months, unit)
    print_json(found) if as_json else _show(found)


def _show(found: Months) -> None:
    """Print a row for each month, then the units of the last."""
    click.secho(found.title, bold=True)
    print_table(
        ["month", "people", "spread", "schism", "E-I", "modularity"],
        [
            [
                each.month,
                "not shown" if each.people is None else each.people,
                _index(each.spread),
                _index(each.schism),
                _index(each.external_internal),
                _index(each.modularity),
            ]
            for each in found.months
        ],
    )
    last = found.months[-1]
    if last.units:
        _show_units(last)
    click.echo("What each means: weft diagnose --rows spread_units, schism, ...")


def _show_units(last: Lying) -> None:
    """Print what lies in which unit."""
    few = "under 5"
    print_table(
        ["unit", "people", f"technology ({last.counted})"],
        [
            [
                part.title,
                few if part.people is None else part.people,
                few if part.amount is None else f"{part.amount:g}",
            ]
            for part in last.units
        ],
    )


def _index(value: float | None) -> str:
    """Write an index."""
    return "-" if value is None else f"{value:.2f}"
