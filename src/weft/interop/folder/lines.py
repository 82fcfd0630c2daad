"""A kind as JSON Lines: one record on each line, for what comes in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weft.core.records import Record, read_plain
from weft.errors import InputError, Malformed, Where
from weft.interop.folder.parts import Row, on_line, row_error

_MARK = b"\xef\xbb\xbf"
_NUL = b"\\u0000"
_encoder = msgspec.json.Encoder(order="deterministic")


def write_lines(records: Iterable[Record]) -> bytes:
    """Write records one on each line."""
    return _encoder.encode_lines(records)


def read_lines(kind: type[Record], raw: bytes, file: str) -> Iterator[Row]:
    """Read a record from each line, or say what is wrong with the line.

    A line that is just what we would write hides nothing. Any other is read again
    slowly, to find what a quick reader passes over: a key twice, NUL.
    """
    decode, encode = msgspec.json.Decoder(kind).decode, _encoder.encode
    suspect = _NUL in raw
    for number, line in enumerate(raw.removeprefix(_MARK).split(b"\n"), 1):
        try:
            record = decode(line)
            if encode(record) == line and not (suspect and _NUL in line):
                yield number, record
                continue
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            pass
        if text := line.strip():
            yield number, _slowly(kind, text, file, number)


def _slowly(
    kind: type[Record], line: bytes, file: str, number: int
) -> Record | InputError:
    """Make a record from a line that hides nothing, or say what is wrong."""
    try:
        plain = read_plain(line, file)
    except InputError as error:
        do = "Write one record as JSON on the line, each key once."
        return on_line(Malformed(error.what, do=do, where=Where(file)), number)
    return row_error(kind, plain, file, number)
