"""TOML with the line of every key, so that what is wrong in it is told by its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from weft.core.sources import Path, Source, Step
from weft.errors import Malformed, Where

_KEY: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEYS: Final = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_TABLE = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEYS})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*({_KEYS})[ \t]*=")
_PART = re.compile(_KEY)
_SAID_LINE = re.compile(r"at line (\d+)")
_TOKEN = re.compile(
    r"""#[^\n]*|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""",
    re.DOTALL,
)
"""A comment, or a text: of several lines, or of one."""


def read_toml(text: str, name: str, *, do: str) -> Source:
    """Read a TOML text. do: what to do where it is none.

    Raises Malformed with the line. Parts of an inline table are told by its line.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _SAID_LINE.search(str(error))
        end = text.rstrip("\n").count("\n") + 1
        where = Where(name, int(line[1]) if line else end)
        raise Malformed(f"This is not TOML: {error}.", do=do, where=where) from error
    except RecursionError as error:
        where = Where(name, 0)
        raise Malformed("Its parts nest too deep.", do=do, where=where) from error
    lines: dict[int, dict[Step, int]] = {}
    for path, number in _places(text):
        here: Any = plain
        for step in path:
            if not isinstance(here, dict) or step not in here:
                break  # one of many tables of a name: told by the line of their name
            lines.setdefault(id(here), {}).setdefault(step, number)
            here = here[step]
    return Source(name, plain, lines)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Give each table and key of a text that is TOML, with its line from 1."""
    table: Path = ()
    for number, line in enumerate(_without_long(text).split("\n"), 1):
        if header := _TABLE.match(line):
            table = _steps(header[2])
            yield table, number
        elif pair := _PAIR.match(line):
            yield (*table, *_steps(pair[1])), number


def _without_long(text: str) -> str:
    """Empty the texts of several lines, in which anything may look like a key."""

    def emptied(token: re.Match[str]) -> str:
        long = token[0].startswith(('"""', "'''"))
        return '""' + "\n" * token[0].count("\n") if long else token[0]

    return _TOKEN.sub(emptied, text)


def _steps(keys: str) -> Path:
    return tuple(next(iter(tomllib.loads(f"{key} = 0"))) for key in _PART.findall(keys))
