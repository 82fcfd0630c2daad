"""The firm folder read whole: every record, and every mistake with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from weft.core.checks import problems
from weft.core.entries import Change
from weft.core.firm import KINDS, Firm, change
from weft.core.people import Profile
from weft.core.records import Record
from weft.core.sources import Path as Steps
from weft.core.sources import Source
from weft.errors import InputError, Malformed, UnknownName, Where
from weft.interop.folder.files import read_file
from weft.interop.folder.forms import FOLDER_KINDS, MARKER
from weft.interop.folder.lines import read_lines
from weft.interop.folder.parts import Misread, Row
from weft.interop.folder.tables import read_table

_Rows = Callable[[type[Record], bytes, str], Iterator[Row]]
_ROWS: dict[str, _Rows] = {"csv": read_table, "jsonl": read_lines}


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """What a firm folder says, and everything that is wrong with it.

    firm: the records as a firm; not to be used while there are problems. nearly: the
    same with what could be read of those that are none, to hold against each other.
    unsure: the kinds of which not every record could be named. partly: those of which
    some were read in part. place: finds the file and line of what is told by its place
    in a record, `units/it:$.parent`. is_read: tells whether what is there was read, or
    something stands in for it.
    """

    records: tuple[Record, ...]
    profiles: tuple[Profile, ...]
    problems: tuple[InputError, ...]
    firm: Firm
    nearly: Firm
    unsure: frozenset[str]
    partly: frozenset[str]
    place: Callable[[Where], Where]
    is_read: Callable[[Where], bool]


def read_folder(path: Path) -> Folder:
    """Read a firm folder: all records, all profiles, every problem in one pass.

    A problem has its file, line and path, and says what is wrong and what to do.
    Raises InputError if the folder itself cannot be read.
    """
    reader = _Reader(path)
    reader.everything()
    firm = change(Firm(), (Change(r.kind, r.key, r) for r in reader.records))
    parts = [found.part for found in reader.partly.values()]
    nearly = change(firm, (Change(part.kind, part.key, part) for part in parts))
    reader.check(firm, nearly)
    return Folder(
        records=tuple(reader.records),
        profiles=tuple(reader.profiles),
        problems=tuple(reader.problems),
        firm=firm,
        nearly=nearly,
        unsure=frozenset(reader.unsure),
        partly=frozenset(part.kind for part in parts),
        place=reader.located,
        is_read=reader.is_read,
    )


class _Reader:
    """Collects what the files of one folder give, and where it stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.records: list[Record] = []
        self.profiles: list[Profile] = []
        self.problems: list[InputError] = []
        self.unsure: set[str] = set()  # kinds of which some names could not be read
        self.partly: dict[tuple[str, str], Misread] = {}
        self.sources: dict[tuple[str, str], Source] = {}
        self.files: dict[str, tuple[str, dict[str, int]]] = {}

    def everything(self) -> None:
        """Read each file and folder that holds a kind; tell of all others."""
        for entry in _entries(self.path):
            kind, ending = _meant(entry)
            if entry.name == MARKER:
                what = "An export into this folder was cut short."
                self.tell(entry.name, what, "Export into it again.")
            elif kind in self.files:
                what = f"There is {self.files[kind][0]} too."
                self.tell(entry.name, what, f"Keep {kind} in one of the two.", kind)
            elif kind and (entry.is_dir() or ending in _ROWS):
                self.files[kind] = (entry.name + "/" * entry.is_dir(), {})
                (self.rows if ending in _ROWS else self.folder)(kind, entry)
            elif kind or not _is_foreign(entry):
                self.problems.append(_unknown(entry))
        if not self.files and not self.problems:
            do = f"Give it a file or a folder for a kind: {', '.join(KINDS)}."
            self.tell("", f"There is no firm in {self.path.name}.", do)

    def rows(self, kind: str, file: Path) -> None:
        """Read a file that holds many records."""
        read, raw = _ROWS[file.suffix.removeprefix(".")], self.raw(kind, file)
        if raw is not None:
            for line, found in read(FOLDER_KINDS[kind], raw, file.name):
                self.keep(kind, found, file.name, line)

    def folder(self, kind: str, folder: Path) -> None:
        """Read a folder of YAML files, one record in each."""
        for entry in _entries(folder):
            file = f"{kind}/{entry.name}"
            if entry.suffix == ".yaml" and not entry.is_dir():
                if (raw := self.raw(kind, entry)) is None:
                    continue
                found, source = read_file(FOLDER_KINDS[kind], raw, file)
                self.keep(kind, found, file, 1)
                if record := _record(found):
                    self.sources[kind, record.key] = source
            elif not _is_foreign(entry):
                what = f"The records of {kind} lie in files called ID.yaml."
                do = "Call it so if it holds one; else put it elsewhere."
                self.tell(file, what, do, kind)

    def raw(self, kind: str, file: Path) -> bytes | None:
        """Give the bytes of a file of a kind; None where it cannot be read."""
        try:
            return file.read_bytes()
        except OSError as error:
            what = f"The file cannot be read: {error.strerror}."
            self.tell(file.name, what, "See that you may read it.", kind)
            return None

    def keep(self, kind: str, found: Record | InputError, file: str, line: int) -> None:
        """Keep a record, or the problem that there is with it."""
        lines = self.files[kind][1]
        if isinstance(found, InputError):
            self.problems += found.problems
            self.keep_part(kind, found, line)
        elif (before := lines.setdefault(found.key, line)) != line:
            what = f"{found.key!r} comes twice: it stands on line {before} too."
            self.tell(file, what, "Keep one of the two.", line=line)
        elif isinstance(found, Profile):
            self.profiles.append(found)
        else:
            self.records.append(found)

    def keep_part(self, kind: str, found: InputError, line: int) -> None:
        """Keep what could be read of a record that is none, if it has its name."""
        lines = self.files[kind][1]
        if isinstance(found, Misread) and found.part.key not in lines:
            lines[found.part.key] = line
            if found.part.kind in KINDS:
                self.partly[kind, found.part.key] = found
        else:
            self.unsure.add(kind)

    def tell(self, file: str, what: str, do: str, *unsure: str, line: int = 0) -> None:
        """Note a problem, and the kinds of which something may be missing now."""
        self.problems.append(Malformed(what, do=do, where=Where(file, line)))
        self.unsure.update(unsure)

    def check(self, firm: Firm, nearly: Firm) -> None:
        """Check that the records fit together, and say where those lie that do not.

        nearly: all names are looked up in this one. What else records say together is
        checked only of those that were read whole.
        """
        names = [each for each in problems(nearly) if each.lacks]
        others = [each for each in problems(firm) if not each.lacks]
        for problem in [*names, *others]:
            at = self.place(problem.kind, problem.key, problem.path)
            told = Where(f"{problem.kind}/{problem.key}", 0, at.path)
            if problem.lacks not in self.unsure and self.is_read(told):
                problem.error.where = at
                self.problems.append(problem.error)

    def is_read(self, where: Where) -> bool:
        """Tell whether what is at a place in a record is what the folder has there."""
        kind, _, key = where.file.partition("/")
        found = self.partly.get((kind, key))
        return found is None or found.is_read(where.path)

    def located(self, where: Where) -> Where:
        """Give the place in the folder of a place in a record, as far as it is here."""
        kind, _, key = where.file.partition("/")
        file, lines = self.files.get(kind, ("", {}))
        if key not in lines:
            return where
        source = self.sources.get((kind, key), Source(file))
        found = source.located(where)
        return Where(found.file, found.line or lines[key], found.path)

    def place(self, kind: str, key: str, path: Steps) -> Where:
        """Give the place of a field of a record."""
        file, lines = self.files[kind]
        source = self.sources.get((kind, key), Source(file))
        found = source.where(path)
        return Where(found.file, found.line or lines[key], found.path)


