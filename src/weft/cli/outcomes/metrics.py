"""Metrics on the command line: what is measured, and whether it is an input."""

from __future__ import annotations

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, key_option, pass_context, reading


@click.group("metrics")
def metrics_command() -> None:
    """Tell inputs from outcomes, and show where a metric is going."""


@metrics_command.command("classify")
@click.argument("text")
@click.option("--unit", default="", help="In what it is measured.")
@json_option
def classify(*, text: str, unit: str, as_json: bool) -> None:
    """Propose the stage of the value chain for a metric that is called TEXT.

    Exit 1 where it is an input, or its work, and so no goal.
    """
    from weft.core.outcomes.metric import NO_GOALS
    from weft.engines.outcomes.stages import propose

    found = propose(text, unit)
    if as_json:
        print_json(found)
    else:
        click.echo(f"{found.stage or 'Not told'}: {found.why}")
    raise click.exceptions.Exit(1 if found.stage in NO_GOALS else 0)


@metrics_command.command("list")
@click.option("--mission", default="", metavar="ID", help="Only those it owns.")
@reading
@pass_context
def list_(
    context: Context, *, mission: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List the metrics with their stage, and what the firm is measured by."""
    from weft.app.outcomes.board import known

    with context.view(as_of, draft) as view:
        found = known(view, mission)
    if as_json:
        print_json(found)
        return
    print_table(
        ["metric", "title", "unit", "stage", "confirmed", "owner"],
        [
            [
                *[m.id, m.title, m.unit, m.stage or p.stage or "not told"],
                "yes" if m.stage else "no",
                m.mission or m.of_unit or "the firm",
            ]
            for m, p in zip(found.metrics, found.proposed, strict=True)
        ],
    )
    click.echo(found.mix.says)
    for each in found.on_inputs:
        click.echo(f"Mostly measured by inputs: {each}.")


@metrics_command.command("show")
@click.argument("metric")
@reading
@pass_context
def show(
    context: Context, *, metric: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show where METRIC stands and is going."""
    from weft.app.outcomes import board
    from weft.app.views import look
    from weft.cli.outcomes.shown import show_trajectory

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = board.metric(desk, view, metric, context.now())
    if as_json:
        print_json(found)
        return
    told, proposed = found.metric, found.proposed
    click.echo(f"{told.title}, in {told.unit}; better is {told.direction}.")
    if told.stage:
        click.echo(f"Stage: {told.stage}, confirmed.")
    else:
        click.echo(f"Stage: {proposed.stage or 'not told'}, proposed. {proposed.why}")
    for before in found.replaces:
        click.echo(f"It took over from {before}: another series, never joined to it.")
    if told.retired:
        instead = f" in favour of {told.replaced_by}" if told.replaced_by else ""
        click.echo(f"Given up on {told.retired}{instead}. {told.because}".strip())
    show_trajectory(found.trajectory, told)


@metrics_command.command("confirm")
@click.argument("metric")
@click.argument("stage")
@key_option
@json_option
@pass_context
def confirm(
    context: Context, *, metric: str, stage: str, key: str, as_json: bool
) -> None:
    """Confirm that METRIC stands at STAGE of the value chain, as its owner."""
    from weft.app.outcomes.signing import confirm as confirmed

    with context.desk(writes=True) as desk:
        told = confirmed(desk, context.actor, metric, stage, at=context.now(), key=key)
    if as_json:
        print_json(told)
    else:
        click.echo(f"{metric} stands at {stage}.")
