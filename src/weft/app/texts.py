"""Records as the text in which a firm folder holds them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from weft.app.records import kind
from weft.core.records import Record, read
from weft.core.sources import Source
from weft.errors import InputError
from weft.interop.folder.files import write_file
from weft.interop.folder.parts import decoded, misread, source_of
from weft.interop.yaml import read_yaml


def as_text(record: Record) -> str:
    """Write one record as YAML, as the firm folder does."""
    return write_file(record).decode()


def from_text(kind_name: str, text: str) -> Record:
    """Read one record of a kind from YAML; raise what is wrong, with its line."""
    wanted = kind(kind_name)
    source = source_of(wanted, text, kind_name)
    return read(wanted, source.plain, source)


def from_file(kind_name: str, raw: bytes, file: str) -> tuple[Record, Source]:
    """Read one record of a kind from a file of YAML, or of JSON, which YAML holds.

    The id may be left out: then it is what the file is called. Raises what is wrong
    with it, where the rest of it could be read together with that.
    """
    wanted = kind(kind_name)
    source = source_of(wanted, decoded(raw, file), file)
    if isinstance(source.plain, dict) and "id" in wanted.__struct_fields__:
        source.plain.setdefault("id", PurePath(file).stem)
    try:
        return read(wanted, source.plain, source), source
    except InputError as error:
        raise misread(error, wanted, source.plain, source) from None


def mapping(raw: bytes, file: str) -> dict[str, Any]:
    """Read fields and their values from a file of YAML."""
    plain = read_yaml(decoded(raw, file), file).plain
    if not isinstance(plain, dict):
        raise InputError(
            f"{file} holds no fields.", do="Write fields and values: `grade: B`."
        )
    return plain


def in_file(error: InputError, record: Record, source: Source) -> None:
    """Say on which line of its file stands what a record was refused for."""
    here = f"{record.kind}/{record.key}"
    error.move(lambda at: source.located(at) if at.file == here else at)
