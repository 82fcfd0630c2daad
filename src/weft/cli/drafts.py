"""Drafts on the command line."""

from __future__ import annotations

import click

from weft.app import drafts
from weft.app.folder import plan, read, tally
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, a_folder, json_option, key_option, pass_context


@click.group("draft")
def draft_command() -> None:
    """Try changes before they hold: every reading command takes --draft NAME."""


@draft_command.command("new")
@click.argument("name")
@click.option("--title", default="", help="What it is about.")
@click.option("--from", "directory", default="", help="A firm folder to aim at.")
@json_option
@pass_context
def new(
    context: Context, *, name: str, title: str, directory: str, as_json: bool
) -> None:
    """Begin a draft; fill it with `weft put --draft` or from a firm folder."""
    told = read(a_folder(directory)) if directory else None
    with context.desk(writes=True) as desk:
        draft = drafts.new(desk, context.actor, name, title or name)
        if told:
            drafts.add(desk, context.actor, name, plan(desk.firm(), told))
    if as_json:
        print_json(draft)
    else:
        click.echo(f"Draft {name} begun on entry {draft.base}.")


@draft_command.command("list")
@json_option
@pass_context
def list_(context: Context, *, as_json: bool) -> None:
    """List the drafts."""
    with context.desk() as desk:
        found = drafts.drafts(desk, context.actor)
    if as_json:
        print_json(found)
    else:
        head = ["draft", "title", "author", "begun on"]
        print_table(head, [[d.id, d.title, d.author, d.base] for d in found])


@draft_command.command("show")
@click.argument("name")
@json_option
@pass_context
def show(context: Context, *, name: str, as_json: bool) -> None:
    """Show what a draft would change."""
    with context.desk() as desk:
        draft, changes = drafts.changes(desk, context.actor, name)
        tallies = tally(desk.firm(), changes)
    if as_json:
        print_json({"draft": draft, "changes": changes, "tallies": tallies})
        return
    click.echo(f"{draft.title}, begun on entry {draft.base} by {draft.author}.")
    head = ["kind", "key", ""]
    rows = [[c.kind, c.key, "put" if c.record else "removed"] for c in changes]
    print_table(head, rows)


@draft_command.command("apply")
@click.argument("name")
@key_option
@json_option
@pass_context
def apply(context: Context, *, name: str, key: str, as_json: bool) -> None:
    """Write a draft as one deed. Exit code 3 if the firm has moved under it."""
    with context.desk(writes=True) as desk:
        entry = drafts.apply(desk, context.actor, name, context.now(), key)
    if as_json:
        print_json({"entry": entry.seq})
    else:
        click.echo(f"Done, entry {entry.seq}.")


@draft_command.command("drop")
@click.argument("name")
@json_option
@pass_context
def drop(context: Context, *, name: str, as_json: bool) -> None:
    """Throw a draft away."""
    with context.desk(writes=True) as desk:
        drafts.drop(desk, context.actor, name)
    if as_json:
        print_json({"dropped": name})
    else:
        click.echo(f"Draft {name} is gone.")
