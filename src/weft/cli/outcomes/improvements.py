"""Improvements on the command line: what was improved, and what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import Context, pass_context, reading

if TYPE_CHECKING:
    from weft.app.outcomes.improvements import Improved
    from weft.core.outcomes.improvement import Improvement


@click.group("improvements")
def improvements_command() -> None:
    """Show what was improved, how often, and what the evidence really carries."""


@improvements_command.command("list")
@click.option("--mission", default="", metavar="ID", help="Only what it improved.")
@reading
@pass_context
def list_(
    context: Context, *, mission: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List the improvements, the latest first, and who improved nothing."""
    from weft.app.outcomes.improvements import improving
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = improving(desk, view, context.now(), mission)
    if as_json:
        print_json(found)
        return
    if found.improvements:
        print_table(
            ["improvement", "mission", "stands", "before", "after", "evidence"],
            [_row(each) for each in found.improvements],
        )
    for month, count in found.months:
        click.echo(f"{month}: {many(count, 'improvement')} deployed.")
    for each in found.learnt:
        line = each.learnt.splitlines()[0]
        click.echo(f"Learnt by {each.mission}, {each.title}: {line}")
    if found.quiet:
        click.echo(f"None in 90 days: {', '.join(found.quiet)}.")


@improvements_command.command("show")
@click.argument("improvement")
@reading
@pass_context
def show(
    context: Context, *, improvement: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show IMPROVEMENT: what was better after it, and which grade that carries."""
    from weft.app.outcomes import improvements
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = improvements.improvement(desk, view, improvement)
        unit = view.firm.metrics[found.improvement.metric].unit
    print_json(found) if as_json else _show(found, unit)


def _row(each: Improved) -> list[object]:
    """Give the cells of one improvement."""
    told, found = each.improvement, each.shown
    grade: str = found.carries or "none"
    if found.overstated:
        claimed = min(w.evidence.grade for w in found.weighed)
        grade += f", {claimed} is claimed"
    means = [
        "" if mean is None else f"{mean:.4g}" for mean in (found.before, found.after)
    ]
    return [told.id, told.mission, stands(told), *means, grade]


def stands(told: Improvement) -> str:
    """Say how far an improvement is."""
    for word in ("proven", "adopted", "deployed"):
        if day := getattr(told, word):
            return f"{word} {day}"
    return "planned"


def _show(found: Improved, unit: str) -> None:
    """Print an improvement as a person reads it."""
    told, shown = found.improvement, found.shown
    click.echo(f"{told.title}, by {told.mission}: {stands(told)}.")
    if shown.before is not None and shown.after is not None and shown.counts:
        click.echo(
            f"{told.metric} was {shown.before:.4g} {unit} before "
            f"({many(shown.counts[0], 'reading')}) and {shown.after:.4g} after "
            f"({many(shown.counts[1], 'reading')})."
        )
    for each in shown.weighed:
        click.echo(f"{each.evidence.grade} is claimed: {each.evidence.says}".rstrip())
        click.echo(f"  {each.says}")
        if each.effect is not None:
            click.echo(
                f"  Beside {each.evidence.control} it moved by {each.effect:+.3g} "
                f"{unit} ({each.low:+.3g} to {each.high:+.3g}, 95 %)."
            )
    if not shown.weighed:
        click.echo("There is no evidence yet.")
