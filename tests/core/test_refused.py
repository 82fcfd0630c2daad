"""What is wrong with a record: all of it, in one pass, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.guardrails import Guardrail
from weft.core.people import Person
from weft.core.records import read, read_texts
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.yaml import read_yaml

Plain = dict[str, Any]
SOUND: Plain = {
    "id": "two-suppliers",
    "title": "Two can give it",
    "level": "must",
    "principle": "nobody-alone",
    "owner": "buyers",
    "when": [{"path": "act", "is": "buy"}, {"path": "criticality", "is": "vital"}],
    "must": [
        {"path": "suppliers", "at_least": 2},
        {"any": [{"path": "region", "in": ["eu"]}, {"path": "exit", "is": True}]},
    ],
    "params": {"most": 3, "least": 2},
}


def put(*steps: str | int, value: object) -> Callable[[Plain], None]:
    """Give what puts a value in its place."""

    def change(plain: Any) -> None:
        for step in steps[:-1]:
            plain = plain[step]
        plain[steps[-1]] = value

    return change


WRONG: dict[str, Callable[[Plain], None]] = {
    "$.level": put("level", value="advice"),
    "$.title": put("title", value=7),
    "$.ttle": put("ttle", value="Two can give it"),
    "$": lambda plain: plain.pop("owner"),
    "$.from": put("from", value="2026-13-01"),
    "$.when[0].path": put("when", 0, "path", value="a b"),
    "$.when[1].isnt": put("when", 1, "isnt", value="vital"),
    "$.must[0]": put("must", 0, "below", value=9),
    "$.must[1].any[0].pth": put("must", 1, "any", 0, "pth", value="region"),
    "$.must[1].any[1].path": put("must", 1, "any", 1, "path", value=None),
    "$.params": put("params", "a b", value=1),
}


@given(st.sets(st.sampled_from(sorted(WRONG)), min_size=1))
def test_whatever_is_wrong_at_once_is_told_at_once(places: set[str]) -> None:
    plain = deepcopy(SOUND)
    for place in places:
        WRONG[place](plain)
    with pytest.raises(InputError) as refused:
        read(Guardrail, plain)
    told = refused.value.problems
    assert {each.where.path for each in told} == places
    assert len(told) == len(places)
    assert isinstance(refused.value, Problems) == (len(places) > 1)


def test_what_is_wrong_is_told_in_the_order_of_the_text() -> None:
    source = read_yaml("titel: Ann\nweeks: no\nunit: 3\nid: ann b\n", "people/ann.yaml")
    with pytest.raises(Problems) as refused:
        read(Person, source.plain, source)
    assert [str(each.where) for each in refused.value.problems] == [
        "people/ann.yaml:1:$.titel",
        "people/ann.yaml:2:$.weeks",
        "people/ann.yaml:3:$.unit",
        "people/ann.yaml:4:$.id",
    ]


def test_each_wrong_entry_of_a_mapping_is_told() -> None:
    plain = {**SOUND, "params": {"a b": 1, "least": 2, "c d": 3, "most": None}}
    with pytest.raises(Problems) as refused:
        read(Guardrail, plain)
    told = [(each.where.path, each.what) for each in refused.value.problems]
    assert [(path, what.split(" is ")[0]) for path, what in told] == [
        ("$.params", "`a b`"),
        ("$.params", "`c d`"),
        ("$.params.most", "`most`"),
    ]


def test_a_thousand_wrong_fields_do_not_make_a_thousand_reasons() -> None:
    with pytest.raises(Problems) as refused:
        read_texts(Person, {f"x{n}": "" for n in range(1000)})
    assert len(refused.value.problems) == 100


def test_each_of_several_can_be_told_at_another_place() -> None:
    one, two = (
        Malformed("No.", do="Yes.", where=Where(path=p)) for p in ("$.a", "$.b")
    )
    inner = Problems([one, two])
    outer = Problems([inner, Malformed("Off.", do="On.", where=Where(path="$.c"))])
    outer.move(Where("bad.yaml", 3).of)
    assert [str(each.where) for each in outer.problems] == [
        f"bad.yaml:3:$.{name}" for name in "abc"
    ]
    assert outer.where == one.where
