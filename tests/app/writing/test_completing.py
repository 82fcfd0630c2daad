"""Words offered while a guardrail is written: those that fit, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import RECORDS

from weft.app.writing.completing import complete
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.vocabulary import Act, NamedSet, Property

WORDS = (
    Property(id="days", title="How long it is kept", type="int", unit="days", lowest=0),
    Property(
        id="tls",
        title="Encryption",
        type="rank",
        values=("1.2", "1.3"),
        labels={"1.3": "The newest"},
    ),
    Property(id="at", title="Where", type="enum", values=("eu", "us")),
    Property(id="safe", title="Encrypted", type="bool"),
    Property(id="copies", title="Copies", type="list", fields=("at", "safe")),
    NamedSet(id="near", title="Near us", values=("eu",)),
    NamedSet(id="versions", values=("1.2",)),
)
FIRM = change(Firm(), [put(each) for each in (*RECORDS, *WORDS)])
HEAD = "id: a\nlevel: must\nparams:\n  longest: 3\nmust:\n"


def offered(text: str) -> list[str]:
    """Give the words that are offered where a text has a bar."""
    before, _, after = text.partition("|")
    return [each.word for each in complete(FIRM, before + after, len(before)).offers]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("level: |", ["advise", "must", "veto"]),
        ("level: m|", ["must"]),
        ("phase: en|", ["enforced"]),
        ("principle: |", ["data-stays"]),
        ("waiver:\n  |", ["max_days", "approver"]),
        ("waiver: {|", ["max_days", "approver"]),
        ("waiver:\n  approver: sec|", ["security"]),
        (HEAD + "  - |", ["path", "any", "every", "none", "some"]),
        (HEAD + "- |", ["path", "any", "every", "none", "some"]),
        (HEAD + "  - {|", ["path", "any", "every", "none", "some"]),
        (HEAD + "  - any:\n      - |", ["path"]),
        (HEAD + "  - path: day|", ["days"]),
        (HEAD + "  - path: kept|", ["days"]),
        (HEAD + "  - {path: tl|", ["tls"]),
        (HEAD + "  - {path: tls, at_|", ["at_least", "at_most"]),
        (HEAD + "  - path: tls\n    at_|", ["at_least", "at_most"]),
        (HEAD + "  - {path: tls, at_least: |", ["1.2", "1.3"]),
        (HEAD + "  - path: tls\n    at_least: newest|", ["1.3"]),
        (HEAD + "  - {path: tls, in: [|", ["1.2", "1.3", "@versions"]),
        (HEAD + "  - {path: tls, in: @|", ["@versions"]),
        (HEAD + '  - {path: tls, in: ["1.2", |', ["1.2", "1.3", "@versions"]),
        (HEAD + "  - path: tls\n    in:\n      - |", ["1.2", "1.3", "@versions"]),
        (HEAD + "  - {path: days, at_most: {param: |", ["longest"]),
        (HEAD + "  - {path: tls, present: |", ["true"]),
        (HEAD + "  - every: |", ["copies"]),
        (HEAD + "  - every: copies\n    |", ["where", "must"]),
        (HEAD + "  - every: copies\n    must: [{path: |", ["at", "safe"]),
        (HEAD + "  - every: copies\n    must:\n      - path: |", ["at", "safe"]),
        (
            HEAD + "  - every: copies\n    must:\n      - path: at\n        is: |",
            ["eu", "us"],
        ),
        (HEAD + "  - {every: copies, must: [{path: safe, is: |", ["true", "false"]),
        (HEAD + "  - {every: copies, must: [{path: at, in: |", ["eu", "us", "@near"]),
        (HEAD + "  # |", []),
        (HEAD + "  - {path: nowhere, |", []),
        (HEAD + "  - {path: tls, is: 1.2}\nlevel: veto\nzz|", []),
    ],
)
def test_what_fits_is_offered(text: str, words: list[str]) -> None:
    assert sorted(offered(text)) == sorted(words)


def test_acts_are_told_by_their_titles() -> None:
    acts = [put(Act(id="buy", title="Buy from a partner"))]
    text = HEAD + "  - {path: act, is: "
    told = complete(change(FIRM, acts), text, len(text)).offers
    assert {o.word: o.says for o in told} == {
        "buy": "Buy from a partner",
        "deploy": "Deploy",
        "run": "Keep running",
    }


def test_the_fields_that_are_not_there_yet_are_offered() -> None:
    found = offered("id: a\ntitle: It\nph|")
    assert found == ["phase"]
    assert "title" not in offered("id: a\ntitle: It\nt|")


def test_what_is_taken_is_written_as_yaml_wants_it() -> None:
    text = HEAD + '  - {path: tls, at_least: "1'
    completion = complete(FIRM, text, len(text))
    assert [each.insert for each in completion.offers] == ['"1.2"', '"1.3"']
    assert completion.back == 2
    text = HEAD + "  - {path: at, in: @n"
    (near,) = complete(FIRM, text, len(text)).offers
    assert (near.insert, near.says) == ('"@near"', "Near us")


PARTS = st.sampled_from(
    [
        *("must:", "\n", "  ", "- ", "{", "}", "[", "]", "path: ", "days", ", "),
        *("every: ", "copies", "in: ", '"', "#", "@", "where", ":", "waiver: ", "é"),
        "\t",
    ]
)


@given(st.lists(PARTS, max_size=25).map("".join), st.integers(0, 60))
def test_whatever_is_written_something_or_nothing_is_offered(
    text: str, at: int
) -> None:
    found = complete(FIRM, text, at)
    assert found.back <= len(text)
    assert len(found.offers) <= 12
