"""A guardrail read as it is being written: all that is wrong, each with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import RECORDS

from weft.app.writing.reading import Written, written, written_file
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.vocabulary import Property
from weft.errors import InputError

DAYS = Property(id="days", title="Days", type="int", lowest=0, highest=900)
FIRM = change(Firm(), [put(each) for each in (*RECORDS, DAYS)])
RIGHT = """\
id: short
title: Data goes after a year
level: must
principle: data-stays
owner: security  # who answers
must:
  - {path: days, at_most: 365}
"""


def places(found: Written) -> list[tuple[int, str]]:
    """Give the line and the path of each problem."""
    return [(each.where.line, each.where.path) for each in found.problems]


def test_what_is_right_is_a_guardrail() -> None:
    found = written(FIRM, RIGHT)
    assert found.problems == ()
    assert found.whole().must[0].constant == 365
    assert found.plain is not None
    assert found.plain["owner"] == "security"


def test_all_that_is_wrong_is_told_at_once_each_with_its_line() -> None:
    text = """\
id: Not A Name
title: Something
level: mist
principle: nowhere
colour: red
when:
  - {path: days, is: 1, in: [2]}
  - {path: dais, is: 1}
must:
  - {path: days, at_most: soon}
  - {path: days, has: 1}
  - {every: days, must: [{path: days, is: 1}]}
waiver: {max_days: 0}
"""
    found = written(FIRM, text, "g.yaml")
    assert found.guardrail is None
    assert sorted(places(found)) == [
        (0, "$"),  # no owner
        (1, "$.id"),
        (3, "$.level"),
        (4, "$.principle"),
        (5, "$.colour"),
        (7, "$.when[0]"),
        (8, "$.when[1].path"),
        (10, "$.must[0].at_most"),
        (11, "$.must[1].has"),
        (12, "$.must[2].every"),
        (13, "$.waiver.max_days"),
    ]
    assert all(each.what and each.do for each in found.problems)
    assert {each.where.file for each in found.problems} == {"g.yaml"}
    assert found.plain is not None
    assert found.plain["when"][0] == {"path": "days", "is": 1, "in": [2]}


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 0), ("- a", 0), ("title: [", 1), ("a: 1\na: 2", 2), ("x" * 60_000, 1)],
)
def test_what_is_no_mapping_is_told_alone(text: str, line: int) -> None:
    found = written(FIRM, text)
    assert found.plain is None
    assert [each.where.line for each in found.problems] == [line]
    with pytest.raises(InputError):
        found.whole()


def test_a_veto_without_harm_does_not_hide_what_else_is_wrong() -> None:
    text = RIGHT.replace("must\n", "veto\n", 1).replace("days,", "dais,")
    assert places(written(FIRM, text)) == [(3, "$.level"), (7, "$.must[0].path")]


def test_a_file_may_leave_the_id_to_its_name() -> None:
    raw = RIGHT.replace("id: short\n", "").encode()
    assert written_file(FIRM, raw, "a/short.yaml").whole().id == "short"


@pytest.mark.parametrize(
    "text",
    [
        RIGHT + "  - {path: days, at_most: 1}\n" * 10_000,
        RIGHT + "  - {path: days, at_most: 1}\n" * 1_000,
        RIGHT + "reason: " + "x" * 1_000_000,
        RIGHT + "reason: " + "x" * 40_000,
        RIGHT + "  - any:\n" + "      - {path: days, at_most: 1}\n" * 1000,
        RIGHT + "  - {path: days, at_most: 2.5}\n" * 19,
    ],
    ids=["10,000", "1,000", "a million", "40,000", "in any", "floats"],
)
def test_too_much_of_anything_is_refused(text: str) -> None:
    found = written(FIRM, text)
    assert found.guardrail is None
    assert found.problems


WORDS = st.sampled_from(
    [
        *("id: a", "level: must", "must:", "- {path: days, is: 1}", "when: [", "]"),
        *("a: {", "  - every: days", "    must: x", "params: {x: 1}", "waiver: 3"),
        *("must: [[1]]", "must: [{any: [{path: [1]}]}]", "when: {a: [1]}"),
        *("title: 5", "harm: 1"),
    ]
)


@given(st.lists(WORDS, max_size=8).map("\n".join))
def test_whatever_is_written_is_read_or_told(text: str) -> None:
    found = written(FIRM, text)
    assert (found.guardrail is None) == bool(found.problems)
    assert len(found.problems) < 60
