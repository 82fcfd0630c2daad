"""Experiments on the command line: started, watched as they run, closed."""

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
    from weft.app.outcomes.experiments import Tried
    from weft.engines.outcomes.experiments import Look


@click.group("experiments")
def experiments_command() -> None:
    """Try before more money follows, with a rule for when to stop."""


@experiments_command.command("list")
@reading
@pass_context
def list_(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """List the experiments, those that run first, failed ones with what was learnt."""
    from weft.app.outcomes import experiments
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = experiments.several(desk, view, context.now())
    if as_json:
        print_json(found)
        return
    print_table(
        ["experiment", "mission", "stands", "difference", "what was learnt"],
        [
            [
                *[t.experiment.id, t.experiment.mission],
                t.experiment.verdict or t.look.state,
                _interval(t.look),
                t.experiment.learnt,
            ]
            for t in found
        ],
    )


@experiments_command.command("show")
@click.argument("experiment")
@reading
@pass_context
def show(
    context: Context, *, experiment: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show EXPERIMENT: what it is judged by, and how it stands."""
    from weft.app.outcomes import experiments
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = experiments.one(desk, view, experiment, context.now())
    print_json(found) if as_json else _show(found)


@experiments_command.command("start")
@click.argument("experiment")
@json_option
@pass_context
def start(context: Context, *, experiment: str, as_json: bool) -> None:
    """Start EXPERIMENT: it needs a hypothesis, a metric and a stop rule."""
    from weft.app.outcomes import experiments

    with context.desk(writes=True) as desk:
        told = experiments.start(desk, context.actor, experiment, context.now())
    if as_json:
        print_json(told)
    else:
        click.echo(f"{experiment} runs from {told.started}.")


@experiments_command.command("observe")
@click.argument("experiment")
@click.argument("file")
@key_option
@json_option
@pass_context
def observe(
    context: Context, *, experiment: str, file: str, key: str, as_json: bool
) -> None:
    """Bring in what trials gave, from FILE: trial, arm, at, value and maybe guard."""
    from weft.app.outcomes import experiments

    path = a_file(file)
    found = experiments.from_file(experiment, path.name, path.read_bytes())
    with context.desk(writes=True) as desk:
        told = experiments.observe(
            desk, context.actor, experiment, found, at=context.now(), idempotency=key
        )
    if as_json:
        print_json(told)
        return
    there = f"; {told.repeats:,} were there already" if told.repeats else ""
    click.echo(f"{many(told.new, 'new trial')}{there}. {told.look.says}")


@experiments_command.command("spend")
@click.argument("experiment")
@click.argument("amount")
@click.option("--on", "day", default=None, metavar="DAY", help="Today if left out.")
@click.option("--for", "what", default="", help="For what; never about a person.")
@key_option
@json_option
@pass_context
def spend(
    context: Context,
    *,
    experiment: str,
    amount: str,
    day: str | None,
    what: str,
    key: str,
    as_json: bool,
) -> None:
    """Put on record that EXPERIMENT cost AMOUNT; at its cost cap it stops."""
    from weft.app.outcomes import experiments
    from weft.core.outcomes.experiment import Spending
    from weft.core.records import read
    from weft.core.sources import Source

    now = context.now()
    on = day or now.date().isoformat()
    plain = {"on": on, "amount": amount, "says": what}
    spending = read(Spending, plain, Source("argv"))
    with context.desk(writes=True) as desk:
        told = experiments.spend(
            desk, context.actor, experiment, spending, at=now, idempotency=key
        )
    print_json(told) if as_json else click.echo(told.look.says)


@experiments_command.command("close")
@click.argument("experiment")
@click.option("--learnt", default="", help="What was learnt; never about a person.")
@click.option("--cost", default=None, metavar="AMOUNT", help="Such as 1200.00 EUR.")
@json_option
@pass_context
def close(
    context: Context, *, experiment: str, learnt: str, cost: str | None, as_json: bool
) -> None:
    """Close EXPERIMENT; one that did not win is kept with what was learnt."""
    from weft.app.outcomes import experiments
    from weft.core.records import read
    from weft.core.sources import Source

    ending = read(experiments.Ending, {"learnt": learnt, "cost": cost}, Source("argv"))
    with context.desk(writes=True) as desk:
        told = experiments.close(desk, context.actor, experiment, ending, context.now())
    if as_json:
        print_json(told)
    else:
        click.echo(f"{experiment} is closed: {told.verdict}.")


def _show(found: Tried) -> None:
    """Print an experiment as a person reads it."""
    each, told = found.experiment, found.look
    click.echo(f"{each.title}. {each.hypothesis}".strip())
    if each.assumption:
        click.echo(f"It rests on this: {each.assumption}")
    judged = f"Judged by {each.metric}" if each.metric else "Not judged by anything yet"
    guard = f"; {each.guard} must not get worse" if each.guard else ""
    click.echo(f"{judged}{guard}.")
    click.echo(f"{told.says} {_interval(told)}".strip())
    if each.verdict:
        click.echo(f"Closed on {each.closed}: {each.verdict}. {each.learnt}".strip())


def _interval(told: Look) -> str:
    """Write the difference between the arms with its interval."""
    if told.difference is None or told.low is None or told.high is None:
        return ""
    return f"{told.difference:+.3g} ({told.low:+.3g} to {told.high:+.3g})"
