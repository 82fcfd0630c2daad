"""How well titles are read is measured on the records of the firm itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from weft.core.firm import Firm
from weft.core.people import Person
from weft.engines.knowledge import Figure, diagnose

FirmOf = Callable[..., Firm]
WORKS = {"technology": "engineering", "business": "finance"}


@pytest.fixture
def measured(firm_of: FirmOf) -> Callable[..., tuple[Figure, Figure]]:
    """Measure on so many people of a title and a camp: 6, "Accountant", "business"."""

    def measure(*groups: tuple[int, str, str]) -> tuple[Figure, Figure]:
        people = [
            Person(
                id=f"p{group}-{n}",
                title=title,
                disciplines={WORKS[camp]: 100} if camp else {},
            )
            for group, (count, title, camp) in enumerate(groups)
            for n in range(count)
        ]
        found = diagnose(firm_of(people), "2026-11")
        return found.figure("titles_precision"), found.figure("titles_recall")

    return measure


Measured = Callable[..., tuple[Figure, Figure]]


def test_precision_and_recall_equal_a_count_by_hand(measured: Measured) -> None:
    precision, recall = measured(
        (6, "Software Engineer", "technology"),
        (2, "Data Engineer", "business"),  # read as technology, and wrongly
        (4, "Accountant", "technology"),  # missed
        (3, "Xyzzy", "technology"),  # not read at all, so missed
        (9, "Buyer", "business"),
        (7, "Web Developer", ""),  # nothing is recorded, so nothing is measured
    )
    assert precision.value == pytest.approx(6 / 8, abs=1e-4)
    assert recall.value == pytest.approx(6 / 13, abs=1e-4)
    assert recall.note == "From 24 titles of people whose disciplines are recorded."


def test_the_rows_are_the_titles_read_otherwise(measured: Measured) -> None:
    precision, recall = measured(
        (6, "Software Engineer", "technology"),
        (5, "Accountant", "technology"),
        (3, "Xyzzy", "technology"),
        (2, "Data Engineer", "business"),
    )
    assert precision.rows == (("Data Engineer", "technology", "business", None),)
    assert recall.rows == (
        ("Accountant", "business", "technology", 5),
        ("Xyzzy", "unknown", "technology", None),
    )


@pytest.mark.parametrize(
    "groups",
    [
        [(9, "Software Engineer", "")],
        [(4, "Software Engineer", "technology")],
        [(9, "", "technology")],
    ],
)
def test_without_records_it_says_where_a_measure_is(
    measured: Measured, groups: list[tuple[int, str, str]]
) -> None:
    for figure in measured(*groups):
        assert figure.value is None
        assert "docs/why/titles.md" in figure.withheld


def test_nothing_is_counted_over_fewer_than_five(measured: Measured) -> None:
    precision, recall = measured(
        (4, "Software Engineer", "technology"), (9, "Accountant", "technology")
    )
    assert (precision.value, precision.rows) == (None, ())
    assert recall.value == pytest.approx(4 / 13, abs=1e-4)
