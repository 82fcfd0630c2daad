"""Hooks on the command line: which tools may report deliveries."""

from __future__ import annotations

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context

_FORMATS = click.Choice(["cdevents", "github", "gitlab"])


@click.group("hooks")
def hooks_command() -> None:
    """Say which tools may report, each with a secret of its own."""


@hooks_command.command("list")
@json_option
@pass_context
def list_(context: Context, *, as_json: bool) -> None:
    """List the hooks; their secrets are not shown."""
    from weft.app.delivering import hooks

    with context.desk() as desk:
        found = hooks.hooks(desk, context.actor)
    if as_json:
        print_json(found)
    elif found:
        rows = [[h.name, h.format, h.by, f"{h.created:%Y-%m-%d}"] for h in found]
        print_table(["hook", "format", "added by", "on"], rows)
    else:
        click.echo("No tool reports yet: weft hooks add NAME --format ...")


@hooks_command.command("add")
@click.argument("name")
@click.option("--format", "form", type=_FORMATS, required=True, help="Its words.")
@json_option
@pass_context
def add(context: Context, *, name: str, form: str, as_json: bool) -> None:
    """Add the hook NAME and print its secret, this once."""
    from weft.app.delivering import hooks
    from weft.core.records import read_texts

    wanted = read_texts(hooks.Adding, {"name": name, "format": form}, "hook")
    with context.desk(writes=True) as desk:
        added = hooks.add(desk, context.actor, wanted, context.now())
    if as_json:
        print_json(added)
        return
    click.echo(f"Address: {added.address}, on the machine that serves Weft.")
    click.echo(f"Secret:  {added.secret}")
    click.echo("Give both to the tool now: the secret is not shown again.")


@hooks_command.command("drop")
@click.argument("name")
@json_option
@pass_context
def drop(context: Context, *, name: str, as_json: bool) -> None:
    """Take the hook NAME away: its secret proves nothing any more."""
    from weft.app.delivering import hooks

    with context.desk(writes=True) as desk:
        hooks.drop(desk, context.actor, name)
    print_json({"dropped": name}) if as_json else click.echo(f"Hook {name} is gone.")
