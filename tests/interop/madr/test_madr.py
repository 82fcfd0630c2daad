"""Decision records as Markdown: our own read again, and others' files too."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import many

from weft.core.framework.adrs import ADR, Option
from weft.errors import Malformed
from weft.interop.madr import read_madr, write_madr
from weft.interop.madr.reading import Known

KNOWN = Known(
    files={"0001-first", "0012-next", "one"},
    roles={"security": "security", "the security people": "security"},
    missions={"payments": "payments", "security": "security"},
    principles={"safe": "safe"},
)
OF_MADR_4 = """---
status: "superseded by ADR-0012"
date: 2025-03-04
decision-makers: [The security people, Payments, Ann Example]
consulted: Bob Example
---

# Use events between services

<!-- a comment, which says nothing -->
## Context and Problem Statement

How do services talk?

```
# no heading
```

## Decision Drivers

* Speed
* Cost, which
  nobody likes

## Considered Options

* Events
* Calls

## Decision Outcome

Chosen option: "Events", because they wait for nobody.

### Consequences

* Good, because of speed
* Bad, because of order

### Confirmation

A test.

## Pros and Cons of the Options

### Events

They come later.

* Good, because nobody waits
* Bad, because order is lost

## More Information

See the wiki.
"""
OF_NYGARD = """# 1. Record decisions

Date: 2016-02-12

## Status

Accepted

Amends [2. Other](0002-other.md)

## Context

We need to record.

## Decision

We will use records.

## Consequences

See the article.

## Notes

Kept.
"""
OF_MADR_2 = """# Use SQL

* Status: approved
* Deciders: Ann, Bob
* Date: 12 March

Technical Story: none

## Considered Options

- [SQL](sql.md)
- Files

## Decision Outcome

Chosen option: "[SQL](sql.md)", because everybody knows it.

### Positive Consequences

- everybody can read it

### Negative Consequences

- Bad, because rows are rows
"""


def test_a_file_of_madr_4_is_read_whole() -> None:
    read = read_madr(OF_MADR_4, "0001-first.md", KNOWN)
    assert read.record == ADR(
        id="0001-first",
        title="Use events between services",
        status="superseded",
        superseded_by="0012-next",
        date=dt.date(2025, 3, 4),
        deciders=("security",),
        missions=("payments",),
        context="How do services talk?\n\n```\n# no heading\n```",
        drivers=("Speed", "Cost, which\nnobody likes"),
        options=(
            Option(
                title="Events",
                summary="They come later.",
                arguments=(
                    "Good, because nobody waits",
                    "Bad, because order is lost",
                ),
            ),
            Option(title="Calls"),
        ),
        chosen="Events",
        outcome="they wait for nobody.",
        consequences=("Good, because of speed", "Bad, because of order"),
        confirmation="A test.",
        more="See the wiki.",
    )
    assert read.notes == (
        "1 name of decision-makers left out: people are not named here.",
        "1 name of consulted left out: people are not named here.",
    )


def test_a_file_in_the_first_form_of_all_is_read_too() -> None:
    read = read_madr(OF_NYGARD, "0001-record-decisions.md", KNOWN)
    assert (read.record.title, read.record.status) == ("Record decisions", "accepted")
    assert read.record.date == dt.date(2016, 2, 12)
    assert read.record.outcome == "We will use records."
    assert read.record.consequences == ("See the article.",)
    assert read.record.more == "**Notes**\n\nKept."


def test_a_file_of_madr_2_is_read_too_and_says_what_it_lost() -> None:
    read = read_madr(OF_MADR_2, "use-sql.md", KNOWN)
    assert (read.record.status, read.record.chosen) == ("accepted", "[SQL](sql.md)")
    assert read.record.consequences == (
        "Good, because everybody can read it",
        "Bad, because rows are rows",
    )
    assert read.notes == (
        "2 names of deciders left out: people are not named here.",
        "The date '12 March' is no day, and is left out.",
    )


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("no heading", 1, "It has no title."),
        ("---\nstatus: a\nstatus: b\n---\n# A\n", 3, "The key 'status' comes twice"),
        ("# " + "a" * 500, 0, "characters; 400 is the most"),
    ],
)
def test_what_is_no_record_says_where(text: str, line: int, what: str) -> None:
    with pytest.raises(Malformed, match=what.replace("[", r"\[")) as error:
        read_madr(text, "a.md")
    assert (error.value.where.file, error.value.where.line) == ("a.md", line)


LINES = st.from_regex(r"[A-Z#a-z][a-z0-9 .,]{0,20}[a-z.]", fullmatch=True)
PROSE = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
TITLES = st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,3}", fullmatch=True)
RECORDS = st.builds(
    ADR,
    id=st.just("one"),
    title=TITLES,
    status=st.sampled_from(["proposed", "rejected", "accepted", "deprecated"]),
    date=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    deciders=st.just(("security",)),
    missions=st.sampled_from([(), ("security",)]),
    principles=st.just(("safe",)),
    context=PROSE,
    drivers=st.lists(TITLES, max_size=3).map(tuple),
    options=st.lists(
        st.builds(Option, title=TITLES, summary=PROSE, arguments=st.just(())),
        max_size=3,
        unique_by=lambda option: option.title,
    ).map(tuple),
    chosen=TITLES,
    outcome=PROSE,
    consequences=st.lists(PROSE, max_size=2).map(tuple),
    confirmation=PROSE,
    more=PROSE,
    superseded_by=st.none(),
)


@settings(max_examples=many(40), phases=[Phase.explicit, Phase.generate])
@given(record=RECORDS)
def test_what_is_written_is_read_again(record: ADR) -> None:
    assert read_madr(write_madr(record), "one.md", KNOWN).record == record


REAL = Path(__file__).parents[3] / "docs" / "decisions"


@pytest.mark.parametrize("file", sorted(REAL.glob("*.md")), ids=lambda f: f.stem)
def test_our_own_records_are_read(file: Path) -> None:
    read = read_madr(file.read_text("utf-8"), file.name)
    assert read.record.title
    assert "**Choice.**" not in read.record.title
