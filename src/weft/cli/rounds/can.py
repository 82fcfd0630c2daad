"""Can we take this on? Asked on the command line, from the seats there really are."""

from __future__ import annotations

import click

from weft.cli.printing import print_json
from weft.cli.rounds.rounds import ask_of, patience
from weft.cli.shell import Context, json_option, pass_context

_EXITS = {"yes": 0, "later": 1, "no": 5}


@click.command("can")
@click.argument("mission")
@click.argument("skill")
@click.argument("share", metavar="PERCENT")
@click.argument("month", metavar="YYYY-MM")
@click.option("--until", default="", metavar="YYYY-MM", help="The last month of it.")
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--months", default=6, show_default=True, help="To look ahead.")
@click.option("--limit", default=60, show_default=True, help="Seconds, for each half.")
@click.option("--draft", default="", metavar="NAME", help="On a what-if.")
@json_option
@pass_context
def can_command(
    context: Context,
    *,
    mission: str,
    skill: str,
    share: str,
    month: str,
    until: str,
    level: int,
    months: int,
    limit: int,
    draft: str,
    as_json: bool,
) -> None:
    """Tell whether MISSION can have PERCENT of a person with SKILL from a month on.

    Yes (exit 0), from a later month on (1) or no (5): with who would move, what must
    give, and on a no why and what can be done.
    """
    from weft.app.knowing.skills import the_skill
    from weft.app.rounds.working_out import can_take_on
    from weft.app.views import look
    from weft.cli.rounds.shown import show_ability
    from weft.core.missions import Need
    from weft.core.records import read_texts

    with context.desk() as desk:
        view = look(desk, context.actor, draft=draft)
        wanted = {"mission": mission, "skill": the_skill(view, skill).id}
        wanted |= {"share": share, "month": month, "level": str(level)}
        need = read_texts(Need, wanted | ({"until": until} if until else {}), "need")
        found = can_take_on(
            desk,
            context.actor,
            need,
            ask_of(month, months, limit, draft),
            now=context.now(),
            patience=patience(limit * 2),
        )
    print_json(found) if as_json else show_ability(view, found)
    raise click.exceptions.Exit(_EXITS[found.verdict])
