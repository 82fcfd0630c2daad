"""Objections to guardrails on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, get_args

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import DAY, Context, json_option, key_option, pass_context, reading
from weft.core.framework.challenges import AnswerWord, Challenge, ChallengeWord

if TYPE_CHECKING:
    from weft.app.framework.challenges import Hearing
    from weft.app.views import View


@click.group("challenge")
def challenge_command() -> None:
    """Object to a guardrail; its owner has to answer by a day."""


@challenge_command.command("raise")
@click.argument("guardrail")
@click.option("--reason", required=True, help="Why; never about a person.")
@click.option("--mission", default=None, metavar="ID", help="For this mission.")
@click.option(
    "--decision", multiple=True, type=int, help="An answer as evidence; repeatable."
)
@click.option("--waiver", multiple=True, help="A waiver as evidence; repeatable.")
@click.option("--draft", default=None, metavar="ID", help="A draft with the change.")
@key_option
@json_option
@pass_context
def raise_(
    context: Context,
    *,
    guardrail: str,
    reason: str,
    mission: str | None,
    decision: tuple[int, ...],
    waiver: tuple[str, ...],
    draft: str | None,
    key: str,
    as_json: bool,
) -> None:
    """Object to GUARDRAIL, with a reason and what shows it."""
    from weft.app.framework import challenges
    from weft.app.framework.challenges import Objection
    from weft.core.records import read
    from weft.core.sources import Source

    plain = {
        "guardrail": guardrail,
        "mission": mission,
        "reason": reason,
        "decisions": list(decision),
        "waivers": list(waiver),
        "draft": draft,
    }
    sent = read(Objection, plain, Source("argv"))
    with context.desk(writes=True) as desk:
        raised = challenges.raise_(desk, context.actor, sent, context.now(), key)
    _done(
        raised,
        f"is raised; an answer is owed by {raised.due}",
        as_json=as_json,
    )


@challenge_command.command("join")
@click.argument("challenge_id", metavar="CHALLENGE")
@json_option
@pass_context
def join(context: Context, *, challenge_id: str, as_json: bool) -> None:
    """Stand behind an objection of somebody else."""
    from weft.app.framework import challenges

    with context.desk(writes=True) as desk:
        now = context.now()
        joined = challenges.join(desk, context.actor, challenge_id, at=now)
    _done(joined, f"has {len(joined.objectors)} behind it", as_json=as_json)


@challenge_command.command("answer")
@click.argument("challenge_id", metavar="CHALLENGE")
@click.argument("answer", type=click.Choice(get_args(AnswerWord)))
@click.option("--reason", required=True, help="Why; those who object will read it.")
@click.option("--version", type=int, help="With change: the version that meets it.")
@click.option("--until", type=DAY, help="With try: the last day of the trial.")
@json_option
@pass_context
def answer(
    context: Context,
    *,
    challenge_id: str,
    answer: str,
    reason: str,
    version: int | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Answer an objection, in the role that owns the guardrail.

    keep: it stays as it is. change: there is a new version, which is in its place
    already. try: it only advises until a day. retire: it ends.
    """
    from weft.app.framework import challenges
    from weft.app.framework.challenges import Reply
    from weft.core.records import read
    from weft.core.sources import Source

    end = until.date() if until else None
    plain = {"answer": answer, "reason": reason, "version": version, "until": end}
    sent = read(Reply, plain, Source("argv"))
    with context.desk(writes=True) as desk:
        now = context.now()
        told = challenges.answer(desk, context.actor, challenge_id, sent, at=now)
    _done(told, f"is answered: {answer}", as_json=as_json)


@challenge_command.command("withdraw")
@click.argument("challenge_id", metavar="CHALLENGE")
@json_option
@pass_context
def withdraw(context: Context, *, challenge_id: str, as_json: bool) -> None:
    """Step back from an objection; it ends once nobody stands behind it."""
    from weft.app.framework import challenges

    with context.desk(writes=True) as desk:
        now = context.now()
        left = challenges.withdraw(desk, context.actor, challenge_id, at=now)
    what = "is withdrawn" if left.withdrawn_at else f"goes on in the name of {left.by}"
    _done(left, what, as_json=as_json)


@challenge_command.command("list")
@click.option("--guardrail", default="", metavar="ID", help="Only those to this one.")
@click.option(
    "--state",
    default="",
    type=click.Choice(["", *get_args(ChallengeWord)]),
    help="Only those in this state.",
    metavar="STATE",
)
@reading
@pass_context
def list_(
    context: Context,
    *,
    guardrail: str,
    state: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """List objections with their state, those that wait for an answer first."""
    from weft.app.framework import challenges

    with context.view(as_of, draft) as view:
        found = [
            hearing
            for hearing in challenges.challenges(view, context.now(), guardrail)
            if state in {"", hearing.state.state}
        ]
        print_json(found) if as_json else _table(view, found)


@challenge_command.command("show")
@click.argument("challenge_id", metavar="CHALLENGE")
@reading
@pass_context
def show(
    context: Context, *, challenge_id: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show one objection, its evidence and its answer."""
    from weft.app.framework import challenges

    with context.view(as_of, draft) as view:
        found = challenges.challenge(view, challenge_id, context.now())
        print_json(found) if as_json else _whole(view, found)


def _table(view: View, found: list[Hearing]) -> None:
    """Print a row for each objection."""
    print_table(
        ["challenge", "state", "guardrail", "by", "behind it", "due", "answer"],
        [
            [
                *[h.challenge.id, h.state.state, h.challenge.guardrail],
                *[view.name(h.challenge.by), len(h.challenge.objectors)],
                *[h.challenge.due, h.challenge.answer or ""],
            ]
            for h in found
        ],
    )


def _whole(view: View, found: Hearing) -> None:
    """Print all of one objection."""
    told = found.challenge
    click.secho(f"{told.id}: {told.guardrail}, version {told.version}", bold=True)
    click.echo(f"{found.state.state}: {found.state.why}\n")
    names = ", ".join(view.name(person) for person in told.objectors)
    evidence = [*(f"decision {n}" for n in told.decisions), *told.waivers]
    rows = (
        ("by", names),
        ("for", told.mission or ""),
        ("reason", told.reason),
        ("evidence", ", ".join(evidence)),
        ("draft", told.draft or ""),
        ("raised", f"{told.raised_at:%Y-%m-%d}"),
        ("due", str(told.due)),
        ("answer", told.answer or ""),
        ("to version", told.to_version or ""),
        ("until", told.trial_until or ""),
        ("answered by", view.name(told.answered_by)),
        ("why", told.answer_reason),
    )
    for title, text in rows:
        if text:
            click.echo(f"{title:>12}  {text}")


def _done(told: Challenge, what: str, *, as_json: bool) -> None:
    """Print what became of an objection."""
    if as_json:
        print_json(told)
    else:
        click.echo(f"Challenge {told.id} of {told.guardrail} {what}.")
