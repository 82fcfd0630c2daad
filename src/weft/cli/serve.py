"""Serving on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from weft.cli.examples import NAMES, fill
from weft.cli.shell import FILE, Context, pass_context
from weft.store.desk import Desk


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help="8000, or the next that is free, where it is not given.",
)
@click.option(
    "--accounts", is_flag=True, help="Everybody signs in, on this machine too."
)
@click.option(
    "--example", type=NAMES, default=None, help="Put this firm into an empty store."
)
@click.option(
    "--checkpoints", type=FILE, default=None, help="Export the journal's head to this."
)
@pass_context
def serve_command(
    context: Context,
    *,
    host: str,
    port: int | None,
    accounts: bool,
    example: str | None,
    checkpoints: Path | None,
) -> None:
    """Serve the pages and the API until Ctrl-C.

    On this machine whoever sits at it is the owner, without a login. On any other
    --host everybody signs in, and Weft does not start without an account.
    """

    def begin(desk: Desk) -> None:
        if example and not desk.firm().seq:
            fill(context, desk, example)

    context.server(
        context.url,
        lambda address: click.echo(f"Weft is at {address}  (Ctrl-C stops it)"),
        host=host,
        port=port,
        accounts=accounts,
        checkpoints=checkpoints,
        begin=begin,
    )
