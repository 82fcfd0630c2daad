"""Forms made from the vocabulary: what a form shows is what it sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from weft.core.firm import Firm
from weft.core.requests import Request
from weft.core.vocabulary import Act, Property
from weft.web.pages.asking.fields import Field, addable, fields
from weft.web.pages.asking.reading import Filled, filled

ABOUT = ("staff", "buyers", "kids")
INNER = (
    Property(id="with", title="With whom", type="text"),
    Property(id="safe", title="Safe", type="bool"),
)
WORDS = (
    *INNER,
    Property(id="made", title="Made", type="enum", values=("by-us", "bought")),
    Property(id="lang", title="Language", type="enum", values=tuple("abcdefghij")),
    Property(id="tls", title="TLS", type="rank", values=("none", "1.2", "1.3")),
    Property(id="users", title="Users", type="int", unit="people"),
    Property(id="part", title="Part", type="decimal", places=2),
    Property(id="cost.yearly", title="Cost", type="money", unit="EUR"),
    Property(id="from", title="From", type="date"),
    Property(id="why", title="Why", type="text"),
    Property(id="ok", title="Agreed", type="bool"),
    Property(id="about", title="About", type="set", values=ABOUT),
    Property(id="links", title="Links", type="list", fields=("with", "safe")),
)
ACT = Act(id="do", title="Do", asks=tuple(p.id for p in WORDS if p not in INNER))
FIRM = Firm(vocabulary=Map({p.id: p for p in WORDS}), acts=Map({"do": ACT}))

words = st.text("abcdef ghi", min_size=1, max_size=12).map(str.strip).filter(bool)
element = st.fixed_dictionaries({}, optional={"with": words, "safe": st.booleans()})
values = st.fixed_dictionaries(
    {},
    optional={
        "made": st.sampled_from(("by-us", "bought")),
        "lang": st.sampled_from(tuple("abcdefghij")),
        "tls": st.sampled_from(("none", "1.2", "1.3")),
        "users": st.integers(0, 10**9),
        "part": st.decimals(0, 99, places=2).map(str),
        "cost.yearly": st.integers(0, 10**9).map(lambda n: f"{n}.00"),
        "from": st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        "why": words,
        "ok": st.booleans(),
        "about": st.sets(st.sampled_from(ABOUT), min_size=1).map(
            lambda chosen: [each for each in ABOUT if each in chosen]
        ),
        "links": st.lists(element.filter(bool), min_size=1, max_size=4),
    },
)


def controls(shown: list[Field]) -> Iterator[tuple[str, str]]:
    """Give what a browser sends for a form that nobody has touched."""
    for field in shown:
        for group in field.groups:
            yield from controls(list(group))
        if field.control in {"radios", "select", "checks"}:
            yield from ((field.name, c.value) for c in field.choices if c.chosen)
        elif field.control != "groups":
            yield field.name, field.text


def sent(shown: list[Field]) -> dict[str, Any]:
    """Give it as the server reads it: a name that comes twice has a list."""
    data: dict[str, Any] = {}
    for name, text in controls(shown):
        data[name] = [*data[name], text] if name in data else [text]
    return {n: texts if len(texts) > 1 else texts[0] for n, texts in data.items()}


@given(values)
def test_a_form_that_nobody_touches_sends_what_it_was_given(
    given_values: dict[str, Any],
) -> None:
    shown = fields(FIRM, ACT, values=given_values, extra=(), asset=None, errors={})
    assert filled(FIRM, sent(shown)).values == given_values


@given(values)
def test_every_field_that_an_act_asks_for_is_shown_once(
    given_values: dict[str, Any],
) -> None:
    shown = fields(FIRM, ACT, values=given_values, extra=("ok",), asset=None, errors={})
    assert [f.property.id for f in shown] == list(ACT.asks)
    assert addable(FIRM, shown) == []


def test_what_can_be_added_leaves_out_what_is_asked_and_what_stands_in_lists() -> None:
    act = Act(id="ask", title="Ask", asks=("made",))
    shown = fields(FIRM, act, values={}, extra=("ok",), asset=None, errors={})
    assert [f.property.id for f in shown] == ["made", "ok"]
    offered = {p.id for p in addable(FIRM, shown)}
    assert offered == {p.id for p in WORDS} - {"made", "ok", "with", "safe"}


def test_what_is_wrong_stands_at_its_field() -> None:
    shown = fields(
        FIRM, ACT, values={"made": "x"}, extra=(), asset=None, errors={"made": "No."}
    )
    assert [f.property.id for f in shown if f.error] == ["made"]


def test_the_key_tells_two_questions_of_one_form_apart() -> None:
    form = filled(FIRM, {"nonce": "n", "mission": "m", "act": "do", "p:ok": "yes"})
    other = filled(FIRM, {"nonce": "n", "mission": "m", "act": "do", "p:ok": "no"})
    same = filled(FIRM, {"nonce": "n", "mission": "m", "act": "do", "p:ok": "yes"})
    keys = [each.key(each.request()) for each in (form, other, same)]
    assert keys[0] == keys[2] != keys[1]
    assert Filled().key(Request(mission="m", act="do")) == ""


def test_what_is_blank_or_unknown_is_not_told() -> None:
    told = {"p:why": " ", "p:made": "", "p:nothing": "x", "other": "y", "p:users": "3"}
    assert filled(FIRM, told).values == {"users": 3}
