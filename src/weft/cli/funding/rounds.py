"""The money side of a round on the command line: the same words as for the seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from weft.cli.funding.hushed import hushed
from weft.cli.printing import many, print_json
from weft.cli.shell import Context, json_option, key_option, pass_context

if TYPE_CHECKING:
    from weft.core.funding.round import Saying

_CHANGED = 1


class _Money(click.Group):
    """A group that works the money out where it is given a month and no other word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in that was left out."""
        if args and args[0][:1].isdigit():
            args = ["plan", *args]
        return super().parse_args(ctx, args)


@click.group("money", cls=_Money)
def money_command() -> None:
    """Propose what is stopped, shrunk, continued, grown: `weft round money 2027-01`."""


@money_command.command("plan")
@click.argument("month", metavar="YYYY-MM")
@click.option("--draft", default="", metavar="NAME", help="Of a what-if.")
@json_option
@pass_context
def plan(context: Context, *, month: str, draft: str, as_json: bool) -> None:
    """Work out what each mission and platform would get; nothing is written.

    One word for each with its reason, its evidence, the ways forgone and what would
    turn it; and how far from the best possible the whole is at most.
    """
    from weft.app.funding.rounds import work_out
    from weft.cli.funding.shown import show_money

    ask = _ask(month, draft)
    with context.desk() as desk, hushed():
        found = work_out(desk, context.actor, ask, context.now())
    print_json(found) if as_json else show_money(found)


@money_command.command("propose")
@click.argument("month", metavar="YYYY-MM")
@key_option
@json_option
@pass_context
def propose(context: Context, *, month: str, key: str, as_json: bool) -> None:
    """Put the money of a month before those who decide, in one entry.

    For administrators and holders of a role that decides a fund. No money moves by it.
    """
    from weft.app.funding.rounds import put_forward

    ask = _ask(month, "")
    with context.desk(writes=True) as desk, hushed():
        made = put_forward(desk, context.actor, ask, context.now(), key)
    if as_json:
        print_json(made)
        return
    click.echo(f"Money proposed for {made.month}; nothing changes until people say.")


@money_command.command("show")
@click.argument("month", metavar="YYYY-MM")
@json_option
@pass_context
def show(context: Context, *, month: str, as_json: bool) -> None:
    """Show what was put before those who decide, and what they said."""
    from weft.app.funding.rounds import moves
    from weft.cli.funding.shown import show_money_moves

    with context.view() as view:
        found = moves(view, month)
        print_json(found) if as_json else show_money_moves(view, found)


@money_command.command("replay")
@click.argument("month", metavar="YYYY-MM")
@json_option
@pass_context
def replay(context: Context, *, month: str, as_json: bool) -> None:
    """Work a past round out again from the journal: exit 1 where it is not the same."""
    from weft.app.funding.rounds import replay as work_again
    from weft.cli.funding.shown import show_replay

    with context.desk() as desk, hushed():
        found = work_again(desk, context.actor, month)
    print_json(found) if as_json else show_replay(found)
    if not found.same:
        raise click.exceptions.Exit(_CHANGED)


@money_command.command("accept")
@click.argument("month", metavar="YYYY-MM")
@click.argument("missions", nargs=-1, metavar="[MISSION]...")
@key_option
@json_option
@pass_context
def accept(context: Context, /, **said: Any) -> None:
    """Say yes: for some missions, or for all that wait for you."""
    _decide(context, "accept", **said)


@money_command.command("refuse")
@click.argument("month", metavar="YYYY-MM")
@click.argument("missions", nargs=-1, metavar="[MISSION]...")
@click.option("--why", required=True, help="In a sentence.")
@key_option
@json_option
@pass_context
def refuse(context: Context, /, **said: Any) -> None:
    """Say no, with the reason; the money stays as it is."""
    _decide(context, "refuse", **said)


@money_command.command("change")
@click.argument("month", metavar="YYYY-MM")
@click.argument("mission")
@click.argument("amount")
@click.option("--why", required=True, help="In a sentence.")
@key_option
@json_option
@pass_context
def change(context: Context, /, *, mission: str, **said: Any) -> None:
    """Say yes to another amount a month, with the reason."""
    _decide(context, "change", missions=(mission,), **said)


def _decide(
    context: Context,
    answer: Saying,
    *,
    missions: tuple[str, ...],
    key: str,
    as_json: bool,
    **more: Any,
) -> None:
    """Give one answer, and print what came of it."""
    from weft.app.funding.rounds import Deciding, decide
    from weft.core.records import read_texts

    plain = {"answer": answer, "missions": list(missions), **more}
    said = read_texts(Deciding, plain, "answer")
    with context.desk(writes=True) as desk:
        found = decide(desk, context.actor, said, context.now(), key)
    if as_json:
        print_json(found)
        return
    told = f"{many(len(found.missions), 'mission')} answered, {len(found.taken)} taken."
    click.echo(told)


def _ask(month: str, draft: str) -> Any:
    from weft.app.funding.rounds import MoneyAsk
    from weft.core.records import read_texts

    plain = {"month": month} | ({"draft": draft} if draft else {})
    return read_texts(MoneyAsk, plain, "money")
