"""Funds on the command line: what they have, what was asked, what came of it."""

from __future__ import annotations

from typing import Any

import click

from weft.cli.printing import print_json
from weft.cli.shell import Context, json_option, key_option, pass_context, reading


@click.group("fund")
def fund_command() -> None:
    """See what funds have and what came of it; ask for money on any day."""


@fund_command.command("list")
@click.option("--month", default="", metavar="YYYY-MM", help="Else this month.")
@reading
@pass_context
def list_funds(
    context: Context, *, month: str, as_json: bool, as_of: str, draft: str
) -> None:
    """List the funds: what each has, pays, and what came of what it paid."""
    from weft.app.funding.looking import funds
    from weft.app.views import look
    from weft.cli.funding.shown import show_funds

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = funds(desk, view, _month(context, month), context.now())
    print_json(found) if as_json else show_funds(found)


@fund_command.command("show")
@click.argument("fund")
@click.option("--month", default="", metavar="YYYY-MM", help="Else this month.")
@reading
@pass_context
def show(
    context: Context, *, fund: str, month: str, as_json: bool, as_of: str, draft: str
) -> None:
    """Show a fund: each tranche with what was expected, what came, and the gap."""
    from weft.app.funding import looking
    from weft.app.views import look
    from weft.cli.funding.shown import show_fund

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = looking.fund(desk, view, fund, _month(context, month), context.now())
        print_json(found) if as_json else show_fund(view, found)


@fund_command.command("behind")
@click.argument("tranche", metavar="MISSION:YYYY-MM")
@click.option("--month", default="", metavar="YYYY-MM", help="Else this month.")
@reading
@pass_context
def behind(
    context: Context,
    *,
    tranche: str,
    month: str,
    as_json: bool,
    as_of: str,
    draft: str,
) -> None:
    """Show the months of a tranche: paid, expected, came, on which evidence."""
    from weft.app.funding import monthly
    from weft.app.views import look
    from weft.cli.funding.shown import show_behind

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        asked, now = _month(context, month), context.now()
        found = monthly.behind(desk, view, tranche, asked, now)
        print_json(found) if as_json else show_behind(view, found)


@fund_command.command("track")
@click.option("--month", default="", metavar="YYYY-MM", help="Else this month.")
@reading
@pass_context
def track(
    context: Context, *, month: str, as_json: bool, as_of: str, draft: str
) -> None:
    """Show what was promised 6, 12 and 18 months ahead, against what came."""
    from weft.app.funding.looking import kept
    from weft.cli.funding.shown import show_kept

    with context.view(as_of, draft) as view:
        found = kept(view, _month(context, month))
        print_json(found) if as_json else show_kept(view, found)


@fund_command.command("ask")
@click.argument("mission")
@click.argument("amount")
@click.option("--fund", required=True, metavar="FUND")
@click.option("--start", required=True, metavar="YYYY-MM", help="The first month.")
@click.option("--why", required=True, help="In a sentence.")
@click.option("--months", default="", help="For so many; else until it is changed.")
@click.option("--bet", is_flag=True, help="A small bet, out of the reserve.")
@click.option("--expected", default="", help="What it is to be worth a month.")
@click.option("--proof", default="", help="What will be seen.")
@click.option("--proof-by", default="", metavar="YYYY-MM", help="By when.")
@click.option("--more", default="", metavar="FILE", help="Evidence, as YAML.")
@key_option
@json_option
@pass_context
def ask(
    context: Context, /, *, bet: bool, more: str, key: str, as_json: bool, **told: str
) -> None:
    """Ask for AMOUNT more a month for MISSION, such as "12000.00 EUR".

    A small amount needs --why; a larger one --expected, --proof and --proof-by; a large
    one its evidence too, in a file: grade, basis, assumptions, alternatives.
    """
    from weft.app.funding import asking
    from weft.app.funding.asking import Asking
    from weft.core.records import read_texts

    plain: dict[str, Any] = _file(more) | {k: v for k, v in told.items() if v}
    said = read_texts(Asking, plain | ({"bet": True} if bet else {}), "ask")
    with context.desk(writes=True) as desk:
        made = asking.ask(desk, context.actor, said, context.now(), key)
    if as_json:
        print_json(made)
        return
    click.echo(f"{made.id}: asked for {made.amount} a month from {made.start} on.")


@fund_command.command("answer")
@click.argument("ask")
@click.argument("word", type=click.Choice(["grant", "refuse", "withdraw"]))
@click.option("--why", default="", help="In a sentence; a refusal needs it.")
@key_option
@json_option
@pass_context
def answer(
    context: Context, /, *, ask: str, word: str, why: str, key: str, as_json: bool
) -> None:
    """Grant an ask or refuse it, for those who decide; withdraw one's own.

    From the limit of the fund on, two people have to grant it.
    """
    from weft.app.funding import asking
    from weft.app.funding.asking import Granting
    from weft.core.records import read_texts

    said = read_texts(Granting, {"ask": ask, "answer": word, "why": why}, "answer")
    with context.desk(writes=True) as desk:
        found = asking.answer(desk, context.actor, said, context.now(), key)
    if as_json:
        print_json(found)
        return
    waits = " One more has to grant it." if found.state == "open" else ""
    click.echo(f"{found.id} is {found.state}.{waits}")


@fund_command.command("return")
@click.argument("tranche", metavar="MISSION:YYYY-MM")
@click.argument("amount")
@key_option
@json_option
@pass_context
def give_back(
    context: Context, /, *, tranche: str, amount: str, key: str, as_json: bool
) -> None:
    """Let money of a tranche that is not spent flow back to its fund."""
    from weft.app.funding import asking
    from weft.app.funding.asking import Returning
    from weft.core.records import read_texts

    said = read_texts(Returning, {"tranche": tranche, "amount": amount}, "return")
    with context.desk(writes=True) as desk:
        entry = asking.give_back(desk, context.actor, said, context.now(), key)
    print_json({"entry": entry}) if as_json else click.echo(
        f"{said.amount} flowed back."
    )


@fund_command.command("confirm")
@click.argument("forecast", metavar="MISSION:YYYY-MM:MONTHS")
@key_option
@json_option
@pass_context
def confirm(context: Context, /, *, forecast: str, key: str, as_json: bool) -> None:
    """Say that a forecast still holds: its age begins anew."""
    from weft.app.funding import asking

    with context.desk(writes=True) as desk:
        entry = asking.confirm(desk, context.actor, forecast, context.now(), key)
    print_json({"entry": entry}) if as_json else click.echo(f"{forecast} is confirmed.")


def _month(context: Context, month: str) -> str:
    from weft.app.funding.rounds import MoneyAsk
    from weft.core.records import read_texts

    plain = {"month": month or f"{context.now():%Y-%m}"}
    return read_texts(MoneyAsk, plain, "fund").month


def _file(name: str) -> dict[str, Any]:
    """Read what else is said of an ask from a file."""
    if not name:
        return {}
    from weft.app.texts import mapping
    from weft.cli.shell import a_file

    return mapping(a_file(name).read_bytes(), name)
