"""The journal on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from weft.app import journal
from weft.app.views import View, look
from weft.cli.printing import print_json, print_table
from weft.cli.shell import FILE, Context, a_file, json_option, pass_context
from weft.core.entries import Entry
from weft.store.journal.rows import Heading
from weft.store.verify import Verified


@click.command("journal")
@click.argument("seq", type=int, required=False)
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10000))
@click.option("--before", type=int, default=None, metavar="SEQ", help="Only earlier.")
@click.option("--as-of", default="", metavar="DATE|SEQ", help="Only up to then.")
@json_option
@pass_context
def journal_command(
    context: Context,
    *,
    seq: int | None,
    most: int,
    before: int | None,
    as_of: str,
    as_json: bool,
) -> None:
    """Show what was done, when and by whom, the newest first.

    With SEQ that one entry, with all that it changed.
    """
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of)
        if seq is not None:
            entry = journal.entry(desk, context.actor, seq)
            print_json(entry) if as_json else _show(view, entry)
            return
        if as_of:
            before = min(before or view.firm.seq + 1, view.firm.seq + 1)
        found = list(journal.headings(desk, context.actor, most=most, before=before))
    if as_json:
        print_json(found)
    else:
        print_table(
            ["seq", "on", "by", "deed", "what"],
            [[h.seq, h.on, view.name(h.actor), h.deed, _what(h)] for h in found],
        )


def _show(view: View, entry: Entry) -> None:
    """Print one entry as a person reads it: what it changed, and of what kind."""
    deed = entry.deed
    told = f"{deed.name} by {view.name(entry.actor)} at {entry.at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Entry {entry.seq}: {told}, counting from {entry.on}.")
    if deed.note:
        click.echo(deed.note)
    if deed.decision:
        click.echo(f"An answer: see it with weft answer {entry.seq}.")
    rows = [[c.kind, c.key, "put" if c.record else "removed"] for c in deed.changes]
    if rows:
        print_table(["kind", "key", ""], rows)


@click.command("verify")
@click.option("--checkpoints", type=FILE, default=None, help="The file of checkpoints.")
@json_option
@pass_context
def verify_command(
    context: Context, *, checkpoints: Path | None, as_json: bool
) -> None:
    """Prove the journal unchanged. Exit code 1 and the first bad entry if it is not."""
    if checkpoints:
        a_file(str(checkpoints))
    with context.desk() as desk:
        verified = journal.check(desk, context.actor, checkpoints)
    if as_json:
        print_json(verified)
    else:
        click.echo(_proven(verified))
    if verified.bad is not None:
        click.get_current_context().exit(1)


@click.command("checkpoint")
@click.argument("file", type=FILE)
@json_option
@pass_context
def checkpoint_command(context: Context, *, file: Path, as_json: bool) -> None:
    """Add the journal's head to FILE; keep that file away from the database."""
    with context.desk() as desk:
        point = journal.checkpoint(desk, context.actor, file, context.now())
    if as_json:
        print_json(point)
    else:
        click.echo(f"Entry {point.seq}, {point.hash}, added to {file}.")


@click.command("erase")
@click.argument("person")
@click.confirmation_option(prompt="This cannot be undone. Erase?")
@json_option
@pass_context
def erase_command(context: Context, *, person: str, as_json: bool) -> None:
    """Erase the name and all that is personal of PERSON (an id), for good."""
    with context.desk(writes=True) as desk:
        entry = journal.erase(desk, context.actor, person, context.now())
    if as_json:
        print_json({"entry": entry.seq})
    else:
        click.echo(
            f"{person} is erased, entry {entry.seq}; the journal still verifies."
        )


def _proven(found: Verified) -> str:
    """Say what a verification has proven, and what it could not."""
    if found.bad is not None:
        return f"Entry {found.bad} is not as it was written: {found.what}"
    told = f"All {found.entries} entries are as they were written."
    if not found.checkpoints:
        return f"{told} No checkpoint says that none was cut off or written anew."
    return (
        f"{told} {found.checkpoints} checkpoints agree;"
        f" {found.open} entries came after the last of them."
    )


def _what(heading: Heading) -> str:
    """Say in a few words what an entry did."""
    if heading.verdict:
        return f"{heading.mission} {heading.act}: {heading.verdict}"
    counts = ", ".join(f"{kind}: {count}" for kind, count in heading.counts.items())
    return heading.note or counts
