"""TOML is read with the line of every key, whatever else looks like one."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.errors import Malformed
from weft.interop.toml import read_toml

TEXT = '''# """ begins nothing here
id = "a"  # title = "no"
summary = """
title = "no"
[parameters]
"""
title = "# \'\'\'no"
[parameters]
rework = { value = 0.2, unit = "share" }
"with.dot" = 1
board.value = 3
[parameters.handoff]
value = 3
[[many]]
x = 1
[[many]]
x = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("id",), 2),
        (("summary",), 3),
        (("title",), 7),
        (("parameters",), 8),
        (("parameters", "rework", "value"), 9),
        (("parameters", "with.dot"), 10),
        (("parameters", "board", "value"), 11),
        (("parameters", "handoff", "value"), 13),
        (("many", 1, "x"), 14),
        (("nothing",), 0),
    ],
)
def test_a_key_is_told_by_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert read_toml(TEXT, "own.toml", do="").where(path).line == line


@given(
    st.lists(
        st.sampled_from(
            [
                'k{} = "plain # text"',
                'k{} = \'no """ here\'',
                'k{} = """\nk0 = 1\n[t0]\n"""',
                "k{} = '''\n\"\"\"\n'''",
                "k{} = [\n  1,\n  2,\n]",
                "# k{} = \"\"\" '''",
                "[t{}]",
                "",
            ]
        )
    )
)
def test_every_key_is_where_it_was_written(pieces: list[str]) -> None:
    lines: dict[tuple[str, ...], int] = {}
    text, number = "", count(1)
    table: tuple[str, ...] = ()
    for piece in pieces:
        name = next(number)
        line, written = text.count("\n") + 1, piece.replace("{}", f"{name}", 1)
        if piece.startswith("["):
            table = (f"t{name}",)
            lines[table] = line
        elif piece.startswith("k"):
            lines[(*table, f"k{name}")] = line
        text += written + "\n"
    found = read_toml(text, "own.toml", do="")
    for path, line in lines.items():
        assert found.where(path).line == line


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb =", 2), ("a = 1\na = 2", 2), (f"a={'[' * 5000}", 0)]
)
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Malformed) as told:
        read_toml(text, "own.toml", do="Mend it.")
    assert (told.value.where.line, told.value.do) == (line, "Mend it.")
