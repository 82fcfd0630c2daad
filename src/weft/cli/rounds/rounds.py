"""The round of seats on the command line: worked out, proposed, answered."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, get_args

import click

from weft.cli.funding.rounds import money_command
from weft.cli.printing import many, print_json
from weft.cli.shell import Context, json_option, key_option, pass_context
from weft.core.rounds.round import Refusal

if TYPE_CHECKING:
    from weft.app.rounds.working_out import Ask, Patience
    from weft.core.rounds.round import ReplyWord
    from weft.engines.allocation import Proposal


class _Round(click.Group):
    """A group that works a round out where it is given a month and no other word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in that was left out."""
        if args and args[0][:1].isdigit():
            args = ["plan", *args]
        return super().parse_args(ctx, args)


@click.group("round", cls=_Round)
def round_command() -> None:
    """Propose who sits where: `weft round 2027-01`; then people decide."""


round_command.add_command(money_command)


def asking(command: Any) -> Any:
    """Give a command what a round is worked out from."""
    options = [
        click.argument("month", metavar="YYYY-MM"),
        click.option("--months", default=6, show_default=True, help="To look ahead."),
        click.option("--limit", default=60, show_default=True, help="Seconds."),
        click.option("--draft", default="", metavar="NAME", help="Of a what-if."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def ask_of(month: str, months: int, limit: int, draft: str = "") -> Ask:
    """Read what is asked from the words of a command."""
    from weft.app.rounds.working_out import Ask
    from weft.core.records import read_texts

    plain = {"month": month, "months": months, "limit": limit}
    return read_texts(Ask, plain | ({"draft": draft} if draft else {}), "round")


def patience(limit: int) -> Patience:
    """Wait for so many seconds, and tell on a terminal how far it is."""
    from weft.app.rounds.working_out import Patience

    until = time.monotonic() + limit

    def tell(done: float) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done:4.0%} done ", nl=done >= 1, err=True)

    return Patience(lambda: max(until - time.monotonic(), 0.0), tell=tell)


@round_command.command("plan")
@asking
@json_option
@pass_context
def plan(
    context: Context, *, month: str, months: int, limit: int, draft: str, as_json: bool
) -> None:
    """Work out who could sit where from a month on; nothing is written.

    With a reason for each move and what a refusal costs, why each need stays open and
    what can be done, and how far from the best possible the plan is at most.
    """
    from weft.app.rounds.working_out import work_out
    from weft.app.views import look
    from weft.cli.rounds.shown import show_proposal

    ask = ask_of(month, months, limit, draft)
    with context.desk() as desk:
        view = look(desk, context.actor, draft=draft)
        found = work_out(desk, context.actor, ask, context.now(), patience(limit))
    print_json(found) if as_json else show_proposal(view, found)


@round_command.command("propose")
@asking
@key_option
@json_option
@pass_context
def propose(
    context: Context,
    *,
    month: str,
    months: int,
    limit: int,
    draft: str,
    key: str,
    as_json: bool,
) -> None:
    """Work a round out and put it before people, who then accept, refuse or change.

    For administrators and leads of missions. No seat changes by it.
    """
    from weft.app.rounds.deciding import put_forward
    from weft.app.rounds.working_out import work_out

    ask = ask_of(month, months, limit, draft)
    with context.desk(writes=True) as desk:
        actor, now = context.actor, context.now()
        proposal: Proposal = work_out(desk, actor, ask, now, patience(limit))
        made = put_forward(desk, actor, proposal, context.now(), key)
    if as_json:
        print_json(made)
        return
    moves = many(len(proposal.moves), "move")
    click.echo(f"{moves} proposed for {made.month}; nothing changes until people say.")


@round_command.command("show")
@click.argument("month", metavar="YYYY-MM")
@json_option
@pass_context
def show(context: Context, *, month: str, as_json: bool) -> None:
    """Show the moves that were put before people, and what they said."""
    from weft.app.rounds.deciding import moves
    from weft.cli.rounds.shown import show_moves

    with context.view() as view:
        found = moves(view, month)
    print_json(found) if as_json else show_moves(view, found)


@round_command.command("try")
@click.argument("month", metavar="YYYY-MM")
@click.argument("seats", nargs=-1, required=True, metavar="PERSON:MISSION=SHARE...")
@click.option("--limit", default=4, show_default=True, help="Seconds.")
@json_option
@pass_context
def try_seats(
    context: Context, *, month: str, seats: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """See what other seats would do to coverage, cost and mix; writes nothing.

    Shares are hundredths of a person, 0 for no seat; others stay as they are proposed.
    Ends with 1 where a rule is broken.
    """
    from weft.app.rounds.arranging import Arrangement, weigh
    from weft.app.rounds.dragging import read_seats
    from weft.app.views import look
    from weft.cli.rounds.weighed import show_weighing
    from weft.core.records import read_texts

    plain = {"month": month, "shares": read_seats(seats)}
    asked = read_texts(Arrangement, plain, "round")
    with context.desk() as desk:
        now, wait = context.now(), patience(limit)
        found = weigh(desk, context.actor, asked, now=now, patience=wait)
        view = look(desk, context.actor)
    print_json(found) if as_json else show_weighing(view, found, asked)
    if any(doubt.breaks for doubt in found.doubts):
        raise click.exceptions.Exit(1)


@round_command.command("lent")
@click.argument("month", metavar="YYYY-MM")
@click.option("--mission", default="", help="By and to one mission.")
@json_option
@pass_context
def lent(context: Context, *, month: str, mission: str, as_json: bool) -> None:
    """Show what missions lend each other from a month on, by month and to whom."""
    from weft.app.rounds.lending import lending
    from weft.cli.rounds.shown import show_lending

    asked = ask_of(month, 1, 1).month
    with context.view() as view:
        found = lending(view, asked, mission=mission)
    print_json(found) if as_json else show_lending(view, found)


@round_command.command("kept")
@click.argument("month", metavar="YYYY-MM")
@json_option
@pass_context
def kept(context: Context, *, month: str, as_json: bool) -> None:
    """Show what came of a round: planned seats beside those there are, and why."""
    from weft.app.rounds.keeping import round_kept
    from weft.app.views import look
    from weft.cli.rounds.shown import show_kept

    asked = ask_of(month, 1, 1).month
    with context.desk() as desk:
        view = look(desk, context.actor)
        found = round_kept(desk, view, asked)
    print_json(found) if as_json else show_kept(view, found)


@round_command.command("accept")
@click.argument("month", metavar="YYYY-MM")
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@key_option
@json_option
@pass_context
def accept(context: Context, /, **said: Any) -> None:
    """Say yes to moves: of some people, or to all that you have a say in.

    A seat changes once the person and a lead of each mission that gains say yes.
    """
    _answer(context, "accept", **said)


@round_command.command("refuse")
@click.argument("month", metavar="YYYY-MM")
@click.argument("people", nargs=-1, metavar="[PERSON]...")
@click.option("--why", type=click.Choice(get_args(Refusal)), required=True)
@key_option
@json_option
@pass_context
def refuse(context: Context, /, **said: Any) -> None:
    """Say no to moves. The next rounds do not ask for that mission again so soon."""
    _answer(context, "refuse", **said)


@round_command.command("change")
@click.argument("month", metavar="YYYY-MM")
@click.argument("person")
@click.argument("shares", nargs=-1, required=True, metavar="MISSION=SHARE...")
@key_option
@json_option
@pass_context
def change(
    context: Context,
    /,
    *,
    person: str,
    shares: tuple[str, ...],
    **said: Any,
) -> None:
    """Say yes to a move with other shares, in hundredths; the others are asked anew."""
    told = dict(each.partition("=")[::2] for each in shares)
    _answer(context, "change", people=(person,), shares=told, **said)


def _answer(
    context: Context,
    answer: ReplyWord,
    *,
    month: str,
    people: tuple[str, ...],
    key: str,
    as_json: bool,
    **more: Any,
) -> None:
    """Give one answer to moves, and print what came of it."""
    from weft.app.rounds import deciding
    from weft.app.rounds.deciding import Answering
    from weft.core.records import read_texts

    plain = {"month": month, "answer": answer, "people": list(people), **more}
    said = read_texts(Answering, plain, "answer")
    with context.desk(writes=True) as desk:
        found = deciding.answer(desk, context.actor, said, context.now(), key)
    if as_json:
        print_json(found)
        return
    waits = len(found.people) - len(found.taken)
    click.echo(
        f"{many(len(found.people), 'move')} answered, {len(found.taken)} taken"
        + (f", {waits} not yet." if answer != "refuse" else ".")
    )
