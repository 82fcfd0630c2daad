"""ESCO on the command line: the European list of skills brought in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.shell import FILE, Context, a_file, json_option, key_option, pass_context

if TYPE_CHECKING:
    from weft.app.knowing.esco import Vocabulary

_SHOWN = 20


@click.command("esco")
@click.argument("file")
@click.option(
    "--discipline", required=True, metavar="ID", help="Of the skills that are new."
)
@click.option(
    "--only", "words", multiple=True, metavar="WORD", help="Skills with it; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@click.option("--uncut", type=FILE, default=None, help="Write rows not read there.")
@key_option
@json_option
@pass_context
def import_esco(
    context: Context,
    *,
    file: str,
    discipline: str,
    words: tuple[str, ...],
    dry_run: bool,
    uncut: Path | None,
    key: str,
    as_json: bool,
) -> None:
    """Bring in skills from FILE: ESCO, the European list of skills, as CSV.

    A skill that you have keeps its id and title, and gets ESCO's address and words.
    Where a file runs label and definition together, only labels whose end is sure are
    cut; the other rows are listed.
    """
    from weft.app.knowing import esco
    from weft.interop.sheets.writing import write_csv

    path = a_file(file)
    with context.desk(writes=not dry_run, begins=True) as desk:
        told = esco.bring(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            discipline=discipline,
            words=words,
            dry_run=dry_run,
            key=key,
        )
    if uncut:
        rows = ((each.row, each.uri, each.text) for each in told.uncut)
        uncut.write_bytes(write_csv((("row", "id", "description"), *rows)))
    print_json(told) if as_json else _show(told, dry_run=dry_run, file=uncut)


def _show(told: Vocabulary, *, dry_run: bool, file: Path | None) -> None:
    """Print what was read, what the firm had, and what was left out."""
    new = sum(each.new for each in told.met)
    had = len(told.met) - new
    click.secho(
        f"{many(told.read, 'skill')} read: {new} new, {had} that the firm has",
        bold=True,
    )
    print_table(
        ["skill", "title", "ESCO's label", ""],
        [
            [m.skill, m.title, m.label, "new" if m.new else "yours"]
            for m in sorted(told.met, key=lambda m: (m.new, m.skill))[:_SHOWN]
        ],
    )
    if len(told.met) > _SHOWN:
        click.echo(f"The first {_SHOWN}; --json has all.")
    if told.uncut:
        where = f", written to {file}" if file else "; see them with --uncut FILE"
        rows = many(len(told.uncut), "row")
        click.echo(f"{rows} left out: where the label ends is not sure{where}.")
    print_end(
        told.entry,
        "Nothing changes: the firm has all of it.",
        dry_run=dry_run,
        more=" Uses ESCO (c) European Union.",
    )
