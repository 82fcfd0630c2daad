"""Outcomes on the command line: where each stands, and where it is going."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import Context, json_option, pass_context, reading

if TYPE_CHECKING:
    from weft.app.outcomes.board import Board, Standing


@click.group("outcomes")
def outcomes_command() -> None:
    """Show where each outcome stands, how likely it is, and who pulls against whom."""


@outcomes_command.command("list")
@reading
@pass_context
def list_(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """List the outcome of every mission, the least likely first."""
    from weft.app.outcomes import board
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = board.board(desk, view, context.now())
    print_json(found) if as_json else _show(found)


@outcomes_command.command("show")
@click.argument("mission")
@reading
@pass_context
def show(
    context: Context, *, mission: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show the outcome of MISSION: what was read, and where it is going."""
    from weft.app.outcomes import board
    from weft.app.views import look
    from weft.cli.outcomes.shown import show_trajectory

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = board.outcome(desk, view, mission, context.now())
    if as_json:
        print_json(found)
    elif found is None:
        click.echo(f"{mission} states no outcome.")
    else:
        goal, metric = found.outcome, found.metric
        click.echo(f"{metric.title}: {goal.target:g} {metric.unit} by {goal.by}.")
        if found.unsigned:
            click.echo(f"Not signed yet by {', '.join(found.unsigned)}.")
        show_trajectory(found.trajectory, metric)


@outcomes_command.command("conflicts")
@reading
@pass_context
def conflicts(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """List who pulls against whom; exit 1 where some of it is not settled."""
    from weft.engines.outcomes.conflicts import conflicts as found_in

    with context.view(as_of, draft) as view:
        found = found_in(view.firm)
    if as_json:
        print_json(found)
    else:
        for each in found:
            settled = f" Settled: {each.settled}" if each.settled else ""
            click.echo(f"{each.one} / {each.other}: {each.says}{settled}")
        if not found:
            click.echo("Nobody pulls against anybody.")
    raise click.exceptions.Exit(1 if any(not c.settled for c in found) else 0)


@outcomes_command.command("touchpoints")
@click.option("--mission", default="", metavar="ID", help="Only those it owns.")
@reading
@pass_context
def touchpoints(
    context: Context, *, mission: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List where customers meet the firm: never read first, then the weakest."""
    from weft.app.outcomes.touchpoints import touchpoints as found_in
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = found_in(desk, view, mission)
    if as_json:
        print_json(found)
        return
    print_table(
        ["touchpoint", "mission", "metric", "unit", "latest", "in"],
        [
            [
                *[t.touchpoint, t.metric.mission or "the firm", t.metric.id],
                t.metric.unit,
                "never read" if t.latest is None else f"{t.latest:.4g}",
                t.months[0][0] if t.months else "",
            ]
            for t in found
        ],
    )


@outcomes_command.command("sign")
@click.argument("mission")
@json_option
@pass_context
def sign(context: Context, *, mission: str, as_json: bool) -> None:
    """Sign the outcome of MISSION as one of its two leads."""
    from weft.app.outcomes.signing import sign as signed

    with context.desk(writes=True) as desk:
        told = signed(desk, context.actor, mission, context.now())
    if as_json:
        print_json(told)
    else:
        by = " and ".join(told.signed_by)
        click.echo(f"The outcome of {mission} is signed by {by}.")


def _show(found: Board) -> None:
    """Print a board as a person reads it."""
    print_table(
        ["mission", "metric", "latest", "target", "by", "stands", "likely"],
        [_row(each) for each in found.outcomes],
    )
    if found.without:
        click.echo(f"No outcome is stated by {', '.join(found.without)}.")
    click.echo(found.firm.says)
    if found.on_inputs:
        click.echo(f"Mostly measured by inputs: {', '.join(found.on_inputs)}.")
    pulls = [c for c in found.conflicts if not c.settled]
    if pulls:
        told = many(len(pulls), "conflict")
        click.echo(f"{told} not settled: see `weft outcomes conflicts`.")


def _row(each: Standing) -> list[object]:
    """Give the cells of one outcome."""
    told, goal = each.trajectory, each.outcome
    return [
        *[each.mission, each.metric.title],
        "" if told.latest is None else f"{told.latest:g}",
        *[f"{goal.target:g} {each.metric.unit}", goal.by, told.standing],
        "" if told.probability is None else f"{told.probability:.0%}",
    ]
