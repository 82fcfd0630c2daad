"""Findings about the reading of titles: how well it agrees with what is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.people import Person
from weft.engines.knowledge.camps import recorded, titled
from weft.engines.knowledge.figures import (
    FEWEST,
    Figure,
    counted,
    figure,
    number,
    shown,
    text,
    withheld,
)

Camp = Literal["business", "technology", "both", "unknown"]
Recorded = tuple[str, tuple[tuple[str, int], ...]]
_TECHNOLOGY = {"technology", "both"}
_ELSEWHERE = (
    "What was measured on the titles of a real firm is in Weft's documentation, "
    "docs/why/titles.md."
)


class _Reading(msgspec.Struct, frozen=True, order=True):
    """A title as it is read, beside the camp recorded of people who hold it."""

    title: str
    read: Camp
    record: Camp

    @property
    def is_technology(self) -> bool:
        """Tell whether the record says technology."""
        return self.record in _TECHNOLOGY

    @property
    def read_as_technology(self) -> bool:
        """Tell whether the title says technology."""
        return self.read in _TECHNOLOGY


def titles_read(firm: Firm) -> tuple[Figure, Figure]:
    """Give the precision and the recall of the reading of titles in this firm."""
    readings = _readings(firm)
    told = readings.total()
    if told < FEWEST:
        few = "Fewer than five people have a title and recorded disciplines."
        why = f"{few} {_ELSEWHERE}"
        return withheld("titles_precision", why), withheld("titles_recall", why)
    note = f"From {counted(told, 'title')} of people whose disciplines are recorded."
    return (
        _agreeing("titles_precision", readings, lambda r: r.read_as_technology, note),
        _agreeing("titles_recall", readings, lambda r: r.is_technology, note),
    )


def _readings(firm: Firm) -> Counter[_Reading]:
    """Count the people of each reading; whom the record places nowhere are left out."""
    found: Counter[_Reading] = Counter()
    alike = kept("titles", (firm.people,), lambda: _alike(firm.people.values()), _again)
    for (title, disciplines), people in alike.items():
        record, read = recorded(firm, disciplines), titled(firm, title)
        if record.camp != "unknown":
            camp = read.camp if read else "unknown"
            found[_Reading(title, camp, record.camp)] += people
    return found


def _alike(people: Iterable[Person]) -> Counter[Recorded]:
    """Count those who have the same title and the same recorded disciplines."""
    return Counter(
        (person.title, tuple(person.disciplines.items()))
        for person in people
        if person.title and person.disciplines
    )


def _again(before: Counter[Recorded], people: Changes) -> Counter[Recorded]:
    """Count again after some people have changed."""
    found = before.copy()
    found.update(_alike(new for _, new in people.values() if new))
    found.subtract(_alike(old for old, _ in people.values() if old))
    return +found


def _agreeing(
    key: str,
    readings: Counter[_Reading],
    among: Callable[[_Reading], bool],
    note: str,
) -> Figure:
    """Give the share on which title and record agree, of those that are technology.

    among: which of the readings are looked at: technology by the one or the other.
    """
    asked = {each: people for each, people in readings.items() if among(each)}
    total = sum(asked.values())
    if total < FEWEST:
        few = "Fewer than five people would be counted."
        return withheld(key, f"{few} {_ELSEWHERE}")
    wrong = [e for e in asked if e.is_technology != e.read_as_technology]
    wrong.sort(key=lambda each: (-asked[each], each))
    value = 1 - sum(asked[each] for each in wrong) / total
    columns = (text("Title"), text("By the title"), text("By the record"))
    rows = [(e.title, e.read, e.record, shown(asked[e])) for e in wrong]
    return figure(
        key, value, note=note, columns=(*columns, number("People")), rows=rows
    )
