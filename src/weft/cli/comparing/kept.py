"""Comparisons on record, on the command line: listed, opened, and made again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from weft.cli.comparing.compare import make
from weft.cli.comparing.models import Listing
from weft.cli.comparing.workers import Workers, workers_options
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context

if TYPE_CHECKING:
    from weft.app.comparing.keeping import Listed


@click.group("comparisons", cls=Listing)
def comparisons_command() -> None:
    """List the comparisons on record, open one, or make it again."""


@comparisons_command.command("list")
@json_option
@pass_context
def list_comparisons(context: Context, *, as_json: bool) -> None:
    """List the comparisons on record, the newest first."""
    from weft.app.comparing.keeping import comparisons, listed

    with context.desk() as desk:
        found = [listed(kept) for kept in comparisons(desk, context.actor)]
    list_kept(found, ("comparison", "models", "verdict"), as_json=as_json)


def list_kept(
    found: Sequence[Listed], heads: tuple[str, str, str], *, as_json: bool
) -> None:
    """List what is on record. heads: of its id, its models, and what it said."""
    first, models, said = heads
    if as_json:
        print_json(found)
        return
    print_table(
        [first, "made", "by", "firm at", models, "runs", said],
        [
            [
                each.id,
                f"{each.at:%Y-%m-%d %H:%M}",
                each.by,
                f"entry {each.seq}",
                ", ".join(each.models),
                f"{each.runs}",
                each.verdict,
            ]
            for each in found
        ],
    )


@comparisons_command.command("show")
@click.argument("comparison", required=False, default="")
@json_option
@pass_context
def show_comparison(context: Context, *, comparison: str, as_json: bool) -> None:
    """Open a COMPARISON as it was, with what it was made from; else the latest."""
    from weft.app.comparing.keeping import comparison_called, opened
    from weft.cli.comparing.shown import show_kept, show_report

    with context.desk() as desk:
        found = opened(desk, comparison_called(desk, context.actor, comparison))
    if as_json:
        print_json(found)
        return
    show_kept(found.kept)
    show_report(found.report)


@comparisons_command.command("repeat")
@click.argument("comparison", required=False, default="")
@workers_options
@json_option
@pass_context
def repeat_comparison(
    context: Context,
    *,
    comparison: str,
    processes: int | None,
    cluster: str,
    as_json: bool,
) -> None:
    """Make a COMPARISON again from its record, and hold every figure against it.

    The latest where none is named. Exit 1 where a figure is another one.
    """
    from weft.app.comparing.keeping import ask_of, comparison_called, repeated
    from weft.cli.comparing.shown import show_repeated

    with context.desk() as desk:
        kept = comparison_called(desk, context.actor, comparison)
    found = repeated(kept, make(ask_of(kept), Workers(processes, cluster)))
    print_json(found) if as_json else show_repeated(found)
    raise click.exceptions.Exit(int(not found.identical))
