"""Ready-made guardrails on the command line: listed, shown, taken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, key_option, pass_context

if TYPE_CHECKING:
    from weft.app.folder import Tally
    from weft.app.published.ready import Outlook
    from weft.ready import Note, ReadySet

_WIDE = 84


@click.group("sets")
def sets_command() -> None:
    """Take ready-made guardrails, then make them yours."""


@sets_command.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the sets that come with Weft."""
    from weft.ready import ready_sets

    found = ready_sets()
    if as_json:
        print_json(found)
        return
    head = ["set", "guardrails", "what it says"]
    print_table(head, [[s.id, len(s.guardrails), s.summary] for s in found])


@sets_command.command("show")
@click.argument("name")
@json_option
def show(*, name: str, as_json: bool) -> None:
    """Show a set: each guardrail with its reason and source, and tried situations."""
    from weft.ready import ready_set

    found = ready_set(name)
    if as_json:
        print_json(found)
        return
    click.echo("\n".join(_told(found)))


@sets_command.command("load")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only show what it changes and breaks.")
@click.option(
    "--map",
    "words",
    multiple=True,
    metavar="WORD=YOURS",
    help="What you call otherwise: roles/security=information-security; repeatable.",
)
@click.option("--draft", default="", metavar="NAME", help="Into a draft, to change it.")
@key_option
@json_option
@pass_context
def load(
    context: Context,
    *,
    name: str,
    words: tuple[str, ...],
    draft: str,
    key: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take the set NAME as one deed: what you have stays, what you lack is added.

    It uses your own roles, acts, properties and named sets where they have the same
    name. What cannot be used is told with its cure; nothing is written then.
    """
    from weft.app import wording
    from weft.app.published import ready
    from weft.app.views import look
    from weft.ready import read_renames

    renames = read_renames(wording.pairs(words))
    with context.desk(writes=not dry_run, begins=True) as desk:
        if dry_run:
            view = look(desk, context.actor, draft=draft)
            found = ready.outlook(desk, view, name, renames, context.now())
            print_json(found) if as_json else _show(found)
            return
        taken = ready.load(
            desk, context.actor, name, renames, context.now(), draft=draft, key=key
        )
    if as_json:
        print_json(taken)
        return
    _changes(taken.tallies, taken.notes)
    _unheld(taken.unheld)
    if draft:
        click.echo(f"It is in the draft {draft}.")
    elif taken.entry is None:
        click.echo("Nothing changes: you have all of it.")
    else:
        click.echo(f"Done, entry {taken.entry}.")


def _told(found: ReadySet) -> Iterator[str]:
    """Write a set as a person reads it."""
    yield from (found.title, "", *textwrap.wrap(found.summary, _WIDE))
    yield from ("", *textwrap.wrap(found.why, _WIDE))
    for guardrail in found.guardrails:
        level = guardrail.level
        yield from ("", f"{guardrail.title}  ({guardrail.id}, {level})")
        yield from _indented(guardrail.reason)
        yield from _indented(f"Do: {guardrail.remedy}")
        for source in guardrail.sources:
            yield from _indented(f"Source: {source.title}: {source.says}")
            if source.address:
                yield f"    {source.address}"
    yield from ("", "Tried on these situations:", "")
    for each in found.situations:
        why = ", ".join((*each.because, *each.advice))
        yield f"  {each.title}"
        yield f"    {each.answer}{f': {why}' if why else ''}"


def _indented(text: str) -> list[str]:
    """Write a paragraph below its head."""
    return textwrap.wrap(
        text, _WIDE, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )


def _show(found: Outlook) -> None:
    """Print what a set would change and break."""
    _changes(found.tallies, found.notes)
    if found.effects:
        print_table(
            ["guardrail", "level", "newly break", "for a missing fact", "refused"],
            [
                [e.guardrail, e.level, e.breaks or e.advised, e.unproven, e.refused]
                for e in found.effects
            ],
        )
        click.echo(
            f"Of {found.assets} assets, and {found.decisions} past requests; what is "
            "only advised is counted too."
        )
    _unheld(found.unheld)
    click.echo("Nothing was written.")


def _changes(tallies: Iterable[Tally], notes: Iterable[Note]) -> None:
    """Print what changes, kind by kind, and what becomes of what is there."""
    rows = [[t.table, t.added, t.changed] for t in tallies]
    if rows:
        print_table(["kind", "added", "changed"], rows)
    for note in notes:
        click.echo(f"  {note.table}/{note.key} {note.says}")


def _unheld(roles: Sequence[str]) -> None:
    """Tell of roles that nobody holds."""
    if roles:
        click.echo(
            f"Nobody holds {', '.join(roles)} yet, so nobody can grant a waiver there."
        )
