"""What a control says, as people read it: its parts one below the other, blanks named.

A catalogue leaves blanks for whoever adopts it. A blank that has a value is filled, and
one that has none stands in brackets by what is to be put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from weft.core.firm import Firm
from weft.core.framework.controls import Control

_BLANK = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}")
_DEEPEST = 5
_SHOWN = ("statement", "guidance")


class Said(msgspec.Struct, frozen=True):
    """One line of what a control says: how deep, its label such as `a.`, its text."""

    part: str
    depth: int
    label: str
    text: str


def statement(firm: Firm, control: Control) -> tuple[Said, ...]:
    """Give what a control asks for and its guidance, line by line."""
    blanks = dict(_blanks(firm, control))
    parts = control.told.get("parts")
    found: list[Said] = []
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get("name") in _SHOWN:
            found += _lines(part, str(part["name"]), 0, blanks)
    return tuple(found)


def _lines(
    part: Mapping[str, Any], name: str, depth: int, blanks: Mapping[str, str]
) -> Iterator[Said]:
    """Give the lines of a part and of the parts inside it."""
    prose = part.get("prose")
    if isinstance(prose, str) and prose.strip():
        yield Said(name, depth, _label(part), _filled(prose, blanks))
    inner = part.get("parts")
    for each in inner if isinstance(inner, list) and depth < _DEEPEST else ():
        if isinstance(each, dict):
            yield from _lines(each, name, depth + 1, blanks)


def _label(part: Mapping[str, Any]) -> str:
    """Give the label of a part, such as `a.`."""
    props = part.get("props")
    for prop in props if isinstance(props, list) else ():
        if isinstance(prop, dict) and prop.get("name") == "label":
            return str(prop.get("value", ""))
    return ""


def _filled(prose: str, blanks: Mapping[str, str]) -> str:
    """Fill the blanks of a text, and those inside of what they are filled with."""
    for _ in range(_DEEPEST):
        if not _BLANK.search(prose):
            break
        prose = _BLANK.sub(lambda m: blanks.get(m[1], "[to be settled]"), prose)
    return prose


def _blanks(firm: Firm, control: Control) -> Iterator[tuple[str, str]]:
    """Give what stands in the place of each blank; a control's own count most."""
    over = firm.controls.get(control.within or "")
    if over is not None and over.within is None:
        yield from _blanks(firm, over)
    params = control.told.get("params")
    for param in params if isinstance(params, list) else ():
        if isinstance(param, dict) and isinstance(param.get("id"), str):
            text = _blank(param)
            yield param["id"], text
            for prop in param.get("props") or ():
                if isinstance(prop, dict) and prop.get("name") == "alt-identifier":
                    yield str(prop.get("value")), text


def _blank(param: Mapping[str, Any]) -> str:
    """Say what a blank is filled with, or what it is for."""
    values = param.get("values")
    if isinstance(values, list) and values:
        return ", ".join(map(str, values))
    select = param.get("select")
    if isinstance(select, dict) and isinstance(select.get("choice"), list):
        return f"[{' or '.join(map(str, select['choice']))}]"
    return f"[{param.get('label') or 'to be settled'}]"
