"""Who looked at what is recorded of somebody, on the command line."""

from __future__ import annotations

import click

from weft.app.knowing import looking
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context


@click.command("looked")
@json_option
@pass_context
def looked_command(context: Context, *, as_json: bool) -> None:
    """Show who looked at what is recorded of you: `weft --as YOU looked`.

    Nobody else is shown it. Looks on pages and over HTTP are kept, once a day each,
    and for a year; what is read on this machine's own command line is not.
    """
    with context.desk() as desk:
        found = looking.who_looked(desk, context.actor, context.actor.person)
        profiles = desk.profiles()
        skills = desk.firm().skills
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("Nobody has looked within a year.")
        return
    print_table(
        ["day", "who", "at"],
        [
            [
                each.on,
                profiles[each.by].name if each.by in profiles else each.by,
                (skills[each.about].title if each.about in skills else each.about)
                or "all that is recorded",
            ]
            for each in found
        ],
    )
