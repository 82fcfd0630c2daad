"""Decision records on the command line: Markdown files brought in and written."""

from __future__ import annotations

from pathlib import Path

import click

from weft.app.framework import adrs
from weft.app.framework.adrs import Brought
from weft.app.views import look
from weft.cli.printing import many, print_end, print_json
from weft.cli.shell import Context, a_folder, json_option, pass_context, reading


@click.group("adr")
def adr_command() -> None:
    """Bring in decision records from Markdown (MADR), and write them so."""


@adr_command.command("import")
@click.argument("directory")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@json_option
@pass_context
def import_(context: Context, *, directory: str, dry_run: bool, as_json: bool) -> None:
    """Bring in the decision records of DIRECTORY, one from each Markdown file.

    Front matter and headings are read as MADR 2 to 4 have them, and their near
    relatives. The id is what the file is called. Names of people are left out.
    """
    files = adrs.files_in(a_folder(directory))
    with context.desk(writes=not dry_run, begins=True) as desk:
        view = look(desk, context.actor)
        brought = adrs.bring(desk, view, files, context.now(), dry_run=dry_run)
    print_json(brought) if as_json else _show(brought, dry_run=dry_run)


@adr_command.command("export")
@click.argument("directory", type=click.Path(path_type=Path))
@reading
@pass_context
def export(
    context: Context, *, directory: Path, as_of: str, draft: str, as_json: bool
) -> None:
    """Write each decision record into DIRECTORY, as a Markdown file of MADR 4."""
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        count = adrs.export(desk, view, directory)
    if as_json:
        print_json({"directory": str(directory), "records": count})
    else:
        click.echo(f"Wrote {many(count, 'decision record')} to {directory}.")


def _show(brought: Brought, *, dry_run: bool) -> None:
    """Print an import as a person reads it."""
    for note in brought.notes:
        click.echo(f"{note.file}: {note.says}")
    added, changed = len(brought.added), len(brought.changed)
    click.echo(f"{many(added, 'decision record')} added, {changed} changed.")
    print_end(brought.entry, "Nothing changes: they are so already.", dry_run=dry_run)
