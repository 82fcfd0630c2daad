"""What every command shares: the store, the actor, the clock, the options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from weft.cli.faults import listen
from weft.errors import InputError, NoStore

if TYPE_CHECKING:
    from weft.app.views import View
    from weft.core.roles import Actor
    from weft.store.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])
DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path, dir_okay=False)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
key_option = click.option(
    "--key", default="", help="Done twice with one key, it has one effect."
)


class Context:
    """What was said before the command: which store, and who is acting.

    clock: gives the time, in UTC. server: serves the store; it is handed in, as
    commands and pages do not know each other.
    """

    def __init__(
        self,
        db: str | None,
        person: str | None,
        clock: Callable[[], datetime],
        server: Callable[..., None],
    ) -> None:
        self.db, self.person = db, person
        self.now, self.server = clock, server

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
    def on_this_machine(self) -> bool:
        """Tell whether the store is a file, and its writer so on this machine."""
        return self.url.startswith("sqlite")

    @property
    def actor(self) -> Actor:
        """Give who acts: a person of the firm, or the owner of this machine."""
        from weft.core.roles import Actor

        if self.person:
            return Actor(person=self.person)
        return Actor(person="owner", owner=True)

    @contextmanager
    def desk(self, *, writes: bool = False, begins: bool = False) -> Iterator[Desk]:
        """Open the store, to read or as its one writer, and close it after.

        begins: make one where there is none, though only to read.
        """
        from weft.store.desk import open_desk

        listen()
        holder = click.get_current_context().command_path
        try:
            desk = open_desk(self.url, writes=writes, holder=holder)
        except NoStore:
            if not begins:
                raise
            desk = open_desk(self.url, holder=holder)
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


def utc_now() -> datetime:
    """Read the clock: on the command line it enters here."""
    return datetime.now(UTC)


def a_file(text: str) -> Path:
    """Give the path of a file that has to be there."""
    path = Path(text)
    if not path.is_file():
        what = f"{text} is a folder." if path.is_dir() else f"There is no file {text}."
        raise InputError(what, do="Give the path of a file.")
    return path


def a_folder(text: str) -> Path:
    """Give the path of a folder that has to be there."""
    path = Path(text)
    if not path.is_dir():
        what = f"{text} is a file." if path.is_file() else f"There is no folder {text}."
        raise InputError(what, do="Give the path of a folder.")
    return path
