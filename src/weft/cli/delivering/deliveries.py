"""Deliveries on the command line: how missions deliver, and what tools report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import (
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)

if TYPE_CHECKING:
    from weft.app.delivering.bringing import Brought
    from weft.app.delivering.measuring import Delivered
    from weft.engines.delivering import Figure, Measures

_SHOWN = 10


class Showing(click.Group):
    """A group that shows where no command is named, what is named if anything."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is none of the commands as what to show."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("deliveries", cls=Showing)
def deliveries_command() -> None:
    """Show how missions deliver; bring in what tools report.

    `weft deliveries` tells of all missions, `weft deliveries MISSION` of one.
    """


@deliveries_command.command("show")
@click.argument("mission", required=False)
@click.option("--weeks", type=click.IntRange(1, 104), default=13, show_default=True)
@reading
@pass_context
def show(
    context: Context,
    *,
    mission: str | None,
    weeks: int,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show how often, how fast and how safely MISSION delivers, or all do."""
    from weft.app.delivering import measuring
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        if mission:
            one = measuring.of_mission(desk, view, mission, context.now(), weeks)
            print_json(one) if as_json else _show_one(one)
            return
        board = measuring.board(desk, view, context.now(), weeks)
    if as_json:
        print_json(board)
        return
    told = [each for each in board.missions if not each.measures.silent]
    if told:
        head = ["mission", "a week", "lead time", "failed", "restored in", "n"]
        print_table(head, [_row(each) for each in told])
    silent = len(board.missions) - len(told)
    click.echo(f"Nothing was reported of {many(silent, 'other mission')}.")
    for each in board.unplaced[:_SHOWN]:
        click.echo(f"No asset is delivered from {each.of} ({each.deliveries}).")
    if len(board.unplaced) > _SHOWN:
        click.echo(f"... and {len(board.unplaced) - _SHOWN} more; --json has all.")


@deliveries_command.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only read it.")
@key_option
@json_option
@pass_context
def import_file(
    context: Context, *, file: str, dry_run: bool, key: str, as_json: bool
) -> None:
    """Bring in the events of FILE: CDEvents, GitHub's or GitLab's, a line each."""
    from weft.app.delivering.bringing import bring_file

    path = a_file(file)
    with context.desk(writes=not dry_run) as desk:
        brought = bring_file(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            dry_run=dry_run,
            key=key,
        )
    print_json(brought) if as_json else _show_brought(brought, dry_run=dry_run)


def _row(each: Delivered) -> list[object]:
    """Write how a mission delivers on one line."""
    told = each.measures
    return [
        each.mission,
        written(told.frequency, ""),
        written(told.lead_time, " h"),
        written(told.failed, " %"),
        written(told.restore, " h"),
        told.frequency.n,
    ]


def written(figure: Figure, unit: str) -> str:
    """Write a figure with its interval, or that it rests on too few."""
    if figure.value is None:
        return f"too few ({figure.n})"
    return f"{figure.value:.3g}{unit} ({figure.low:.3g} to {figure.high:.3g})"


def _show_one(one: Delivered) -> None:
    """Print how one mission delivers, with what each figure means."""
    told = one.measures
    click.echo(f"{one.title} ({one.mission})")
    if told.silent:
        click.echo("Nothing was reported of what it owns.")
        return
    click.echo(f"From {told.since:%Y-%m-%d} to {told.until:%Y-%m-%d}:")
    rows: list[list[object]] = [
        ["deployments to production a week", written(told.frequency, "")],
        ["hours from a change written to it running", written(told.lead_time, "")],
        ["% of deployments that led to an incident", written(told.failed, "")],
        ["hours from an incident to its end", written(told.restore, "")],
    ]
    figures = (told.frequency, told.lead_time, told.failed, told.restore)
    rows = [[*row, figure.n] for row, figure in zip(rows, figures, strict=True)]
    print_table(["measure", "value (95 % interval)", "n"], rows)
    for line in asides(told):
        click.echo(line)


def asides(told: Measures) -> list[str]:
    """Say what the figures leave out."""
    found = [
        (told.waiting, "change is", "changes are", "landed and not deployed yet"),
        (told.by_time, "change is", "changes are", "placed by time, not by revision"),
        (told.broken_off, "deployment", "deployments", "did not come through"),
        (told.open, "incident", "incidents", "not ended yet"),
        (told.unblamed, "incident", "incidents", "a day or more after a deployment"),
    ]
    return [f"{many(n, one, more)} {rest}." for n, one, more, rest in found if n]


def _show_brought(brought: Brought, *, dry_run: bool) -> None:
    """Print what came in."""
    events = many(brought.deliveries, "delivery", "deliveries")
    for each in brought.unplaced[:_SHOWN]:
        click.echo(f"No asset is delivered from {each}.")
    if dry_run:
        click.echo(f"{events}. Nothing was written.")
    elif brought.entry is None:
        click.echo(f"{events}, all of them there already.")
    else:
        click.echo(
            f"{brought.new} of {events} new, {brought.repeats} there already: "
            f"entry {brought.entry}."
        )
