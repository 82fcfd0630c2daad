"""Responsiveness on the command line: how long who asks waits for a yes, and done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, pass_context, reading

if TYPE_CHECKING:
    from datetime import datetime

    from weft.app.working.responsiveness import Responded, Responsiveness, Waited
    from weft.engines.transition import Lasted, Want, Within

_SHOWN = 20


@click.command("responsiveness")
@click.argument("mission", required=False)
@reading
@pass_context
def responsiveness_command(
    context: Context, *, mission: str | None, as_of: str, draft: str, as_json: bool
) -> None:
    """Show how long missions wait for a yes, and until it is done; or one, MISSION.

    Of what was first asked for in the last year. With MISSION: each request behind its
    figures, those that still wait first.
    """
    from weft.app.views import look
    from weft.app.working.responsiveness import responsiveness, waited

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        if mission:
            one = waited(desk, view, mission, context.now())
            print_json(one) if as_json else _show_one(one)
            return
        found = responsiveness(desk, view, context.now())
    print_json(found) if as_json else _show(found)


def _show(found: Responsiveness) -> None:
    """Print all missions, one line each, and how to read them."""
    if found.all is None:
        click.echo("Nobody asked for anything in the last year: see `weft ask`.")
        return
    _figures([found.all, *found.missions])
    click.echo(
        f"Days from first asking, of what was first asked for since {found.since}."
        " Who still waits counts as waiting.\n"
        "What is behind a line: `weft responsiveness MISSION`."
    )


def _figures(rows: list[Responded]) -> None:
    """Print how long was waited."""
    head = ["mission", "wants", "at once", "half: yes", "nine of ten", "no yes yet"]
    print_table(
        [*head, "half: done", "nine of ten", "not done yet", "not told"],
        [
            [
                *(each.mission or "all", each.wants, each.at_once),
                *_lasted(each.yes),
                *_lasted(each.done),
                each.wants - each.done.n,
            ]
            for each in rows
        ],
    )


def _lasted(told: Lasted) -> list[object]:
    """Write how long something lasted, and how many still wait."""
    return [
        _within(told.median, told.n),
        _within(told.slowest, told.n),
        told.waiting if told.n else "",
    ]


def _within(told: Within, of: int) -> str:
    """Write days with their interval, or why there are none."""
    if told.few:
        return "too few" if of else ""
    if told.value is None:
        return "not yet" if told.low is None else f"not yet ({told.low:.3g} at least)"
    if told.low is None:
        return f"{told.value:.3g}"
    high = "open" if told.high is None else f"{told.high:.3g}"
    return f"{told.value:.3g} ({told.low:.3g} to {high})"


def _show_one(one: Waited) -> None:
    """Print one mission: its figures, and what is behind them."""
    if not one.wants:
        click.echo(f"{one.figures.title} asked for nothing since {one.since}.")
        return
    click.secho(one.figures.title, bold=True)
    _figures([one.figures])
    print_table(
        ["first asked", "for", "answers", "days to yes", "days to done"],
        [_row(want, one.until) for want in one.wants[:_SHOWN]],
    )
    if len(one.wants) > _SHOWN:
        click.echo(f"... and {len(one.wants) - _SHOWN} more; --json has all.")
    click.echo("An answer by its number: `weft answer NUMBER`.")


def _row(want: Want, until: datetime) -> list[object]:
    """Write what was wanted and what came of it on one line."""
    about = want.title or want.asset or ""
    return [
        f"{want.asked:%Y-%m-%d}",
        f"{want.act}: {about}" if about else want.act,
        ", ".join(map(str, want.answers)),
        _waited(want, until),
        _done(want),
    ]


def _waited(want: Want, until: datetime) -> str:
    """Write how long the yes took, or how long it has been waited for."""
    if want.yes is None:
        so_far = (until - want.asked).total_seconds() / 86_400
        return f"waits, {so_far:.3g} so far"
    days = f"{want.answering.days:.3g}"
    return f"{days}, by waiver" if want.waived else days


def _done(want: Want) -> str:
    """Write how long it took to be done, or why that is not told."""
    if not want.reported:
        return "not told"
    return "not done yet" if want.done is None else f"{want.doing.days:.3g}"
