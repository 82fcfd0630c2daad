"""JSON Schema on the command line: taken in as guardrails."""

from __future__ import annotations

from typing import get_args

import click

from weft.app.framework import jsonschema
from weft.app.framework.jsonschema import Taken
from weft.app.texts import as_text
from weft.app.views import look
from weft.cli.printing import print_json
from weft.cli.shell import Context, a_file, json_option, key_option, pass_context
from weft.core.guardrails import Harm, Phase, Severity
from weft.core.records import read_texts
from weft.interop.folder.parts import decoded
from weft.interop.jsonschema.reading import Schema


@click.command("schema")
@click.argument("file")
@click.option("--id", "name", required=True, help="What the guardrail is called.")
@click.option("--principle", required=True, help="What it makes checkable.")
@click.option("--owner", required=True, help="The role that answers for it.")
@click.option("--level", default="must", type=click.Choice(get_args(Severity)))
@click.option("--phase", default="draft", type=click.Choice(get_args(Phase)))
@click.option("--harm", default="", type=click.Choice(("", *get_args(Harm))))
@click.option("--act", default="", help="The act it is about; else all acts.")
@click.option("--title", default="", help="Its title; else that of the schema.")
@click.option("--dry-run", is_flag=True, help="Only show what it would be.")
@key_option
@json_option
@pass_context
def schema(
    context: Context,
    /,
    *,
    file: str,
    name: str,
    key: str,
    dry_run: bool,
    as_json: bool,
    act: str,
    **told: str,
) -> None:
    """Make guardrails of the JSON Schema in FILE, and of its properties words.

    They are drafts unless --phase says otherwise: try them before they hold. What a
    guardrail cannot say is refused, each with its place.
    """
    text = decoded(a_file(file).read_bytes(), file)
    plain = {"text": text, "id": name, "only_act": act, **told}
    wanted = read_texts(Schema, {k: v for k, v in plain.items() if v})
    with context.desk(writes=not dry_run) as desk:
        view, at = look(desk, context.actor), context.now()
        taken = jsonschema.take_in(desk, view, wanted, at=at, dry_run=dry_run, key=key)
    print_json(taken) if as_json else _show(taken)


def _show(taken: Taken) -> None:
    """Print what a schema has become, as the firm folder would have it."""
    for record in (*taken.vocabulary, *taken.guardrails):
        click.secho(f"# {record.kind}/{record.key}.yaml", dim=True)
        click.echo(as_text(record))
    for note in taken.notes:
        click.echo(f"! {note}")
    written = f"Done, entry {taken.entry}." if taken.entry else "Nothing was written."
    click.echo(written)
