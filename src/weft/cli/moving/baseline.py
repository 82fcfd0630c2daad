"""The baseline of the move on the command line: frozen once, then and now shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.delivering.deliveries import Showing
from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import Context, json_option, key_option, pass_context, reading

if TYPE_CHECKING:
    from weft.app.moving.baseline import Paces, ThenNow
    from weft.core.planning.baseline import Pace, Quantile
    from weft.engines.transition import Apart

MEASURES = {
    "decision": "to an answer that counts",
    "lead": "to what was wanted",
    "course": "to a changed course",
}


@click.group("baseline", cls=Showing)
def baseline_command() -> None:
    """Freeze how fast the firm is before the first move, and show what came since."""


@baseline_command.command("show")
@reading
@pass_context
def show_baseline(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Show how fast the firm was when its baseline was frozen, and is now.

    Without a baseline: what would be frozen today.
    """
    from weft.app.moving.baseline import paces
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = paces(desk, view, context.now())
    print_json(found) if as_json else _show(found)


@baseline_command.command("freeze")
@key_option
@json_option
@pass_context
def freeze_baseline(context: Context, *, key: str, as_json: bool) -> None:
    """Freeze how fast the firm is today: once, and nothing changes it after.

    Look at `weft baseline` first: what it cannot tell today stays untold.
    """
    from weft.app.moving.baseline import freeze

    with context.desk(writes=True) as desk:
        found = freeze(desk, context.actor, context.now(), key)
    print_json(found) if as_json else _show(found)


def _show(found: Paces) -> None:
    frozen = found.baseline
    if frozen is None:
        click.echo("No baseline is frozen yet. `weft baseline freeze` would keep this:")
    else:
        people = many(frozen.moved, "person", "people") if frozen.moved else "nobody"
        click.echo(
            f"Frozen on {frozen.at:%Y-%m-%d} in entry {found.entry}, as the firm stood"
            f" after entry {frozen.seq}. Rounds had moved {people} by then."
        )
    if not found.comparable:
        click.echo("It was measured otherwise than today: nothing is held against it.")
    if not found.rows:
        click.echo("Nothing is on record that could be measured.")
        return
    head = ["days", "read from", "of all", "n", "then", "n now", "now", "now - then"]
    kept = len(head) if frozen else len(head) - 3
    print_table(
        head[:kept], [line[:kept] for row in found.rows for line in _lines(row)]
    )
    click.echo(
        "Each value with an interval of 97.5 %, so that then, now and the difference"
        " hold together with 95 %."
    )


def _lines(row: ThenNow) -> list[list[object]]:
    """Write a measure on two lines: what half took at most, and nine of ten."""
    (old, old_most), (new, new_most) = map(_both, (row.then, row.now))
    return [
        [
            *(MEASURES[row.measure], row.source, "half", _counted(row.then), old),
            *(_counted(row.now), new, _apart(row.median)),
        ],
        ["", "", "nine of ten", "", old_most, "", new_most, _apart(row.slowest)],
    ]


def _both(pace: Pace | None) -> tuple[str, str]:
    """Write the median and the slowest of a pace; nothing where there is none."""
    return (_written(pace.median), _written(pace.slowest)) if pace else ("", "")


def _counted(pace: Pace | None) -> str:
    """Write of how many a figure is, and how many of them are open."""
    if pace is None:
        return "0"
    return f"{pace.n}, {pace.open} open" if pace.open else str(pace.n)


def _written(told: Quantile) -> str:
    """Write a quantile with its interval, or why there is none."""
    if told.few:
        return "too few"
    value, low, high = map(_days, (told.value, told.low, told.high))
    return f"{value} ({low} to {high})"


def _days(value: float | None, sign: str = "") -> str:
    """Write days; what is not over yet as open."""
    return "open" if value is None else f"{value:{sign}.3g}"


def _apart(told: Apart) -> str:
    """Write what became of a quantile."""
    if told.says == "unknown":
        return ""
    word = {"shorter": "faster", "longer": "slower", "alike": "not told apart"}
    return f"{word[told.says]} ({_days(told.low, '+')} to {_days(told.high, '+')})"
