"""Logs of tickets on the command line: evidence of what people know, from work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.shell import Context, a_file, json_option, key_option, pass_context

if TYPE_CHECKING:
    from weft.app.knowing.tickets import Evidence

_SHOWN = 20


@click.command("tickets")
@click.argument("file")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEAD",
    help="ticket, person, about or closed; repeatable.",
)
@click.option(
    "--make", "discipline", default="", metavar="DISCIPLINE", help="Make new skills."
)
@click.option(
    "--least",
    type=click.IntRange(1, 1000),
    default=5,
    show_default=True,
    help="So many tickets make a claim.",
)
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@key_option
@json_option
@pass_context
def import_tickets(
    context: Context,
    *,
    file: str,
    columns: tuple[str, ...],
    discipline: str,
    least: int,
    dry_run: bool,
    key: str,
    as_json: bool,
) -> None:
    """Bring in a log of tickets from FILE as claims that rest on work.

    They are not shared until their people share them, and nothing is told here of
    fewer than five people. A row for each ticket, or for each change of one.
    """
    from weft.app import wording
    from weft.app.knowing import tickets

    path = a_file(file)
    with context.desk(writes=not dry_run, begins=True) as desk:
        told = tickets.bring(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            columns=wording.pairs(columns),
            discipline=discipline,
            least=least,
            dry_run=dry_run,
            key=key,
        )
    print_json(told) if as_json else _show(told, dry_run=dry_run)


def _show(told: Evidence, *, dry_run: bool) -> None:
    """Print what the log says of groups, and what it changes."""
    whole = f"{many(told.tickets, 'ticket')}, {told.open} of them not closed by anybody"
    closers = many(told.closers, "person", "people")
    click.secho(f"{whole}; {closers} closed the rest", bold=True)
    used = told.columns
    click.echo(
        f"ticket: {used.ticket}, person: {used.person}, about: {used.about}, closed:"
        f" {used.closed}"
    )
    few = "under 5"
    print_table(
        ["about", "skill", "people", "tickets"],
        [
            [
                each.about,
                each.skill or "none is called so",
                few if each.people is None else each.people,
                few if each.tickets is None else each.tickets,
            ]
            for each in told.about[:_SHOWN]
        ],
    )
    if len(told.about) > _SHOWN:
        click.echo(f"The first {_SHOWN} of {len(told.about)}; --json has all.")
    if told.strangers:
        click.echo(f"{many(told.strangers, 'person', 'people')} not in the firm.")
    if told.nameless:
        things = many(len(told.nameless), "thing")
        click.echo(f"{things} no skill is called by; --make DISCIPLINE makes skills.")
    claims = "Claims of under 5 people" if told.claims is None else "Claims"
    number = "" if told.claims is None else f": {told.claims}"
    click.echo(f"{claims}{number}, for their own people to see and to share.")
    print_end(told.entry, "Nothing changes.", dry_run=dry_run)
