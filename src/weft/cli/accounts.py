"""Accounts on the command line."""

from __future__ import annotations

import click

from weft.app import accounts
from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context


@click.group("account")
def account_command() -> None:
    """Open accounts and make API tokens: needed to serve beyond this machine."""


@account_command.command("add")
@click.argument("name")
@click.option("--person", default="", metavar="ID", help="Who it is in the firm.")
@click.option("--owner", is_flag=True, help="May do everything.")
@click.password_option(help="Asked for when left out.")
@json_option
@pass_context
def add(
    context: Context,
    *,
    name: str,
    person: str,
    password: str,
    owner: bool,
    as_json: bool,
) -> None:
    """Open the account NAME."""
    with context.desk(writes=True) as desk:
        account = accounts.add(
            desk,
            context.actor,
            name,
            password,
            at=context.now(),
            person=person,
            owner=owner,
        )
    if as_json:
        print_json(account)
    else:
        click.echo(f"Account {account.name} is open.")


@account_command.command("list")
@json_option
@pass_context
def list_(context: Context, *, as_json: bool) -> None:
    """List the accounts."""
    with context.desk() as desk:
        found = accounts.accounts(desk, context.actor)
    if as_json:
        print_json(found)
    else:
        rows = [[a.name, a.person, "yes" if a.owner else ""] for a in found]
        print_table(["account", "person", "owner"], rows)


@account_command.command("token")
@click.argument("name")
@click.option("--title", default="API", help="What it is for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366))
@json_option
@pass_context
def token(context: Context, *, name: str, title: str, days: int, as_json: bool) -> None:
    """Make an API token for the account NAME; its secret is shown this once."""
    with context.desk(writes=True) as desk:
        made, secret = accounts.token(
            desk, context.actor, name, title, at=context.now(), days=days
        )
    if as_json:
        print_json({"token": made, "secret": secret})
    else:
        click.echo(secret)
