"""Accounts on the command line."""

from __future__ import annotations

from datetime import datetime

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


@account_command.command("password")
@click.argument("name")
@click.password_option(help="Asked for when left out.")
@json_option
@pass_context
def password(context: Context, *, name: str, password: str, as_json: bool) -> None:
    """Give the account NAME another password."""
    with context.desk(writes=True) as desk:
        accounts.change_password(desk, context.actor, name, password)
    _done({"changed": name}, f"Account {name} has another password.", as_json=as_json)


@account_command.command("close")
@click.argument("name")
@json_option
@pass_context
def close(context: Context, *, name: str, as_json: bool) -> None:
    """Close the account NAME, with its sessions and tokens."""
    with context.desk(writes=True) as desk:
        accounts.close(desk, context.actor, name)
    _done({"closed": name}, f"Account {name} is closed.", as_json=as_json)


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
    _done({"token": made, "secret": secret}, secret, as_json=as_json)


@account_command.command("tokens")
@click.argument("name")
@json_option
@pass_context
def tokens(context: Context, *, name: str, as_json: bool) -> None:
    """List the API tokens of the account NAME."""
    with context.desk() as desk:
        found = accounts.tokens(desk, context.actor, name)
    if as_json:
        print_json(found)
    else:
        rows = [[t.id, t.title, _day(t.ends), _day(t.used)] for t in found]
        print_table(["token", "what for", "ends", "last used"], rows)


@account_command.command("drop-token")
@click.argument("name")
@click.argument("token_id", metavar="TOKEN")
@json_option
@pass_context
def drop_token(context: Context, *, name: str, token_id: str, as_json: bool) -> None:
    """Take the API token TOKEN of the account NAME back."""
    with context.desk(writes=True) as desk:
        accounts.drop_token(desk, context.actor, name, token_id)
    _done(
        {"dropped": token_id}, f"Token {token_id} is good for nothing.", as_json=as_json
    )


def _done(told: object, text: str, *, as_json: bool) -> None:
    """Print what became of an account or a token."""
    if as_json:
        print_json(told)
    else:
        click.echo(text)


def _day(at: datetime | None) -> str:
    """Write a day, where there is one."""
    return f"{at:%Y-%m-%d}" if at else ""
