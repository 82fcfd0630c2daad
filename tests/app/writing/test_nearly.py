"""What the rest of a record would break that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.app.conftest import DORA, OWNER

from weft.app.texts import from_file
from weft.app.writing.nearly import told_whole
from weft.core.roles import Actor
from weft.errors import InputError
from weft.interop.folder.parts import Misread
from weft.store.desk import Desk

ASSET = """title: Ledger
type: servise
mission: nowhere
"""


def told(desk: Desk, actor: Actor, text: str, kind: str = "assets") -> InputError:
    """Give what is told of the text of a record."""
    with pytest.raises(InputError) as refused:
        from_file(kind, text.encode(), "ledger.yaml")
    return told_whole(desk, actor, refused.value)


def places(error: InputError) -> list[tuple[int, Any]]:
    """Give where all of it stands."""
    return [(each.where.line, each.where.path) for each in error.problems]


def test_names_are_told_with_what_cannot_be_read(quick: Desk) -> None:
    found = told(quick, OWNER, ASSET)
    assert places(found) == [(2, "$.type"), (3, "$.mission")]
    assert "no mission called 'nowhere'" in str(found.problems[1])


def test_what_could_not_be_read_is_not_looked_up(quick: Desk) -> None:
    found = told(quick, OWNER, ASSET.replace("nowhere", "[nowhere]"))
    assert places(found) == [(2, "$.type"), (3, "$.mission")]
    assert not isinstance(found, Misread)


def test_who_may_not_write_it_is_not_told_which_names_there_are(quick: Desk) -> None:
    assert places(told(quick, DORA, ASSET)) == [(2, "$.type")]


def test_a_guardrail_is_held_against_the_words_there_are(quick: Desk) -> None:
    text = """title: Small
level: mus
principle: nothing
owner: nobody
must:
  - {path: nowhere, at_most: 3}
"""
    found = told(quick, OWNER, text, "guardrails")
    first = [(2, "$.level"), (3, "$.principle"), (4, "$.owner")]
    assert places(found) == [*first, (6, "$.must[0].path")]
    text = text.replace("at_most: 3", "at_most: {param: most}") + "params: {most: [3]}"
    assert places(told(quick, OWNER, text, "guardrails")) == [
        *[(2, "$.level"), (7, "$.params.most"), (3, "$.principle"), (4, "$.owner")]
    ]
