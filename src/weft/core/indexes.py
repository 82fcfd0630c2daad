"""The firm's tables grouped the other way: worked out once for each snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final, TypeVar

from immutables import Map

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.framework.challenges import Challenge
from weft.core.framework.rollouts import BaselineItem
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.missions import Need, Seat
from weft.core.people import Person
from weft.core.rounds.asking import Absence
from weft.core.skills import Claim

T = TypeVar("T")
Groups = Mapping[str, tuple[T, ...]]


_BLOCK: Final = 22
"""Places in memory that are the same but for so many bits are in one block: 4 MiB."""


def lying(table: Map[str, T]) -> list[T]:
    """Give the records of a table as they lie in memory: in no order to rely on.

    A table gives them by the hashes of their keys, so that each is fetched from
    somewhere else. Of half a million, to sort them first takes half of the time; but
    block by block, as nothing else gets its turn while one list is being sorted.
    """
    blocks = defaultdict[int, list[T]](list)
    for each in table.values():
        blocks[id(each) >> _BLOCK].append(each)
    return [each for at in sorted(blocks) for each in sorted(blocks[at], key=id)]


def _grouped(kind: str, table: Map[str, T], field: str) -> Groups[T]:
    """Group a table by a field of its records; those in which it is None are not in it.

    After a change only the groups that it touches are made anew.
    """
    by: Callable[[T], str | None] = attrgetter(field)

    def work_out() -> Groups[T]:
        groups: dict[str, list[T]] = {}
        for each in lying(table):
            if (group := by(each)) is not None:
                if group in groups:
                    groups[group].append(each)
                else:
                    groups[group] = [each]
        return {key: tuple(found) for key, found in groups.items()}

    def amend(before: Groups[T], changes: Changes) -> Groups[T]:
        groups = dict(before)
        for old, new in changes.values():
            if old is not None and (group := by(old)) is not None:
                groups[group] = tuple(e for e in groups[group] if e is not old)
                if not groups[group]:
                    del groups[group]
            if new is not None and (group := by(new)) is not None:
                groups[group] = (*groups.get(group, ()), new)
        return groups

    return kept((kind, field), (table,), work_out, amend)


def people_by_unit(firm: Firm) -> Groups[Person]:
    """Give the people directly in each unit."""
    return _grouped("people", firm.people, "unit")


def people_by_manager(firm: Firm) -> Groups[Person]:
    """Give the people who report to each manager."""
    return _grouped("people", firm.people, "manager")


def claims_by_person(firm: Firm) -> Groups[Claim]:
    """Give what each person claims to know."""
    return _grouped("claims", firm.claims, "person")


def claims_by_skill(firm: Firm) -> Groups[Claim]:
    """Give who claims to know each skill."""
    return _grouped("claims", firm.claims, "skill")


def claims_withheld(firm: Firm) -> Groups[Claim]:
    """Give the claims that people do not share, by person."""
    return _grouped("claims", firm.claims, "withheld_by")


def seats_by_mission(firm: Firm) -> Groups[Seat]:
    """Give the seats of each mission, those of all months."""
    return _grouped("seats", firm.seats, "mission")


def seats_by_person(firm: Firm) -> Groups[Seat]:
    """Give the seats of each person, those of all months."""
    return _grouped("seats", firm.seats, "person")


def needs_by_mission(firm: Firm) -> Groups[Need]:
    """Give what each mission needs, in all months."""
    return _grouped("needs", firm.needs, "mission")


def absences_by_person(firm: Firm) -> Groups[Absence]:
    """Give when each person is away, in all months."""
    return _grouped("absences", firm.absences, "person")


def assets_by_mission(firm: Firm) -> Groups[Asset]:
    """Give the assets that each mission owns."""
    return _grouped("assets", firm.assets, "mission")


def challenges_by_guardrail(firm: Firm) -> Groups[Challenge]:
    """Give the objections to each guardrail."""
    return _grouped("challenges", firm.challenges, "guardrail")


def baseline_by_asset(firm: Firm) -> Groups[BaselineItem]:
    """Give what was recorded of each asset when guardrails were rolled out."""
    return _grouped("baseline", firm.baseline, "asset")
