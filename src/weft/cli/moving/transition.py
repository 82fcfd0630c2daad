"""Simulate a move month by month on the firm, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weft.cli.comparing.compare import progress
from weft.cli.comparing.models import named
from weft.cli.comparing.workers import Workers, workers_options
from weft.cli.printing import print_json
from weft.cli.shell import FILE, Context, a_folder, json_option, pass_context
from weft.errors import ConflictError

if TYPE_CHECKING:
    from weft.app.moving.moving import Moving
    from weft.engines.simulation.moving import Ask, Transition

_SET = "Another value: move.size=2, people=48, or pervasive.onboarding=8."


@click.command("transition")
@click.option("--from", "before", default="partnership", show_default=True)
@click.option("--to", "after", default="pervasive", show_default=True)
@click.option(
    "--order", default="listed", show_default=True, help="Or busiest, calmest."
)
@click.option("--runs", default=20, show_default=True, help="Paired, on one demand.")
@click.option("--years", default=3.0, show_default=True, help="From the first wave on.")
@click.option("--seed", default=1, show_default=True, help="Same seed, same figures.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help=_SET)
@workers_options
@click.option("--draft", default="", metavar="NAME", help="On a what-if.")
@click.option("--csv", "as_csv", type=FILE, help="Write all months to a file.")
@click.option("--svg", "as_svg", type=FILE, help="Draw all months into a file.")
@json_option
@pass_context
def transition_command(
    context: Context,
    *,
    before: str,
    after: str,
    order: str,
    runs: int,
    years: float,
    seed: int,
    values: tuple[str, ...],
    processes: int | None,
    cluster: str,
    draft: str,
    as_csv: Path | None,
    as_svg: Path | None,
    as_json: bool,
) -> None:
    """Move the firm to another operating model, wave by wave, month by month.

    Against staying, on the same demand: how deep the dip is, when it is over, and when
    what was lost is made good. Exit 1 where it is not over within the years looked at.
    """
    from weft.app.moving.moving import Moving
    from weft.cli.moving.shown import show_transition
    from weft.core.records import read_texts

    (old, new), texts = named([before, after])
    plain = {
        "before": old,
        "after": new,
        "texts": texts,
        "values": dict(word.partition("=")[::2] for word in values),
        "order": order,
        "runs": runs,
        "years": years,
        "seed": seed,
    }
    asked = read_texts(
        Moving, plain | ({"draft": draft} if draft else {}), "transition"
    )
    for file in filter(None, (as_csv, as_svg)):
        a_folder(str(file.parent))
    found = _made(context, asked, Workers(processes, cluster))
    _write(found, as_csv, as_svg)
    print_json(found) if as_json else show_transition(found)
    raise click.exceptions.Exit(int(bool(found.waves) and found.even is None))


def _write(found: Transition, as_csv: Path | None, as_svg: Path | None) -> None:
    from weft.engines.simulation.moving.files import csv_of
    from weft.engines.simulation.moving.picture import svg_of

    if as_csv:
        as_csv.write_text(csv_of(found), encoding="utf-8")
    if as_svg:
        as_svg.write_text(svg_of(found), encoding="utf-8")


def _made(context: Context, asked: Moving, workers: Workers) -> Transition:
    """Simulate the move, tell on a terminal how far it is, and put it on record."""
    from weft.app.moving.keeping import keep_move
    from weft.app.moving.moving import move_asked_for

    with context.desk() as desk:
        ask = move_asked_for(desk, context.actor, asked)
    found = make_move(ask, workers)
    try:
        with context.desk(writes=True) as desk:
            kept = keep_move(
                desk,
                context.actor,
                ask,
                found,
                at=context.now(),
                draft=asked.draft or "",
            )
    except ConflictError as error:
        click.echo(f"This move is not on record: {error}", err=True)
    else:
        again = " as before" if kept.identical else ""
        click.echo(
            f"On record{again}: weft transitions show {kept.compared.id}", err=True
        )
    return found


def make_move(ask: Ask, workers: Workers) -> Transition:
    """Simulate a move, and tell on a terminal how far it is."""
    from weft.engines.simulation.moving import transition

    tell = progress()
    with workers.at_work() as mapper:
        for found in transition(ask, mapper):
            tell(found.done)
    return found
