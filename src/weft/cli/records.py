"""Records on the command line: found, listed, shown, put, removed, checked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import click

from weft.app import drafts, records, search
from weft.app.texts import as_text, from_file, in_file
from weft.app.views import look
from weft.app.writing.nearly import told_whole
from weft.cli.faults import tell
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, a_file, json_option, pass_context, reading
from weft.core.entries import Change, put
from weft.core.records import Record
from weft.errors import InputError, NothingChanges, Problems, WeftError
from weft.interop.folder.parts import Misread

draft_option = click.option(
    "--draft", default="", metavar="NAME", help="Put it in this draft instead."
)
seen_option = click.option(
    "--seen", type=int, default=None, help="Refuse if it changed after this entry."
)
_LONG = {"reason", "summary", "purpose", "remedy", "must", "when"}
"""Fields of whole sentences and rules, which a table leaves to `weft show`."""


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@reading
@pass_context
def search_command(
    context: Context, *, text: tuple[str, ...], as_of: str, draft: str, as_json: bool
) -> None:
    """Find people, missions, assets, guardrails ... by their names."""
    with context.view(as_of, draft) as view:
        hits = search.find(view, " ".join(text))
    if as_json:
        print_json(hits)
    else:
        print_table(
            ["kind", "id", "title", ""],
            [[h.table, h.key, h.title, h.detail] for h in hits],
        )


@click.command("list")
@click.argument("kind")
@reading
@pass_context
def list_command(
    context: Context, *, kind: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List the records of KIND: people, missions, assets, guardrails ..."""
    with context.view(as_of, draft) as view:
        found = records.records(view, kind)
    if as_json:
        print_json(found)
        return
    fields = [f for f in records.kind(kind).__struct_fields__ if f not in _LONG]
    short = [f for f in fields if not any(_deep(getattr(r, f)) for r in found)][:7]
    print_table(short, [[_cell(getattr(r, f)) for f in short] for r in found])


@click.command("show")
@click.argument("kind")
@click.argument("key")
@reading
@pass_context
def show_command(
    context: Context, *, kind: str, key: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show the record of KIND with this KEY, as YAML or as JSON."""
    with context.view(as_of, draft) as view:
        found = records.record(view, kind, key)
    if as_json:
        print_json(found)
    else:
        click.echo(as_text(found), nl=False)


@click.command("put")
@click.argument("kind")
@click.argument("file")
@draft_option
@seen_option
@json_option
@pass_context
def put_command(
    context: Context,
    *,
    kind: str,
    file: str,
    draft: str,
    seen: int | None,
    as_json: bool,
) -> None:
    """Put the record in FILE (YAML or JSON) in its place in KIND."""
    path = a_file(file)
    try:
        record, source = from_file(kind, path.read_bytes(), file)
    except Misread as error:
        raise (error if draft else _whole(context, error)) from None
    try:
        _write(context, [put(record)], draft, seen, as_json=as_json)
    except InputError as error:
        in_file(error, record, source)
        raise


@click.command("remove")
@click.argument("kind")
@click.argument("key")
@draft_option
@seen_option
@json_option
@pass_context
def remove_command(
    context: Context,
    *,
    kind: str,
    key: str,
    draft: str,
    seen: int | None,
    as_json: bool,
) -> None:
    """Take the record of KIND with this KEY out of the firm."""
    records.kind(kind)
    with context.view() as view:
        records.record(view, kind, key)
    _write(context, [Change(kind, key)], draft, seen, as_json=as_json)


@click.command("misfits")
@reading
@pass_context
def misfits_command(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Tell what in the firm does not fit together. Exit code 1 if anything."""
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = records.misfits(desk, view)
    if as_json:
        print_json([{"what": f.what, "do": f.do, "where": f.where} for f in found])
    elif found:
        tell(Problems(found))
    else:
        click.echo("Everything fits together.")
    if found:
        click.get_current_context().exit(1)


def _write(
    context: Context,
    changes: list[Change],
    draft: str,
    seen: int | None,
    *,
    as_json: bool,
) -> None:
    """Write changes at once, or into a draft."""
    with context.desk(writes=True) as desk:
        if draft:
            held = drafts.add(desk, context.actor, draft, changes)
            holds = f"{len(held)} change{'' if len(held) == 1 else 's'}"
            told = f"The draft {draft} now holds {holds}."
            number = 0
        else:
            name = "put" if changes[0].record else "remove"
            number, told = 0, "Nothing changes: it is so already."
            with suppress(NothingChanges):
                number = records.write(
                    desk, context.actor, changes, name=name, at=context.now(), seen=seen
                ).seq
                told = f"Done, entry {number}."
    if as_json:
        print_json({"entry": number or None, "draft": draft or None})
    else:
        click.echo(told)


def _whole(context: Context, error: InputError) -> InputError:
    """Give why a record cannot be read with what the rest of it would break."""
    with suppress(WeftError), context.desk() as desk:
        return told_whole(desk, context.actor, error)
    return error  # there is no firm to hold it against


def _deep(value: object) -> bool:
    """Tell whether a value is a record in a record, which no cell has room for."""
    if isinstance(value, tuple):
        return any(map(_deep, value))
    return isinstance(value, Record | Mapping) and bool(value)


def _cell(value: object) -> str:
    """Write a value into a cell of a table."""
    if isinstance(value, tuple):
        return ", ".join(map(_cell, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or value == {} else str(value)
