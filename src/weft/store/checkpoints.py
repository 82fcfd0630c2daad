"""Checkpoints: heads of the journal, kept in a file outside the database.

A chain of hashes alone proves nothing against somebody who can write it anew; one
that was seen elsewhere does. The file is only ever added to, one line of JSON for
each checkpoint: best where who administers the database cannot write.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import msgspec

from weft.core.records import Record
from weft.errors import InputError, Where


class Checkpoint(Record, frozen=True, kw_only=True):
    """The head of the journal at an instant.

    hash: of entry `seq`, in hexadecimal. at: when it was exported. entries: how
    many there were.
    """

    seq: int
    hash: str
    at: datetime
    entries: int


_TORN = "Input data was truncated"
_line = msgspec.json.Decoder(Checkpoint).decode


def read_checkpoints(file: Path) -> list[Checkpoint]:
    """Read the checkpoints of a file; none where it is absent.

    Raises InputError at the first line that is none.
    """
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(file, error) from error
    found = []
    for n, line in enumerate(lines, 1):
        try:
            found.append(_line(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if str(error) == _TORN or not line:
                continue  # the machine stopped while it was written
            raise InputError(
                f"This line is no checkpoint: {error}.",
                do="Compare with a copy of the file; nothing else writes it.",
                where=Where(str(file), n),
            ) from error
    return found


def add_checkpoint(file: Path, checkpoint: Checkpoint) -> None:
    """Add a checkpoint to a file and wait until the disk has it."""
    line = msgspec.json.encode(checkpoint) + b"\n"
    try:
        with file.open("a+b") as out:
            if out.tell() and (out.seek(-1, os.SEEK_END), out.read())[1] != b"\n":
                line = b"\n" + line
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> InputError:
    return InputError(
        f"The checkpoints cannot be kept there: {error.strerror}.",
        do="Name a file that Weft may read and add to.",
        where=Where(str(file)),
    )
