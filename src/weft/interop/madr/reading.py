"""A decision record read from Markdown: MADR of any version, and its near relatives."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, Final, get_args

import msgspec

from weft.core.framework.adrs import ADR, Status
from weft.core.records import read
from weft.core.scalars import slug
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Where
from weft.interop.madr.sections import MISSION, Section, fields, points, sections
from weft.interop.yaml import read_yaml

NAMES: Final[Mapping[str, str]] = {
    "context and problem statement": "context",
    "context": "context",
    "problem statement": "context",
    "problem": "context",
    "decision drivers": "drivers",
    "drivers": "drivers",
    "considered options": "options",
    "options considered": "options",
    "options": "options",
    "alternatives": "options",
    "alternatives considered": "options",
    "decision outcome": "outcome",
    "decision": "outcome",
    "consequences": "consequences",
    "positive consequences": "good",
    "negative consequences": "bad",
    "confirmation": "confirmation",
    "validation": "confirmation",
    "pros and cons of the options": "arguments",
    "more information": "more",
    "status": "status",
    "date": "date",
}
"""The headings that are known, whatever their case; others are kept with their text."""
_TITLE, _TOP = 1, 2  # levels of headings
_STATUSES: Final = {
    "draft": "proposed",
    "approved": "accepted",
    "superseeded": "superseded",
    "replaced": "superseded",
    "obsolete": "deprecated",
    "declined": "rejected",
}
_PEOPLE: Final = (
    "decision-makers",
    "deciders",
    "consulted",
    "informed",
    "decision makers",
)
_NUMBER = re.compile(r"^(?:adr[\s_-]*)?\d+\s*[.:)\u2013-]?\s*[-:]?\s*", re.IGNORECASE)
_CHOSEN = re.compile(
    r'Chosen option:\s*"(.*?)"(?:[,.]|\s*$)\s*(?:because\s*)?', re.DOTALL
)
_OTHER = re.compile(r"superse+ded by\s*(.+)|replaced by\s*(.+)", re.IGNORECASE)


class Read(msgspec.Struct, frozen=True):
    """A record that was read, and what of the file is not in it."""

    record: ADR
    notes: tuple[str, ...]


class Known(msgspec.Struct, frozen=True):
    """What names in a file may stand for, each by what it is called in small letters.

    files: the ids of the files read with it. Roles, missions, principles: their ids,
    by id and by title.
    """

    files: Collection[str] = ()
    roles: Mapping[str, str] = {}
    missions: Mapping[str, str] = {}
    principles: Mapping[str, str] = {}


def read_madr(text: str, file: str, known: Known | None = None) -> Read:
    """Read one file; its id is what the file is called.

    Raises InputError, with the line, where it is no decision record.
    """
    return _Reading(file, known or Known()).read(text)


class _Reading:
    """One file while it is read."""

    def __init__(self, file: str, known: Known) -> None:
        self.file, self.known = file, known
        self.plain: dict[str, Any] = {"id": slug(PurePath(file).stem, 80)}
        self.notes: list[str] = []
        self.more: list[str] = []
        self.within = ""

    def read(self, text: str) -> Read:
        """Read the front matter, then heading after heading."""
        front, rest, first = self.front(text)
        found = sections(rest, first)
        title = next((s for s in found if s.level == _TITLE), None)
        if title is None or not title.title:
            raise Malformed(
                "It has no title.",
                do="Give it a first line such as `# Keep data in Europe`.",
                where=Where(self.file, first),
            )
        self.plain["title"] = str(front.pop("title", "")) or _NUMBER.sub(
            "", title.title
        )
        for section in found:
            if section is title or section.level == 0:
                for name, value in fields(section.text):
                    self.field(name, value)
            else:
                self.section(section)
        for name, value in front.items():
            self.field(name.lower(), value)
        if self.more:
            self.plain["more"] = "\n\n".join(self.more)
        self.settle()
        return Read(read(ADR, self.plain, Source(self.file)), tuple(self.notes))

    def front(self, text: str) -> tuple[dict[str, Any], str, int]:
        """Give the front matter as data, the rest, and the line it begins on."""
        text = text.replace("\r\n", "\n")
        if not text.startswith("---\n"):
            return {}, text, 1
        head, mark, rest = text[4:].partition("\n---")
        if not mark:
            return {}, text, 1
        try:
            plain = read_yaml(head, self.file).plain
        except InputError as error:
            if error.where.line:
                error.where = Where(self.file, error.where.line + 1)
            raise
        found = plain if isinstance(plain, dict) else {}
        return found, rest.partition("\n")[2], head.count("\n") + 4

    def section(self, section: Section) -> None:
        """Take what stands under one heading to its field."""
        name = NAMES.get(section.title.lower().rstrip(":"), "")
        top = section.level == _TOP
        if top:
            self.within = name
        text = section.text
        if self.within == "arguments" and not top:
            self.option(section.title, text)
        elif name in {"outcome", "options"}:
            self.outcome(text) if name == "outcome" else self.options(text)
        elif name in {"drivers", "consequences"}:
            self.add(name, text)
        elif name in {"good", "bad"}:
            self.add("consequences", text, f"{name.capitalize()}, because ")
        elif name in {"status", "date"}:
            self.field(name, text)
        elif name in {"context", "confirmation"}:
            before = self.plain.get(name)
            self.plain[name] = f"{before}\n\n{text}" if before else text
        else:
            self.other(name, section)

    def other(self, name: str, section: Section) -> None:
        """Keep what has no field of its own, with its heading."""
        if name == "more":
            self.more.append(section.text)
        elif not name and (section.text or section.level == _TOP):
            self.more.append(f"**{section.title}**\n\n{section.text}".strip())

    def options(self, text: str) -> None:
        """Add the options of a list; a text without a list is one option."""
        summary, titles = points(text)
        for title in titles or ([summary] if summary else []):
            self.option(title)

    def add(self, name: str, text: str, lead: str = "") -> None:
        """Add the points of a list; a text without a list is one point."""
        before, found = points(text)
        several = [*([before] if before else []), *found]
        told = (
            p if p.lower().startswith(("good", "bad", "neutral")) else lead + p
            for p in several
        )
        self.plain[name] = [*self.plain.get(name, []), *told]

    def option(self, title: str, text: str = "") -> None:
        """Add an option, or what is said of one that is there."""
        summary, arguments = points(text)
        title = " ".join(title.split())[:400]
        options: list[dict[str, Any]] = self.plain.setdefault("options", [])
        found = next((o for o in options if o["title"] == title), None)
        if found is None:
            found = {"title": title}
            options.append(found)
        if summary:
            found["summary"] = summary
        if arguments:
            found["arguments"] = arguments

    def outcome(self, text: str) -> None:
        """Take what was chosen out of an outcome, where it is told as MADR does."""
        chosen = _CHOSEN.match(text)
        if chosen:
            self.plain["chosen"] = " ".join(chosen[1].split())[:400]
            text = text[chosen.end() :]
        self.plain["outcome"] = text.strip()

    def field(self, name: str, value: Any) -> None:
        """Take a field of the front matter, or of the lines below the title."""
        if name == "status":
            self.status(str(value))
        elif name == "date" and value:
            self.date(str(value))
        elif name in _PEOPLE:
            self.people(name, value)
        elif name == "principles":
            self.named("principles", _several(value), self.known.principles)

    def status(self, text: str) -> None:
        """Read a status, and by what it was superseded."""
        words = re.sub(r"[^a-z ]", " ", text.lower()).split()
        known = (_STATUSES.get(word, word) for word in words)
        every = get_args(Status)
        self.plain["status"] = next((w for w in known if w in every), "proposed")
        if text.strip() and not any(_STATUSES.get(w, w) in every for w in words):
            self.notes.append(f"The status {text[:60]!r} is none: it is proposed.")
        other = _OTHER.search(text)
        if other:
            self.plain["status"] = "superseded"
            heir = self.heir(other[1] or other[2])
            if heir:
                self.plain["superseded_by"] = heir
            else:
                self.notes.append(f"What superseded it is not here: {text[:60]!r}.")

    def heir(self, text: str) -> str | None:
        """Find the file that is meant by a link, a number, or a name."""
        names = [slug(PurePath(n).stem, 80) for n in re.findall(r"[\w./-]+", text)]
        direct = next((n for n in names if n in self.known.files), None)
        numbers = [int(n) for n in re.findall(r"\d+", text)]
        by_number = {
            int(m[1]): f for f in self.known.files if (m := re.match(r"\D*(\d+)", f))
        }
        return direct or next((by_number[n] for n in numbers if n in by_number), None)

    def date(self, text: str) -> None:
        """Read a day."""
        found = re.search(r"\d{4}-\d\d-\d\d", text)
        try:
            self.plain["date"] = date.fromisoformat(
                found[0] if found else text
            ).isoformat()
        except ValueError:
            self.notes.append(f"The date {text[:60]!r} is no day, and is left out.")

    def people(self, name: str, value: Any) -> None:
        """Keep the roles and missions among names; those of people are left out."""
        names = _several(value)
        left = 0
        for each in names:
            key = each.lower().removeprefix(MISSION)
            role = key in self.known.roles and not each.startswith(MISSION)
            kind = "deciders" if role else "missions"
            table = self.known.roles if kind == "deciders" else self.known.missions
            if key not in table or name in {"consulted", "informed"}:
                left += 1
            elif table[key] not in self.plain.setdefault(kind, []):
                self.plain[kind].append(table[key])
        if left:
            told = "1 name" if left == 1 else f"{left} names"
            self.notes.append(f"{told} of {name} left out: people are not named here.")

    def named(self, field: str, names: list[str], table: Mapping[str, str]) -> None:
        """Keep the names that the firm has."""
        self.plain[field] = [table[n.lower()] for n in names if n.lower() in table]
        if len(self.plain[field]) < len(names):
            self.notes.append(f"Some {field} are not in the firm, and are left out.")

    def settle(self) -> None:
        """Say what was superseded without a word of it in the status."""
        if "superseded_by" not in self.plain and self.plain.get("status") is None:
            self.notes.append("It has no status: it is proposed.")


def _several(value: Any) -> list[str]:
    """Give the names in a list, or in a text with commas."""
    found = value if isinstance(value, list) else re.split(r"[,;]", str(value or ""))
    return [str(each).strip() for each in found if str(each).strip()]
