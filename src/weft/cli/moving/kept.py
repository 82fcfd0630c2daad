"""Moves on record, on the command line: listed, opened, and simulated again."""

from __future__ import annotations

import click

from weft.cli.comparing.kept import list_kept
from weft.cli.comparing.models import Listing
from weft.cli.comparing.workers import Workers, workers_options
from weft.cli.moving.transition import make_move
from weft.cli.printing import print_json
from weft.cli.shell import Context, json_option, pass_context


@click.group("transitions", cls=Listing)
def transitions_command() -> None:
    """List the moves on record, open one, or simulate it again."""


@transitions_command.command("list")
@json_option
@pass_context
def list_transitions(context: Context, *, as_json: bool) -> None:
    """List the moves on record, the newest first."""
    from weft.app.comparing.keeping import listed, moves

    with context.desk() as desk:
        found = [listed(kept) for kept in moves(desk, context.actor)]
    list_kept(found, ("transition", "from, to", "what it said"), as_json=as_json)


@transitions_command.command("show")
@click.argument("transition", required=False, default="")
@json_option
@pass_context
def show_transition_kept(context: Context, *, transition: str, as_json: bool) -> None:
    """Open a TRANSITION as it was, with what it was made from; else the latest."""
    from weft.app.moving.keeping import move_called, opened_move
    from weft.cli.comparing.shown import show_kept
    from weft.cli.moving.shown import show_transition

    with context.desk() as desk:
        found = opened_move(desk, move_called(desk, context.actor, transition))
    if as_json:
        print_json(found)
        return
    show_kept(found.kept)
    show_transition(found.report)


@transitions_command.command("repeat")
@click.argument("transition", required=False, default="")
@workers_options
@json_option
@pass_context
def repeat_transition(
    context: Context,
    *,
    transition: str,
    processes: int | None,
    cluster: str,
    as_json: bool,
) -> None:
    """Simulate a TRANSITION again from its record, and hold every figure against it.

    The latest where none is named. Exit 1 where a figure is another one.
    """
    from weft.app.comparing.keeping import repeated
    from weft.app.moving.keeping import ask_of_move, move_called
    from weft.cli.comparing.shown import show_repeated

    with context.desk() as desk:
        kept = move_called(desk, context.actor, transition)
    found = repeated(kept, make_move(ask_of_move(kept), Workers(processes, cluster)))
    print_json(found) if as_json else show_repeated(found, "weft transitions")
    raise click.exceptions.Exit(int(not found.identical))
