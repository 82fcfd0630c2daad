"""What missions ask of a round, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weft.core.firm import Firm
from weft.core.indexes import needs_by_mission
from weft.core.missions import Need
from weft.core.records import Record
from weft.core.rounds.rules import STEP
from weft.core.scalars import Line, Month


class Note(Record, frozen=True, kw_only=True):
    """What in the firm cannot be planned with, where, and what to do about it."""

    where: Line
    what: Line
    do: Line


LONGEST = 36
"""Months that a round looks ahead, at most."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Needs by mission, skill and level, and the hundredths asked in each month."""

    needs: tuple[tuple[str, str, int], ...]
    shares: tuple[tuple[int, ...], ...]
    lost: tuple[Need, ...]
    """Needs of a mission or a skill that the firm does not have."""
    small: tuple[str, ...]
    """Needs of less than a step in every month."""
    carried: tuple[str, ...]
    """Missions whose last needs are taken to go on."""


def months_from(month: Month, many: int) -> tuple[Month, ...]:
    """Give so many months from one on; backwards where `many` is below zero."""
    first = int(month[:4]) * 12 + int(month[5:]) - 1
    steps = range(many) if many >= 0 else range(0, many - 1, -1)
    return tuple(f"{(first + n) // 12:04}-{(first + n) % 12 + 1:02}" for n in steps)


def asked_of(firm: Firm, months: tuple[Month, ...], only: str = "") -> Asked:
    """Add up what missions, or only one of them, ask in each month.

    A mission that states needs for the first months only is taken to go on wanting
    what it wanted last.
    """
    shares: dict[tuple[str, str, int], list[int]] = {}
    lost, carried = list[Need](), list[str]()
    for mission in [only] if only else sorted(needs_by_mission(firm)):
        needs = sorted(
            needs_by_mission(firm).get(mission, ()), key=lambda need: need.key
        )
        lost += [n for n in needs if not _known(firm, n)]
        mine = [
            n for n in needs if _known(firm, n) and (n.until or n.month) >= months[0]
        ]
        if not mine:
            continue
        last = max(need.until or need.month for need in mine)
        if last < months[-1]:
            carried.append(mission)
        for need in mine:
            row = shares.setdefault(
                (mission, need.skill, need.level), [0] * len(months)
            )
            for t, month in enumerate(months):
                if need.wanted_in(min(month, last)):
                    row[t] += need.share
    asked = {key: row for key, row in sorted(shares.items()) if max(row) >= STEP}
    return Asked(
        needs=tuple(asked),
        shares=tuple(tuple(row) for row in asked.values()),
        lost=tuple(lost),
        small=tuple(":".join(map(str, k)) for k in sorted(shares) if k not in asked),
        carried=tuple(carried),
    )


def _known(firm: Firm, need: Need) -> bool:
    return need.mission in firm.missions and need.skill in firm.skills


def asked_notes(asked: Asked) -> Iterator[Note]:
    """Say which needs cannot be planned, and which are taken to go on."""
    for need in asked.lost:
        yield Note(
            where=f"needs {need.key}",
            what="The mission or the skill is not there, so it is left out.",
            do="Name a mission and a skill of the firm, or remove the need.",
        )
    if asked.small:
        yield Note(
            where=f"needs {few(asked.small)}",
            what=f"They ask less than {STEP} % of a person, and are left out.",
            do=f"Ask for {STEP} % or more, or leave it to the seats there are.",
        )
    if asked.carried:
        yield Note(
            where=f"missions {few(asked.carried)}",
            what="Their needs end before the round does: the last are taken to go on.",
            do="State the needs of the later months, or plan fewer months.",
        )


def few(names: Sequence[str]) -> str:
    """Write the first few of some names, and how many more there are."""
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")


_FEW = 3
