"""Past work on the command line: what was promised, and what came of it."""

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
    from weft.engines.outcomes.past import Link, PastReport


@click.group("past")
def past_command() -> None:
    """Hold “on time and on budget” against what past work really reached."""


@past_command.command("report")
@reading
@pass_context
def report(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Tell whether on time and on budget went with reaching the outcome."""
    from weft.app.outcomes import past
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = past.report(desk, view)
    print_json(found) if as_json else _show(found)


@past_command.command("list")
@reading
@pass_context
def list_(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """List the past work, what ended first at the top."""
    from weft.app.outcomes import past
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = past.works(desk, view)
    if as_json:
        print_json(found)
        return
    print_table(
        ["work", "title", "due", "ended", "planned", "cost", "reached"],
        [
            [
                *[w.id, w.title, w.due or "", w.ended],
                *[w.planned_cost or "", w.cost or ""],
                "nobody said" if w.goals is None else f"{w.met} of {w.goals}",
            ]
            for w in found
        ],
    )


@past_command.command("import")
@click.argument("file")
@click.option("--correct", is_flag=True, help="Put right what is there under its id.")
@key_option
@json_option
@pass_context
def import_(
    context: Context, *, file: str, correct: bool, key: str, as_json: bool
) -> None:
    """Bring in FILE: a table with the columns id and ended, and what else is known.

    That is title, outcome, mission, start, due, planned cost, cost, to spec, goals and
    met. Work that is there already is left out and counted.
    """
    from weft.app.outcomes import past

    path = a_file(file)
    found, places, misread = past.from_file(path.name, path.read_bytes())
    with context.desk(writes=True) as desk:
        told = past.bring(
            desk,
            context.actor,
            found,
            context.now(),
            places=places,
            misread=misread,
            corrects=correct,
            key=key,
            note=path.name,
        )
    if as_json:
        print_json(told)
        return
    there = f" {told.repeats:,} were there already." if told.repeats else ""
    if told.entry is None:
        click.echo(f"Nothing is new.{there}")
    else:
        pieces = many(told.new, "new piece", "new pieces")
        click.echo(f"{pieces} of past work, entry {told.entry}.{there}")


def _show(found: PastReport) -> None:
    """Print the report as a person reads it."""
    click.echo(found.says)
    if not found.works:
        return
    print_table(
        ["promise", "work", "outcomes", "kept", "reached", "if not kept", "tau (95 %)"],
        [_row(link) for link in found.links],
    )
    for link in found.links:
        click.echo(f"{link.title}: {link.says}")
    if found.unjudged:
        click.echo(
            f"Of {found.unjudged:,} of {found.works:,} pieces of work nobody said "
            "whether the outcome was reached."
        )


def _row(link: Link) -> list[object]:
    """Give the cells of one promise."""
    shares = [
        "" if share is None else f"{share:.0%}"
        for share in (link.reached_kept, link.reached_broken)
    ]
    tau = ""
    if link.correlation is not None:
        tau = f"{link.correlation:+.2f} ({link.low:+.2f} to {link.high:+.2f})"
    return [link.title, link.items, link.outcomes, link.kept, *shares, tau]
