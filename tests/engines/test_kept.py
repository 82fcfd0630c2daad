"""Compiled code that is kept: used again, and never after a file has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SHAPE = """
from typing import NamedTuple

class Shape(NamedTuple):
    side: int
"""
SHARED = """
from weft.engines.compiling import inner

@inner
def area(shape):
    return shape.side * {factor}
"""
WHOLE = """
from folder.shared import area
from weft.engines.compiling import compiled
from folder.{shapes} import Shape

@compiled
def whole(shape):
    return area(shape) + 1

print(whole(Shape(10)), sum(whole.stats.cache_hits.values()))
"""
pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    written(folder, factor=2, shapes="shapes")
    return folder


def written(folder: Path, *, factor: int, shapes: str) -> None:
    for old in folder.glob("shapes*.py"):
        old.unlink()
    (folder / "__init__.py").touch()
    (folder / f"{shapes}.py").write_text(SHAPE, "utf-8")
    (folder / "shared.py").write_text(SHARED.format(factor=factor), "utf-8")
    (folder / "use.py").write_text(WHOLE.format(shapes=shapes), "utf-8")


def used(folder: Path) -> tuple[int, bool]:
    """Give what a program of its own says, and whether it took what was kept."""
    done = subprocess.run(
        [sys.executable, "-m", "folder.use"],
        cwd=folder.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    value, hits = done.stdout.split()
    return int(value), int(hits) > 0


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("__pycache__/*.nb?"))


def test_what_is_kept_is_used_again(folder: Path) -> None:
    assert used(folder) == (21, False)
    assert used(folder) == (21, True)


def test_a_change_to_a_file_that_is_called_into_is_noticed(folder: Path) -> None:
    used(folder)
    before = kept(folder)
    written(folder, factor=3, shapes="shapes")
    assert used(folder) == (31, False)
    assert used(folder) == (31, True)
    assert len(kept(folder)) == len(before)  # what was kept before is gone
    assert not set(kept(folder)) & set(before)


def test_a_class_that_lives_elsewhere_now_is_no_fault(folder: Path) -> None:
    used(folder)
    written(folder, factor=2, shapes="shapes_of_late")
    assert used(folder) == (21, False)
