"""YAML as Weft reads and writes it: nothing hidden, nothing taken for another."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from weft.errors import Malformed, WeftError
from weft.interop.yaml import read_yaml, write_yaml

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TRICKY = st.sampled_from(
    [
        *["no", "On", "1e3", "012", "0x1f", "1:30", "~", "null", "true", "", " ", "-"],
        *["=cmd()", "a: b", "a #b", "# a", "- a", "? a", "a:", "*a", "&a", "!a", "%a"],
        *["trailing ", " leading", "a\nb", "a\n\nb\n", "a\n", "\na", "a\n ", "a\n\n"],
        *["a\r\nb", "a\tb", "a\n\tb", "'", '"', "\\", "\ufeff", "\u2028", "a\x85b"],
        *[
            "\x07",
            "\u202eright to left",
            "שלום",
            "😀",
            "---",
            "...",
            "a\n---\nb",
            "{",
            "[",
        ],
        *[
            "2026-01-01",
            "2026-11-21T09:00:00Z",
            "20000.00 EUR",
            "1 ",
            "<<",
            "a\n  b",
            "1_0",
        ],
    ]
)
TEXTS = st.text(CHARACTERS, max_size=60) | TRICKY
WHOLES = st.integers(-(10**17), 10**17)
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLES | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)


@given(PLAIN)
@example({"a": [[1, [2]], [], {}, {"b": {"c": "x\ny"}}]})
@example([[["x\ny\n"]], "x\ny"])
@example("x\n  y\nz")
def test_what_is_written_is_read_again(plain: Any) -> None:
    assert read_yaml(write_yaml(plain)).plain == plain


@given(TEXTS)
def test_other_readers_take_no_text_for_another_thing(text: str) -> None:
    taken = yaml.safe_load(write_yaml({"key": text}))["key"]
    assert taken == text or str(taken) == text.replace("T", " ").replace("Z", "+00:00")


def test_what_is_written_reads_well() -> None:
    plain = {
        "id": "no-single-supplier",
        "level": "must",
        "title": "Two suppliers, or a way out: either will do",
        "reason": "One supplier is none.\nAsk the treasurer.\n",
        "limit": "20000.00 EUR",
        "starts": "2026-01-01",
        "when": [],
        "must": [{"path": "suppliers", "at_least": 2}, {"any": [{"path": "exit"}]}],
        "country": "no",
    }
    assert write_yaml(plain) == (
        "id: no-single-supplier\n"
        "level: must\n"
        'title: "Two suppliers, or a way out: either will do"\n'
        "reason: |\n"
        "  One supplier is none.\n"
        "  Ask the treasurer.\n"
        "limit: 20000.00 EUR\n"
        "starts: 2026-01-01\n"
        "when: []\n"
        "must:\n"
        "  - path: suppliers\n"
        "    at_least: 2\n"
        "  - any:\n"
        "      - path: exit\n"
        'country: "no"\n'
    )


def test_every_key_and_item_has_its_line() -> None:
    source = read_yaml("a: 1\nb:\n  - x\n  -\n    c: 2\n", "f.yaml")
    assert str(source.where(("a",))) == "f.yaml:1:$.a"
    assert str(source.where(("b", 0))) == "f.yaml:3:$.b[0]"
    assert str(source.where(("b", 1, "c"))) == "f.yaml:5:$.b[1].c"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &x 1\nb: *x\n", 2, "An alias is used: *x."),
        ("a: 1\nb: !!str 2\n", 2, "A tag is used: tag:yaml.org,2002:str."),
        ("a: !own [1]\n", 1, "A tag is used: !own."),
        ("a: 1\nb: 2\na: 3\n", 3, "The key 'a' comes twice."),
        ("a: 1\n---\nb: 2\n", 3, "There are two documents in one file."),
        ("a: 1\n? [b]\n: 2\n", 2, "A key is not text."),
        ('a: "\\0"\n', 1, "A text holds the character NUL."),
        ("a: 12345678901234567890\n", 1, "This number is too large to be kept."),
        ("a: 1e999\n", 1, "This number is too large to be kept."),
        ("[" * 99, 1, "This lies deeper than 50 levels."),
        ("a: [1\nb: 2\n", 2, "This is no YAML: did not find expected ',' or ']'."),
    ],
)
def test_what_hides_or_surprises_is_refused(text: str, line: int, what: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_yaml(text, "f.yaml")
    assert (caught.value.what, caught.value.where.line) == (what, line)
    assert caught.value.where.file == "f.yaml"
    assert caught.value.do


def test_yaml_1_1_words_and_numbers_are_texts() -> None:
    plain = read_yaml("[no, on, 012, 1:30, 0x1f, 1_0, .5, 1e3, -2]").plain
    assert plain == ["no", "on", "012", "1:30", "0x1f", "1_0", ".5", 1000.0, -2]


@given(st.text(st.characters(), max_size=80) | st.text("-:?!&*|>%@`\"'{}[]#, \n\tab1~"))
@example("\ud800")
@example("\0")
@example("a: \x01")
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(WeftError):
        read_yaml(text)
