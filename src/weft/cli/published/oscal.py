"""OSCAL on the command line: catalogues in, documents out, coverage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from weft.cli.printing import many, print_end, print_json, print_table
from weft.cli.shell import (
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)

if TYPE_CHECKING:
    from weft.app.published.oscal import Brought, Document

_SHOWN = 20


@click.command("oscal")
@click.argument("file")
@click.option("--name", default="", help="What you call the catalogue.")
@click.option("--dry-run", is_flag=True, help="Only show what it would change.")
@key_option
@json_option
@pass_context
def import_oscal(
    context: Context, *, file: str, name: str, key: str, dry_run: bool, as_json: bool
) -> None:
    """Bring in a catalogue of controls from FILE: OSCAL, as JSON.

    Its families become principles with their controls, which guardrails may name. A
    newer version of a catalogue that you have changes what differs.
    """
    from weft.app.published import oscal

    path = a_file(file)
    with context.desk(writes=not dry_run, begins=True) as desk:
        brought = oscal.bring(
            desk,
            context.actor,
            path.read_bytes(),
            path.name,
            context.now(),
            name=name,
            dry_run=dry_run,
            key=key,
        )
    print_json(brought) if as_json else _show(brought, dry_run=dry_run)


@click.group("oscal")
def oscal_command() -> None:
    """Write guardrails, their audit and what is open as OSCAL."""


@oscal_command.command("catalog")
@click.argument("file", required=False)
@click.option("--of", default="", metavar="NAME", help="One that was brought in.")
@reading
@pass_context
def catalog(
    context: Context, *, file: str, of: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Write principles and guardrails as a catalogue, into FILE or to the screen."""
    _write(context, "catalog", file, as_of, draft, as_json=as_json, of=of)


@oscal_command.command("results")
@click.argument("file", required=False)
@reading
@pass_context
def results(
    context: Context, *, file: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Write the audit of all assets as assessment results."""
    _write(context, "results", file, as_of, draft, as_json=as_json)


@oscal_command.command("poam")
@click.argument("file", required=False)
@reading
@pass_context
def poam(context: Context, *, file: str, as_of: str, draft: str, as_json: bool) -> None:
    """Write what breaks and what is waived as a plan of action and milestones."""
    _write(context, "poam", file, as_of, draft, as_json=as_json)


@click.command("controls")
@click.argument("catalogue", required=False)
@click.option("--open", "only_open", is_flag=True, help="List those without one.")
@reading
@pass_context
def controls_command(
    context: Context,
    *,
    catalogue: str,
    only_open: bool,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show which controls of a CATALOGUE some guardrail works towards."""
    from weft.app.published.coverage import coverage

    with context.view(as_of, draft) as view:
        found = coverage(view, catalogue or "")
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("There is no catalogue yet: weft import oscal FILE brings one in.")
    for each in found:
        click.echo(f"{each.title} {each.version} ({each.catalogue})")
        click.echo(
            f"Guardrails work towards {each.covered} of"
            f" {many(each.controls, 'control')}; most others are for people to meet."
        )
        if only_open:
            rows = [
                [c.control, c.title, f.title]
                for f in each.families
                for c in f.each
                if not c.guardrails
            ]
            print_table(["control", "title", "family"], rows)
        else:
            head = ["family", "title", "worked towards", "controls"]
            print_table(
                head,
                [[f.principle, f.title, f.covered, f.controls] for f in each.families],
            )


def _write(
    context: Context,
    document: Document,
    file: str,
    as_of: str,
    draft: str,
    *,
    as_json: bool,
    of: str = "",
) -> None:
    """Write a document into a file, or print it."""
    from pathlib import Path

    import msgspec

    from weft.app.published import oscal
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        written = oscal.give(desk, view, document, context.now(), of)
    if not file:
        print_json(written)
        return
    raw = msgspec.json.format(msgspec.json.encode(written), indent=2)
    Path(file).write_bytes(raw + b"\n")
    told = {"file": file, "bytes": len(raw) + 1}
    print_json(told) if as_json else click.echo(f"Wrote {file}, {len(raw) + 1} bytes.")


def _show(brought: Brought, *, dry_run: bool) -> None:
    """Print what was brought in."""
    click.echo(f"{brought.title}, version {brought.version} ({brought.catalogue})")
    click.echo(
        f"{many(brought.controls, 'control')} in "
        f"{many(brought.families, 'family', 'families')}, "
        f"{brought.enhancements} of them inside another, {brought.withdrawn} withdrawn."
    )
    if brought.tallies:
        rows = [[t.table, t.added, t.changed, t.dropped] for t in brought.tallies]
        print_table(["kind", "added", "changed", "dropped"], rows)
    counts = Counter(each.how for each in brought.altered)
    if counts["added"] < brought.controls:
        for each in brought.altered[:_SHOWN]:
            click.echo(f"  {each.how}: {each.control} {each.title}")
        if len(brought.altered) > _SHOWN:
            click.echo(
                f"  ... and {len(brought.altered) - _SHOWN} more; --json has all."
            )
    print_end(brought.entry, "Nothing changes: you have all of it.", dry_run=dry_run)
