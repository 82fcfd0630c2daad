"""The reference is what the source says: written anew, it comes out the same."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "reference"))


@pytest.mark.parametrize("file", SCRIPT["PAGES"])
def test_a_page_of_the_reference_is_up_to_date(file: str) -> None:
    written = (ROOT / "docs" / "reference" / file).read_text("utf-8")
    assert written == SCRIPT["PAGES"][file](), "run scripts/reference"
