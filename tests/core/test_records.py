"""The gate for JSON: its short way gives what the long way gives, for any text.

JSON is written here piece by piece, as no writer would: with every escape, keys that
come twice in two spellings, numbers of any length; and then damaged. WEFT_LONG=1
tries 500 times as much.
"""

from __future__ import annotations

import json
import os
import re
from functools import partial
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.conftest import many

from weft.core.records import _read_closely, read_json, read_plain
from weft.core.requests import Request
from weft.errors import Malformed

TRIED = many(50_000 if os.environ.get("WEFT_LONG") else 100)
DEEP = 200


def spelt(char: str) -> st.SearchStrategy[str]:
    """Give the ways to write a character in a text."""
    units = char.encode("utf-16-be", "surrogatepass").hex()
    escape = "".join(rf"\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    ways = [escape, escape.upper().replace(r"\U", r"\u")]
    if char not in '"\\' and category(char) != "Cc":
        ways.append(char)
    return st.sampled_from(ways)


CHARS = st.sampled_from('aa::b\0\x1f"\\/é😀\ud83d\ude00\udfff\u2028\ufeff')
PIECES = CHARS.flatmap(spelt) | st.sampled_from(
    [r"\n", r"\"", r"\\", r"\\u003a", r"\/", r"\x", r"\u00", r"\u+03a", "\t", "\0"]
)
TEXTS = st.lists(PIECES, max_size=4).map(lambda parts: f'"{"".join(parts)}"')
SPACES = st.sampled_from(["", "", "", " ", "\n\t\r", "\f", "\xa0"])
NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
) | st.sampled_from(
    [
        *("-0", "-0.0", "1e400", "-1e400", "1e-400", "5e-324", "0e999", "01", "1."),
        *("9223372036854775808", "-9223372036854775809", "18446744073709551616"),
        *("9" * 400, "9" * 5000, "9" * 400 + ".0", "NaN", "Infinity", "-Infinity"),
    ]
)
LEAVES = TEXTS | NUMBERS | st.sampled_from(["null", "true", "false", "nul", ""])


def joined(opening: str, closing: str, parts: list[str]) -> str:
    """Write a list or a mapping."""
    return f"{opening}{','.join(parts)}{closing}"


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give lists and mappings of what there is."""
    padded = st.builds("{}{}{}".format, SPACES, inner, SPACES)
    pairs = st.builds("{}{}:{}".format, TEXTS, SPACES, padded)
    return st.one_of(
        st.lists(padded, max_size=4).map(partial(joined, "[", "]")),
        st.lists(pairs, max_size=4).map(partial(joined, "{", "}")),
    )


WRITTEN = st.recursive(LEAVES, grown, max_leaves=12)


@st.composite
def sent(draw: st.DrawFn) -> bytes | str:
    """Give a text as it may arrive: in any encoding, damaged or whole."""
    text = draw(SPACES) + draw(WRITTEN) + draw(st.sampled_from(["", "", " ", "x", "1"]))
    encoding = draw(
        st.sampled_from(
            [None, *["utf-8"] * 3, "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]
        )
    )
    if encoding is None:
        return text
    raw = text.encode(encoding, "surrogatepass")
    if draw(st.integers(0, 3)):
        return raw
    at = draw(st.integers(0, len(raw)))
    return raw[:at] + draw(st.binary(max_size=2)) + raw[at + draw(st.integers(0, 2)) :]


def closely(raw: bytes | str) -> str:
    """Give what the long way alone reads, with its types; nothing if it refuses."""
    try:
        return repr(_read_closely(raw))
    except (ValueError, RecursionError, OverflowError):
        return ""


def gate(raw: bytes | str) -> str:
    """Give what the gate reads, with its types; nothing where it refuses."""
    try:
        return repr(read_plain(raw))
    except Malformed:
        return ""


@settings(max_examples=TRIED)
@given(sent() | st.binary(max_size=20) | st.text(max_size=20))
@example(b'{"a": 1, "a": 1}')
@example(rb'{"a": ":", "\u0061": 1}')
@example(rb'{"a": 1, "a": "\u003a"}')
@example(rb'{"a": 1, "a": {"\u003A": 2}}')
@example(rb'{"a:": 1, "a\u003A": 2}')
@example(rb'["\\u003a", "\\u0000"]')
@example(rb'["\u0000"]')
@example(rb'["\\\u0000"]')
@example(rb'["\ud800", 1]')
@example(b"1\0")
def test_the_short_way_reads_what_the_long_way_reads(raw: bytes | str) -> None:
    assert gate(raw) == closely(raw)


@settings(max_examples=TRIED)
@given(WRITTEN)
def test_what_is_read_is_what_python_reads(text: str) -> None:
    if read := gate(text):
        assert read == repr(json.loads(text))


@pytest.mark.parametrize("raw", ['{"a": 1, "a": 1}', r'{"b": 0, "a": 1, "\u0061": 1}'])
def test_a_key_that_comes_twice_is_refused_by_its_name(raw: str) -> None:
    with pytest.raises(Malformed, match="'a' comes twice"):
        read_plain(raw)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("deep", [DEEP - 1, DEEP, DEEP + 1, 950, 990, 1000, 100_000])
def test_how_deep_it_may_be_does_not_hang_on_who_reads(
    opening: str, closing: str, deep: int
) -> None:
    raw = opening * deep + "1" + closing * deep
    assert bool(gate(raw)) is bool(closely(raw)) is (deep <= DEEP)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("x" * 81, "has 81 characters; 80 is the most"),
        ("a b", "`a b` is 'a b', which has another form"),
        ("", "`the key` is ''"),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_a_wrong_name_is_told_where_it_stands(
    name: str, says: str, *, inside: bool
) -> None:
    held: dict[str, object] = {"region": "eu", name: "eu"}
    properties = {"rooms": [{"region": "eu"}, held]} if inside else held
    asked = {"mission": "payments", "act": "deploy", "properties": properties}
    with pytest.raises(Malformed, match=re.escape(says)) as told:
        read_json(Request, json.dumps(asked))
    place = "$.properties.rooms[1]" if inside else "$.properties"
    assert told.value.where.path == place
