"""Rego on the command line: our guardrails in it, and policies of others asked."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from weft.app.framework import policies
from weft.app.framework.policies import Policy, Ruled, Ruling
from weft.app.views import look
from weft.cli.printing import print_json, print_table
from weft.cli.shell import (
    FILE,
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)
from weft.interop.folder.parts import decoded

SHOWN = 20


@click.group("rego")
def rego_command() -> None:
    """Take the guardrails along as Rego, and ask policies of others."""


@rego_command.command("export")
@click.argument("file", required=False, type=FILE)
@reading
@pass_context
def export(
    context: Context, *, file: Path | None, as_of: str, draft: str, as_json: bool
) -> None:
    """Write the guardrails in force as a module in Rego into FILE, or print it."""
    with context.view(as_of, draft) as view:
        module = policies.module(view, context.now())
    if file is not None:
        file.write_text(module, encoding="utf-8")
    if as_json:
        print_json({"file": file and str(file), "module": None if file else module})
    else:
        click.echo(f"Wrote {file}." if file else module, nl=file is not None)


@rego_command.command("input")
@click.argument("asset")
@reading
@pass_context
def document(
    context: Context, *, asset: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Print what such a module is to be given as `input` for ASSET, as JSON."""
    with context.view(as_of, draft) as view:
        told = policies.document(view, asset, context.now())
    print_json(told) if as_json else click.echo(json.dumps(told, ensure_ascii=False))


@rego_command.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only tell what it holds.")
@key_option
@json_option
@pass_context
def import_(
    context: Context, *, file: str, key: str, dry_run: bool, as_json: bool
) -> None:
    """Put the guardrails of a module that Weft has written back in their place."""
    text = decoded(a_file(file).read_bytes(), file)
    with context.desk(writes=not dry_run) as desk:
        view, at = look(desk, context.actor), context.now()
        taken = policies.take_in(desk, view, text, at=at, dry_run=dry_run, key=key)
    if as_json:
        print_json(taken)
        return
    click.echo(f"{taken.guardrails} guardrails, of which {len(taken.changed)} change.")
    click.echo(_written(taken.entry))


@rego_command.command("ask")
@click.argument("file")
@click.argument("rule")
@click.argument("takes", metavar="PROPERTY")
@click.option("--dry-run", is_flag=True, help="Only show what it says.")
@key_option
@json_option
@pass_context
def ask(
    context: Context,
    *,
    file: str,
    rule: str,
    takes: str,
    key: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Ask the policy in FILE about every asset, and keep its answers as a PROPERTY.

    RULE is the rule to ask for, such as firm/allow. It runs in a process of its own,
    for five seconds and in 512 MiB for each asset at most. What it cannot say is not
    known, and what it said before is then taken out. Exit code 1 if there is any.
    """
    text = decoded(a_file(file).read_bytes(), file)
    policy = Policy(text=text, ask=rule, property=takes)
    with context.desk(writes=not dry_run) as desk:
        view = look(desk, context.actor)
        found = policies.rulings(desk, view, policy, context.now())
        told = _with_progress(found, len(view.firm.assets))
        ruled = Ruled(property=takes, rulings=told)
        if not dry_run:
            at = context.now()
            ruled = policies.keep(desk, view, policy, told, at=at, key=key)
    print_json(ruled) if as_json else _show(ruled)
    if any(each.value is None for each in ruled.rulings):
        click.get_current_context().exit(1)


def _with_progress(found: Iterable[Ruling], length: int) -> tuple[Ruling, ...]:
    """Go through the assets, and show how far it is where a person looks on."""
    err, hidden = sys.stderr, not sys.stderr.isatty()
    with click.progressbar(
        found, length=length, label="Asking", file=err, hidden=hidden
    ) as bar:
        return tuple(bar)


def _show(ruled: Ruled) -> None:
    """Print what a policy says: how often each answer, and what is not known."""
    counts = Counter(str(r.value) for r in ruled.rulings if r.value is not None)
    unknown = [r for r in ruled.rulings if r.value is None]
    rows: list[list[Any]] = [[value, n] for value, n in sorted(counts.items())]
    print_table([ruled.property, "assets"], [*rows, ["(not known)", len(unknown)]])
    for each in unknown[:SHOWN]:
        click.echo(f"  {each.asset}: {each.why}")
    if len(unknown) > SHOWN:
        click.echo(f"  ... and {len(unknown) - SHOWN} more; --json has all.")
    changed = sum(1 for r in ruled.rulings if r.value != r.before)
    click.echo(f"{changed} assets change. {_written(ruled.entry)}")


def _written(entry: int | None) -> str:
    """Say what became of it."""
    return f"Done, entry {entry}." if entry else "Nothing was written."
