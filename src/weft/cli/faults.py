"""What went wrong, told in a sentence each: what it is, and what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

import click

from weft.errors import InputError, WeftError

T = TypeVar("T")
SHOWN, NAMED = 200, 5
"""So many problems are told, and so many more places of each."""
SOUND = "Stopped. What was done is whole; what was not, left no trace."
"""What is true of a store whenever a command is stopped: a deed is all or nothing."""
LONGEST, TAIL = 1000, 100
"""Letters of a message, and how many of them are its end, where it is cut."""
STOPPED, CLOSED, FAULT = 130, 141, 70
"""Exit codes as programs have them: Ctrl-C, a pipe nobody reads, our own fault."""


def run(command: Callable[[], T]) -> T:
    """Run a command; tell what goes wrong, and exit with its code. No traceback."""
    try:
        return command()
    except WeftError as error:
        tell(error)
        raise click.exceptions.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        click.echo(SOUND, err=True)
        raise click.exceptions.Exit(STOPPED) from error
    except BrokenPipeError as error:
        _turn_away()
        raise click.exceptions.Exit(CLOSED) from error
    except OSError as error:
        tell(_unreadable(error))
        raise click.exceptions.Exit(InputError.exit_code) from error
    except click.ClickException as error:
        if len(error.message) <= LONGEST:
            raise
        told = short(error.format_message())
        tell(InputError(told, do="Give something shorter; --help says what."))
        raise click.exceptions.Exit(error.exit_code) from error
    except UnicodeEncodeError as error:
        tell(InputError("What was typed is no text.", do="Type it in UTF-8."))
        raise click.exceptions.Exit(InputError.exit_code) from error
    except (click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        _confess(error)
        raise click.exceptions.Exit(FAULT) from error


def tell(error: WeftError) -> None:
    """Print an error in its three parts, and each of several."""
    several = error.problems if isinstance(error, InputError) else (error,)
    alike: dict[tuple[str, str, str], list[WeftError]] = {}
    for each in several:
        alike.setdefault((each.where.file, each.what, each.do), []).append(each)
    for first, *rest in islice(alike.values(), SHOWN):
        place = f"{first.where}: " if str(first.where) else ""
        click.echo(f"{short(place + first.what)}\n  {short(first.do)}", err=True)
        if rest:
            click.echo(f"  {_more([str(each.where) for each in rest])}", err=True)
    if len(alike) > SHOWN:
        click.echo(f"... and {len(alike) - SHOWN} others.", err=True)
    if len(several) > 1:
        click.echo(f"{error.what} {error.do}", err=True)


def _more(places: Sequence[str]) -> str:
    """Say where else something is wrong in the same way."""
    named = ", ".join(places[:NAMED]) + ", ..." * (len(places) > NAMED)
    return f"The same in {len(places)} more place{'s' * (len(places) > 1)}: {named}"


def short(text: str) -> str:
    """Cut out the middle of what nobody reads to its end, such as a typed megabyte."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - TAIL]} ... {text[-TAIL:]}"


def listen() -> None:
    """Have what the store logs told in a line, as the command tells its errors."""
    import logging

    class Line(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info is None:
                click.echo(record.getMessage(), err=True)

    logging.getLogger("weft").handlers = [Line()]


def _unreadable(error: OSError) -> InputError:
    """Say of a file what the system said of it."""
    name = os.fsdecode(error.filename) if error.filename else "A file"
    return InputError(
        f"{name}: {error.strerror or error}.",
        do="Check the path, and that you may read and write there.",
    )


def _turn_away() -> None:
    """Send what is still to be written where it disturbs nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def _confess(error: Exception) -> None:
    """Own up to a fault of Weft's, and keep its trace where it can be sent from."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="weft-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    click.echo(
        f"This is a fault in Weft itself: {type(error).__name__}.\n"
        f"  Please report it, with {file.name} and what you typed.",
        err=True,
    )
