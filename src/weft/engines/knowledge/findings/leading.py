"""Findings about who stands between the camps, and who leads how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.people import Person
from weft.engines.knowledge.boxes import Box
from weft.engines.knowledge.camps import camps
from weft.engines.knowledge.chart import chart
from weft.engines.knowledge.figures import (
    FEWEST,
    Cell,
    Figure,
    Link,
    figure,
    link,
    number,
    text,
    withheld,
)
from weft.engines.knowledge.roster import NOBODY, roster
from weft.engines.knowledge.titles import phrases, plain, words_of
from weft.engines.knowledge.words import liaison

_ROLES = tuple(sorted(phrases(liaison.ROLES), key=len, reverse=True))
_OTHERS = {phrase[0] for phrase in phrases(liaison.OTHERS) if len(phrase) == 1}
_TECHNOLOGY = {"it", "ict", "technology", "tech", "digital", "data", "software"}
_SPANS = (1, 4, 7, 10, 15, 25, 50)


def liaisons(firm: Firm, boxes: tuple[Box, ...]) -> Figure:
    """Find those whose title and place stand between technology and the rest."""
    rows: list[tuple[Cell, ...]] = []
    for key, role in sorted(_roles(firm).items()):
        if why := _why_technology(firm, boxes, key):
            person = Link(table="people", id=key)
            rows.append((person, firm.people[key].title, role, why))
    columns = (link("Person"), text("Title"), text("Word"), text("Why"))
    return figure("liaisons", len(rows), columns=columns, rows=rows)


def _roles(firm: Firm) -> Mapping[str, str]:
    """Give the liaison role of everybody whose title names one."""

    def told(people: Iterable[Person]) -> dict[str, str]:
        return {p.id: role for p in people if (role := liaison_role(p.title))}

    def amend(before: dict[str, str], people: Changes) -> dict[str, str]:
        same = {key: role for key, role in before.items() if key not in people}
        return same | told(new for _, new in people.values() if new)

    tables = (firm.people,)
    return kept("liaison roles", tables, lambda: told(firm.people.values()), amend)


@lru_cache(maxsize=1 << 14)
def liaison_role(title: str) -> str:
    """Give the words of a title that make it a liaison role; empty if none do."""
    words = words_of(plain(title))
    if _OTHERS & set(words):
        return ""
    for role in _ROLES:
        for at in range(len(words) - len(role) + 1):
            if words[at : at + len(role)] == role:
                return " ".join(role)
    return ""


def _why_technology(firm: Firm, boxes: tuple[Box, ...], key: str) -> str:
    """Say what ties somebody with a liaison title to technology; empty if nothing."""
    person, tree, people = firm.people[key], chart(firm), roster(firm)
    if word := _TECHNOLOGY & set(words_of(plain(person.title))):
        return f'the title says "{min(word)}"'
    home = tree.home[people.at[key]]
    for box in boxes:
        at = tree.at[box.id]
        if at <= home < tree.below[at]:
            return f"sits in {box.title}"
    manager = camps(firm).get(person.manager or "")
    if manager and manager.camp == "technology":
        return "reports to somebody in technology"
    return ""


def spans(firm: Firm) -> tuple[Figure, Figure]:
    """Tell how many people report to one manager: the median and the widest."""
    manager = roster(firm).manager
    widths = np.bincount(manager[manager != NOBODY])
    widths = widths[widths > 0]
    if len(widths) < FEWEST:
        why = "Fewer than five managers are on record."
        return withheld("span", why), withheld("widest_span", why)
    rows = _span_rows([int(width) for width in widths])
    columns = (text("People who report"), number("Managers"))
    return (
        figure("span", float(np.median(widths)), columns=columns, rows=rows),
        figure("widest_span", int(widths.max()), columns=columns, rows=rows),
    )


def _span_rows(widths: list[int]) -> list[tuple[Cell, ...]]:
    """Count managers by span; a row of fewer than five joins the one before it."""
    bounds = [*_SPANS, max(widths) + 1]
    rows: list[tuple[int, int, int]] = []
    for low, high in zip(_SPANS, bounds[1:], strict=True):
        managers = sum(low <= width < high for width in widths)
        last = min(high - 1, max(widths))
        if rows and (managers < FEWEST or rows[-1][2] < FEWEST):
            low, managers = rows[-1][0], rows[-1][2] + managers  # noqa: PLW2901
            rows.pop()
        rows.append((low, max(last, low), managers))
    told = [(f"{a} to {b}" if b > a else str(a), managers) for a, b, managers in rows]
    return [*told]
