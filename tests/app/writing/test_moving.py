"""A limit moved in a text: the value alone, wherever it stands."""

from __future__ import annotations

import pytest

from weft.app.writing.moving import with_limit
from weft.interop.yaml import read_yaml

TEXT = """\
# as agreed in May
params: {longest: 30}
must:
  - {path: days, at_most: {param: longest}}  # the limit
  - path: spend
    below: 100.00 EUR  # in all
  - {path: cost, between: [10, 20]}
  - {path: tls, at_least: "1.2"}
"""


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        ("params.longest", 60, "params: {longest: 60}"),
        ("must[1].below", "250.00 EUR", "    below: 250.00 EUR  # in all"),
        ("must[3].at_least", "1.3", '  - {path: tls, at_least: "1.3"}'),
    ],
)
def test_all_else_stays_as_it_is(place: str, value: int | str, line: str) -> None:
    found = with_limit(TEXT, place, value)
    changed = [
        now
        for now, was in zip(found.split("\n"), TEXT.split("\n"), strict=True)
        if now != was
    ]
    assert changed == [line]


def test_what_stands_elsewhere_is_written_anew() -> None:
    found = read_yaml(with_limit(TEXT, "must[2].between[1]", 25)).plain
    assert found["must"][2]["between"] == [10, 25]
    assert found["must"][0] == {"path": "days", "at_most": {"param": "longest"}}
