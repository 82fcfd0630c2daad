"""The texts that the example firms are made of: TOML and CSV files beside this one."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_HERE = files("weft.examples")


@cache
def toml(path: str) -> Mapping[str, Any]:
    """Read a TOML file, named by its path below the examples without its suffix."""
    text = _HERE.joinpath(f"{path}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def table(path: str) -> tuple[Mapping[str, str], ...]:
    """Read a CSV file, named in the same way: one mapping for each row."""
    text = _HERE.joinpath(f"{path}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def pairs(text: str) -> list[tuple[str, str]]:
    """Split words such as `kotlin:4 sql:3` into their two halves."""
    halves = (word.partition(":") for word in text.split())
    return [(left, right) for left, _, right in halves]
