"""What every command shares: the store, the actor, the two ways of printing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from weft.errors import InputError, Problems, WeftError

if TYPE_CHECKING:
    from weft.app.views import View
    from weft.core.roles import Actor
    from weft.store.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Context:
    """What was said before the command: which store, and who is acting."""

    def __init__(self, db: str | None, person: str | None) -> None:
        self.db, self.person = db, person

    @property
    def url(self) -> str:
        """Give the address of the store; by default a file in the user's folder."""
        if self.db:
            return self.db
        from platformdirs import user_data_path

        folder = user_data_path("weft")
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder / 'weft.db'}"

    @property
    def actor(self) -> Actor:
        """Give who acts: a person of the firm, or the owner of this machine."""
        from weft.core.roles import Actor

        if self.person:
            return Actor(person=self.person)
        return Actor(person="owner", owner=True)

    @contextmanager
    def desk(self, *, writes: bool = False) -> Iterator[Desk]:
        """Open the store, to read or as its one writer, and close it after."""
        from weft.store.desk import open_desk

        desk = open_desk(self.url, writes=writes, holder=" ".join(sys.argv[:3]))
        try:
            if self.person and self.person not in desk.firm().people:
                raise InputError(
                    f"The firm has nobody with the id {self.person!r}.",
                    do="Find the id with `weft search NAME`.",
                )
            yield desk
        finally:
            desk.close()

    @contextmanager
    def view(self, as_of: str = "", draft: str = "") -> Iterator[View]:
        """Open the store and look at it as the actor may."""
        from weft.app.views import look

        with self.desk() as desk:
            yield look(desk, self.actor, as_of=as_of, draft=draft)


pass_context = click.make_pass_decorator(Context)


def reading(command: F) -> F:
    """Give a command the options of everything that reads."""
    options = [
        json_option,
        click.option("--as-of", default="", metavar="DATE|SEQ", help="Look back."),
        click.option("--draft", default="", metavar="NAME", help="Look at a what-if."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def now() -> datetime:
    """Read the clock: here it enters."""
    return datetime.now(UTC)


def print_json(result: Any) -> None:
    """Print a result as one JSON document."""
    import msgspec

    raw = msgspec.json.encode(result, order="deterministic")
    click.echo(msgspec.json.format(raw, indent=2))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a head: for people, so as wide as their terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, soft_wrap=False).print(table)


def tell(error: WeftError) -> None:
    """Print an error in its three parts, and each of several."""
    told = error.problems if isinstance(error, Problems) else (error,)
    for each in told[:200]:
        place = f"{each.where}: " if str(each.where) else ""
        click.echo(f"{place}{each.what}\n  {each.do}", err=True)
    if len(told) > 1:
        click.echo(f"{error.what} {error.do}", err=True)


def existing(text: str) -> Path:
    """Give a path that has to exist."""
    path = Path(text)
    if not path.exists():
        raise InputError(f"There is no {text}.", do="Check the path.")
    return path
