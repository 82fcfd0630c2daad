"""Tables on the command line: a firm brought in from a file somebody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from weft.app import tables, wording
from weft.app.tables import Bringing, Preview
from weft.cli.framework.jsonschema import schema
from weft.cli.knowing.esco import import_esco
from weft.cli.knowing.tickets import import_tickets
from weft.cli.money.bringing import import_focus, import_values
from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.published.oscal import import_oscal
from weft.cli.shell import (
    DAY,
    FILE,
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
)
from weft.cli.working.logs import import_log
from weft.errors import Malformed, Where
from weft.interop.layouts.layout import People
from weft.interop.sheets.table import MOST_BYTES, too_large
from weft.interop.tables import (
    Finding,
    Layout,
    Table,
    corrected,
    read_layout,
    read_table,
    write_layout,
)

SHOWN = 20
_SORTS = {
    "lost": "not in the firm",
    "joined": "put together",
    "guess": "a guess",
    "note": "a note",
}


@click.group("import")
def import_command() -> None:
    """Bring in what you have: a table of your firm, a catalogue, a JSON Schema."""


import_command.add_command(import_oscal)
import_command.add_command(import_esco)
import_command.add_command(import_tickets)
import_command.add_command(import_log)
import_command.add_command(import_focus)
import_command.add_command(import_values)
import_command.add_command(schema)


@import_command.command("table")
@click.argument("file")
@click.option(
    "--map", "map_file", default="", metavar="MAP", help="Which column is what."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEAD",
    help="Put one column of the guess right; repeatable.",
)
@click.option("--on", type=DAY, default=None, help="The day the table speaks of.")
@click.option("--partial", is_flag=True, help="Who is not in it has not left.")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@click.option("--save-map", type=FILE, default=None, help="Keep what was understood.")
@click.option("--unread", type=FILE, default=None, help="Write unread rows there.")
@key_option
@json_option
@pass_context
def table(
    context: Context,
    *,
    file: str,
    map_file: str,
    columns: tuple[str, ...],
    on: datetime | None,
    partial: bool,
    dry_run: bool,
    save_map: Path | None,
    unread: Path | None,
    key: str,
    as_json: bool,
) -> None:
    """Bring in people from FILE: CSV, an Excel workbook, or JSON.

    Names and units (or managers) are enough. It says what it takes each column
    for; put a guess right with --column unit=Department, or write a map once with
    --save-map and use it every month. A later table makes joiners, leavers, movers.
    """
    read = _read(a_file(file))
    layout = _layout(read, map_file, columns)
    wanted = Bringing(
        table=read, layout=layout, on=on.date() if on else None, partial=partial
    )
    with context.desk(writes=not dry_run, begins=True) as desk:
        if dry_run:
            shown = tables.preview(desk, context.actor, wanted, context.now())
        else:
            shown = tables.apply(desk, context.actor, wanted, context.now(), key)
    if save_map:
        save_map.write_text(write_layout(layout), "utf-8")
    if unread:
        unread.write_text(shown.understood.unread, "utf-8")
    print_json(shown) if as_json else _show(shown, dry_run=dry_run, unread=unread)


def _read(path: Path) -> Table:
    """Read a table, unless it is far too large to be looked at."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        told = f"{size >> 20} MiB, and {MOST_BYTES >> 20} can be read"
        raise too_large(path.name, told)
    return read_table(path.name, path.read_bytes())


def _layout(read: Table, map_file: str, columns: Sequence[str]) -> Layout:
    """Give what the columns hold: as written in a map, or guessed, then put right."""
    if map_file:
        path = a_file(map_file)
        try:
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            what, do = "This is no text in UTF-8.", "Save the map as text in UTF-8."
            raise Malformed(what, do=do, where=Where(map_file)) from error
        layout = read_layout(text, map_file)
    else:
        layout = tables.layout(read)
    return corrected(layout, read, wording.pairs(columns)) if columns else layout


def _show(shown: Preview, *, dry_run: bool, unread: Path | None) -> None:
    """Print an import as a person reads it: understood, found, changed."""
    print_table(["field", "column", "sure", "why"], _columns(shown.layout))
    _findings(shown.understood.findings)
    if shown.tallies:
        print_table(
            ["kind", "added", "changed", "dropped"],
            [[t.table, t.added, t.changed, t.dropped] for t in shown.tallies],
        )
    moved = shown.movement
    click.echo(
        f"{many(moved.people, 'person', 'people')}: {len(moved.joiners)} joined, "
        f"{len(moved.leavers)} left, {len(moved.movers)} moved, "
        f"{len(moved.new_managers)} have another manager."
    )
    if shown.understood.unread and not unread:
        click.echo("Some rows could not be read: see them with --unread FILE.")
    print_end(
        shown.entry,
        "Nothing changes: the firm is what the table says.",
        dry_run=dry_run,
    )


def _columns(layout: Layout) -> Iterator[list[str]]:
    """Say what each column of the people was taken for, how surely, and why."""
    guesses = {(g.field, g.column): g for g in layout.guesses}
    people = layout.people or People()
    for field in People.__struct_fields__[1:]:  # the first one is the sheet
        told = getattr(people, field)
        for column in (told,) if isinstance(told, str) else told:
            guess = guesses.get((field, column))
            if column:
                sure = f"{guess.confidence} %" if guess else ""
                yield [field, column, sure, guess.reason if guess else "You said so."]


def _findings(findings: Sequence[Finding]) -> None:
    """Print what was not read just as it stands: the first ones, and how many."""
    if not findings:
        return
    ranked = sorted(findings, key=lambda f: list(_SORTS).index(f.sort))
    print_table(
        ["", "where", "what", "done"],
        [[_SORTS[f.sort], _place(f), f.what, f.done] for f in ranked[:SHOWN]],
    )
    if len(ranked) > SHOWN:
        counts = Counter(f.sort for f in ranked)
        told = ", ".join(f"{n} {_SORTS[sort]}" for sort, n in counts.items())
        click.echo(f"{len(ranked)} findings in all ({told}); --json has each.")


def _place(finding: Finding) -> str:
    """Say where in the file something was found."""
    row = f"row {finding.row}" if finding.row else ""
    return ", ".join(filter(None, (finding.sheet, row, finding.column)))