def _record(found: Record | InputError) -> Record | None:
    """Give a record, or what could be read of one."""
    if isinstance(found, Misread):
        return found.part
    return found if isinstance(found, Record) else None


def _entries(folder: Path) -> list[Path]:
    """Give what lies in a folder, in one order on every machine."""
    try:
        return sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be read: {error.strerror}.",
            do="Give the path of a folder that you may read.",
        ) from error


def _meant(entry: Path) -> tuple[str, str]:
    """Give the kind that a file or folder holds, and the ending of the file."""
    stem, _, ending = entry.name.partition(".")
    kind = stem if stem in FOLDER_KINDS and ending in {"", *_ROWS} else ""
    return kind, ending


def _is_foreign(entry: Path) -> bool:
    """Tell whether a file is none of Weft's: hidden, or a text for people."""
    texts = entry.suffix in {"", ".md", ".txt"} and entry.is_file()
    return entry.name.startswith(".") or texts


def _unknown(entry: Path) -> InputError:
    """Say that a file or folder is not known, and which was meant."""
    stem, _, _ = entry.name.partition(".")
    where = Where(entry.name)
    if stem in FOLDER_KINDS:
        what = f"{entry.name} is in no form that Weft reads."
        do = f"Make it {stem}.csv, {stem}.jsonl, or a file {stem}/ID.yaml for each."
        return Malformed(what, do=do, where=where)
    return UnknownName("kind of record", stem, FOLDER_KINDS, where)
