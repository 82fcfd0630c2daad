"""Which of one's own skills no seat has used lately, on the command line."""

from __future__ import annotations

import click

from weft.app.knowing import looking
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context


@click.command("unused")
@json_option
@pass_context
def unused_command(context: Context, *, as_json: bool) -> None:
    """Show which of your skills no seat has used: `weft --as YOU unused`.

    Not for 90 days. Nobody else is shown it. Those that you share are offered to the
    next round; share one or not on your own page.
    """
    with context.desk() as desk:
        found = looking.unused(desk, context.actor, context.actor.person, context.now())
        skills = desk.firm().skills
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("Nothing that is known to be unused.")
        return
    print_table(
        ["skill", "level", "last seen", "offered to the next round"],
        [
            [
                skills[each.skill].title if each.skill in skills else each.skill,
                each.level,
                each.seen,
                "yes" if each.shared else "no",
            ]
            for each in found
        ],
    )
