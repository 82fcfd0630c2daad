"""Can we take this on, asked of a file of needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import weft

HEAD = "mission,skill,level,share,month\n"


@pytest.mark.usefixtures("small")
def test_each_need_of_a_file_is_answered_and_the_worst_is_the_exit_code() -> None:
    Path("need.csv").write_text(
        f"{HEAD}payments,python,1,20,2030-01\npayments,python,5,100,2030-01\n"
    )
    done = weft("can", "need.csv", "--months", "1", "--limit", "20")
    assert done.exit_code == 5, done.output
    assert "payments:python:1:2030-01, 20 %" in done.output
    assert "payments:python:5:2030-01, 100 %" in done.output


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("payments,python,3,-5,2030-01\n", "need.csv:2:$.share: `share` is -5"),
        ("payments,python,3,NaN,2030-01\n", "`share` is 'NaN'"),
        ("", "need.csv holds no need."),
    ],
)
def test_a_file_that_is_none_is_told_with_its_place(rows: str, told: str) -> None:
    Path("need.csv").write_text(HEAD + rows)
    done = weft("can", "need.csv")
    assert done.exit_code == 2
    assert told in done.stderr


@pytest.mark.usefixtures("small")
def test_a_share_below_zero_is_told_to_be_one_and_not_an_option() -> None:
    done = weft("can", "payments", "python", "-50", "2030-01")
    assert done.exit_code == 2
    assert done.stderr == (
        "need:$.share: `share` is '-50'; 1 is the least.\n  Give 1 or more.\n"
    )
    done = weft("can", "payments", "python", "50", "2030-01", "--untill", "2030-02")
    assert "No such option" in done.stderr
