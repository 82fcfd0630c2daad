"""Logs of tickets on the command line: brought in as work, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.shell import Context, a_file, json_option, key_option, pass_context
from weft.errors import InputError

if TYPE_CHECKING:
    from weft.app.working.logs import Brought

_SHOWN = 20
_MEANS = {
    "queue": "nobody has it yet",
    "held": "a group has it",
    "asker": "waits for who asked",
    "other": "waits for somebody else",
    "done": "is done",
    "closed": "is put away",
    "same": "a note, changes nothing",
}


@click.command("log")
@click.argument("file", required=False, default="")
@click.option("--example", is_flag=True, help="Bring in invented requests instead.")
@click.option("--name", default="", help="Of the log; else that of the file.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEAD",
    help="Put one column of the guess right; repeatable.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    metavar="STATE=MEANING",
    help="queue, held, asker, other, done, closed or same; repeatable.",
)
@click.option("--zone", default="", help="The time zone of times that name none.")
@click.option(
    "--inside", multiple=True, metavar="GROUP", help="In the IT unit; * for any signs."
)
@click.option(
    "--outside", multiple=True, metavar="GROUP", help="Not in the IT unit; repeatable."
)
@click.option("--more", is_flag=True, help="It goes on with the log of that name.")
@click.option("--dry-run", is_flag=True, help="Only show what was understood.")
@key_option
@json_option
@pass_context
def import_log(
    context: Context,
    *,
    file: str,
    example: bool,
    name: str,
    columns: tuple[str, ...],
    states: tuple[str, ...],
    zone: str,
    inside: tuple[str, ...],
    outside: tuple[str, ...],
    more: bool,
    dry_run: bool,
    key: str,
    as_json: bool,
) -> None:
    """Bring in the history of tickets from FILE: a row for each event, CSV or XES.

    It says what it takes each column and each state for: look with --dry-run, put
    right what is not so, then bring it in. No person is kept of it, only the units of
    who asked and who did it.
    """
    from msgspec.structs import replace

    from weft.app import wording
    from weft.app.working import logs

    _check_source(file, example=example)
    if example:
        wanted = logs.example(context.now())
    else:
        path = a_file(file)
        wanted = logs.Bringing(
            file=path.name,
            raw=path.read_bytes(),
            columns=wording.pairs(columns),
            states=wording.pairs(states),
            zone=zone,
            inside=inside,
            outside=outside,
            more=more,
        )
    wanted = replace(wanted, log=name)
    with context.desk(writes=not dry_run, begins=True) as desk:
        told = logs.bring(
            desk, context.actor, wanted, context.now(), dry_run=dry_run, key=key
        )
    print_json(told) if as_json else _show(told, dry_run=dry_run)


def _check_source(file: str, *, example: bool) -> None:
    """Refuse a file and the example at once, and neither."""
    if example == bool(file):
        raise InputError(
            "Either a file, or the invented requests.", do="Give FILE, or --example."
        )


def _show(told: Brought, *, dry_run: bool) -> None:
    """Print what was understood of a log, and what became of it."""
    whole = f"{many(told.cases, 'case')} in {many(told.events, 'event')}"
    click.secho(f"{told.log}: {whole}, {told.open:,} of them open", bold=True)
    print_table(
        ["field", "column", "why"],
        [[each.field, each.head, each.reason] for each in told.columns],
    )
    print_table(
        ["state", "taken for", "events", ""],
        [
            [
                each.state,
                f"{each.holding}: {_MEANS[each.holding]}",
                f"{each.events:,}",
                "" if each.sure else "a guess",
            ]
            for each in told.states[:_SHOWN]
        ],
    )
    if len(told.states) > _SHOWN:
        click.echo(f"The first {_SHOWN} of {len(told.states)}; --json has all.")
    shown = sum(each.people is not None for each in told.groups)
    groups = many(len(told.groups), "group")
    click.echo(f"{groups}, {shown} of them seen with five people or more.")
    click.echo(f"The unit of who asked is known of {many(told.asked, 'case')}.")
    for finding in told.findings:
        click.echo(f"{finding.what} {finding.done}")
    print_end(
        told.entry,
        "Nothing changes: this log is there already.",
        dry_run=dry_run,
        more=f" See it: weft handoffs {told.log}",
    )
