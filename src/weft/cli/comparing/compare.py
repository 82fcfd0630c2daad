"""Compare operating models on the firm, from the command line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weft.cli.comparing.models import named
from weft.cli.comparing.workers import Workers, workers_options
from weft.cli.printing import print_json
from weft.cli.shell import FILE, Context, a_folder, json_option, pass_context
from weft.errors import ConflictError

if TYPE_CHECKING:
    from weft.app.comparing.comparing import Comparing
    from weft.engines.simulation.comparing import Ask, Report

_DELAY = "What a day of delay costs: '250.00 EUR'."
_SET = "Another value: people=48, or lean.rework=0.2."


@click.command("compare")
@click.option("--models", default="", metavar="A,B", help="Names, or files (.toml).")
@click.option("--base", default="", metavar="A", help="Held against; else the first.")
@click.option("--runs", default=20, show_default=True, help="Paired, on one demand.")
@click.option("--years", default=3.0, show_default=True, help="Counted in each run.")
@click.option("--seed", default=1, show_default=True, help="Same seed, same figures.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help=_SET)
@click.option("--delay-day", "delay", default="", metavar="AMOUNT", help=_DELAY)
@click.option("--quick", is_flag=True, help="Leave out what would turn the verdict.")
@workers_options
@click.option("--draft", default="", metavar="NAME", help="On a what-if.")
@click.option("--csv", "as_csv", type=FILE, help="Write the figures to a file.")
@click.option("--svg", "as_svg", type=FILE, help="Draw the lead times into a file.")
@json_option
@pass_context
def compare_command(
    context: Context,
    *,
    models: str,
    base: str,
    runs: int,
    years: float,
    seed: int,
    values: tuple[str, ...],
    delay: str,
    quick: bool,
    processes: int | None,
    cluster: str,
    draft: str,
    as_csv: Path | None,
    as_svg: Path | None,
    as_json: bool,
) -> None:
    """Put the firm under several operating models, on the same demand.

    Says who wins on what, with intervals, where Pervasive loses, and which figure to
    go and measure. Exit 1 where illustrative figures decide who wins.
    """
    from weft.app.comparing.comparing import Comparing
    from weft.cli.comparing.shown import show_report
    from weft.core.records import read_texts

    names, texts = named([name for name in models.split(",") if name])
    plain = {
        "models": names,
        "texts": texts,
        "values": dict(word.partition("=")[::2] for word in values),
        "runs": runs,
        "years": years,
        "seed": seed,
        "base": base,
        "deep": not quick,
    }
    given = {name: text for name, text in (("draft", draft), ("delay", delay)) if text}
    asked = read_texts(Comparing, plain | given, "compare")
    for file in filter(None, (as_csv, as_svg)):
        a_folder(str(file.parent))
    workers = Workers(processes, cluster)
    report = _made(context, asked, workers, as_json=as_json)
    _write(report, as_csv, as_svg)
    print_json(report) if as_json else show_report(report)
    raise click.exceptions.Exit(int(any(s.turns for s in report.swings)))


def _write(report: Report, as_csv: Path | None, as_svg: Path | None) -> None:
    from weft.engines.simulation.comparing.files import csv_of
    from weft.engines.simulation.comparing.picture import svg_of

    if as_csv:
        as_csv.write_text(csv_of(report), encoding="utf-8")
    if as_svg:
        as_svg.write_text(svg_of(report), encoding="utf-8")


def _made(
    context: Context, asked: Comparing, workers: Workers, *, as_json: bool
) -> Report:
    """Make the comparison, tell on a terminal how far it is, and put it on record.

    Before that, show how well the firm's own past is told.
    """
    from weft.app.comparing.comparing import asked_for
    from weft.app.comparing.keeping import keep
    from weft.app.comparing.past import past
    from weft.app.views import look
    from weft.cli.comparing.shown import show_past

    with context.desk() as desk:
        fits = past(desk, look(desk, context.actor, draft=asked.draft or ""))
        ask = asked_for(desk, context.actor, asked)
    if not as_json:
        show_past(fits)
    report = make(ask, workers)
    try:
        with context.desk(writes=True) as desk:
            draft = asked.draft or ""
            kept = keep(desk, context.actor, ask, report, at=context.now(), draft=draft)
    except ConflictError as error:
        click.echo(f"This comparison is not on record: {error}", err=True)
    else:
        again = " as before" if kept.identical else ""
        click.echo(
            f"On record{again}: weft comparisons show {kept.compared.id}", err=True
        )
    return report


def make(ask: Ask, workers: Workers) -> Report:
    """Make a comparison, and tell on a terminal how far it is."""
    from weft.engines.simulation.comparing import compare

    tell = progress()
    with workers.at_work() as mapper:
        for report in compare(ask, mapper):
            tell(report.done)
    return report


def progress() -> Callable[[float], None]:
    """Give what tells on a terminal how far a long run is."""
    began = time.monotonic()

    def tell(done: float) -> None:
        if sys.stderr.isatty():
            left = (time.monotonic() - began) * (1 - done) / max(done, 0.01)
            text = "done" + " " * 20 if done >= 1 else f"done, about {left:.0f} s left "
            click.echo(f"\r{done:4.0%} {text}", nl=done >= 1, err=True)

    return tell
