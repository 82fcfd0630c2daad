"""The JSON part of YAML 1.2, with the line of every key and item.

Text, numbers, true, false, null, lists, mappings. Refused is what hides or
surprises: aliases, tags, a key that comes twice, a second document, NUL. A text
that other readers take for something else (no, 012, 1:30) is written in quotes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sized
from typing import Any, NoReturn

import yaml

from weft.core.sources import Source, Step
from weft.errors import Malformed, Where

DEEPEST = 50
MOST_DIGITS = 18
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def read_yaml(text: str, name: str = "", longest: int = 0) -> Source:
    """Read one YAML text; `name` is what its mistakes are told under.

    longest: so many parts may a list or a mapping have; 0 where that is open.

    Raises Malformed, with the line, for what is no plain YAML.
    """
    reader = _Reader(text, name, longest)
    try:
        plain = reader.document()
    except yaml.YAMLError as error:
        what = getattr(error, "problem", None) or str(error).partition("\n")[0]
        mark = getattr(error, "problem_mark", None)
        reader.refuse(f"This is no YAML: {what}.", "Write it in plain YAML.", mark)
    except UnicodeEncodeError:
        reader.refuse("The text holds half a character.", "Save it as UTF-8.", None)
    return Source(name, plain, reader.lines, reader.columns)


class _Reader:
    """Builds data from the events of one text, and notes each line and column."""

    def __init__(self, text: str, name: str, longest: int) -> None:
        self.text = text
        self.name = name
        self.longest = longest
        self.lines: dict[int, dict[Step, int]] = {}
        self.columns: dict[int, dict[Step, int]] = {}
        self.events: Iterator[Any] = iter(())

    def document(self) -> Any:
        """Read the only document, or None where there is none."""
        self.events = yaml.parse(self.text, yaml.CSafeLoader)
        plain, seen = None, False
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if seen:
                    what = "There are two documents in one file."
                    self.refuse(what, "Keep one in each file.", event.start_mark)
                plain, seen = self.value(event, 0), True
        return plain

    def value(self, event: Any, depth: int) -> Any:
        """Read the value that starts with this event."""
        if isinstance(event, yaml.AliasEvent):
            what = f"An alias is used: *{event.anchor}."
            self.refuse(what, "Write out what it stands for.", event.start_mark)
        if event.tag:
            what = f"A tag is used: {event.tag}."
            self.refuse(what, "Leave it out.", event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if depth == DEEPEST:
            what = f"This lies deeper than {DEEPEST} levels."
            self.refuse(what, "Make it flatter.", event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(depth + 1)
        return self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        """Read a list up to its end."""
        items: list[Any] = []
        marks: dict[Step, Any] = {}
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self.count(items, event.start_mark)
            marks[len(items)] = event.start_mark
            items.append(self.value(event, depth))
        self.note(items, marks)
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        """Read a mapping up to its end; every key is text."""
        found: dict[str, Any] = {}
        marks: dict[Step, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("A key is not text.", "Name the key.", event.start_mark)
            key = self.texted(event)
            if key in found:
                what = f"The key {key!r} comes twice."
                self.refuse(what, "Keep one of the two.", event.start_mark)
            self.count(found, event.start_mark)
            marks[key] = event.start_mark
            found[key] = self.value(next(self.events), depth)
        self.note(found, marks)
        return found

    def count(self, holder: Sized, mark: Any) -> None:
        """Refuse one part more than there may be, before all of them are read."""
        if self.longest and len(holder) == self.longest:
            what = f"More than {self.longest:,} parts stand here in a row."
            self.refuse(what, "Leave some out, or name them in a set.", mark)

    def note(self, holder: Any, marks: Mapping[Step, Any]) -> None:
        """Note where each part of a list or mapping begins."""
        self.lines[id(holder)] = {step: _line(mark) for step, mark in marks.items()}
        self.columns[id(holder)] = {
            step: mark.column + 1 for step, mark in marks.items()
        }

    def scalar(self, event: Any) -> Any:
        """Read a plain scalar as JSON would, a quoted one as text."""
        text = self.texted(event)
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if not (number := _NUMBER.fullmatch(text)):
            return text
        whole = not (number[1] or number[2])
        if (whole and len(text.lstrip("+-")) > MOST_DIGITS) or math.isinf(float(text)):
            what = "This number is too large to be kept."
            self.refuse(what, "Put it in quotes if it is a text.", event.start_mark)
        return int(text) if whole else float(text)

    def texted(self, event: Any) -> str:
        """Give the text of a scalar; NUL, which no database keeps, is refused."""
        text: str = event.value
        if "\0" in text:
            what = "A text holds the character NUL."
            self.refuse(what, "Leave it out.", event.start_mark)
        return text

    def refuse(self, what: str, do: str, mark: Any) -> NoReturn:
        """Say what cannot be read, on which line, and what to do.

        What is missing at the end is told on the last line, not on the one after it.
        """
        line = min(_line(mark), len(f"{self.text}.".splitlines()))
        raise Malformed(what, do=do, where=Where(self.name, line))


def _line(mark: Any) -> int:
    """Give the line of a mark as people count, or 0 where there is no mark."""
    return mark.line + 1 if mark else 0


def write_yaml(plain: object) -> str:
    """Write plain data so that `read_yaml` gives it back: equal data, equal text."""
    return "\n".join(_lines(plain, "")).lstrip("\n ") + "\n"


def _lines(plain: object, pad: str) -> Iterator[str]:
    """Write a value; its first line goes on where the last one ended."""
    if isinstance(plain, dict) and plain:
        yield ""
        for key, value in plain.items():
            first, *rest = _lines(value, pad + "  ")
            yield f"{pad}{_quoted(key)}:{first}"
            yield from rest
    elif isinstance(plain, list | tuple) and plain:
        yield ""
        for value in plain:
            first, *rest = _lines(value, pad + "  ")
            if not first:  # the first key or item stands beside the dash
                first, rest = f" {rest[0].lstrip(' ')}", rest[1:]
            yield f"{pad}-{first}"
            yield from rest
    elif isinstance(plain, str) and _reads_as_block(plain):
        yield " |" if plain.endswith("\n") else " |-"
        for line in plain.removesuffix("\n").split("\n"):
            yield f"{pad or '  '}{line}" if line else ""
    elif isinstance(plain, str):
        yield f" {_quoted(plain)}"
    else:
        yield f" {json.dumps(plain, allow_nan=False)}"


_BARE = re.compile(
    r"(?:[^\W\d_]|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$|\d+(?:\.\d+)? (?=[^\W\d_]))"
    r"(?:[\w.,;/()+&%@=!?'-]|:(?! |$)| (?! |$))*"
)
_TAKEN = re.compile("y|n|yes|no|on|off|true|false|null", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


def _reads_as_block(text: str) -> bool:
    """Tell whether the lines of a text can stand as they are, unquoted."""
    lines = text.removesuffix("\n").split("\n")
    blank = any(line and not line.strip(" ") for line in lines)
    if "\n" not in text or blank or lines[0][:1] in {"", " "} or not lines[-1]:
        return False
    return not (_UNPRINTED.search(text) or _CONTROL.search(text))


def _quoted(text: str) -> str:
    """Write a text on one line, in quotes where it would be taken for another."""
    if _BARE.fullmatch(text) and not _TAKEN.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
