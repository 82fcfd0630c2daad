"""StratML on the command line: plans in, how they stand, and out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.shell import (
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)

if TYPE_CHECKING:
    from weft.app.planning.figures import Measured
    from weft.app.planning.plans import Brought, Pursuing, Stands
    from weft.interop.stratml import Part


@click.group("stratml")
def stratml_command() -> None:
    """Bring strategic plans in, see how they stand, write them as StratML."""


@stratml_command.command("import")
@click.argument("file")
@click.option("--name", default="", help="What you call the plan.")
@click.option("--missions", is_flag=True, help="Make missions of goals, too.")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@key_option
@json_option
@pass_context
def import_plan(
    context: Context,
    *,
    file: str,
    name: str,
    missions: bool,
    dry_run: bool,
    key: str,
    as_json: bool,
) -> None:
    """Bring in the plan of FILE: StratML Part 1 or Part 2.

    All of it is kept and can be written again as it came. A later version of a plan
    keeps the missions and figures that its goals had.
    """
    from weft.app.planning import plans

    path = a_file(file)
    with context.desk(writes=not dry_run, begins=True) as desk:
        brought = plans.bring(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            name=name,
            found=missions,
            dry_run=dry_run,
            key=key,
        )
    print_json(brought) if as_json else _show_brought(brought, dry_run=dry_run)


@stratml_command.command("show")
@click.argument("plan", required=False)
@reading
@pass_context
def show(
    context: Context, *, plan: str | None, as_of: str, draft: str, as_json: bool
) -> None:
    """Show how the goals of PLAN stand: figures, missions and their last readings."""
    from weft.app.planning import plans
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        told = plans.told(desk, view, context.now(), plan or "")
    if as_json:
        print_json(told)
        return
    click.echo(told.plan.title)
    for goal in told.goals:
        _show_goal(goal, "")


@stratml_command.command("export")
@click.argument("file", required=False)
@click.option("--plan", default="", metavar="NAME", help="One of several.")
@click.option("--report", is_flag=True, help="With what came of it so far.")
@click.option("--part", type=click.Choice(["1", "2"]), help="As it came, if left out.")
@reading
@pass_context
def export(
    context: Context,
    *,
    file: str | None,
    plan: str,
    report: bool,
    part: str | None,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Write a plan as StratML into FILE, or to the screen.

    Without a plan, the firm itself is written as one: its missions are the goals.
    """
    from pathlib import Path

    from weft.app.planning import plans
    from weft.app.views import look

    wanted: Part | None = 1 if part == "1" else 2 if part == "2" else None
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        raw = plans.give(
            desk, view, context.now(), name=plan, part=wanted, report=report
        )
    if not file:
        print_json({"document": raw.decode()}) if as_json else click.echo(raw, nl=False)
        return
    Path(file).write_bytes(raw)
    told = {"file": file, "bytes": len(raw)}
    print_json(told) if as_json else click.echo(f"Wrote {file}, {len(raw)} bytes.")


def _show_brought(brought: Brought, *, dry_run: bool) -> None:
    """Print what a plan holds, and what came of bringing it in."""
    click.echo(f"{brought.title} ({brought.plan}), StratML Part {brought.part}")
    click.echo(
        f"{many(brought.goals, 'goal')}, {many(brought.objectives, 'objective')}, "
        f"{many(brought.indicators, 'indicator')}, {many(brought.values, 'value')}, "
        f"{many(brought.stakeholders, 'stakeholder')}, of them "
        f"{many(brought.persons, 'person', 'persons')} kept apart."
    )
    if brought.tallies:
        rows = [[t.table, t.added, t.changed, t.dropped] for t in brought.tallies]
        print_table(["kind", "added", "changed", "dropped"], rows)
    print_end(brought.entry, "Nothing changes: you have all of it.", dry_run=dry_run)


def _show_goal(goal: Stands, indent: str) -> None:
    """Print a goal with what lies behind it, and its objectives further in."""
    click.echo(f"{indent}{goal.sequence} {goal.name}".rstrip())
    for figure in goal.figures:
        told = "nothing to measure yet"
        if figure.value is not None:
            told = f"{figure.value:g} {figure.unit}"
            told += f" ({figure.before:g} on {figure.on})" if figure.on else ""
        if figure.by is not None:
            told += f"; {_to_be(figure)}"
            told += ", reached" if figure.reached else ""
        click.echo(f"{indent}    {figure.title}: {told}")
    for mission in goal.missions:
        click.echo(f"{indent}    {mission.title}{_outcome(mission)}")
    for objective in goal.objectives:
        _show_goal(objective, f"{indent}  ")


def _outcome(mission: Pursuing) -> str:
    """Write how the outcome of a mission stands."""
    if mission.by is None or mission.target is None:
        return ": no outcome is stated"
    last = "no reading yet"
    if mission.value is not None:
        last = f"{mission.value:g} on {mission.on}"
    return f": {mission.metric}, {last}; {_to_be(mission)}"


def _to_be(told: Measured | Pursuing) -> str:
    """Write what a figure is to be, and until when."""
    bound = "most" if told.less else "least"
    return f"to be at {bound} {told.target:g} by {told.by}"
