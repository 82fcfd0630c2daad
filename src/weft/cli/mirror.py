"""The mirror on the command line: what the firm looks like today."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
import msgspec

from weft.app import mirror
from weft.app.views import View, look
from weft.cli.picture import picture
from weft.cli.printing import print_json, print_rich, print_table, width
from weft.cli.shell import Context, pass_context, reading
from weft.core.scalars import Month
from weft.engines.knowledge import Cell, Column, Diagnosis, Figure, Link, Moved
from weft.errors import InputError, UnknownName

F = TypeVar("F", bound=Callable[..., Any])
_INDENT = "    "


def month_option(command: F) -> F:
    """Give a command the option of the month to show."""
    return click.option(
        "--month", default="", metavar="YYYY-MM", help="Whose seats count."
    )(command)


def shown(context: Context, view: View, month: str) -> Month:
    """Give the month to show: as asked for, or that of the day looked at."""
    day = view.firm.on if view.as_of else None
    asked = month or (day or context.now()).strftime("%Y-%m")
    try:
        return msgspec.convert(asked, Month)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{asked!r} is no month.", do="Write it as 2026-11."
        ) from error


@click.command("diagnose")
@click.option("--rows", default="", metavar="FIGURE", help="Show what is behind it.")
@month_option
@reading
@pass_context
def diagnose_command(
    context: Context, *, rows: str, month: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show what the firm looks like: where technology knowledge sits.

    Each figure has its unit and what it means; --rows FIGURE shows its whole
    definition, its source and the rows behind it.
    """
    with context.view(as_of, draft) as view:
        found = mirror.diagnose(view, shown(context, view, month))
    figure = _figure(found, rows) if rows else None
    if as_json:
        print_json(figure or found)
    elif figure:
        _print_rows(view, figure)
    else:
        _print_figures(view, found)


@click.command("weave")
@click.option("--across", type=click.Choice(["units", "missions"]), default=None)
@click.option("--unit", default="", metavar="ID", help="Look into this unit.")
@click.option("--discipline", default="", metavar="ID", help="Look into its skills.")
@month_option
@reading
@pass_context
def weave_command(
    context: Context,
    *,
    across: str | None,
    unit: str,
    discipline: str,
    month: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show the firm as one picture: where knowledge sits and how deep it is.

    Across: the missions, or the units where most people sit in no mission. Down:
    disciplines.
    """
    with context.view(as_of, draft) as view:
        asked = shown(context, view, month)
        found = mirror.weave(
            view, asked, across=across or "", unit=unit, discipline=discipline
        )
    if as_json:
        print_json(found)
    else:
        click.secho(f"{view.firm.title}, {found.month}", bold=True)
        print_rich(*picture(found, width()))


@click.command("network")
@month_option
@reading
@pass_context
def network_command(
    context: Context, *, month: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show the firm as a network: so many nodes and edges of each kind.

    With --json all of them, with the places at which to draw them.
    """
    with context.view(as_of, draft) as view:
        found = mirror.network(view, shown(context, view, month))
    if as_json:
        print_json(found)
        return
    nodes = Counter(node.table for node in found.nodes)
    edges = Counter(edge.tie for edge in found.edges)
    print_table(["node", "how many"], list(nodes.items()))
    print_table(["edge", "how many"], list(edges.items()))
    if found.folded:
        click.echo(f"Folded into others, to stay readable: {', '.join(found.folded)}.")


@click.command("movement")
@click.argument("since", metavar="DATE|SEQ")
@reading
@pass_context
def movement_command(
    context: Context, *, since: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show who joined, left and moved since a day or an entry."""
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = mirror.movement(desk, view, since)
    if as_json:
        print_json(found)
        return
    for title, moved in (
        ("joined", found.joiners),
        ("left", found.leavers),
        ("another unit", found.movers),
        ("another manager", found.new_managers),
        ("another title", found.new_titles),
    ):
        click.secho(f"{title}: {len(moved)}", bold=True)
        if moved:
            print_table(["who", "before", "after"], _moves(view, title, moved))


def _moves(view: View, title: str, moved: Sequence[Moved]) -> list[list[str]]:
    """Write what changed for people, by the names that people know."""

    def word(text: str | None) -> str:
        if title == "another manager":
            return view.name(text)
        unit = view.firm.units.get(text or "")
        return unit.title if unit and title != "another title" else text or ""

    return [[view.name(m.person), word(m.before), word(m.after)] for m in moved]


def _figure(found: Diagnosis, key: str) -> Figure:
    """Find a figure by its id."""
    known = {figure.id: figure for figure in found.figures}
    if key not in known:
        raise UnknownName("figure", key, known)
    return known[key]


def _print_figures(view: View, found: Diagnosis) -> None:
    """Print every figure: its value, its unit and what it means."""
    head = f"{view.firm.title}, {found.month}: {found.people} people"
    click.secho(head, bold=True)
    for figure in found.figures:
        title, value, key = figure.title, value_of(figure), f"[{figure.id}]"
        under = f"\n{_INDENT}"
        before = " " if len(f"{title}: {value}") <= width() else under
        gap = "  " if len(f"{title}: {value}  {key}") <= width() else under
        click.echo(f"\n{click.style(title, bold=True)}:{before}{value}{gap}{key}")
        meaning = figure.definition.partition(". ")[0].partition(": ")[0]
        for text in (f"{meaning.rstrip('.')}.", figure.withheld, figure.note):
            _print_under(text)
    if found.boxes:
        click.echo()
    for box in found.boxes:
        what = "taken for an IT box" if box.told == "found" else "said to be an IT box"
        name = box.title or view.name(box.id)
        click.secho(f"{name} is {what}", bold=True)
        _print_under("; ".join(box.signs))
    click.echo("\nWhat is behind a figure: weft diagnose --rows FIGURE")


def _print_rows(view: View, figure: Figure) -> None:
    """Print one figure with its definition, its source and its rows."""
    click.secho(f"{figure.title}: {value_of(figure)}", bold=True)
    for text in (figure.definition, f"Source: {figure.source}.", figure.note):
        _print_under(text)
    heads = [_head(column) for column in figure.columns]
    rows = [
        [
            cell_text(view, cell, column.type)
            for cell, column in zip(row, figure.columns, strict=True)
        ]
        for row in figure.rows
    ]
    if rows:
        print_table(heads, rows)


def _print_under(text: str) -> None:
    """Print a text under a head, as wide as the lines are."""
    wide = min(width(), 100)
    if text:
        click.echo(
            textwrap.fill(text, wide, initial_indent=_INDENT, subsequent_indent=_INDENT)
        )


def _head(column: Column) -> str:
    """Write the head of a column, with the unit of its numbers."""
    told = column.unit and column.type == "number" and column.unit != "people"
    return f"{column.title} ({column.unit})" if told else column.title


def value_of(figure: Figure) -> str:
    """Write the value of a figure with its unit."""
    if figure.value is None:
        return "not shown"
    if figure.unit == "share":
        return _percent(figure.value)
    if figure.unit == "index":
        return f"{figure.value:.2f}"
    return f"{figure.value:,g} {figure.unit}"


def cell_text(view: View, cell: Cell, type_: str) -> str:
    """Write one cell of the rows behind a figure."""
    if isinstance(cell, Link):
        return cell.title or view.name(cell.id)
    if isinstance(cell, float | int):
        return _percent(cell) if type_ == "share" else f"{cell:,g}"
    return "under 5" if cell is None else cell


def _percent(part: float) -> str:
    """Write a share as people read it."""
    return f"{part * 100:.0f} %"
