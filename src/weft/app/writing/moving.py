"""A limit moved in the text of a guardrail; all else of the text stays as it is."""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem
from typing import Any

import msgspec

from weft.app.writing.reading import steps
from weft.core.vocabulary import Scalar
from weft.errors import InputError
from weft.interop.yaml import read_yaml, write_yaml


def with_limit(text: str, place: str, value: Scalar) -> str:
    """Give a text with another value at one place, such as `must[0].at_most`.

    Comments and the order of lines are kept where the value stands on a line with
    its name; else the text is written anew.
    """
    path = steps(f"$.{place}")
    source = read_yaml(text)
    line = source.where(path).line
    wanted = msgspec.json.decode(msgspec.json.encode(source.plain))
    reduce(getitem, path[:-1], wanted)[path[-1]] = value
    lines = text.splitlines(keepends=True)
    if line:
        lines[line - 1] = _on_line(lines[line - 1], str(path[-1]), value)
    kept = "".join(lines)
    return kept if _says(kept, wanted) else write_yaml(wanted)


def _on_line(line: str, name: str, value: Scalar) -> str:
    """Put a value behind its name on a line."""
    written = write_yaml({"x": value}).removeprefix("x:").strip()
    pattern = rf"(\b{re.escape(name)}:[ ]+)[^,}}\]#\n]*[^,}}\]#\s]"
    return re.sub(pattern, lambda found: f"{found[1]}{written}", line, count=1)


def _says(text: str, wanted: Any) -> bool:
    """Tell whether a text says just that."""
    try:
        return bool(read_yaml(text).plain == wanted)
    except InputError:
        return False
