"""Where in an unfinished text of YAML one writes: inside which keys, after which.

A text that is being written is seldom YAML yet, so the lines before the place are
looked at one by one. Mappings in braces are expected to stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

_TYPED: Final = re.compile(r"[\"']?[\w@.-]*$")
_LINE: Final = re.compile(r"^( *(?:- +)*)(?:([\w.-]+):(?:[ ]+|$))?(.*)$")
_PAIR: Final = re.compile(r"([\w.-]+):\s*([^,\[\]{}#]*)")
_LAST: Final = re.compile(r"^\s*(?:([\w.-]+):\s*)?$")


class Place(msgspec.Struct, frozen=True):
    """One place. typed: what stands there already.

    key: of which a value is written there; empty where a key is. around: the keys
    and values of the mappings around it, the innermost first; a mapping ends at the
    place. inside: the key that holds the innermost of them. known: whether it is
    understood at all.
    """

    typed: str
    key: str = ""
    around: tuple[Mapping[str, str], ...] = ()
    inside: str = ""
    known: bool = True


def place_at(text: str, at: int) -> Place:
    """Find out where in a text a place is."""
    lines = text[:at].split("\n")
    typed = _TYPED.search(lines[-1])
    word = typed[0] if typed else ""
    lines[-1] = lines[-1][: len(lines[-1]) - len(word)]
    if "#" in lines[-1]:
        return Place(word, known=False)
    head, *flows = _flows(lines[-1])
    outer, holder = _blocks([*lines[:-1], head])
    if not flows:
        key, inside = _block_key(head), holder
        return Place(word, key, tuple(outer), inside, _LINE.match(head) is not None)
    return _in_flow(word, flows, outer, _block_key(head) or holder)


def _in_flow(
    word: str, flows: list[str], outer: list[dict[str, str]], holder: str
) -> Place:
    """Find out where in brackets and braces a place is."""
    around = list(outer)
    key = inside = holder
    known = True
    for flow in flows:
        inside = holder
        if flow[0] == "{":
            last = _LAST.match(flow[1:].rpartition(",")[2])
            around.insert(0, dict(_stripped(flow)))
            known, key = last is not None, (last[1] or "") if last else ""
        holder = key
    return Place(word, key, tuple(around), inside, known)


def _flows(line: str) -> list[str]:
    """Give what stands before any bracket, and in each that is still open."""
    stack = [""]
    for sign in line:
        if sign in "{[":
            stack.append(sign)
        elif sign in "}]" and len(stack) > 1:
            stack.pop()
        else:
            stack[-1] += sign
    return stack


def _block_key(head: str) -> str:
    """Give the key of which a value is written at the end of a line."""
    found = _LINE.match(head)
    return (found[2] or "") if found and not found[3].strip() else ""


class _Frame(msgspec.Struct):
    """A mapping in lines: the column of its keys, the key that holds it, its keys."""

    column: int
    holder: str
    keys: dict[str, str]
    last: str = ""


def _blocks(lines: Sequence[str]) -> tuple[list[dict[str, str]], str]:
    """Give the mappings around the end of some lines, the innermost first.

    And the key that holds the innermost.
    """
    frames = [_Frame(-1, "", {})]
    for number, line in enumerate(lines, 1):
        found = _LINE.match(line)
        blank = not line.strip() or line.lstrip().startswith("#")
        if found is None or (blank and number < len(lines)):
            continue
        start, column = len(line) - len(line.lstrip(" ")), len(found[1])
        newer = start if column > start and "-" in found[1] else column
        while frames[-1].column > newer:
            frames.pop()
        if frames[-1].column < column:
            frames.append(_Frame(column, frames[-1].last, {}))
        if found[2]:
            frames[-1].keys[found[2]] = found[3].strip().strip("\"'")
            frames[-1].last = found[2]
    return [frame.keys for frame in reversed(frames[1:])], frames[-1].holder


def _stripped(flow: str) -> list[tuple[str, str]]:
    """Give the keys and values inside braces."""
    return [(key, value.strip().strip("\"'")) for key, value in _PAIR.findall(flow)]
