"""Requests on the command line: ask, and look at answers."""

from __future__ import annotations

import click

from weft.app import requests, wording
from weft.app.framework import counting
from weft.app.requests import Explained
from weft.app.views import View, look
from weft.cli.answers import show
from weft.cli.printing import print_json
from weft.cli.remote import Server, Words, address_in
from weft.cli.shell import Context, json_option, pass_context
from weft.errors import StoreTaken

REFUSED = 4


@click.command("ask")
@click.argument("mission")
@click.argument("words", nargs=-1, metavar="[ACT] NAME=VALUE...")
@click.option("--asset", default="", metavar="ID", help="What it is about.")
@click.option("--title", default="", help="What it is, in a few words.")
@click.option("--key", default="", help="Asking twice with one key has one effect.")
@click.option("--draft", default="", metavar="NAME", help="Only try it, on a draft.")
@click.option("--dry-run", is_flag=True, help="Only try it; keep nothing.")
@click.option(
    "--server", envvar="WEFT_SERVER", default="", metavar="URL", help="Ask a server."
)
@click.option("--token", envvar="WEFT_TOKEN", default="", help="API token for it.")
@json_option
@pass_context
def ask_command(
    context: Context,
    *,
    mission: str,
    words: tuple[str, ...],
    asset: str,
    title: str,
    key: str,
    draft: str,
    dry_run: bool,
    server: str,
    token: str,
    as_json: bool,
) -> None:
    """Ask whether MISSION may do what ACT and NAME=VALUE... describe.

    The answer comes at once and is kept in the journal. Exit code 0 for a yes,
    4 for a no. ACT may be left out where one act alone asks for these
    properties. With --server the question goes to a running Weft, and so it does
    by itself where one on this machine has the store.
    """
    act = words[0] if words and "=" not in words[0] else ""
    texts = wording.pairs(words[1:] if act else words)
    asked = Words(mission=mission, act=act, texts=texts, asset=asset, title=title)
    if server:
        there = Server(server, token, context.person or "")
        tries = dry_run or bool(draft)
        view, answer = (
            None,
            (there.try_out(asked, draft) if tries else there.ask(asked, key)),
        )
    elif dry_run or draft:
        view, answer = _tried(context, asked, draft)
    else:
        view, answer = _kept(context, asked, key, token)
    print_json(answer) if as_json else show(answer, view)
    if answer.decision.verdict == "refused":
        click.get_current_context().exit(REFUSED)


Shown = tuple[View | None, Explained]
"""An answer, and the firm whose names it is shown with, where that is at hand."""


def _tried(context: Context, asked: Words, draft: str) -> Shown:
    """Answer without keeping: number 0."""
    with context.view(draft=draft) as view:
        wish = asked.typed(view.firm)
        return view, requests.tried(view.firm, view.actor, wish, context.now())


def _kept(context: Context, asked: Words, key: str, token: str) -> Shown:
    """Answer on record: here, or by the server on this machine that has the store."""
    try:
        with context.desk(writes=True) as desk:
            view = look(desk, context.actor)
            wish = asked.typed(view.firm)
            answer = requests.ask(desk, context.actor, wish, context.now(), key)
            counting.keep(desk)
            return view, requests.explained(desk, answer)
    except StoreTaken as taken:
        address = address_in(taken.holder) if context.on_this_machine else ""
        if not address:
            raise
    click.echo(f"Asked at {address}, which has the store.", err=True)
    told = Server(address, token, context.person or "").ask(asked, key)
    with context.view() as view:
        return view, told


@click.command("answer")
@click.argument("number", type=int)
@click.option("--replay", is_flag=True, help="Judge it again on the firm of then.")
@json_option
@pass_context
def answer_command(
    context: Context, *, number: int, replay: bool, as_json: bool
) -> None:
    """Show the Answer with this NUMBER as it was given.

    With --replay it is judged again from the journal: exit code 1 if it differs.
    """
    with context.desk() as desk:
        view = look(desk, context.actor)
        if not replay:
            found = requests.answer(desk, context.actor, number)
            answer = requests.explained(desk, found)
            print_json(answer) if as_json else show(answer, view)
            return
        again = requests.replay(desk, context.actor, number)
    if as_json:
        print_json(again)
    else:
        words = "identical" if again.same else "DIFFERENT"
        click.echo(f"Answer {number} judged again: {words}.")
    if not again.same:
        click.get_current_context().exit(1)
