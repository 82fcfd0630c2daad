"""Waivers on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from weft.app import waivers
from weft.app.waivers import Standing, Wish
from weft.cli.printing import print_json, print_table
from weft.cli.shell import DAY, Context, json_option, key_option, pass_context, reading
from weft.core.guardrails import Waiver
from weft.core.records import read
from weft.core.sources import Source


@click.group("waive")
def waive_command() -> None:
    """Ask for, grant, refuse and end waivers: dated exceptions."""


@waive_command.command("ask")
@click.argument("guardrail")
@click.argument("mission")
@click.option("--reason", required=True, help="Why; never about a person.")
@click.option("--until", required=True, type=DAY, help="The day it ends.")
@click.option("--asset", default=None, metavar="ID", help="Only for this asset.")
@click.option(
    "--covers", multiple=True, metavar="PATH[=VALUE]", help="Only this; repeatable."
)
@click.option("--measure", default="", help="What makes up for it meanwhile.")
@click.option("--decision", type=int, default=None, help="The answer it is for.")
@click.option("--renews", default=None, metavar="ID", help="The waiver it renews.")
@key_option
@json_option
@pass_context
def ask(
    context: Context,
    *,
    guardrail: str,
    mission: str,
    reason: str,
    until: datetime,
    asset: str | None,
    covers: tuple[str, ...],
    measure: str,
    decision: int | None,
    renews: str | None,
    key: str,
    as_json: bool,
) -> None:
    """Ask for a waiver of GUARDRAIL for MISSION; another has to grant it."""
    split = [text.partition("=") for text in covers]
    plain = {
        "guardrail": guardrail,
        "mission": mission,
        "asset": asset,
        "covers": [{"path": p, "value": v if e else None} for p, e, v in split],
        "reason": reason,
        "measure": measure,
        "until": until.replace(tzinfo=UTC),
        "decision": decision,
        "renews": renews,
    }
    wish = read(Wish, plain, Source("argv"))
    with context.desk(writes=True) as desk:
        asked = waivers.ask(desk, context.actor, wish, context.now(), key)
    _done(asked, "is asked for", as_json=as_json)


@waive_command.command("grant")
@click.argument("waiver_id", metavar="WAIVER")
@json_option
@pass_context
def grant(context: Context, *, waiver_id: str, as_json: bool) -> None:
    """Grant a waiver that another has asked for (--as PERSON says who grants)."""
    with context.desk(writes=True) as desk:
        granted = waivers.grant(desk, context.actor, waiver_id, at=context.now())
    _done(granted, "is granted", as_json=as_json)


@waive_command.command("refuse")
@click.argument("waiver_id", metavar="WAIVER")
@click.option("--why", required=True)
@json_option
@pass_context
def refuse(context: Context, *, waiver_id: str, why: str, as_json: bool) -> None:
    """Refuse a waiver that another has asked for."""
    with context.desk(writes=True) as desk:
        refused = waivers.refuse(desk, context.actor, waiver_id, why, at=context.now())
    _done(refused, "is refused", as_json=as_json)


@waive_command.command("revoke")
@click.argument("waiver_id", metavar="WAIVER")
@click.option("--why", required=True)
@json_option
@pass_context
def revoke(context: Context, *, waiver_id: str, why: str, as_json: bool) -> None:
    """End a waiver before its day."""
    with context.desk(writes=True) as desk:
        ended = waivers.revoke(desk, context.actor, waiver_id, why, at=context.now())
    _done(ended, "is revoked", as_json=as_json)


@waive_command.command("list")
@click.option("--state", default="", help="Only those in this state.")
@reading
@pass_context
def list_(
    context: Context, *, state: str, as_of: str, draft: str, as_json: bool
) -> None:
    """List waivers with their state."""
    with context.view(as_of, draft) as view:
        found: list[Standing] = [
            standing
            for standing in waivers.waivers(view, context.now())
            if state in {"", standing.state.state}
        ]
        if as_json:
            print_json(found)
            return
        print_table(
            ["waiver", "state", "guardrail", "mission", "until", "asked by", "why"],
            [
                [
                    *[s.waiver.id, s.state.state, s.waiver.guardrail, s.waiver.mission],
                    *[f"{s.waiver.until:%Y-%m-%d}", view.name(s.waiver.asked_by)],
                    s.state.why,
                ]
                for s in found
            ],
        )


def _done(waiver: Waiver, what: str, *, as_json: bool) -> None:
    """Print what became of a waiver."""
    if as_json:
        print_json(waiver)
    else:
        click.echo(f"Waiver {waiver.id} of {waiver.guardrail} {what}.")
