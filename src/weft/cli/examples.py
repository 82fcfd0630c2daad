"""Example firms on the command line."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress

from weft.app import examples
from weft.cli.printing import print_json
from weft.cli.shell import Context, json_option, pass_context
from weft.examples import Story
from weft.examples.firms import FEWEST, FIRMS, MOST, PLANNED
from weft.store.desk import Desk

NAMES = click.Choice([*FIRMS, PLANNED])
SEED = 7
PART = (
    "The story was not told to its end: this store holds the first part of it, or "
    "nothing. For all of it name an empty one: weft --db sqlite:///whole.db example"
)


@click.command("example")
@click.argument("name", type=NAMES)
@click.option("--people", type=click.IntRange(FEWEST, MOST), default=None)
@click.option("--seed", type=int, default=SEED, show_default=True)
@json_option
@pass_context
def example_command(
    context: Context, *, name: str, people: int | None, seed: int, as_json: bool
) -> None:
    """Load an invented firm with its history into a store that is empty.

    airline: about 400 people, with an IT department. bank: about 500 people,
    without one. pervasive-plan: the bank with 120 people, run by a strategic plan of
    seven goals. --people makes it any size.
    """
    with context.desk(writes=True) as desk:
        story = fill(context, desk, name, people=people, seed=seed)
        firm = desk.firm()
    if as_json:
        told = {"title": story.title, "seq": firm.seq, "people": len(firm.people)}
        print_json(told)
    else:
        click.echo(f"{story.title}: {len(firm.people)} people, {firm.seq} entries.")


def fill(
    context: Context,
    desk: Desk,
    name: str,
    *,
    people: int | None = None,
    seed: int = SEED,
) -> Story:
    """Tell an example firm into an empty store, and show how far it is."""
    console = Console(stderr=True)
    seen = console.is_terminal
    with Progress(console=console, transient=True, disable=not seen) as bar:
        task = bar.add_task("Telling the story", total=None)
        try:
            return examples.tell(
                desk,
                name,
                context.now().date(),
                people=people,
                seed=seed,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )
        except KeyboardInterrupt:
            bar.stop()
            click.echo(f"{PART} {name}", err=True)
            raise
