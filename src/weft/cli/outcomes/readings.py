"""Readings of metrics on the command line."""

from __future__ import annotations

import click

from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import (
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)


@click.group("readings")
def readings_command() -> None:
    """Bring in what metrics were on which days, and show it."""


@readings_command.command("import")
@click.argument("file")
@click.option("--correct", is_flag=True, help="Put right what is there with a value.")
@key_option
@json_option
@pass_context
def import_(
    context: Context, *, file: str, correct: bool, key: str, as_json: bool
) -> None:
    """Bring in FILE: a table with the columns metric, on and value.

    CSV, an Excel workbook or JSON; source and note may follow. A reading that is there
    already is left out and counted; all of it is brought in, or nothing.
    """
    from weft.app.outcomes import readings

    path = a_file(file)
    found, places, misread = readings.from_file(path.name, path.read_bytes())
    with context.desk(writes=True) as desk:
        told = readings.bring(
            desk,
            context.actor,
            found,
            context.now(),
            places=places,
            misread=misread,
            corrects=correct,
            key=key,
            note=path.name,
        )
    if as_json:
        print_json(told)
        return
    there = f" {told.repeats:,} were there already." if told.repeats else ""
    if told.entry is None:
        click.echo(f"Nothing is new.{there}")
    else:
        click.echo(f"{many(told.new, 'new reading')}, entry {told.entry}.{there}")


@readings_command.command("list")
@click.argument("metric")
@reading
@pass_context
def list_(
    context: Context, *, metric: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List the readings of METRIC, the oldest first."""
    from weft.app.outcomes import readings
    from weft.app.records import record
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        record(view, "metrics", metric)
        found = readings.readings(desk, view, [metric])[metric]
    if as_json:
        print_json(found)
        return
    unit = view.firm.metrics[metric].unit
    print_table(
        ["on", unit, "source", "note"],
        [[r.on, f"{r.value:g}", r.source, r.note] for r in found],
    )
