"""Signed bundles on the command line: a key, a file, and what is in one."""

from __future__ import annotations

from pathlib import Path

import click

from weft.cli.printing import print_json
from weft.cli.shell import FILE, Context, json_option, pass_context, reading


@click.group("bundle")
def bundle_command() -> None:
    """Sign the guardrails into a file for pipelines."""


@bundle_command.command("key")
@click.argument("file", type=FILE)
@json_option
@pass_context
def key_(_: Context, *, file: Path, as_json: bool) -> None:
    """Make a private key in FILE, and print the public key that pipelines trust.

    A key that is there already stays. Keep the file to yourself; the public key is no
    secret.
    """
    from weft.app.checking.bundles import keep_key

    public, made = keep_key(file)
    if as_json:
        print_json({"public": public, "made": made})
        return
    if made:
        click.echo(f"Made {file}: keep it to yourself.", err=True)
    click.echo(public)


@bundle_command.command("write")
@click.argument("file", type=FILE)
@click.option(
    "--key",
    envvar="WEFT_BUNDLE_KEY",
    required=True,
    type=FILE,
    help="The private key, as `weft bundle key` made it.",
)
@click.option("--days", default=30, show_default=True, help="So long it holds.")
@reading
@pass_context
def write_(
    context: Context,
    *,
    file: Path,
    key: Path,
    days: int,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Write the guardrails, and what judging by them takes, into FILE, signed.

    It holds nobody's name. After so many days it is refused, so write it anew from
    time to time.
    """
    from weft.app.checking.bundles import make

    with context.desk() as desk:
        from weft.app.views import look

        view = look(desk, context.actor, as_of=as_of, draft=draft)
        raw = make(desk, view, key, context.now(), days)
    file.write_bytes(raw)
    if as_json:
        print_json({"file": str(file), "firm": view.firm.seq, "bytes": len(raw)})
    else:
        click.echo(f"Signed {file}, of entry {view.firm.seq}, for {days} days.")


@bundle_command.command("show")
@click.argument("file", type=FILE)
@click.option(
    "--trust", envvar="WEFT_TRUST", default="", metavar="KEY", help="Who signs bundles."
)
@json_option
@pass_context
def show_(context: Context, *, file: Path, trust: str, as_json: bool) -> None:
    """Tell what is in the bundle in FILE, if the trusted KEY signed it and it holds."""
    from weft.app.checking.bundles import verified
    from weft.core.firm import KINDS

    found = verified(file, trust, context.now())
    counts = {kind: len(t) for kind in KINDS if (t := found.firm.table(kind))}
    if as_json:
        print_json(
            {
                "title": found.title,
                "firm": found.firm.seq,
                "made": found.made,
                "until": found.until,
                "key": found.key,
                "records": counts,
            }
        )
        return
    click.echo(
        f"{found.title}, entry {found.firm.seq}: made on {found.made}, holds until"
        f" {found.until}, signed by {found.key}."
    )
    click.echo(", ".join(f"{count} {kind}" for kind, count in counts.items()))
