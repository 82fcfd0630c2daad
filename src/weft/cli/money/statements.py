"""Profit and loss on the command line: of the firm, or of one mission or platform."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from weft.cli.printing import apart, many, print_json, print_table
from weft.cli.shell import Context, pass_context, reading

if TYPE_CHECKING:
    from weft.app.money.looking import FirmPL
    from weft.app.money.twice import Twice
    from weft.engines.funding.ledger import Line, Spent, Statement

_SHOWN = 15


def month_options(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the months that it looks at."""
    command = click.option(
        "--months", default=3, show_default=True, help="So many, to that one."
    )(command)
    return click.option(
        "--month", default="", metavar="YYYY-MM", help="The last one; else the latest."
    )(command)


@click.command("pl")
@click.argument("mission", default="")
@month_options
@reading
@pass_context
def pl_command(
    context: Context,
    *,
    mission: str,
    month: str,
    months: int,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show what MISSION costs and brings by month; without one, the whole firm.

    Costs as posted, value by how sure it is: A an experiment, B before and after with a
    control, C an estimate, D a claim. See behind a figure with `weft money behind`.
    """
    from weft.app.money import looking
    from weft.app.views import look
    from weft.core.money.postings import UNMAPPED

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        span = looking.months_to(view, month, months)
        if mission:
            name = UNMAPPED if mission == "unmapped" else mission
            one = looking.statement(desk, view, name, span)
            twice = looking.twice(desk, view, span, mission)
            title = getattr(view.firm.missions.get(mission), "title", mission)
            print_json(one) if as_json else _show(one, title, twice)
            return
        every = looking.firm_statement(desk, view, span)
    print_json(every) if as_json else _show_firm(every, view.firm.title)


def money(units: int, currency: str) -> str:
    """Write minor units as people read them, with thousands apart."""
    from weft.core.scalars import amount

    return apart(amount(units, currency))


def print_twice(found: Iterable[Twice]) -> None:
    """Say what is told by a record and by a table, and where both are."""
    for each in found:
        told = f"{each.record} by the record {each.where}, {', '.join(each.table)}"
        where = f"by {each.file} ({each.booking})"
        text = f"Told twice, {each.mission} in {each.month}: {told} {where}. Both count"
        click.secho(apart(f"{text}: keep one where it is the same worth."), bold=True)


def _show(found: Statement, title: str, twice: Iterable[Twice]) -> None:
    """Print one statement: a row for each line, then what it comes to."""
    click.secho(f"{title}, {found.months[0]} to {found.months[-1]}", bold=True)
    if not (found.lines or found.others):
        click.echo("Nothing is posted for these months.")
        return
    if found.lines:
        _print_lines(found.lines, found)
    for text, units in (
        ("Cost", found.cost),
        ("Value proven, A and B", found.proven),
        ("Value of every grade", found.value),
        ("Result with proven value only", found.sure),
        ("Result with all that is claimed", found.result),
    ):
        click.echo(f"{text}: {money(units, found.currency)}")
    for spent in found.spent:
        _print_spent(spent, found)
    if found.others:
        click.secho("\nNot in these figures, as no dated rate converts it", bold=True)
        _print_lines(found.others, found)
    print_twice(twice)
    for rate in found.rates:
        click.echo(
            f"Converted: 1 {rate.base} = {rate.factor} {rate.quote}, {rate.on},"
            f" {rate.source}."
        )


def _print_lines(lines: Iterable[Line], found: Statement) -> None:
    print_table(
        ["", *found.months, "total"],
        [
            [
                line.title,
                *(money(units, line.currency) for units in line.units),
                money(line.total, line.currency),
            ]
            for line in lines
        ],
    )


def _print_spent(spent: Spent, found: Statement) -> None:
    """Print what the costs in one currency were for, by month."""
    from weft.engines.funding.ledger import SHARES

    def row(title: str, units: tuple[int, ...]) -> list[str]:
        each = (*units, sum(units))
        return [title, *(money(one, spent.currency) for one in each)]

    rows = [row(title, getattr(spent, share)) for share, title in SHARES.items()]
    if any(spent.unsaid):
        rows.insert(1, row("  of which nobody says so", spent.unsaid))
    rows.append(row("Together, the cost", spent.total))
    print_table(["what it was for", *found.months, "total"], rows)


def _show_firm(found: FirmPL, title: str) -> None:
    """Print the whole firm, then its missions, the dearest first."""
    _show(found.whole, title, found.twice)
    if not found.missions:
        return
    click.echo()
    shown = found.missions[:_SHOWN]
    head = ["mission", "cost", "proven value", "all value", "with proven value only"]
    rows = [
        [
            one.mission,
            *(
                money(units, one.currency)
                for units in (one.cost, one.proven, one.value, one.sure)
            ),
        ]
        for one in shown
    ]
    if found.whole.others:
        head.append("beside these, not converted")
        for row, one in zip(rows, shown, strict=True):
            row.append(", ".join(money(x.total, x.currency) for x in one.others))
    print_table(head, rows)
    if len(found.missions) > _SHOWN:
        rest = many(len(found.missions), "mission")
        click.echo(f"The first {_SHOWN} of {rest}; --json has all.")
    nobody = found.unmapped
    if nobody.lines or nobody.others:
        told = [money(nobody.cost, nobody.currency)] if nobody.lines else []
        told += [money(line.total, line.currency) for line in nobody.others]
        click.echo(f"Of no mission yet: {', '.join(told)}. See: weft money unmapped")
