"""The two ways in which every command prints: JSON, and text for people."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 160
"""Columns of a line where no terminal says how wide it is."""
_NUMBER = re.compile(r"-?[\d,.]+( ?%| [A-Z]{3})?|under 5|")
_MONEY = re.compile(r"(?<![\w.,])\d{4,}(?=(?:\.\d+)? ([A-Z]{3})\b)")


def print_json(result: Any) -> None:
    """Print a result as one JSON document."""
    import msgspec

    raw = msgspec.json.encode(result, order="deterministic")
    click.echo(msgspec.json.format(raw, indent=2))


def many(number: int, one: str, more: str = "") -> str:
    """Write a number with its noun: `1 family`, `3 families`."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def apart(text: str) -> str:
    """Write the thousands of each amount of money in a text apart: `2,000.00 EUR`."""

    def written(found: re.Match[str]) -> str:
        from weft.core.money.currencies import PLACES

        return f"{int(found[0]):,}" if found[1] in PLACES else found[0]

    return _MONEY.sub(written, text)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a head, numbers on the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    cells = [["" if cell is None else apart(str(cell)) for cell in row] for row in rows]
    for place, name in enumerate(head):
        numbers = bool(cells) and all(_NUMBER.fullmatch(row[place]) for row in cells)
        side: Literal["left", "right"] = "right" if numbers else "left"
        table.add_column(name, overflow="fold", justify=side)
    for row in cells:
        table.add_row(*map(Text, row))
    print_rich(table)


def width() -> int:
    """Give how wide a line may be."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH


def print_rich(*parts: RenderableType) -> None:
    """Print what rich lays out, as wide as the terminal.

    It goes out by click like all else, which leaves out the colours where nobody
    sees them and knows what a closed pipe is.
    """
    from rich.console import Console

    console = Console(width=width(), highlight=False)
    with console.capture() as laid_out:
        console.print(*parts, sep="\n")
    lines = laid_out.get().splitlines()
    click.echo("\n".join(line.rstrip() for line in lines))


def print_end(
    entry: int | None, nothing: str, *, dry_run: bool, more: str = ""
) -> None:
    """Say what became of an import. nothing: why it changes nothing, where it does."""
    if dry_run:
        click.echo("Nothing was written.")
    elif entry is None:
        click.echo(nothing)
    else:
        click.echo(f"Done, entry {entry}.{more}")
