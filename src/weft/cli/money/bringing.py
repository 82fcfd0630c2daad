"""Bills and values brought in, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.money.ledger import done
from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import Context, a_file, json_option, key_option, pass_context

if TYPE_CHECKING:
    from weft.app.money.bills import BillTold

_SHOWN = 20


@click.command("focus")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@key_option
@json_option
@pass_context
def import_focus(
    context: Context,
    *,
    files: tuple[str, ...],
    dry_run: bool,
    key: str,
    as_json: bool,
) -> None:
    """Bring a bill of cloud or SaaS in: FOCUS 1.0 to 1.2, as CSV or Parquet.

    The firm's cost rules say whose each charge is; the rest is shown as unmapped. A
    bill of the same provider, account and month takes the place of the one before;
    give all files of a month at once.
    """
    from weft.app.money import bills

    paths = [a_file(file) for file in files]
    with context.desk(writes=not dry_run, begins=True) as desk:
        told = bills.bring(
            desk, context.actor, paths, context.now(), dry_run=dry_run, key=key
        )
    print_json(told) if as_json else _show(told, dry_run=dry_run)


def _show(told: BillTold, *, dry_run: bool) -> None:
    """Print what the bill came to, whose it is, and what nobody's is."""
    head = f"{many(told.charges, 'charge')} of {told.file}, FOCUS {told.version}"
    click.secho(head, bold=True)
    print_table(
        ["booking", "exactly", "total", "mapped", "of no mission", "instead of"],
        [
            [
                each.booking,
                each.exact,
                each.total,
                each.mapped,
                each.unmapped,
                ", ".join(each.replaces) or "nothing",
            ]
            for each in told.bookings
        ],
    )
    shares = [*told.missions[:_SHOWN]]
    shares += [each for each in told.missions[_SHOWN:] if each.name == "(unmapped)"]
    print_table(
        ["mission", "charges", "exactly", "currency"],
        [[each.name, each.charges, each.exact, each.currency] for each in shares],
    )
    if len(told.missions) > _SHOWN:
        click.echo(f"The first {_SHOWN} of {len(told.missions)}; --json has all.")
    for each in told.unmapped:
        click.echo(
            f"Of no mission, {each.name}: {many(each.charges, 'charge')},"
            f" {each.exact} {each.currency}"
        )
    for note in told.notes:
        click.echo(f"Note: {note}")
    done(told.entry, dry_run=dry_run)


@click.command("values")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@key_option
@json_option
@pass_context
def import_values(
    context: Context, *, file: str, dry_run: bool, key: str, as_json: bool
) -> None:
    """Bring a table in of what outcomes were worth, by mission, month and grade.

    Columns: mission, month, amount with its currency, grade A to D, evidence. A grade
    that nothing on record shows counts for less, and is told with its row.
    """
    from weft.app.money import values

    path = a_file(file)
    with context.desk(writes=not dry_run) as desk:
        told = values.bring(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            dry_run=dry_run,
            key=key,
        )
    if as_json:
        print_json(told)
        return
    months = ", ".join(told.months)
    click.echo(f"{many(told.values, 'value')} in {months}.")
    for each in (*told.weaker, *told.twice):
        click.echo(each)
    done(told.entry, dry_run=dry_run)
