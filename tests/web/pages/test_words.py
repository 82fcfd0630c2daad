"""How pages write: dates, numbers, rules and paths, in words and never in code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.guardrails import OPERATORS, Clause, Guardrail, Param
from weft.core.vocabulary import Act, NamedSet, Property
from weft.web.pages import filters, phrases
from weft.web.pages.framework.rules import conditions
from weft.web.pages.wording import path_words, told, value_words

AT = datetime(2026, 11, 21, 9, 14, tzinfo=UTC)
FIRM = Firm(
    vocabulary=Map(
        {
            p.id: p
            for p in (
                Property(
                    id="region",
                    title="Where it runs",
                    type="enum",
                    values=("eu", "us"),
                    labels={"eu": "Europe", "us": "America"},
                ),
                Property(id="days", title="Kept for", type="int", unit="days"),
                Property(id="cost", title="Cost", type="money", unit="EUR"),
                Property(id="sealed", title="Sealed", type="bool"),
                Property(
                    id="copies",
                    title="Copies",
                    type="list",
                    fields=("region", "sealed"),
                ),
            )
        }
    ),
    sets=Map({"near": NamedSet(id="near", values=("eu",))}),
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (filters.day(AT), "21 November 2026"),
        (filters.day(None), ""),
        (filters.instant(AT), "21 November 2026, 09:14 UTC"),
        (filters.month_name("2026-03"), "March 2026"),
        (filters.as_of("as of 2026-03-01"), "as of 1 March 2026"),
        (filters.as_of("as of entry 12"), "as of entry 12"),
        (filters.as_of("draft of-2026"), "draft of-2026"),
        (filters.count(1284), "1,284"),
        (filters.count(0.5), "0.5"),
        (filters.count(3.0), "3"),
        (filters.many(1, "person", "people"), "1 person"),
        (filters.many(0, "row"), "0 rows"),
        (filters.amount("20000.00 EUR"), "20,000 EUR"),
        (filters.amount("12.50 EUR"), "12.50 EUR"),
        (filters.percent(0.1234), "12.3 %"),
        (filters.left(AT + timedelta(days=3), AT), "3 days left"),
        (filters.left(AT + timedelta(hours=3), AT), "ends within a day"),
        (filters.left(AT - timedelta(days=2), AT), "ended 2 days ago"),
        (filters.ending("It stops"), "It stops."),
        (filters.ending("Does it?"), "Does it?"),
        (phrases.number_words(3), "three"),
        (phrases.number_words(1200), "1,200"),
        (phrases.lower_first("Buy something"), "buy something"),
        (phrases.lower_first("IT box"), "IT box"),
        (phrases.around("2026-01"), ("2025-12", "2026-02")),
        (phrases.around("2026-12"), ("2026-11", "2027-01")),
        (path_words(FIRM, "region"), "Where it runs"),
        (path_words(FIRM, "copies[1].region"), "Copies, number 2: Where it runs"),
        (path_words(FIRM, "copies[0]"), "Copies, number 1"),
        (path_words(FIRM, "unheard.of"), "unheard.of"),
        (value_words(FIRM, "region", "eu"), "Europe"),
        (value_words(FIRM, "region", ("eu", "us")), "Europe, America"),
        (value_words(FIRM, "days", 1), "1 day"),
        (value_words(FIRM, "days", 1000), "1,000 days"),
        (value_words(FIRM, "cost", 20000), "20,000 EUR"),
        (value_words(FIRM, "sealed", value=False), "no"),
        (value_words(FIRM, "copies", ({"region": "eu"},)), "1 of them"),
        (told(FIRM, "region", "eu, us"), "Europe, America"),
        (told(FIRM, "copies[0].sealed", "true"), "yes"),
        (told(FIRM, "days", "1000 days"), "1,000 days"),
        (told(FIRM, "cost", "20000.00 EUR"), "20,000 EUR"),
        (
            told(FIRM, "copies[0]", "region: us, sealed: false"),
            "Where it runs: America; Sealed: no",
        ),
        (told(FIRM, "copies[0]", "removed"), "taken out"),
        (told(FIRM, "unheard.of", "as it is"), "as it is"),
    ],
)
def test_what_people_read(written: Any, expected: Any) -> None:
    assert written == expected


@given(st.sampled_from(range(1, 13)), st.integers(2, 9000))
def test_the_month_before_the_month_after_is_the_month(month: int, year: int) -> None:
    here = f"{year:04}-{month:02}"
    before, after = phrases.around(here)
    assert before < here < after
    assert phrases.around(after)[0] == phrases.around(before)[1] == here


def test_a_rule_is_told_in_the_firms_own_words() -> None:
    guardrail = Guardrail(
        id="near",
        title="Near",
        level="must",
        principle="p",
        owner="o",
        params={"most": 30},
        when=(Clause(path="sealed", is_=True),),
        must=(
            Clause(path="region", in_="@near"),
            Clause(path="days", at_most=Param(param="most")),
            Clause(
                any=(Clause(path="cost", below=5), Clause(path="sealed", present=True))
            ),
            Clause(
                every="copies",
                where=(Clause(path="sealed", is_=False),),
                must=(Clause(path="region", is_not="us"),),
            ),
        ),
    )
    (when,) = conditions(FIRM, guardrail, guardrail.when)
    assert (when.what, when.says) == ("Sealed", "is “yes”")
    near, most, either, every = conditions(FIRM, guardrail, guardrail.must)
    assert (near.what, near.says) == ("Where it runs", "is one of: Europe")
    assert most.says == "is at most 30 days"
    assert either.lead == "At least one of these holds:"
    assert [each.says for each in either.inner] == ["is below 5 EUR", "is known"]
    assert every.lead == "For each of “Copies” where sealed is “no”:"
    assert every.inner[0].says == "is not “America”"


def test_a_rule_about_what_runs_already_says_that_it_keeps_running() -> None:
    clause = Clause(path="act", in_=("deploy", "run"))
    guardrail = Guardrail(
        id="g", title="G", level="must", principle="p", owner="o", must=(clause,)
    )
    firm = replace(FIRM, acts=Map({"deploy": Act(id="deploy", title="Deploy it")}))
    (said,) = conditions(firm, guardrail, guardrail.must)
    assert said.says == "is one of: Deploy it; Keep running"


@pytest.mark.parametrize(("field", "word"), OPERATORS.items())
def test_every_operator_has_words(field: str, word: str) -> None:
    constant: Any = True if word == "present" else ("eu", "us")
    clause = Clause(path="region", **{field: constant})
    guardrail = Guardrail(
        id="g", title="G", level="must", principle="p", owner="o", must=(clause,)
    )
    (said,) = conditions(FIRM, guardrail, guardrail.must)
    assert said.what == "Where it runs"
    assert word == "present" or "Europe" in said.says
    assert "_" not in said.says
