"""Findings about the reading of titles: how well it agrees with what is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec

from weft.core.firm import Firm
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
    alike = Counter(
        (person.title, tuple(person.disciplines.items()))
        for person in firm.people.values()
        if person.title and person.disciplines
    )
    found: Counter[_Reading] = Counter()
    for (title, disciplines), people in alike.items():
        record, read = recorded(firm, disciplines), titled(firm, title)
        if record.camp != "unknown":
            camp = read.camp if read else "unknown"
            found[_Reading(title, camp, record.camp)] += people
    return found


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
