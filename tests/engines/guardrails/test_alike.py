"""Things put together by what they have: alike if equal and of the same classes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from weft.engines.guardrails.alike import alike

plain = st.sampled_from([None, True, False, 0, 1, "", "1", "x", "y"])
element = st.dictionaries(st.sampled_from("ab"), plain, min_size=1)
lists = st.lists(st.fixed_dictionaries({"a": plain, "b": plain}), max_size=2)
value = st.one_of(plain, lists.map(tuple), st.lists(element, max_size=2).map(tuple))


def written(each: Any) -> str:
    """Write a value with the classes in it; fields in their order."""
    if isinstance(each, tuple):
        return str([sorted((k, repr(v)) for k, v in e.items()) for e in each])
    return repr(each)


@given(st.data())
def test_those_and_only_those_that_are_the_same_are_together(
    data: st.DataObject,
) -> None:
    of = data.draw(st.sampled_from([plain, value, lists.map(tuple), st.booleans()]))
    size = data.draw(st.integers(1, 4))
    drawn = st.lists(of, min_size=size, max_size=size)
    columns = [each * 3 for each in data.draw(st.lists(drawn, max_size=2))]
    found = alike(columns)
    if found is None:
        return
    rows = [tuple(map(written, row)) for row in zip(*columns, strict=True)]
    assert sorted(n for group in found for n in group) == [*range(len(rows))]
    told = [{rows[n] for n in group} for group in found]
    assert all(len(each) == 1 for each in told)
    assert len(set.union(*told)) == len(found)


def test_few_that_are_alike_are_not_worth_it() -> None:
    assert alike([["a", "b", "a"]]) is None
    assert alike([["a", "b", "b", "a"]]) == [[0, 3], [1, 2]]
    assert alike([]) is None


def test_what_cannot_be_told_apart_is_left_alone() -> None:
    assert alike([[1, True, 1, True]]) is None
    assert alike([[({"a": 1},), ({"a": True},)] * 2]) is None
    assert alike([[({"a": "x"},), ({"b": "x"},)] * 2]) is None
    assert alike([[({"a": "x"},), ()] * 2]) == [[0, 2], [1, 3]]
