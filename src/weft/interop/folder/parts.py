"""What one file of a firm folder gives: records and problems, each with its line."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from weft.core.records import Record, read, read_partly
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.yaml import read_yaml

Row = tuple[int, Record | InputError]
"""A line, counted from 1, with the record on it or what is wrong there."""


_NAMED_IN = {"when": "params", "must": "params"}
"""Fields that speak of what another field of their record names."""


class Misread(Problems):
    """What is wrong with a record of which the rest can be held against the firm.

    part: a record that has what could be read. unread: its fields that could not be.
    source: the text that it came from. alone: what is wrong, by itself.
    """

    def __init__(
        self, error: InputError, part: Record, unread: frozenset[str], source: Source
    ) -> None:
        """Keep what is wrong, and beside it what is not."""
        super().__init__(error.problems)
        self.alone = error
        self.part, self.unread, self.source = part, unread, source

    def is_read(self, path: str) -> bool:
        """Tell whether what is at a path of the record is what its text has there."""
        field = re.split(r"[.\[]", path.removeprefix("$."))[0]
        return self.unread.isdisjoint({field, _NAMED_IN.get(field, field)})


def misread(
    error: InputError, kind: type[Record], plain: object, source: Source
) -> InputError:
    """Give what is wrong with a record together with the rest, where there is one."""
    partly = read_partly(kind, plain)
    return Misread(error, *partly, source) if partly else error


def row_record(
    kind: type[Record], plain: dict[str, Any], file: str, line: int
) -> Record | InputError:
    """Make a record from the plain data of one row; the fast way first."""
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError:
        return row_error(kind, plain, file, line)


def row_error(
    kind: type[Record], plain: object, file: str, line: int
) -> Record | InputError:
    """Make a record from plain data, or say what is wrong and where."""
    lines = dict.fromkeys(plain, line) if isinstance(plain, dict) else {}
    source = Source(file, plain, {id(plain): lines})
    try:
        return read(kind, plain, source)
    except InputError as error:
        return misread(on_line(error, line), kind, plain, source)


def on_line(error: InputError, line: int) -> InputError:
    """Give an error its line, where it has none yet."""
    error.move(lambda at: at if at.line else Where(at.file, line, at.path))
    return error


def source_of(kind: type[Record], text: str, file: str) -> Source:
    """Read the text of one record, which may be so long and no longer.

    Raises InputError with the line where it gets too long, before it is read.
    """
    most = kind.most_text
    if most and len(text) > most:
        line = text.count("\n", 0, most) + 1
        alone = len(text.splitlines()[line - 1]) > most
        raise InputError(
            f"The text has {len(text):,} characters; {most:,} is the most.",
            do=f"Shorten line {line}."
            if alone
            else "Name long lists of values in a set.",
            where=Where(file, line, "$"),
        )
    return read_yaml(text, file, kind.longest)


def decoded(raw: bytes, file: str) -> str:
    """Give the text of a file in UTF-8, with or without a byte order mark."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Malformed(
            f"This is not UTF-8: the byte {raw[error.start]:#04x}.",
            do="Save the file as UTF-8.",
            where=Where(file, line),
        ) from error
    if "\0" in text:
        raise Malformed(
            "The text holds the character NUL.",
            do="Leave it out.",
            where=Where(file, text.count("\n", 0, text.index("\0")) + 1),
        )
    return text
