"""Records as the text in which a firm folder holds them."""

from __future__ import annotations

from weft.app.records import kind
from weft.core.records import Record, read
from weft.interop.folder.files import write_file
from weft.interop.yaml import read_yaml


def as_text(record: Record) -> str:
    """Write one record as YAML, as the firm folder does."""
    return write_file(record).decode()


def from_text(kind_name: str, text: str) -> Record:
    """Read one record of a kind from YAML; raise what is wrong, with its line."""
    source = read_yaml(text, kind_name)
    return read(kind(kind_name), source.plain, source)
