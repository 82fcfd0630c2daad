"""Decision records brought in from Markdown files, and written as such."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePath
from typing import Annotated

from msgspec import Meta

from weft.app import records
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import put
from weft.core.framework.adrs import ADR
from weft.core.records import Record
from weft.core.scalars import slug
from weft.errors import InputError, NothingChanges, Problems
from weft.interop.folder.parts import decoded
from weft.interop.madr import read_madr, write_madr
from weft.interop.madr.reading import Known
from weft.store.desk import Desk

_OTHERS = ("readme", "index", "template", "adr-template")
FileName = Annotated[str, Meta(min_length=1, max_length=200)]
_SAYS = "Left out: what is called so is no decision record."


class Markdown(Record, frozen=True, kw_only=True):
    """Decision records as Markdown files, each text by the name of its file."""

    files: Mapping[FileName, Annotated[str, Meta(max_length=500_000)]]


class Note(Record, frozen=True, kw_only=True):
    """Something in a file that is not in the record as it stands in the file."""

    file: str
    says: str


class Brought(Record, frozen=True, kw_only=True):
    """What an import of decision records brings, or would bring.

    entry: the number of the entry it became; none where nothing was written.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    notes: tuple[Note, ...]
    entry: int | None = None


def files_in(folder: Path) -> dict[str, bytes]:
    """Give the Markdown files of a folder, by name."""
    found = {path.name: path for path in folder.glob("*.md") if path.is_file()}
    return {name: found[name].read_bytes() for name in sorted(found)}


def bring(
    desk: Desk,
    view: View,
    files: Mapping[str, bytes],
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> Brought:
    """Put the records of Markdown files in their places, as one deed.

    What is called a readme, an index or a template is left out.
    Raises Problems with everything that is wrong with the files, each with its line.
    """
    found, notes = _read(view, files)
    held = view.firm.adrs
    brought = Brought(
        added=tuple(r.id for r in found if r.id not in held),
        changed=tuple(r.id for r in found if r.id in held and held[r.id] != r),
        notes=tuple(notes),
    )
    if dry_run:
        records.stays_whole(view.firm, map(put, found))
        return brought
    with suppress(NothingChanges):
        entry = records.write(
            desk, view.actor, map(put, found), name="adr.import", at=at, key=key
        )
        return Brought(
            added=brought.added,
            changed=brought.changed,
            notes=brought.notes,
            entry=entry.seq,
        )
    return brought


def given(desk: Desk, view: View) -> Markdown:
    """Give the decision records as Markdown files, which `bring` reads again."""
    permit(desk.firm(), view.actor, "look")
    found = sorted(view.firm.adrs.items())
    return Markdown(files={f"{key}.md": write_madr(record) for key, record in found})


def export(desk: Desk, view: View, folder: Path) -> int:
    """Write the decision records as Markdown files into a folder; give how many."""
    several = given(desk, view).files
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in several.items():
        (folder / name).write_text(text, "utf-8")
    return len(several)


def _read(view: View, files: Mapping[str, bytes]) -> tuple[list[ADR], list[Note]]:
    """Read all files; raise what is wrong with any of them."""
    firm = view.firm
    known = Known(
        files={slug(Path(name).stem, 80) for name in files} | set(firm.adrs),
        roles=_names(firm.roles),
        missions=_names(firm.missions),
        principles=_names(firm.principles),
    )
    found: list[ADR] = []
    notes: list[Note] = []
    wrong: list[InputError] = []
    for name, raw in files.items():
        if PurePath(name).stem.lower().startswith(_OTHERS):
            notes.append(Note(file=name, says=_SAYS))
            continue
        try:
            read = read_madr(decoded(raw, name), name, known)
        except InputError as error:
            wrong.append(error)
            continue
        found.append(read.record)
        notes += [Note(file=name, says=says) for says in read.notes]
    if wrong:
        raise Problems(wrong)
    return found, notes


def _names(table: Mapping[str, Record]) -> dict[str, str]:
    """Give the ids in a table, by id and by title in small letters."""
    titled = {str(getattr(r, "title", key)).lower(): key for key, r in table.items()}
    return {**titled, **{key: key for key in table}}
