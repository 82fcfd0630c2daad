"""A Markdown file cut at its headings, and lists in it cut into their points."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

MISSION = "mission/"
"""Stands before a mission among those who decided: a role may be called so too."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_BULLET = re.compile(r"\s{0,3}[-*+]\s+(.*)")


class Section(msgspec.Struct):
    """What stands under one heading, up to the next one of whatever level."""

    level: int
    title: str
    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        """The text, without empty lines around it."""
        return "\n".join(self.lines).strip("\n").rstrip()


def sections(text: str, first: int = 1) -> list[Section]:
    """Cut a text at its headings; what comes before the first one has level 0.

    first: the line that the text begins on. A heading inside a block of code is none.
    """
    found = [Section(0, "", first, [])]
    fenced = False
    without = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    for number, line in enumerate(without.split("\n"), first):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading:
            found.append(Section(len(heading[1]), heading[2], number, []))
        else:
            found[-1].lines.append(re.sub(r"^\\#", "#", line))
    return found


def points(text: str) -> tuple[str, list[str]]:
    """Give what stands before the first point of a list, and the points."""
    before: list[str] = []
    found: list[list[str]] = []
    for line in text.split("\n"):
        bullet = _BULLET.fullmatch(line)
        if bullet:
            found.append([bullet[1]])
        elif found:
            found[-1].append(line.removeprefix("  "))
        else:
            before.append(re.sub(r"^\\([-*+])", r"\1", line))
    told = ["\n".join(lines).strip() for lines in found]
    return "\n".join(before).strip(), [each for each in told if each]


def fields(text: str) -> Iterator[tuple[str, str]]:
    """Give `Status: accepted` and its like, in a list, in bold, or as they stand."""
    for line in text.split("\n"):
        plain = re.sub(r"[*_`]", "", re.sub(r"^\s*[-*+]\s+", "", line)).strip()
        name, colon, value = plain.partition(":")
        if colon and re.fullmatch(r"[A-Za-z][A-Za-z -]{1,30}", name):
            yield name.strip().lower(), value.strip()
