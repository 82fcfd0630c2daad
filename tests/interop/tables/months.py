"""A real firm month by month: where its files are, and what they say by themselves.

What is computed here reads the files and nothing of Weft, or counts what a firm
holds; the tests hold the one against the other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from weft.core.firm import Firm

MAP = Path(__file__).parents[3] / "docs" / "how" / "staff-handbook-map.yaml"
FIRST = "2022-03"  # before that the reporting lines are not complete

# month, entries, persons, with two posts or more, managers, widest span, teams,
# features, areas: as the description of the data states them
STATED = [
    ("2022-03", 257, 254, 2, 54, 16, 14, 32, 104),
    ("2022-04", 273, 271, 2, 55, 16, 14, 32, 106),
    ("2022-06", 268, 266, 2, 56, 14, 16, 32, 109),
    ("2022-07", 249, 244, 4, 49, 27, 16, 33, 109),
    ("2022-12", 223, 217, 3, 43, 25, 13, 34, None),
    ("2023-08", 199, 187, 7, 41, 17, 12, 34, None),
    ("2024-06", 175, 167, 3, 39, 16, 10, 34, None),
]


def months(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the months that can be compared, in order."""
    for file in sorted(folder.glob("org-*.json")):
        if (month := file.stem.removeprefix("org-")) >= FIRST:
            yield month, file


def spans(firm: Firm) -> Counter[str]:
    """Give how many posts report to each post."""
    people = firm.people.values()
    lines = [person.reports_to for person in people]
    lines += [post.reports_to for person in people for post in person.posts]
    return Counter(filter(None, lines))


def posts(firm: Firm) -> int:
    """Give how many posts there are."""
    return sum(1 + len(person.posts) for person in firm.people.values())


def assets(firm: Firm, kind: str) -> list[Any]:
    """Give the assets of a type."""
    return [asset for asset in firm.assets.values() if asset.type == kind]


def counts(firm: Firm, *, areas: bool) -> tuple[int | None, ...]:
    """Give what is stated of a month; of areas only where they are told of."""
    span = spans(firm)
    return (
        posts(firm),
        len(firm.people),
        sum(bool(person.posts) for person in firm.people.values()),
        len(span),
        max(span.values()),
        len(firm.missions),
        len(assets(firm, "feature")),
        len(assets(firm, "area")) if areas else None,
    )


def told_by_the_file(path: Path) -> dict[str, tuple[str | None, str]]:
    """Compute from a file alone: for each person the manager and the title."""
    entries = {entry["id"]: entry for entry in json.loads(path.read_text())["people"]}
    mains: dict[str, Any] = {}
    for key in sorted(entries, reverse=True):
        entry = entries[key]
        held = mains.get(entry["person"])
        if held is None or held["hidden"] or not entry["hidden"]:
            mains[entry["person"]] = entry
    return {
        person: (
            entries[main["reports_to"]]["person"] if main["reports_to"] else None,
            " ".join(main["role"].split()),
        )
        for person, main in mains.items()
    }


def told_by_the_firm(firm: Firm) -> dict[str, tuple[str | None, str]]:
    """Give the same from the firm, in the ids of the source."""
    sources = {key: person.source_id for key, person in firm.people.items()}
    return {
        person.source_id: (sources.get(person.manager or ""), person.title)
        for person in firm.people.values()
    }


def movement(old: dict[str, Any], new: dict[str, Any]) -> tuple[int, int, int, int]:
    """Count joins, leaves, changes of manager and of title."""
    both = set(old) & set(new)
    return (
        len(set(new) - set(old)),
        len(set(old) - set(new)),
        sum(old[p][0] != new[p][0] for p in both),
        sum(old[p][1] != new[p][1] for p in both),
    )


def by_our_ids(firm: Firm) -> dict[str, tuple[str | None, str]]:
    """Give managers and titles by the ids that Weft gave: people are known again."""
    return {key: (p.manager, p.title) for key, p in firm.people.items()}
