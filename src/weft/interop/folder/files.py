"""A kind as a folder of YAML files: one record in each, called after its key."""

from __future__ import annotations

from pathlib import PurePosixPath

from weft.core.records import Record, read
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Where
from weft.interop.folder.forms import compact, file_name
from weft.interop.folder.parts import decoded, misread, on_line, source_of
from weft.interop.yaml import write_yaml


def write_file(record: Record) -> bytes:
    """Write one record as YAML, without what is as it is by default."""
    return write_yaml(compact(record)).encode()


def read_file(
    kind: type[Record], raw: bytes, file: str
) -> tuple[Record | InputError, Source]:
    """Read the record in a YAML file, or say what is wrong; with all its lines.

    The id may be left out: then it is what the file is called.
    """
    name = PurePosixPath(file)
    source = Source(file)
    try:
        source = source_of(kind, decoded(raw, file), file)
        if isinstance(source.plain, dict) and "id" in kind.__struct_fields__:
            source.plain.setdefault("id", name.stem)
        record = read(kind, source.plain, source)
    except InputError as error:
        return misread(on_line(error, 1), kind, source.plain, source), source
    if name.name != file_name(record.key):
        what = f"The file is called {name.name} and holds {record.key!r}."
        do = f"Call it {file_name(record.key)}, or change what it holds."
        return Malformed(what, do=do, where=Where(file, 1)), source
    return record, source
