"""Errors come whole from another process, whichever way they were begun."""

from __future__ import annotations

import pickle

import pytest

from weft.errors import (
    InputError,
    NoStore,
    NotFound,
    NothingChanges,
    Problems,
    StoreTaken,
    WeftError,
    Where,
)

PLACE = Where(file="firm.yaml", line=3, path="$.until")


@pytest.mark.parametrize(
    "error",
    [
        InputError("It is wrong.", do="Mend it.", where=PLACE),
        Problems([InputError("One.", do="Mend it.", where=PLACE)] * 2),
        NotFound("mission", "pay", ["payments"], PLACE),
        NoStore("here"),
        NothingChanges(),
        StoreTaken("weft serve, process 7"),
    ],
)
def test_an_error_comes_whole_from_another_process(error: WeftError) -> None:
    came = pickle.loads(pickle.dumps(error))  # noqa: S301 # our own
    assert type(came) is type(error)
    assert str(came) == str(error)
    assert {**vars(came), "_all": None} == {**vars(error), "_all": None}
    if isinstance(error, Problems) and isinstance(came, Problems):
        assert [vars(one) for one in came.problems] == [
            vars(one) for one in error.problems
        ]
