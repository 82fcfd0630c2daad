"""The firm folder on the command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from weft.app import folder
from weft.app.folder import Loaded
from weft.app.views import look
from weft.cli.printing import print_json, print_table
from weft.cli.shell import (
    DAY,
    Context,
    a_folder,
    json_option,
    key_option,
    pass_context,
    reading,
)
from weft.errors import UnknownName
from weft.interop.schemas import schemas
from weft.interop.worded import worded


@click.command("load")
@click.argument("directory")
@click.option("--dry-run", is_flag=True, help="Only show the difference.")
@click.option("--on", type=DAY, default=None, help="The day it counts from.")
@key_option
@json_option
@pass_context
def load_command(
    context: Context,
    *,
    directory: str,
    on: datetime | None,
    key: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make the firm what DIRECTORY says, as one deed, and show what changed."""
    path = a_folder(directory)
    told = folder.read(path)
    with context.desk(writes=not dry_run, begins=True) as desk:
        loaded = folder.load(
            desk,
            context.actor,
            told,
            context.now(),
            dry_run=dry_run,
            on=on.date() if on else None,
            key=key,
            note=path.resolve().name,
        )
    print_json(loaded) if as_json else _show(loaded, dry_run=dry_run)


@click.command("export")
@click.argument("directory", type=click.Path(path_type=Path))
@reading
@pass_context
def export_command(
    context: Context, *, directory: Path, as_of: str, draft: str, as_json: bool
) -> None:
    """Write the firm into DIRECTORY, as text that `weft load` reads."""
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        folder.export(desk, view, directory)
        count = sum(1 for _ in view.firm.records())
    if as_json:
        print_json({"directory": str(directory), "records": count})
    else:
        click.echo(f"Wrote {count} records to {directory}.")


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--firm", is_flag=True, help="A guardrail, in the words of this firm.")
@pass_context
def schema_command(context: Context, *, kind: str | None, firm: bool) -> None:
    """Print the JSON Schema of KIND, or of all kinds, for editors.

    With --firm that of guardrails alone, with the firm's own properties, operators,
    values and named sets: an editor then completes them.
    """
    known = schemas()
    if kind and kind not in known:
        raise UnknownName("kind", kind, known)
    if not firm:
        print_json(known[kind] if kind else known)
        return
    if kind not in {None, "guardrails"}:
        raise UnknownName("kind in the firm's own words", kind or "", ["guardrails"])
    with context.desk() as desk:
        print_json(worded(look(desk, context.actor).firm))


def _show(loaded: Loaded, *, dry_run: bool) -> None:
    """Print a load as a person reads it."""
    if not loaded.tallies and not loaded.profiles:
        click.echo("Nothing changes: the firm is what the folder says.")
        return
    print_table(
        ["kind", "added", "changed", "dropped"],
        [[t.table, t.added, t.changed, t.dropped] for t in loaded.tallies],
    )
    if loaded.profiles:
        click.echo(f"{loaded.profiles} profiles, kept apart from the journal.")
    click.echo("Nothing was written." if dry_run else f"Done, entry {loaded.entry}.")
