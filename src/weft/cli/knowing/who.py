"""Who knows what, on the command line."""

from __future__ import annotations

from collections.abc import Sequence

import click

from weft.app.knowing import who
from weft.app.views import View
from weft.cli.mirror import month_option, shown
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, pass_context, reading
from weft.engines.knowledge import Knower, Knowers, Stop

EVIDENCE = {"self": "their own", "lead": "their lead's", "work": "seen in work"}


@click.command("who")
@click.argument("skill")
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--for", "mission", default="", metavar="MISSION", help="Begin there.")
@click.option("--from", "person", default="", metavar="PERSON", help="Begin there.")
@click.option("--most", type=click.IntRange(1, 1000), default=10, show_default=True)
@month_option
@reading
@pass_context
def who_command(
    context: Context,
    *,
    skill: str,
    level: int,
    mission: str,
    person: str,
    most: int,
    month: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Find who knows SKILL, here and at partners, and the way to each of them.

    The nearest come first, and of these whose claim was seen last. Nobody is scored:
    what fades with time is the claim.
    """
    with context.view(as_of, draft) as view:
        found = who.who(
            view,
            skill,
            context.now(),
            shown(context, view, month),
            level=level,
            mission=mission,
            person=person,
            most=most,
        )
    if as_json:
        print_json(found)
    else:
        _print(view, found)


def _print(view: View, found: Knowers) -> None:
    """Print who was found, and how far each is."""
    begins = f", from {_named(view, found.begins)}" if found.begins else ""
    people = "1 person" if found.found == 1 else f"{found.found:,} people"
    head = f"{found.title}: {people} at level {found.level} or above{begins}"
    click.secho(head, bold=True)
    if found.people:
        print_table(
            ["who", "employer", "level", "on whose word", "seen", "left", "ties"],
            [
                [
                    view.name(each.person),
                    _partner(view, each),
                    each.level,
                    EVIDENCE[each.evidence],
                    f"{each.seen}, {each.age} months ago",
                    f"{each.freshness * 100:.0f} %, {each.state}",
                    "-" if each.ties is None else each.ties,
                ]
                for each in found.people
            ],
        )
    for each in found.people:
        if len(each.path) > 2:  # noqa: PLR2004 - more than where it begins and ends
            click.echo(f"{view.name(each.person)}: {_way(view, each.path)}")
    source = "Weft's own assumption" if found.assumed else "as the skill says"
    click.echo(
        f"left: of the claim, not of the person; half is after {found.half_life}"
        f" months ({source})."
    )
    if found.begins is None:
        click.echo("No ways: say where to begin with --for MISSION or --from PERSON.")


def _partner(view: View, each: Knower) -> str:
    """Give who employs somebody, where that is not the firm."""
    partner = view.firm.partners.get(each.partner or "")
    return partner.title if partner else each.partner or "the firm"


def _way(view: View, path: Sequence[Stop]) -> str:
    """Write the way to somebody."""
    return " > ".join(_named(view, stop) for stop in path)


def _named(view: View, stop: Stop) -> str:
    """Write a stop as people call it."""
    if stop.type == "person":
        return view.name(stop.id)
    if stop.type == "team":
        return f"[team of {view.name(stop.id)}]"
    return f"[{stop.type} {stop.title}]"
