"""Handoffs and lead times on the command line, from the firm's own log."""

from __future__ import annotations

from datetime import datetime

import click

from weft.app.working import handoffs as app
from weft.app.working.handoffs import CaseRow, Which
from weft.cli.mirror import shown
from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import DAY, Context, pass_context, reading
from weft.engines.work import Flow, Share, Spread

_SHOWN, _WHOLE, _LAST = 15, 100, 4
_HELD = {
    "queue": "waiting for somebody to take it up",
    "held": "held by a group (waiting and work)",
    "asker": "waiting for who asked",
    "other": "waiting for somebody else",
    "done": "done, but it came back",
}


@click.command("handoffs")
@click.argument("log", required=False, default="")
@click.option("--split", type=DAY, default=None, help="Tell before and from this day.")
@click.option("--rows", is_flag=True, help="List the cases behind the figures.")
@click.option(
    "--handoffs", type=click.IntRange(0, 4), help="Rows with so many; 4: or more."
)
@click.option("--month", default="", metavar="YYYY-MM", help="Rows opened in a month.")
@click.option("--group", default="", help="Rows that a group had.")
@click.option("--crossing", is_flag=True, help="Rows that cross the IT unit's edge.")
@click.option("--across", is_flag=True, help="Rows asked for in another unit.")
@reading
@pass_context
def handoffs_command(
    context: Context,
    *,
    log: str,
    split: datetime | None,
    rows: bool,
    handoffs: int | None,
    month: str,
    group: str,
    crossing: bool,
    across: bool,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show how work flowed by a LOG: lead times, waits, handoffs, answers.

    Handoffs are changes of the group that has a piece of work; crossings are those
    over the edge of the IT unit.
    """
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        at = shown(context, view, "")
        if rows:
            which = Which(
                handoffs=handoffs,
                month=month,
                group=group,
                crossing=crossing,
                across=across,
            )
            found = app.rows(desk, view, at, log, which)
            print_json(found) if as_json else _rows(found)
            return
        told = app.handoffs(desk, view, at, log, split.date() if split else None)
    print_json(told) if as_json else _show(told)


def _rows(found: tuple[CaseRow, ...]) -> None:
    """Print the cases behind a figure."""
    print_table(
        ["case", "opened", "days", "handoffs", "crossings", "groups"],
        [
            [
                row.id,
                row.opened,
                _days(row.days) if row.days is not None else "open",
                row.handoffs,
                "?" if row.crossings is None else row.crossings,
                " > ".join(row.path),
            ]
            for row in found[:200]
        ],
    )
    click.echo(f"{many(len(found), 'case')}{'; --json has all' * (len(found) > 200)}.")  # noqa: PLR2004 # a few screens


def _show(told: Flow) -> None:
    """Print how work flowed."""
    _show_leads(told)
    _show_handed(told)
    _show_waits(told)
    _show_parts(told)
    click.echo("The cases behind it: weft handoffs --rows; one: weft replay CASE")


def _show_leads(told: Flow) -> None:
    """Print which cases count, and how their days and handoffs lie."""
    whole = f"{many(told.cases, 'case')}, {told.open:,} open"
    click.secho(
        f"{told.log}: {whole}, {told.unsolved:,} closed without being done", bold=True
    )
    some = told.cohort
    click.echo(f"Lead times: of {some.cases:,} opened {some.since} to {some.until}.")
    for note in some.notes:
        click.echo(f"  {note}")
    print_table(
        ["", "median", "p85", "p90", "p95", "of"],
        [
            _line("days from asking to done", told.lead),
            _line("days to the first answer of use", told.first),
            _line("days until somebody took it up", told.taken),
            _line("handoffs", told.handed.handoffs),
            _line("of these over the IT unit's edge", told.handed.crossings),
        ],
    )


def _show_handed(told: Flow) -> None:
    """Print how many were handed on, back and over the edge."""
    if told.handed.unknown:
        unknown = many(told.handed.unknown, "case")
        click.echo(
            f"Of {unknown} the edge is not known: --inside and --outside say it."
        )
    for title, share in (
        ("handed on at least once", told.handed.moved),
        ("back to a group that had it", told.handed.returned),
        ("asked back", told.handed.asked_back),
        ("changed after it was taken up", told.changed),
    ):
        click.echo(f"{title}: {_share(share)}")
    for title, part in (("before", told.before), ("from then on", told.after)):
        if part is not None:
            each, over = part.handoffs, part.crossings
            click.echo(
                f"{title}: {many(part.cases, 'case')}, handoffs median"
                f" {_days(each.median)}, p90 {_days(each.p90)};"
                f" over the edge median {_days(over.median)}, p90 {_days(over.p90)}"
            )


def _show_waits(told: Flow) -> None:
    """Print where the time goes, and what of it cannot be seen."""
    print_table(
        ["where the time goes", "share"],
        [[_HELD[wait.holding], f"{wait.share * 100:.0f} %"] for wait in told.waits],
    )
    if told.touch is not None:
        click.echo(
            f"Work itself cannot be seen in a log: at most {told.touch * 100:.0f} %"
            " of the time, and likely far less."
        )
    if told.closing.automatic:
        click.echo(
            f"Closing is bulk work, {_days(told.closing.days)} days after done"
            " in the median: it is left out."
        )


def _show_parts(told: Flow) -> None:
    """Print the cases by handoffs, and the visits by group."""
    print_table(
        ["handed on", "cases", "median days", "p90"],
        [
            [
                f"{each.handoffs}{' or more' * (each.handoffs == _LAST)}",
                f"{each.cases:,}",
                _days(each.lead.median),
                _days(each.lead.p90),
            ]
            for each in told.by_handoffs
        ],
    )
    click.echo(
        "Hard cases take long and are handed on: one is not the cause of the other."
    )
    print_table(
        ["group", "people", "visits", "median hours", "p90"],
        [
            [
                each.title or f"{each.groups} groups of under 5",
                "under 5" if each.people is None else each.people,
                f"{each.visits:,}",
                _days(each.hours.median),
                _days(each.hours.p90),
            ]
            for each in told.groups[:_SHOWN]
        ],
    )


def _line(title: str, told: Spread) -> list[str]:
    """Write how values lie."""
    values = (told.median, told.p85, told.p90, told.p95)
    return [title, *map(_days, values), f"{told.count:,}"]


def _days(value: float | None) -> str:
    """Write a number of days or hours, to three digits."""
    if value is None:
        return "not known"
    return f"{value:,.3g}" if value < _WHOLE else f"{value:,.0f}"


def _share(told: Share) -> str:
    """Write a share with its interval."""
    if told.value is None or told.low is None or told.high is None:
        return "not known"
    value, low, high = (
        f"{each * 100:.0f}" for each in (told.value, told.low, told.high)
    )
    return f"{value} % of {told.whole:,} (95 % interval {low} to {high})"
