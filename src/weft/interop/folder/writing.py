"""The firm written as a folder: equal firms give equal bytes.

Nothing half-written is ever taken for a firm. All files are first written beside,
in a hidden folder within the target, and put on the disk. Only then is each moved
to its place, which takes no space and is done whole or not at all; while that
lasts, a marker stands in the folder, and `read_folder` refuses a folder with it.
What is not of this firm, such as `.git` or `README.md`, is left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from weft.core.firm import KINDS, Firm
from weft.core.people import Profile
from weft.core.records import Record
from weft.errors import InputError
from weft.interop.folder.files import write_file
from weft.interop.folder.forms import (
    FOLDER_KINDS,
    MARKER,
    MOST_ROWS,
    TABLES,
    file_name,
)
from weft.interop.folder.lines import write_lines
from weft.interop.folder.tables import write_table

_STAGE = f"{MARKER}.new"


def write_folder(path: Path, firm: Firm, profiles: Mapping[str, Profile]) -> None:
    """Write a firm and its personal data as a folder that `read_folder` reads.

    What lies there of another firm goes; foreign files stay. Raises InputError
    where the folder cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(path / _STAGE, ignore_errors=True)
        written = set(_stage(path / _STAGE, firm, profiles))
        (path / MARKER).touch()
        _settle(path)
        for file in sorted(written):
            (path / file).parent.mkdir(exist_ok=True)
            (path / _STAGE / file).replace(path / file)
        for stale in _held(path) - written:
            (path / stale).unlink()
        for kind in FOLDER_KINDS:
            _remove_empty(path / kind)
        shutil.rmtree(path / _STAGE, ignore_errors=True)
        _settle(path)
        (path / MARKER).unlink()
    except OSError as error:
        raise InputError(
            f"The folder {path} cannot be written: {error.strerror}.",
            do="See that you may write there and that there is space, then again.",
        ) from error


def folder_files(
    firm: Firm, profiles: Mapping[str, Profile]
) -> Iterator[tuple[str, bytes]]:
    """Give the files of a firm folder: their names, and what is in them."""
    for kind in FOLDER_KINDS:
        table = firm.table(kind) if kind in KINDS else profiles
        records: list[Record] = [table[key] for key in sorted(table)]
        if len(records) > MOST_ROWS:
            yield f"{kind}.jsonl", write_lines(records)
        elif records and kind in TABLES:
            yield f"{kind}.csv", write_table(FOLDER_KINDS[kind], records)
        else:
            for record in records:
                yield f"{kind}/{file_name(record.key)}", write_file(record)


def _stage(stage: Path, firm: Firm, profiles: Mapping[str, Profile]) -> Iterator[str]:
    """Write all files beside, and see that they are on the disk; give their names."""
    for name, raw in folder_files(firm, profiles):
        file = stage / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        yield name


def _held(path: Path) -> set[str]:
    """Give the names of all files in a folder that hold records."""
    held = {f"{kind}.{ending}" for kind in FOLDER_KINDS for ending in ("csv", "jsonl")}
    found = {name for name in held if (path / name).is_file()}
    for kind in FOLDER_KINDS:
        files = (path / kind).glob("*.yaml") if (path / kind).is_dir() else ()
        found.update(f"{kind}/{file.name}" for file in files)
    return found


def _remove_empty(folder: Path) -> None:
    """Remove the folder of a kind that holds nothing any more."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _settle(folder: Path) -> None:
    """See that what was moved in a folder is so on the disk, where that can be."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
